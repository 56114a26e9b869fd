"""What pages call periods, times and what was played."""

from datetime import date

from generator.render.filters import MONTHS, clean, day_month, long_date
from generator.tally.diary import Diary, Rule
from generator.tally.periods import Period
from generator.tally.played import Played, PlayedKind
from generator.tally.tally import Tally

KIND_NAMES: dict[PlayedKind, tuple[str, str]] = {  # one, and many
    "tracks": ("song", "songs"),
    "artists": ("artist", "artists"),
    "albums": ("album", "albums"),
}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
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
    """1,234 h, 12 h 5 min or 48 min: as exactly as a reader cares, and never broken into two lines."""
    hours, minutes = divmod(_minutes(ms), 60)
    if hours >= 100:  # noqa: PLR2004 - minutes no longer matter
        return f"{_hours(ms):,}\u00a0h"
    return f"{hours}\u00a0h\u00a0{minutes}\u00a0min" if hours else f"{minutes}\u00a0min"


def _minutes(ms: int) -> int:
    """Half a one is rounded up, as the script of free dates rounds it."""
    return (ms + MS_PER_MINUTE // 2) // MS_PER_MINUTE


def _hours(ms: int) -> int:
    """Half an hour of these minutes is rounded up, too."""
    return (_minutes(ms) + 30) // 60


def heard(tally: Tally) -> str:
    """Listening time, marked where the length of some plays is estimated."""
    return f"{listening_time(tally.ms)}{' est.' if tally.is_estimated else ''}"


def spoken(tally: Tally) -> str:
    """The same in a sentence."""
    return f"{'an estimated ' if tally.is_estimated else ''}{listening_time(tally.ms)}"


def thousands(number: int) -> str:
    """1,234."""
    return f"{number:,}"


def counted(number: int, noun: str) -> str:
    """1 play, 1,234 plays."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def mean(total: int, count: int) -> int:
    """The average in whole numbers, half a one rounded up."""
    return (2 * total + count) // (2 * count)


def percent(part: int, whole: int) -> str:
    """87%; what is nearly nothing and what is nearly all is not rounded to it."""
    if not whole:
        return "0%"
    exact = 100 * part / whole
    if 0 < exact < 1:
        return "under 1%"
    return "over 99%" if 99 < exact < 100 else f"{mean(100 * part, whole)}%"  # noqa: PLR2004


def plays_kept(known: Diary) -> str:
    """How many plays are known, for how long, and from when to when."""
    whole, seconds = known.whole, known.rule.least_seconds
    plays, hours = whole.tally.plays, _hours(whole.tally.ms)
    least = "At least " if known.gaps else ""
    rule = f" of {counted(seconds, 'second')} or more" if seconds else ", however short,"
    music = f"{'an estimated' if whole.tally.is_estimated else 'about'} {counted(hours, 'hour')} of music"
    span = f"from {long_date(whole.first)} to {long_date(whole.last)}"
    return f"{least}{counted(plays, 'play')}{rule} {'is' if plays == 1 else 'are'} kept, {music}, {span}."


def rule_words(rule: Rule) -> str:
    """What counts as a play, in a sentence."""
    # Stored rows carry no mark: what counts was decided by each import.
    private = f"an import {'keeps' if rule.has_private else 'leaves out'} what was played in private sessions"
    if not rule.least_seconds:
        return f"Whatever was begun counts as a play; {private}."
    return f"A song that was heard for {counted(rule.least_seconds, 'second')} or more is a play; {private}."


def stretch(first: date, last: date, *, has_year: bool = True) -> str:
    """3 May 2026; 3 to 9 May 2026; 30 April to 2 May 2026; 30 December 2025 to 2 January 2026.

    Without years, 3 to 9 May.
    """
    end = on(last, has_year=has_year)
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {end}"
    return f"{on(first, has_year=has_year and first.year != last.year)} to {end}"


def on(day: date, *, has_year: bool) -> str:
    return long_date(day) if has_year else day_month(day)
