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

from generator.discretion import SECRET
from generator.errors import ConfigError
from generator.hiding import Hidden, hidden
from generator.model import Keeping, Listener

CONFIG = "rotation.toml"
API_URL = "https://api.spotify.com/v1"
ACCOUNTS_URL = "https://accounts.spotify.com"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
# Names that a listener's folder may not take: they are, or will be, folders of data/ and of the site.
TAKEN = {
    *("about", "albums", "api", "artists", "catalog", "compare", "history"),
    *("on", "pictures", "plays", "records", "six-months", "static", "tracks", "year"),
}
# Names that Windows keeps for devices: a repository with such a folder cannot be checked out there.
DEVICES = re.compile(r"con|prn|aux|nul|(?:com|lpt)[0-9]")
LONGEST_SLUG = 40
# What to do, where pydantic's own words only say what is wrong.
AS_SECTION = "must be written as [[listener]], in double brackets, once for each person"
REMEDIES = {"tuple_type": AS_SECTION, "model_type": AS_SECTION}
AS_LIST = 'must be written in brackets, as ["Some Artist", "A Song of Theirs"]'
MOST_LISTENERS = 5
LONGEST_RETENTION = 36_500  # days
OTHERS = {"ROTATION_PLAY_KEY": "`rotation login` makes it, for who keeps plays by the hour or the day"}
TOKEN = "SPOTIFY_REFRESH_TOKEN"  # noqa: S105 - a name, not a token


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
    if DEVICES.fullmatch(slug):
        raise ValueError("is a name that Windows keeps for itself: choose another")
    return slug


def _parts(address: str) -> tuple[str, str | None]:
    """The scheme and the host of an address; no host where it is none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "", None
    return parts.scheme, parts.hostname


def _address(address: str) -> str:
    scheme, host = _parts(address)
    if address and (scheme not in {"http", "https"} or not host):
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
    sign_in: int = Field(default=1, ge=1, le=MOST_LISTENERS)
    time_zone: Annotated[str, AfterValidator(_zone)] | None = None
    plays: Keeping = "off"


class PrivacySettings(_Section):
    """[privacy] of rotation.toml."""

    noindex: bool = False
    hide: tuple[str, ...] = Field(default=(), strict=False)
    retention_days: int = Field(default=0, ge=0, le=LONGEST_RETENTION)


class PlaysSettings(_Section):
    """[plays] of rotation.toml: what counts as a play, for all listeners."""

    least_seconds: int = Field(default=30, ge=0, le=3600)
    private_sessions: bool = False


class File(_Section):
    """rotation.toml."""

    title: str = Field(default="Heavy Rotation", min_length=1, max_length=80)
    address: Annotated[str, AfterValidator(_address)] = ""
    time_zone: Annotated[str, AfterValidator(_zone)] = "UTC"
    warehouse_schema: Annotated[str, AfterValidator(_schema_name)] = ""
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


class Settings:
    """Everything that a person has set: the file's keys as attributes, the environment's through methods."""

    def __init__(self, root: Path, file: File, environment: Mapping[str, str]) -> None:
        self.root = root
        self.file = file
        self.environment = environment

    @property
    def data(self) -> Path:
        return self.root / "data"

    @cached_property
    def listeners(self) -> tuple[Listener, ...]:
        """The listeners in the order of rotation.toml."""
        return tuple(
            Listener(one.slug, one.name, ZoneInfo(one.time_zone or self.file.time_zone), one.plays)
            for one in self.file.listener
        )

    @cached_property
    def hidden(self) -> Hidden:
        """What is kept off the page: by rotation.toml, and by the secret that does not tell what it hides."""
        try:
            return hidden((*self.file.privacy.hide, *(self.get("ROTATION_HIDE") or "").splitlines()))
        except ValueError as error:
            raise ConfigError(f"An entry of `hide` or of ROTATION_HIDE {error}.") from None

    def chosen(self, slug: str | None) -> tuple[Listener, ...]:
        """The listener of that slug, or all; raise ConfigError for a stranger."""
        found = tuple(one for one in self.listeners if slug in (None, one.slug))
        if not found:
            known = ", ".join(one.slug for one in self.listeners)
            raise ConfigError(f"rotation.toml knows no listener {slug!r}. Choose one of: {known}.")
        return found

    def zone(self, slug: str | None) -> ZoneInfo:
        """Where a listener's days begin, also one's who is followed no longer."""
        return next((one.zone for one in self.listeners if one.slug == slug), ZoneInfo(self.file.time_zone))

    def slot(self, listener: Listener, name: str) -> str:
        """The name of a listener's variable: as it is for the first sign-in, with `_2` for the second."""
        slot = next(one.sign_in for one in self.file.listener if one.slug == listener.slug)
        return name if slot == 1 else f"{name}_{slot}"

    def get(self, name: str) -> str | None:
        """A variable of the environment or of .env; None where it is missing or blank."""
        return self.environment.get(name, "").strip() or None

    def need(self, name: str) -> str:
        """The same, or a ConfigError that says where to store it."""
        if value := self.get(name):
            return value
        owner = next((one.slug for one in self.listeners if name == self.slot(one, TOKEN)), None)
        login = f"Run `rotation login --listener {owner}`"
        remedy = login if owner else OTHERS.get(name, "Copy it from the settings of your Spotify app")
        raise ConfigError(
            f"{name} is not set. {remedy}; then it belongs into the repository's secrets"
            " (Settings → Secrets and variables → Actions), or on your own machine into .env."
        )

    @property
    def secrets(self) -> dict[str, str]:
        """The values that may stand nowhere, by the names of their variables."""
        return {
            name: value for name in self.environment if SECRET.fullmatch(name) and (value := self.get(name))
        }

    def url(self, name: str, default: str) -> str:
        """An address of Spotify's: HTTPS, or plain HTTP to this machine."""
        url = (self.get(name) or default).rstrip("/")
        scheme, host = _parts(url)
        if host and (scheme == "https" or (scheme == "http" and host in LOOPBACK)):
            return url
        raise ConfigError(f"{name} must start with https:// (or with http://127.0.0.1 for a simulation).")

    @property
    def api_url(self) -> str:
        return self.url("SPOTIFY_API_URL", API_URL)

    @property
    def accounts_url(self) -> str:
        return self.url("SPOTIFY_ACCOUNTS_URL", ACCOUNTS_URL)


