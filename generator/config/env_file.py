"""The file .env: the variables that a person stores on their own machine."""

from pathlib import Path

from dotenv import dotenv_values, set_key

from generator.errors import ConfigError


def stored(root: Path) -> dict[str, str]:
    """The variables of `root`/.env that have a value; raise ConfigError where it is no text."""
    # A password may hold a `$`: nothing in .env stands for something else.
    try:
        values = dotenv_values(root / ".env", interpolate=False)
    except UnicodeDecodeError:
        raise ConfigError(
            f"{root / '.env'} is not UTF-8 text: save it as UTF-8, one NAME=value a line."
        ) from None
    return {name: value for name, value in values.items() if value}


def keep(root: Path, values: dict[str, str]) -> Path:
    """Store variables in `root`/.env, which only its owner may read."""
    path = root / ".env"
    path.touch(mode=0o600, exist_ok=True)
    path.chmod(0o600)
    for name, value in values.items():
        set_key(path, name, value, quote_mode="auto")
    path.chmod(0o600)
    return path
