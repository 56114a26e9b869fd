"""The commit of data/: its message, the commit itself, and the push."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from generator import git
from generator.errors import GitError, RotationError, Unavailable
from generator.model import Chart, Item, Listener, Rank, Track

LONGEST = 40  # characters of a title in a commit's subject
LONGEST_NAME = 10_000  # characters of a name that is looked for in messages
TELLING = 4  # characters from which on a name is found anywhere, and not only between our signs
# As a subject tells of plays; with its beginning where it tells of nothing before.
PLAYS = r"(?:data: (?:.+, )?)?[\d,]+ plays?(?: on \d+ \w{3} \d{4}| imported)?"
REMOVED = "data: removed\n"  # the message of a commit of which nothing can be told
# What git says when somebody else has pushed first, and not when a rule forbids the push.
LOST_RACE = ("fetch first", "non-fast-forward", "stale info", "cannot lock ref", "failed to update ref")
FORBIDDEN = ("protected branch", "GH006", "GH013", "hook declined")
NO_NETWORK = (
    *("Could not resolve host", "name resolution", "Failed to connect", "Network is unreachable"),
    *("Connection", "timed out", "error: 50"),
)


class PushRejected(GitError):
    """Somebody else pushed first."""


@dataclass(frozen=True, slots=True)
class News:
    """What a commit holds."""

    editions: Sequence[date]  # oldest first
    changed: Sequence[str]  # names of their lists
    chart: Chart | None = None  # the songs of the last four weeks on the newest of them
    plays: int = 0  # that Spotify told of
    imported: int = 0  # plays, those not counted that a better source tells of
    rows: int = 0  # of plays, whoever tells of them
    sources: Sequence[str] = ("api",)  # of these rows, as data/ names them
    today: date | None = None  # the listener's own


def message(listener: Listener, news: News, *, alone: bool) -> str:
    """The whole commit message; `alone`: nobody else is followed, so nobody has to be named."""
    who = "" if alone else f"{one_line(listener.name)}, "
    chart = news.chart if news.chart and news.chart.ranks and "tracks/short_term" in news.changed else None
    told = [*(_headline(chart) if chart else _lists(news.changed))]
    subject = f"data: {who}" + " · ".join([*_opening(news), *told, *_plays(news)])
    rows = news.rows or news.plays + news.imported
    trailers = [
        f"Listener: {listener.slug}",
        *(f"Edition: {edition}" for edition in news.editions),
        *([f"Plays: {rows}", f"Source: {', '.join(news.sources)}"] if rows else []),
        *([f"Lists: {', '.join(news.changed)}"] if news.changed else []),
    ]
    table = "\n".join(_table(chart)) if chart else ""
    return "\n\n".join(filter(None, (subject, table, "\n".join(trailers)))) + "\n"


def removal(listener: str | None, before: date | None) -> str:
    """The message of a commit that takes something out of data/, and does not tell what."""
    if not (listener and before):
        return REMOVED
    # The lists that stood on the day are an edition of it from now on.
    subject = f"data: what was before {_day(before)} was removed"
    return f"{subject}\n\nListener: {listener}\nEdition: {before}\n"


def trailers(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The listeners and the editions that a commit message of ours names."""
    said = re.findall(r"^(Listener|Edition): (\S+)$", text, re.MULTILINE)
    return (
        tuple(value for name, value in said if name == "Listener"),
        tuple(value for name, value in said if name == "Edition"),
    )


def without_plays(text: str) -> str:
    """A message of ours that no longer tells how many plays there were."""
    subject, *lines = text.splitlines()
    kept = " · ".join(part for part in subject.split(" · ") if not re.fullmatch(PLAYS, part))
    lines = [line for line in lines if not line.startswith(("Plays: ", "Source: "))]
    return "\n".join([kept, *lines, ""]) if kept else REMOVED


def shortened(text: str, names: Iterable[str], *, is_gone: bool) -> str:
    """A message that no longer tells of songs and artists that are gone, by their names.

    `is_gone`: nothing of what it tells of is left.
    """
    ours = [line for line in text.splitlines() if re.match("(Listener|Edition|Plays|Source|Lists): ", line)]
    told = "\n".join(line for line in text.splitlines() if line not in ours).removeprefix("data: ")
    if not is_gone and not any(tells_of(told, name) for name in names):
        return text
    day = re.match(r"(?:[^·\n]+, )?\d+ \w{3} \d{4}(?= · )", told)
    if is_gone or not day:
        return REMOVED  # a person's own words about it are not ours to mend
    return "\n".join([f"data: {day[0]}", "", *ours, ""])


