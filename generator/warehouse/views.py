"""The views in the order in which they build on each other."""

from pathlib import Path

FOLDER = Path(__file__).parent / "views"

VIEWS: tuple[str, ...] = (
    *("editions", "entries", "heads", "standing", "places", "chart"),
    *("departures", "runs", "records", "doubles", "aliases", "against", "turnover", "stories"),
    *("counted", "open_gaps"),
)

# What is asked over and over is kept as a table: a load fills it from the view `NAME_now`.
KEPT: tuple[str, ...] = ("heads", "chart", "doubles", "stories")


def statements() -> tuple[str, ...]:
    """What makes every view, sentence and all, and every kept table."""
    return tuple(statement for name in VIEWS for statement in _statements(name))


def refresh(name: str) -> tuple[str, ...]:
    """What fills a kept table anew."""
    return f"delete from {name}", f"insert into {name} select * from {name}_now"


def _statements(name: str) -> tuple[str, ...]:
    view = (FOLDER / f"{name}.sql").read_text(encoding="utf-8")
    if name not in KEPT:
        return (view,)
    kept = view.replace(f"create view {name} as", f"create view {name}_now as")
    return kept, f"create table {name} as select * from {name}_now"