def load(root: Path, environment: Mapping[str, str] | None = None) -> Settings:
    """Read `root`/rotation.toml, .env, and above it the environment (None: the process's own).

    Raises ConfigError that names the key and the remedy.
    """
    path = root / CONFIG
    try:
        file = File.model_validate(_toml(path))
    except ValidationError as error:
        raise ConfigError("\n".join(_sentence(path, fault) for fault in error.errors())) from None
    # A password may hold a `$`: nothing in .env stands for something else.
    try:
        stored = dotenv_values(root / ".env", interpolate=False)
    except UnicodeDecodeError:
        raise ConfigError(
            f"{root / '.env'} is not UTF-8 text: save it as UTF-8, one NAME=value a line."
        ) from None
    known = {name: value for name, value in stored.items() if value}
    return Settings(root, file, {**known, **(os.environ if environment is None else environment)})


def _toml(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))  # Windows editors put a mark before it
    except FileNotFoundError:
        raise ConfigError(
            f"There is no {path}. Name its folder with --root, or make a new one: rotation init"
        ) from None
    except OSError as error:
        raise ConfigError(f"{path} cannot be read ({error.strerror}): make it a readable file.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is not valid TOML: {error}. Mend that place.") from None


def step_summary() -> Path | None:
    """The file whose Markdown GitHub shows as the job's summary; None outside a workflow."""
    name = os.environ.get("GITHUB_STEP_SUMMARY")
    return Path(name) if name else None


def step_output() -> Path | None:
    """The file in which a workflow's step leaves values for later ones; None outside a workflow."""
    name = os.environ.get("GITHUB_OUTPUT")
    return Path(name) if name else None


def keep(root: Path, values: dict[str, str]) -> Path:
    """Store variables in `root`/.env, which only its owner may read."""
    path = root / ".env"
    path.touch(mode=0o600, exist_ok=True)
    path.chmod(0o600)
    for name, value in values.items():
        set_key(path, name, value, quote_mode="auto")
    path.chmod(0o600)
    return path


def new_file(time_zone: str, plays: Keeping = "off") -> str:
    """A commented rotation.toml; raise ConfigError for what is no time zone."""
    try:
        return NEW.replace("@ZONE@", _zone(time_zone)).replace("@PLAYS@", plays)
    except ValueError as error:
        raise ConfigError(f"{time_zone!r} {error}.") from None


def _sentence(path: Path, fault: Any) -> str:
    """What pydantic found, as a sentence that names the key and what to do."""
    where = ".".join(str(part + 1 if isinstance(part, int) else part) for part in fault["loc"])
    if fault["type"] == "extra_forbidden":
        inner = SECTIONS.get(fault["loc"][0], ListenerSettings)
        known = File if len(fault["loc"]) == 1 else inner
        return f"{path}: {where} is no setting. Remove it, or use one of: {', '.join(known.model_fields)}."
    if fault["type"] == "missing":
        return f"{path}: {where} is missing. Add it; `rotation init` in an empty folder shows an example."
    said = re.sub("^(Input|String) should", "must", fault["msg"].removeprefix("Value error, "))
    is_list = fault["type"] == "tuple_type" and fault["loc"][0] == "privacy"
    message = AS_LIST if is_list else REMEDIES.get(fault["type"], said)
    value = f" = {fault['input']!r:.60}" if isinstance(fault["input"], str | int | float) else ""
    subject = f"{where}{value} " if where else ""
    return f"{path}: {subject}{message[:1].lower()}{message[1:]}."


SECTIONS: dict[str | int, type[_Section]] = {"privacy": PrivacySettings, "plays": PlaysSettings}

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

[privacy]
noindex = false      # true asks search engines to leave the site out
hide = []            # artists and songs that are never stored, by name, id or link (docs/privacy.md)
retention_days = 0   # how many days the past is kept; 0: for ever

# What counts as a play (docs/plays.md); whether plays are kept, each listener chooses below.
[plays]
least_seconds = 30        # what was heard for less is no play
private_sessions = false  # true: an import keeps what an export marks as a private session, too

# Up to five people. sign_in says whose secrets: 1 is SPOTIFY_REFRESH_TOKEN, 2 is SPOTIFY_REFRESH_TOKEN_2, …
[[listener]]
slug = "me"
name = "Me"
sign_in = 1
# How exactly each listen is kept: "exact", "hour", "day", or "off" for none. In a public repository anybody
# sees from exact instants when you are awake; with "hour" and "day" they are never written down.
plays = "@PLAYS@"
# time_zone = "Europe/Berlin"   # if it is not the one above
"""
