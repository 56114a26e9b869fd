"""Wrong circumstances. Each message tells the reader what to do next; `cli` alone catches them."""

import errno

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
REFUSED = (errno.EACCES, errno.EPERM, errno.EROFS)


class RotationError(Exception):
    """Something outside the program is not as it must be: a mistake to mend."""

    exit_code = 1


class ConfigError(RotationError):
    """rotation.toml or the environment says something that cannot be."""


class DataError(RotationError):
    """A file of data/ is damaged, or holds a person's own uncommitted edits."""


class LeakError(RotationError):
    """Something that must not be public would have become so."""


class DiskError(RotationError):
    """The disk is full, or does not let this user write."""

    def __init__(self, error: OSError) -> None:
        where = f"{error.filename}: " if error.filename else ""
        remedy = "Mend that"
        if error.errno in FULL:
            remedy = "Make room"
        elif error.errno in REFUSED:
            remedy = "Let this user write there"
        super().__init__(
            f"{where}{error.strerror or error}. {remedy}, and run again; no file was left half written."
        )


class GitError(RotationError):
    """Git refused, and this is what it said."""

    def __init__(self, said: str, status: int | None = None) -> None:
        super().__init__(said)
        self.status = status  # the exit code that git left with; None: it did not run


class Busy(RotationError):
    """Another run holds the folder."""

    exit_code = 75


class Unavailable(RotationError):
    """Spotify, the network or the database could not be had: try later."""

    exit_code = 75


class SignInRequired(RotationError):
    """Spotify does not accept this sign-in: a person has to act."""

    exit_code = 77
