"""A rotation.toml to begin with."""

from generator.config.checks import zone
from generator.errors import ConfigError
from generator.model import Keeping

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


def new_file(time_zone: str, plays: Keeping = "off") -> str:
    """A commented rotation.toml; raise ConfigError for what is no time zone."""
    try:
        return NEW.replace("@ZONE@", zone(time_zone)).replace("@PLAYS@", plays)
    except ValueError as error:
        raise ConfigError(f"{time_zone!r} {error}.") from None
