"""The labels and sentences that pages say about charts."""

from typing import NamedTuple

from generator.model import Chart, Kind, Rank, Span, Track
from generator.render.filters import name, plural


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
