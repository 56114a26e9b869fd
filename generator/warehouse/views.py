"""The views in the order in which they build on each other."""

from pathlib import Path

FOLDER = Path(__file__).parent / "views"

VIEWS: tuple[str, ...] = ("editions", "places", "chart", "departures")


def statements() -> tuple[str, ...]:
    """The text of every view, sentence and all."""
    return tuple((FOLDER / f"{name}.sql").read_text(encoding="utf-8") for name in VIEWS)
