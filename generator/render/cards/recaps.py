"""The picture of a month, a year or all time: what it came to, and its first songs and artists."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import NamedTuple

from generator.model import Shelf, Site
from generator.render.cards.cards import Colours
from generator.render.cards.ink import Ink, measured
from generator.render.filters import long_date, short_date
from generator.render.pages.file import Picture
from generator.render.pages.page import Later, folder
from generator.render.plays import recaps as words
from generator.render.plays.almanac import Almanac, almanac
from generator.render.plays.pictures import has_picture, picture
from generator.render.plays.words import counted, listening_time, on, period_name, played_name
from generator.tally.periods import Line, Period

SHOWN = 5  # places of a chart
ROOM = 540.0  # the width of the name
ONE_LINE, TWO_LINES = 270.0, 130.0  # the largest type of a name


class Place(NamedTuple):
    """A place of a chart in words."""

    place: int
    title: str
    more: str  # who made it, or how often it was played


def recaps(site: Site) -> Iterator[Picture]:
    """A picture of every month and year in which enough was played, and of all time.

    With several listeners the first one's also stand where they stood before.
    """
    for shelf in site.shelves:
        if shelf.diary:
            known = almanac(shelf.diary)
            for period in filter(has_picture, shelf.diary.periods.values()):
                made = Later(partial(values, site, shelf, known, period))
                path = picture(site, shelf, period)
                former = path.removeprefix(folder(site, site.shelves[0]))
                for place in dict.fromkeys((path, former)):
                    yield Picture(place, "cards/recap.svg", made)


def values(site: Site, shelf: Shelf, known: Almanac, period: Period) -> dict[str, object]:
    """What the picture shows."""
    lines = name_lines(period)
    widest = max(measured(line, 100, 700) for line in lines) / 100
    return {
        "colours": Colours(),
        "ink": Ink(),
        "site": site.title,
        "whose": shelf.listener.name if len(site.shelves) > 1 else "",
        "label": f"{words.title(period)}: {words.standfirst(period)}",
        "when": when(period),
        "lines": lines,
        "size": min(ONE_LINE if len(lines) == 1 else TWO_LINES, ROOM / widest),
        "plays": f"{period.tally.plays:,}",
        "noun": "plays or more" if period.has_gap else "plays",
        "time": listening_time(period.tally.ms),
        "of_time": of_time(period),
        "variety": variety(period),
        "songs": [song(line) for line in period.charts.get("tracks", ())[:SHOWN]],
        "artists": [artist(line) for line in period.charts.get("artists", ())[:SHOWN]],
        "facts": facts(period, known),
    }


def name_lines(period: Period) -> list[str]:
    """The name of the period in one or two lines: NOVEMBER over 2026."""
    return period_name(period).upper().split(" ")


def when(period: Period) -> str:
    """Over which dates the picture looks, where that is not the whole of what it names."""
    if period.grain == "all":
        dates = f"{short_date(period.first)} to {short_date(period.last)}"
    else:
        dates = f"So far, to {long_date(period.last)}" if period.is_running else "Recap"
    return f"{dates}; plays may be missing" if period.has_gap else dates


def of_time(period: Period) -> str:
    """What there is to say of the listening time."""
    said = ("or more" if period.has_gap else "", "estimated" if period.tally.is_estimated else "")
    return ", ".join(filter(None, said))


def variety(period: Period) -> str:
    """How many different songs, and by how many."""
    artists = f" by {counted(period.artists, 'artist')}" if period.artists else ""
    return f"{counted(period.songs, 'song')}{artists}{', or more' if period.has_gap else ''}"


def song(line: Line) -> Place:
    artist = line.item.artist
    return Place(line.place, played_name(line.item), played_name(artist) if artist else "")


def artist(line: Line) -> Place:
    return Place(line.place, played_name(line.item), counted(line.tally.plays, "play"))


def facts(period: Period, known: Almanac) -> list[tuple[str, str]]:
    """What stands out: a label with more about it, and what it is."""
    least, has_year = words.least(period), words.is_long(period)
    day = partial(on, has_year=has_year)
    biggest = counted(known.days[period.biggest_day].tally.plays, "play")
    ended = period.streak_since + timedelta(period.streak - 1)
    times = f"{least}{counted(period.repeated_plays, 'time')} on {day(period.repeated_on)}"
    found = [
        (f"Biggest day, {least}{biggest}", day(period.biggest_day)),
        (
            f"Longest streak, {words.between(period.streak_since, ended, has_year=has_year)}",
            words.capital(least + counted(period.streak, "day")),
        ),
        (f"Most repeated, {times}", played_name(period.repeated)),
        ("Days with music", words.days(period, known).value),
    ]
    if not has_year:
        artists = f", {counted(period.new_artists, 'artist')}" if period.new_artists else ""
        label = "New, as far as is known" if known.has_gap_until_end(period) else "Heard for the first time"
        found.append((label, counted(period.new_songs, "song") + artists))
    return found