def tells_of(text: str, name: str) -> bool:
    """Does a message name a song or an artist, whole or cut as our messages cut them?"""
    said = one_line(name, LONGEST_NAME)
    if not said:
        return False
    if len(said) < TELLING:
        # A short name stands everywhere; here it counts where our messages put names.
        places = rf"“{re.escape(said)}”|(?:” |, |out: ){re.escape(said)}(?= \(|,| and | · |$)"
        return re.search(places, text, re.MULTILINE) is not None
    beginnings = (cut.rpartition(", ")[2].lstrip() for cut in re.findall(r"([^“”·\n]+?)…", text))
    is_cut = any(said.startswith(one) for one in beginnings if len(one) >= TELLING)
    return is_cut or re.search(rf"(?<!\w){re.escape(said)}(?!\w)", text, re.IGNORECASE) is not None


def commit(root: Path, paths: Sequence[str], text: str, now: datetime) -> None:
    """Commit these paths and nothing else, dated `now`; raise GitError with what git said."""
    # By force: what this program wrote is committed, though a person's rule may ignore such names.
    git.git(root, "add", "--force", "--", *paths)
    words = ("commit", "--quiet", "--only", "--cleanup=verbatim", "--file=-", "--", *paths)
    at = now.isoformat(timespec="seconds")
    git.git(root, *_identity(root), *words, stdin=text.encode(), GIT_AUTHOR_DATE=at, GIT_COMMITTER_DATE=at)


def push(root: Path) -> None:
    """Push the branch to where it came from; raise PushRejected if somebody else was first."""
    try:
        git.git(root, "push", "--quiet", "--porcelain", "origin", f"HEAD:{_branch(root)}")
    except GitError as error:
        raise _refusal(str(error)) from None


def take_theirs(root: Path, listener: Listener, edition: date | None, *, since: str | None = None) -> None:
    """After a lost race: drop this run's unpushed commit of data, and stand where the remote stands.

    `edition` is the one that the caller stores again on top of it; None: none. `since`: the plays that were
    committed after this commit are stored again, too.
    Raises GitError, changing nothing, if anything else that is not pushed or committed would be lost by that.
    """
    try:
        git.git(root, "fetch", "--quiet", "origin", _branch(root))
    except GitError as error:
        raise _refusal(str(error)) from None
    own = since is not None and git.is_ancestor(root, since, "FETCH_HEAD")
    if not _is_redone(root, listener.slug, edition, has_plays=own):
        raise GitError(
            "The remote has moved on, and there are commits here that were never pushed:"
            " run `git pull --rebase`, then run again. Nothing is lost: this run's commit waits here too."
        )
    try:
        # An index that has not looked at rewritten files takes them for edits.
        git.git(root, "add", "--update", "--refresh", "data")
        # --keep refuses where it would overwrite what a person has not committed.
        git.git(root, "reset", "--quiet", "--keep", "FETCH_HEAD")
    except GitError as error:
        raise GitError(f"{error}\nThe remote changed it too. Commit your edits, then run again.") from None


def _is_redone(root: Path, listener: str, edition: date | None, *, has_plays: bool) -> bool:
    """Is all that is not pushed of this edition of the listener's, as the trailers say?

    `has_plays`: plays are redone, too, whatever the edition.
    """
    beside = git.git(root, "log", "--format=%H", "FETCH_HEAD..HEAD", "--", ":(top)", ":(exclude)data")
    names = ("Listener", "Edition", "Plays")
    said = "/".join(f"%(trailers:key={name},valueonly,separator=%x20)" for name in names)
    for commit in git.git(root, "log", f"--format={said}", "FETCH_HEAD..HEAD").splitlines():
        who, when, plays = commit.split("/")
        is_of_edition = edition is not None and when in {"", str(edition)}
        is_ours = has_plays and (is_of_edition or not when) if plays else is_of_edition
        if who != listener or not is_ours:
            return False
    return not beside


