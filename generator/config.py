"""Settings: what rotation.toml and the environment say, checked, and nothing else."""

import os
import re
import tomllib
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dotenv import dotenv_values, set_key
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from generator.errors import ConfigError
from generator.model import Listener

CONFIG = "rotation.toml"
API_URL = "https://api.spotify.com/v1"
ACCOUNTS_URL = "https://accounts.spotify.com"
# Names that a listener's folder may not take: they are, or will be, folders of data/ and of the site.
TAKEN = {
    *("about", "api", "artists", "catalog", "compare", "history"),
    *("on", "records", "six-months", "static", "tracks", "year"),
}
LONGEST_SLUG = 40


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError('is no time zone: write one like "Europe/Berlin" or "America/New_York"') from None
    return name


def _slug(slug: str) -> str:
    if not re.fullmatch(r"[a-z0-9](-?[a-z0-9])*", slug) or len(slug) > LONGEST_SLUG:
        raise ValueError("is not fit for an address: use at most 40 small letters, digits and single hyphens")
    if slug in TAKEN:
        raise ValueError("is the name of a folder that the site needs: choose another")
    return slug


def _address(address: str) -> str:
    parts = urlsplit(address)
    if address and (parts.scheme not in {"http", "https"} or not parts.hostname):
        raise ValueError(
            'is no web address: write one like "https://name.github.io/music/", or leave it blank'
        )
    return address and address.rstrip("/") + "/"


def _schema_name(name: str) -> str:
    if name and not re.fullmatch(r"[a-z_][a-z0-9_]{0,62}", name):
        raise ValueError("is not fit for a PostgreSQL schema: use small letters, digits and underscores")
    return name


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class ListenerSettings(_Section):
    """One [[listener]] of rotation.toml."""

    slug: Annotated[str, AfterValidator(_slug)]
    name: str = Field(min_length=1, max_length=80)
    sign_in: int = Field(default=1, ge=1, le=5)
    time_zone: Annotated[str, AfterValidator(_zone)] | None = None


class File(_Section):
    """rotation.toml."""

    title: str = Field(default="Heavy Rotation", min_length=1, max_length=80)
    address: Annotated[str, AfterValidator(_address)] = ""
    time_zone: Annotated[str, AfterValidator(_zone)] = "UTC"
    warehouse_schema: Annotated[str, AfterValidator(_schema_name)] = ""
    sign_in_port: int = Field(default=8888, ge=1024, le=65535)
    upstream: str = ""
    listener: tuple[ListenerSettings, ...] = Field(min_length=1, max_length=5, strict=False)

    @model_validator(mode="after")
    def _told_apart(self) -> "File":
        for field in ("slug", "sign_in"):
            values = [getattr(one, field) for one in self.listener]
            if twice := next((value for value in values if values.count(value) > 1), None):
                raise ValueError(f"two listeners have the {field} {twice!r}: give each its own")
        return self


class Settings:
    """Everything that a person has set: the file's keys as attributes, the environment's through methods."""

    def __init__(self, root: Path, file: File, environment: Mapping[str, str]) -> None:
        self.root = root
        self.file = file
        self._environment = environment

    @property
    def data(self) -> Path:
        return self.root / "data"

    @cached_property
    def listeners(self) -> tuple[Listener, ...]:
        """The listeners in the order of rotation.toml."""
        return tuple(
            Listener(one.slug, one.name, ZoneInfo(one.time_zone or self.file.time_zone))
            for one in self.file.listener
        )

    def chosen(self, slug: str | None) -> tuple[Listener, ...]:
        """The listener of that slug, or all; raise ConfigError for a stranger."""
        found = tuple(one for one in self.listeners if slug in (None, one.slug))
        if not found:
            known = ", ".join(one.slug for one in self.listeners)
            raise ConfigError(f"rotation.toml knows no listener {slug!r}. Choose one of: {known}.")
        return found

    def slot(self, listener: Listener, name: str) -> str:
        """The name of a listener's variable: as it is for the first sign-in, with `_2` for the second."""
        slot = next(one.sign_in for one in self.file.listener if one.slug == listener.slug)
        return name if slot == 1 else f"{name}_{slot}"

    def get(self, name: str) -> str | None:
        """A variable of the environment or of .env; None where it is missing or blank."""
        return self._environment.get(name, "").strip() or None

    def need(self, name: str) -> str:
        """The same, or a ConfigError that says where to store it."""
        if value := self.get(name):
            return value
        raise ConfigError(
            f"{name} is not set. Run `rotation login`, or store it as a secret of the repository"
            " (Settings → Secrets and variables → Actions), or write it into .env."
        )

    def url(self, name: str, default: str) -> str:
        """An address of Spotify's: HTTPS, or plain HTTP to this machine."""
        url = (self.get(name) or default).rstrip("/")
        parts = urlsplit(url)
        here = parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost", "::1"}
        if not parts.hostname or not (parts.scheme == "https" or here):
            raise ConfigError(f"{name} must start with https:// (or with http://127.0.0.1 for a simulation).")
        return url

    @property
    def api_url(self) -> str:
        return self.url("SPOTIFY_API_URL", API_URL)

    @property
    def accounts_url(self) -> str:
        return self.url("SPOTIFY_ACCOUNTS_URL", ACCOUNTS_URL)


