"""What a period comes to, in words: "at least" where plays may be missing, "so far" while it runs."""

from datetime import date, timedelta
from typing import NamedTuple

from generator.render.filters import MONTHS, Movement, day_month, long_date, plural
from generator.render.plays.almanac import Almanac
from generator.render.plays.words import counted, mean, on, period_name, spoken, stretch
from generator.tally.periods import Line, Period
from generator.tally.played import Played

GAPS_NAMED = 3  # the rest is counted


class Fact(NamedTuple):
    """Something that a recap tells: a label, what it is, and more about it."""

    label: str
    value: str
    item: Played | None  # the song that `value` names
    said: str


def standfirst(period: Period) -> str:
    """What all of it comes to, in a sentence."""
    so_far = " so far" if period.is_running else ""
    plays = f"{least(period)}{counted(period.tally.plays, 'play')}{so_far}"
    songs = counted(period.songs, "song")
    artists = f" by {counted(period.artists, 'artist')}" if period.artists else ""
    return f"{capital(plays)} of {songs}{artists}, {spoken(period.tally)} of listening."


def subtitle(period: Period) -> str:
    """What stands below the name of a period."""
    if period.grain == "all":
        return f"in plays, since {long_date(period.first)}"
    if period.grain == "week":
        return ("so far, " if period.is_running else "") + stretch(period.first, period.last)
    return f"in plays so far, to {day_month(period.last)}" if period.is_running else "in plays"


def title(period: Period) -> str:
    """What the page of a period is called elsewhere."""
    name = period_name(period)
    if period.grain in {"week", "all"}:
        return f"Plays, {name if period.grain == 'week' else 'all time'}"
    return f"Recap of {name}{' so far' if period.is_running else ''}"


def facts(period: Period, almanac: Almanac) -> list[Fact]:
    """What stands out of a month, a year or all time."""
    found = [biggest(period, almanac), streak(period), repeated(period), days(period, almanac)]
    return found if period.grain == "all" else [*found, discovered(period, almanac)]


def biggest(period: Period, almanac: Almanac) -> Fact:
    tally = almanac.days[period.biggest_day].tally
    said = f"{least(period)}{counted(tally.plays, 'play')}, {spoken(tally)}"
    return Fact("Biggest day", on(period.biggest_day, has_year=is_long(period)), None, said)


def streak(period: Period) -> Fact:
    ended = period.streak_since + timedelta(period.streak - 1)
    said = f"with a play, {stretch(period.streak_since, ended, has_year=is_long(period))}"
    return Fact("Longest streak", capital(least(period) + counted(period.streak, "day")), None, said)


def repeated(period: Period) -> Fact:
    times = f"{least(period)}{counted(period.repeated_plays, 'time')}"
    said = f"{times} on {on(period.repeated_on, has_year=is_long(period))}"
    return Fact("Most repeated on a day", "", period.repeated, said)


def days(period: Period, almanac: Almanac) -> Fact:
    """On how many of the days so far there was music, from the first of which plays are known."""
    so_far = (period.last - max(period.first, almanac.diary.whole.first)).days + 1
    said = f"{counted(mean(period.tally.plays, period.days), 'play')} on each of them, on average"
    return Fact("Days with music", capital(f"{least(period)}{period.days:,} of {so_far:,}"), None, said)


def discovered(period: Period, almanac: Almanac) -> Fact:
    artists = f"; also {counted(period.new_artists, 'artist')}" if period.new_artists else ""
    said = f"heard for the first time{as_known(period, almanac)}, out of {period.songs:,}{artists}"
    return Fact("Discoveries", counted(period.new_songs, "song"), None, said)


def is_long(period: Period) -> bool:
    """Whether dates need their year to be told."""
    return period.grain == "all"


def missing(period: Period, almanac: Almanac) -> str | None:
    """Where plays of the period may be missing; None: nowhere."""
    if not period.has_gap:
        return None
    gaps = [stretch(first, last) for first, last in almanac.gaps(period)]
    named = "; ".join(gaps[:GAPS_NAMED])
    more = f"; and {len(gaps) - GAPS_NAMED} more" if len(gaps) > GAPS_NAMED else ""
    where = f"Plays may be missing here ({named}{more})"
    return f"{where}: read every number as at least so many, except those of new music."


def as_known(period: Period, almanac: Almanac) -> str:
    """What may be other than it is told: something new may have been heard while plays were missing."""
    return ", as far as is known" if almanac.has_gap_until_end(period) else ""


def movement(line: Line, period: Period, almanac: Almanac) -> Movement:
    """How a line came to its place since the period before."""
    grain, known = period.grain, as_known(period, almanac)
    if line.moved is None:
        if line.is_new:
            return Movement("new", "NEW", f"new: heard for the first time in this {grain}{known}")
        return Movement("back", "RE", f"back: not played in the {grain} before{known}")
    if not line.moved:
        return Movement("same", "=", f"same place as in the {grain} before")
    places = plural(abs(line.moved), "place")
    if line.moved > 0:
        return Movement("up", f"▲{line.moved}", f"up {places}")
    return Movement("down", f"▼{-line.moved}", f"down {places}")


def least(period: Period) -> str:
    return "at least " if period.has_gap else ""


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def between(first: date, last: date, *, has_year: bool) -> str:
    """A stretch where room is short: 3–19 Nov, 30 Nov – 2 Dec."""
    end = f"{short(last)} {last.year}" if has_year else short(last)
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    return f"{short(first)}{f' {first.year}' if has_year and first.year != last.year else ''} – {end}"


def short(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1][:3]}"
