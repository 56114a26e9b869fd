"""Settings: what rotation.toml and the environment say, and what follows from it."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from generator.config.checks import parts
from generator.config.file import File
from generator.discretion import SECRET
from generator.errors import ConfigError
from generator.hiding import Hidden, hidden
from generator.listening import PLAY_KEY
from generator.model import Listener

API_URL = "https://api.spotify.com/v1"
ACCOUNTS_URL = "https://accounts.spotify.com"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
SHORTEST_KEY = 32  # characters, which nobody guesses
OTHERS = {
    PLAY_KEY: "`rotation login` or `openssl rand -hex 32` makes it, to keep plays by the hour or the day"
}
TOKEN = "SPOTIFY_REFRESH_TOKEN"  # noqa: S105 - a name, not a token


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
        """What is kept from being stored: by rotation.toml, and by the secret that keeps it to itself."""
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

    def one(self, slug: str | None, asked: str) -> Listener:
        """The listener of that slug, or the only one; raise ConfigError for a stranger, or of several."""
        listener, *others = self.chosen(slug)
        if others:
            slugs = ", ".join(one.slug for one in (listener, *others))
            raise ConfigError(
                f"Several people are followed: say {asked}, with --listener and one of {slugs}."
            )
        return listener

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
        """The same, or a ConfigError that says where to store it, or that it is no good."""
        if value := self.get(name):
            if name == PLAY_KEY and len(value) < SHORTEST_KEY:
                raise ConfigError(
                    f"{name} is shorter than {SHORTEST_KEY} characters, so that a stranger could guess it."
                    " Store a longer one, as `rotation login` or `openssl rand -hex 32` makes it."
                )
            return value
        owner = next((one.slug for one in self.listeners if name == self.slot(one, TOKEN)), None)
        login = f"Run `rotation login --listener {owner}`"
        remedy = login if owner else OTHERS.get(name, "Copy it from the settings of your Spotify app")
        raise ConfigError(
            f"{name} is not set. {remedy}; then it belongs in the repository's secrets"
            " (Settings → Secrets and variables → Actions), or on your own machine in .env."
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
        scheme, host = parts(url)
        if host and (scheme == "https" or (scheme == "http" and host in LOOPBACK)):
            return url
        raise ConfigError(f"{name} must start with https:// (or with http://127.0.0.1 for a simulation).")

    @property
    def api_url(self) -> str:
        return self.url("SPOTIFY_API_URL", API_URL)

    @property
    def accounts_url(self) -> str:
        return self.url("SPOTIFY_ACCOUNTS_URL", ACCOUNTS_URL)
