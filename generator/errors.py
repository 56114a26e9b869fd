"""Wrong circumstances. Each message tells the reader what to do next; `cli` alone catches them."""


class RotationError(Exception):
    """Something outside the program is not as it must be: a mistake to mend."""

    exit_code = 1


class ConfigError(RotationError):
    """rotation.toml or the environment says something that cannot be."""


class DataError(RotationError):
    """A file of data/ is damaged, or holds a person's own uncommitted edits."""


class GitError(RotationError):
    """Git refused, and this is what it said."""


class Busy(RotationError):
    """Another run holds the folder."""

    exit_code = 75


class Unavailable(RotationError):
    """Spotify, the network or the database could not be had: try later."""

    exit_code = 75


class SignInRequired(RotationError):
    """Spotify does not accept this sign-in: a person has to act."""

    exit_code = 77
