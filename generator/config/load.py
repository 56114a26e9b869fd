"""Reads rotation.toml and .env, and checks them."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from generator.config.env_file import stored
from generator.config.faults import sentence
from generator.config.file import CONFIG, File
from generator.config.settings import Settings
from generator.errors import ConfigError


def load(root: Path, environment: Mapping[str, str] | None = None) -> Settings:
    """Read `root`/rotation.toml, .env, and above it the environment (None: the process's own).

    Raises ConfigError that names the key and the remedy.
    """
    path = root / CONFIG
    try:
        file = File.model_validate(_toml(path))
    except ValidationError as error:
        raise ConfigError("\n".join(sentence(path, fault) for fault in error.errors())) from None
    return Settings(root, file, {**stored(root), **(os.environ if environment is None else environment)})


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
