"""The labels and sentences that pages say about charts."""

from collections import Counter
from datetime import date
from typing import NamedTuple

from generator.model import Chart, Kind, Rank, Shelf, Span, Story, Track
from generator.render.filters import long_date, name, plural


class KindWords(NamedTuple):
    folder: str
    label: str
    one: str


class SpanWords(NamedTuple):
    folder: str
    label: str
    phrase: str


KIND_WORDS: dict[Kind, KindWords] = {
    "tracks": KindWords("", "Songs", "song"),
    "artists": KindWords("artists/", "Artists", "artist"),
}
SPAN_WORDS: dict[Span, SpanWords] = {
    "short_term": SpanWords("", "Four weeks", "the last four weeks"),
    "medium_term": SpanWords("six-months/", "Six months", "the last six months"),
    "long_term": SpanWords("year/", "Year", "the last year"),
}
# What the views tell, best first: a label, the sentence, and the rule that it follows.
STORIES: dict[str, tuple[str, str, str]] = {
    "reign": (
        "Record at the top",
        "number one for {editions}, more than any other {one}",
        "Took the record of most editions at number one from another, from the chart’s twentieth edition on.",
    ),
    "jump": (
        "Record jump",
        "up {places} at once, as no {one} before",
        "More places gained at once than ever before on this chart, from its twentieth edition on.",
    ),
    "hundred": (
        "A hundred editions",
        "on the chart for the 100th time",
        "Its hundredth edition on the chart.",
    ),
    "anniversary": (
        "Anniversary",
        "first on the chart {years} ago today",
        "So many years after its first edition on the chart, to the day.",
    ),
    "comeback": (
        "Comeback",
        "back after {editions} away",
        "Back after the longest absence, five editions or more.",
    ),
    "debut": (
        "Highest new entry",
        "straight in at number {value}",
        "The highest of those that were never on this chart before.",
    ),
    "climber": (
        "Biggest climber",
        "up {places}{place}",
        "Gained the most places since the edition before, three or more.",
    ),
    "farewell": (
        "Farewell",
        "gone after {editions} on the chart",
        "Left after the most editions on the chart, ten or more.",
    ),
    "stay": (
        "Longest stay",
        "on the chart for {editions} in a row",
        "The longest unbroken run of all that are on the chart, ten editions or more.",
    ),
}
TIMES = ("never", "once", "twice")
YARDSTICKS = {"week": "a week", "month": "a month", "year": "a year"}
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def headline(chart: Chart) -> str:
    """Top 20 songs."""
    return f"Top {plural(len(chart.ranks), KIND_WORDS[chart.kind].one)}"


def standfirst(chart: Chart) -> str:
    """What changed since the edition before, as a person would say it."""
    if chart.number == 1:
        return "The first edition. From the next one on, every move is counted."
    return f"{leader(chart.ranks[0])} {traffic(chart)}" if chart.ranks else traffic(chart)


def leader(rank: Rank) -> str:
    """How number one came to its place."""
    who = f"“{name(rank.item)}”" if isinstance(rank.item, Track) else name(rank.item)
    if rank.moved is None:
        return f"{who} {'enters' if rank.is_new else 'returns'} straight at number one."
    if rank.moved == 0:
        return f"{who} stays at number one."
    return f"{who} climbs from number {rank.position + rank.moved} to the top."


def traffic(chart: Chart) -> str:
    """How many came and how many left."""
    one = KIND_WORDS[chart.kind].one
    came = [rank for rank in chart.ranks if rank.moved is None]
    new, left = sum(rank.is_new for rank in came), len(chart.departures)
    facts = [
        (new, "is new", "are new"),
        (len(came) - new, "is back", "are back"),
        (left, "has left", "have left"),
    ]
    said = [(count, singular if count == 1 else plural) for count, singular, plural in facts if count]
    if not said:
        return f"No {one} came and none left."
    first, *rest = [f"{spelled(count)} {verb}" for count, verb in said]
    noun = one if said[0][0] == 1 else f"{one}s"
    sentence = first.replace(" ", f" {noun} ", 1)
    return listed([sentence[0].upper() + sentence[1:], *rest]) + "."


def spelled(count: int) -> str:
    """Small numbers in letters, as in running text."""
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def listed(parts: list[str]) -> str:
    """a, b and c."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else parts[0]


class Told(NamedTuple):
    """A story as a page tells it."""

    story: Story
    label: str
    said: str
    rule: str


def told(chart: Chart) -> list[Told]:
    """The stories of an edition, the best first; a record jump is not also the biggest climb."""
    found = {story.story: story for story in chart.stories}
    if "jump" in found and "climber" in found and found["jump"].item == found["climber"].item:
        del found["climber"]
    places = {rank.item.id: rank.position for rank in chart.ranks}
    return [
        Told(found[which], label, phrased(said, found[which], chart.kind, places), rule)
        for which, (label, said, rule) in STORIES.items()
        if which in found
    ]


def phrased(said: str, story: Story, kind: Kind, places: dict[str, int]) -> str:
    """A story's sentence with its figures."""
    place = places.get(story.item.id)
    return said.format(
        value=story.value,
        one=KIND_WORDS[kind].one,
        place=f" to number {place}" if place else "",
        **{f"{noun}s": plural(story.value, noun) for noun in ("place", "edition", "year")},
    )


def times(count: int) -> str:
    """Once, twice, three times."""
    return TIMES[count] if count < len(TIMES) else f"{spelled(count)} times"


def doubled(chart: Chart) -> list[str]:
    """That Spotify's list holds a song more than once."""
    shown = {rank.item.id for rank in chart.ranks}
    counts = Counter(double.item.id for double in chart.doubles)
    named = {double.item.id: name(double.item) for double in chart.doubles}
    return [
        f"“{named[one]}” stands on Spotify’s list {times(count + 1)}; it is ranked once."
        for one, count in counts.items()
        if one in shown
    ]


class Turned(NamedTuple):
    """How much of a chart is other than it was."""

    ago: str
    other: date
    said: str


def turned(chart: Chart) -> list[Turned]:
    """How many came in, or back, since a week, a month and a year before, as far as the past reaches."""
    return [
        Turned(
            YARDSTICKS[one.yardstick],
            one.other,
            f"{one.entered} of {len(chart.ranks)} came in",
        )
        for one in chart.turnovers
        if one.yardstick in YARDSTICKS
    ]


class Fresh(NamedTuple):
    """One thing to know about how fresh a page is."""

    label: str
    machine: str  # for <time>
    text: str


def freshness(shelf: Shelf) -> list[Fresh]:
    """When Spotify was asked, when a list changed and until when the sign-in holds, where known."""
    found = []
    if shelf.health:
        checked = shelf.health.checked.astimezone(shelf.listener.zone)
        label = "Last checked" if shelf.health.has_asked else "Last run"
        found.append(Fresh(label, f"{checked:%Y-%m-%dT%H:%M%z}", f"{long_date(checked)}, {checked:%H:%M}"))
    if shelf.edition:
        found.append(Fresh("Last changed", shelf.edition.isoformat(), long_date(shelf.edition)))
    if shelf.health and shelf.health.valid_until:
        until = shelf.health.valid_until
        found.append(Fresh("Sign-in valid until", until.isoformat(), long_date(until)))
    return found