def load(root: Path, environment: Mapping[str, str] | None = None) -> Settings:
    """Read `root`/rotation.toml, .env and the environment (None: the process's own).

    Raises ConfigError that names the key and the remedy.
    """
    path = root / CONFIG
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(
            f"There is no {path}. Name its folder with --root, or make a new one: rotation init"
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is not valid TOML: {error}.") from None
    try:
        file = File.model_validate(said)
    except ValidationError as error:
        raise ConfigError("\n".join(_sentence(path, fault) for fault in error.errors())) from None
    if environment is None:
        stored = {name: value for name, value in dotenv_values(root / ".env").items() if value}
        environment = {**stored, **os.environ}
    return Settings(root, file, environment)


def step_summary() -> Path | None:
    """The file whose Markdown GitHub shows as the job's summary; None outside a workflow."""
    name = os.environ.get("GITHUB_STEP_SUMMARY")
    return Path(name) if name else None


def keep(root: Path, values: dict[str, str]) -> Path:
    """Store variables in `root`/.env, which only its owner may read."""
    path = root / ".env"
    path.touch(mode=0o600, exist_ok=True)
    path.chmod(0o600)
    for name, value in values.items():
        set_key(path, name, value)
    path.chmod(0o600)
    return path


def new_file(time_zone: str) -> str:
    """A commented rotation.toml."""
    return NEW.replace("@ZONE@", _zone(time_zone))


def _sentence(path: Path, fault: Any) -> str:
    """What pydantic found, as a sentence that names the key and what to do."""
    where = ".".join(str(part + 1 if isinstance(part, int) else part) for part in fault["loc"])
    message = fault["msg"].removeprefix("Value error, ")
    if fault["type"] == "extra_forbidden":
        known = File if len(fault["loc"]) == 1 else ListenerSettings
        return f"{path}: {where} is no setting. Remove it, or use one of: {', '.join(known.model_fields)}."
    if fault["type"] == "missing":
        return f"{path}: {where} is missing. Add it; `rotation init` in an empty folder shows an example."
    value = f" = {fault['input']!r}" if isinstance(fault["input"], str | int | float) else ""
    return f"{path}: {where}{value} {message[:1].lower() + message[1:]}.".replace(":  ", ": ").replace(
        "..", "."
    )


NEW = """\
# Heavy Rotation: all settings. No secrets here: those live in the repository's secrets, or in .env.

title = "Heavy Rotation"

# The site's own address, with https://. Blank: worked out from the Git remote (https://OWNER.github.io/NAME/).
address = ""

# Where "today" begins and ends.
time_zone = "@ZONE@"

# The port of http://127.0.0.1:PORT/callback, exactly as in the Spotify app's settings.
sign_in_port = 8888

# The PostgreSQL schema that holds the tables. Blank: from the Git remote's owner and name.
warehouse_schema = ""

# Where `rotation upgrade` fetches newer versions from.
upstream = ""

# Up to five people. sign_in says whose secrets: 1 is SPOTIFY_REFRESH_TOKEN, 2 is SPOTIFY_REFRESH_TOKEN_2, …
[[listener]]
slug = "me"
name = "Me"
sign_in = 1
# time_zone = "Europe/Berlin"   # if it is not the one above
"""