def one_line(text: str, longest: int = LONGEST) -> str:
    """A text fit for a commit's line: printable, no line breaks, cut where it is too long."""
    words = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return words if len(words) <= longest else f"{words[: longest - 1].rstrip()}…"


def _identity(root: Path) -> tuple[str, ...]:
    """A name to commit under where Git knows none: a fresh machine must not lose a day for that."""
    try:
        git.git(root, "var", "GIT_COMMITTER_IDENT")
    except GitError:
        return ("-c", "user.name=Heavy Rotation", "-c", "user.email=rotation@localhost")
    return ()


def _branch(root: Path) -> str:
    try:
        return git.git(root, "symbolic-ref", "--quiet", "HEAD").strip()
    except GitError as error:
        if error.status != git.ABSENT:
            raise
        raise GitError(
            "No branch is checked out, so there is nothing to push to: `git switch main`."
        ) from None


def _refusal(said: str) -> RotationError:
    """Why a push failed: a lost race, no network, or a rule that a person has to look at."""
    if any(sign in said for sign in LOST_RACE):
        return PushRejected(said)
    if any(sign in said for sign in NO_NETWORK):
        return Unavailable(f"{said}. The commit is made and waits here; the next run pushes it.")
    if any(sign in said for sign in FORBIDDEN):
        return GitError(
            f"{said}\nA rule of the repository forbids this push: allow the workflow to push to the branch"
            " (Settings → Rules, or Branches), then run again."
        )
    return GitError(said)


def _opening(news: News) -> Iterator[str]:
    """The newest edition's date; without an edition, why there is a commit all the same."""
    if news.editions:
        yield _day(news.editions[-1])
    elif not (news.plays or news.imported):
        # The lists of a day went back to what they were the day before, or a killed run left files behind.
        yield "taken back" if news.changed else "brought up to date"


def _plays(news: News) -> Iterator[str]:
    """How many plays, and on which day where no edition says it; what was imported is of any day."""
    if news.plays:
        when = f" on {_day(news.today)}" if news.today and not news.editions else ""
        yield f"{news.plays:,} play{'' if news.plays == 1 else 's'}{when}"
    if news.imported:
        yield f"{news.imported:,} play{'' if news.imported == 1 else 's'} imported"


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _headline(chart: Chart) -> Iterator[str]:
    """The leader, who came and who left."""
    leader = chart.ranks[0]
    yield f"#1 {_title(leader.item)}{'' if chart.number == 1 else f' ({_movement(leader)})'}"
    if chart.number == 1:
        yield "first edition"
        return
    new = sum(rank.is_new for rank in chart.ranks)
    back = sum(rank.moved is None for rank in chart.ranks) - new
    yield from (f"{count} {word}" for count, word in ((new, "new"), (back, "back")) if count)
    if chart.departures:
        first, *others = chart.departures
        yield f"out: {one_line(_name(first.item))}" + (f" and {len(others)} more" if others else "")


def _lists(changed: Sequence[str]) -> Iterator[str]:
    """What to say when the songs of the last four weeks did not change."""
    words = {"short_term": "four weeks", "medium_term": "six months", "long_term": "a year"}
    for kind in ("tracks", "artists"):
        spans = [words[name.partition("/")[2]] for name in changed if name.startswith(kind)]
        if spans:
            yield f"{'songs' if kind == 'tracks' else kind} of {' and '.join(spans)}"


def _table(chart: Chart) -> Iterator[str]:
    """Every line of the chart that is not where it was, and who left."""
    for rank in chart.ranks:
        if rank.moved != 0:
            sign = "" if chart.number == 1 else _movement(rank)
            yield f"{rank.position:>4}  {sign:<4} {_title(rank.item)}"
    for departure in chart.departures:
        yield f" out  (#{departure.position}) {_title(departure.item)}"


def _movement(rank: Rank) -> str:
    if rank.moved is None:
        return "new" if rank.is_new else "back"
    return f"▲{rank.moved}" if rank.moved > 0 else f"▼{-rank.moved}" if rank.moved else "="


def _name(item: Item) -> str:
    return item.title if isinstance(item, Track) else item.name


def _title(item: Item) -> str:
    if not isinstance(item, Track):
        return one_line(item.name)
    return f"“{one_line(item.title)}” {one_line(', '.join(artist.name for artist in item.artists))}"
