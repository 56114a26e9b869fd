"""The shapes of rotation.toml's sections: their keys, what these default to and may be."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from generator.config import checks
from generator.model import Keeping

CONFIG = "rotation.toml"
MOST_LISTENERS = 5
LONGEST_RETENTION = 36_500  # days


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class ListenerSettings(Section):
    """One [[listener]] of rotation.toml."""

    slug: Annotated[str, AfterValidator(checks.slug)]
    name: str = Field(min_length=1, max_length=80)
    sign_in: int = Field(default=1, ge=1, le=MOST_LISTENERS)
    time_zone: Annotated[str, AfterValidator(checks.zone)] | None = None
    plays: Keeping = "off"


class PrivacySettings(Section):
    """[privacy] of rotation.toml."""

    noindex: bool = False
    hide: tuple[str, ...] = Field(default=(), strict=False)
    retention_days: int = Field(default=0, ge=0, le=LONGEST_RETENTION)


class PlaysSettings(Section):
    """[plays] of rotation.toml: what counts as a play, for all listeners."""

    least_seconds: int = Field(default=30, ge=0, le=3600)
    private_sessions: bool = False


class File(Section):
    """rotation.toml."""

    title: str = Field(default="Heavy Rotation", min_length=1, max_length=80)
    address: Annotated[str, AfterValidator(checks.address)] = ""
    time_zone: Annotated[str, AfterValidator(checks.zone)] = "UTC"
    warehouse_schema: Annotated[str, AfterValidator(checks.schema_name)] = ""
    sign_in_port: int = Field(default=8888, ge=1024, le=65535)
    upstream: str = ""
    privacy: PrivacySettings = PrivacySettings()
    plays: PlaysSettings = PlaysSettings()
    listener: tuple[ListenerSettings, ...] = Field(strict=False)

    @model_validator(mode="after")
    def _as_many_as_spotify_allows(self) -> "File":
        if not 1 <= len(self.listener) <= MOST_LISTENERS:
            raise ValueError(
                f"{len(self.listener)} listeners are set up. Spotify lets an app have {MOST_LISTENERS}:"
                f" write one to {MOST_LISTENERS} sections [[listener]]"
            )
        return self

    @model_validator(mode="after")
    def _told_apart(self) -> "File":
        for field in ("slug", "sign_in"):
            values = [getattr(one, field) for one in self.listener]
            if twice := next((value for value in values if values.count(value) > 1), None):
                raise ValueError(f"two listeners have the {field} {twice!r}: give each its own")
        return self


SECTIONS: dict[str | int, type[Section]] = {"privacy": PrivacySettings, "plays": PlaysSettings}
