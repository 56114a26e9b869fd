"""The views in the order in which they build on each other."""

from pathlib import Path

FOLDER = Path(__file__).parent / "views"

VIEWS: tuple[str, ...] = (
    *("editions", "entries", "heads", "standing", "places", "chart"),
    *("departures", "runs", "records", "doubles", "aliases", "against", "turnover", "stories"),
    *("ruling", "played_as", "counted", "open_gaps"),
    *("songs", "day_plays", "period_plays", "lifetimes", "days"),
    *("period_places", "period_chart", "discoveries", "period_totals", "recaps"),
    *("clock", "streaks", "sessions", "novelty", "absences", "obsessions", "one_hits"),
    *("release_years", "skips", "eddington", "first_listens", "listed"),
)

# What is asked over and over is kept as a table: a load fills it from the view `NAME_now`.
LISTED: tuple[str, ...] = ("heads", "chart", "doubles", "stories")  # whenever a list or a song changed
PLAYED: tuple[str, ...] = ("played_as",)  # whenever a name changed, too
MONTHLY = "ruling"  # month by month: plays are many, and few of them new
KEPT: tuple[str, ...] = (*LISTED, *PLAYED, MONTHLY)

# What the pages of plays ask, and lean on over and over: a build computes each once, and forgets it.
SHARED: tuple[str, ...] = VIEWS[VIEWS.index("songs") :]


def statements() -> tuple[str, ...]:
    """What makes every view, sentence and all, and every kept table."""
    return tuple(statement for name in VIEWS for statement in _statements(name))


def refresh(name: str) -> tuple[str, ...]:
    """What fills a kept table anew."""
    return f"delete from {name}", f"insert into {name} select * from {name}_now"


def refresh_month(name: str) -> tuple[str, ...]:
    """What fills one listener's month of a kept table anew, of the plays that may be of it."""
    where = "where listener = :listener and utc_month = :month"
    near = (
        "from plays where listener = :listener and played_at >= cast(:month as timestamp) - interval '1 day'"
        " and played_at < cast(:month as timestamp) + interval '32 days'\n"
    )
    view = (
        _text(name)
        .partition(f"create view {name} as\n")[2]
        .rstrip()
        .rstrip(";")
        .replace("from plays\n", near)
    )
    return f"delete from {name} {where}", f"insert into {name} select * from ({view}) as anew {where}"


def sharing(name: str) -> str:
    """What computes a view once: later statements of the session find a table of its name before the view."""
    return _text(name).replace(f"create view {name} as", f"create temporary table {name} as")


def _text(name: str) -> str:
    return (FOLDER / f"{name}.sql").read_text(encoding="utf-8")


def _statements(name: str) -> tuple[str, ...]:
    view = _text(name)
    if name not in KEPT:
        return (view,)
    kept = view.replace(f"create view {name} as", f"create view {name}_now as")
    return kept, f"create table {name} as select * from {name}_now"
