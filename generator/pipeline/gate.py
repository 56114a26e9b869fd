"""Nothing that must not be public is committed or published."""

from collections.abc import Iterable, Iterator

from generator import git, leaks
from generator.errors import LeakError
from generator.leaks import Files, Leak
from generator.pipeline.run import Run

TOLD = 20  # findings that are worth reading at once


def look(run: Run, *, staged: bool) -> int:
    """Look data/ and site/ through, or what is about to be committed of them; answer how many files.

    Raises LeakError for what must not be public.
    """
    folders = ("data", "site")
    if staged:
        paths = git.staged(run.root, *folders)
        files: Files = ((path, git.staged_content(run.root, path)) for path in paths)
    else:
        paths = tuple(path for folder in folders for path in leaks.below(run.root, folder))
        files = ((path, (run.root / path).read_bytes()) for path in paths)
    refuse(run, files)
    return len(paths)


def guard(run: Run, paths: Iterable[str]) -> None:
    """Raise LeakError if one of these files of data/ holds what must not be public."""
    files = ((path, run.root / path) for path in paths)
    refuse(run, ((path, file.read_bytes()) for path, file in files if file.is_file()))


def refuse(run: Run, files: Files) -> None:
    """Raise LeakError, naming places and never what stands there, if there is anything to refuse."""
    found = list(leaks.leaks(files, _known(run), run.settings.secrets))
    if found:
        raise LeakError(_told(found))


def _known(run: Run) -> Iterator[str]:
    """What a person chose to be public: titles, names, addresses."""
    yield from leaks.names(run.data)
    file = run.settings.file
    yield from (file.title, file.address, file.upstream, run.remote or "")
    for one in file.listener:
        yield from (one.slug, one.name)


def _told(found: list[Leak]) -> str:
    more = [f"… and {len(found) - TOLD:,} more places."] if len(found) > TOLD else []
    return "\n".join(
        ["This must not be public:", *map(str, found[:TOLD]), *more, "Take it out, and run again."]
    )
