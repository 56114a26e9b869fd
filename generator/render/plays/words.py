"""What pages call periods, times and what was played."""

from generator.render.filters import MONTHS, clean
from generator.tally import Period, Played, PlayedKind

KIND_NAMES: dict[PlayedKind, tuple[str, str]] = {  # one, and many
    "tracks": ("song", "songs"),
    "artists": ("artist", "artists"),
    "albums": ("album", "albums"),
}
MS_PER_MINUTE = 60_000


def period_name(period: Period) -> str:
    """All time, 2026, November 2026 or Week 47 of 2026."""
    if period.grain == "week":
        year, week, _ = period.first.isocalendar()
        return f"Week {week} of {year}"
    if period.grain == "month":
        return f"{MONTHS[period.first.month - 1]} {period.first.year}"
    return str(period.first.year) if period.grain == "year" else "All time"


def played_name(item: Played) -> str:
    """The title or name, or a word where nobody told it: a link needs a text."""
    text = clean(item.title)
    return text if text.strip() else f"Unknown {KIND_NAMES[item.kind][0]}"


def listening_time(ms: int) -> str:
    """1,234 h, 12 h 5 min or 48 min: as exactly as a reader cares."""
    hours, minutes = divmod(round(ms / MS_PER_MINUTE), 60)
    if hours >= 100:  # noqa: PLR2004 - minutes no longer matter
        return f"{hours:,} h"
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"


def counted(number: int, noun: str) -> str:
    """1 play, 1,234 plays."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
