"""What the pages of periods show, as CSV."""

from collections.abc import Iterable, Iterator

from generator.render.sheets.cells import Table, yes
from generator.tally.diary import Diary
from generator.tally.periods import Grain, Period
from generator.tally.played import PLAYED_KINDS, Played

CHARTS: dict[Grain, str] = {
    "week": "charts-weeks",
    "month": "charts-months",
    "year": "charts-years",
    "all": "charts-all-time",
}
CHART = (
    *("grain", "period", "kind", "place", "id", "name", "artist"),
    *("plays", "ms", "estimated", "moved", "is_new", "first", "last"),
)
PERIOD = (
    *("grain", "period", "last", "plays", "ms", "estimated", "days", "songs", "artists", "albums"),
    *("new_songs", "new_artists", "biggest_day", "biggest_plays"),
    *("repeated_id", "repeated_name", "repeated_on", "repeated_plays", "streak", "streak_since"),
    *("has_gap", "is_running"),
)


def charts(diary: Diary) -> Iterator[Table]:
    """The charts of each grain, and what all periods come to."""
    for grain, name in CHARTS.items():
        yield name, CHART, (line for period in diary.of_grain(grain) for line in chart_rows(period))
    yield "periods", PERIOD, map(period_row, diary.periods.values())


def chart_rows(period: Period) -> Iterator[Iterable[object]]:
    """Every line of a period's charts."""
    for kind in PLAYED_KINDS:
        for line in period.charts.get(kind, ()):
            item, tally = line.item, line.tally
            yield (
                *(period.grain, period.first, kind, line.place, item.id, item.title, artist(item)),
                *(tally.plays, tally.ms, tally.estimated),
                *(line.moved, yes(line.is_new), line.first, line.last),
            )


def period_row(one: Period) -> Iterable[object]:
    return (
        *(one.grain, one.first, one.last, one.tally.plays, one.tally.ms, one.tally.estimated),
        *(one.days, one.songs, one.artists, one.albums, one.new_songs, one.new_artists),
        *(one.biggest_day, one.biggest_plays),
        *(one.repeated.id, one.repeated.title, one.repeated_on, one.repeated_plays),
        *(one.streak, one.streak_since, yes(one.has_gap), yes(one.is_running)),
    )


def artist(item: Played) -> str:
    """Who made it; an artist made itself."""
    return item.artist.title if item.artist else ""
