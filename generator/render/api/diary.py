"""The JSON documents of plays, each described by a schema in templates/schema and in docs/api.md."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby

from generator.model import Shelf
from generator.render.api.documents import Document, written
from generator.render.api.found import finds, habits
from generator.render.api.played import item, tallied
from generator.render.api.songs import songs
from generator.tally.diary import Diary
from generator.tally.lives import Life
from generator.tally.periods import Discovery, Grain, Line, Period
from generator.tally.played import PLAYED_KINDS, Played, PlayedKind

SCHEMAS = (
    *("plays-profile", "plays-periods", "plays-charts", "plays-days", "plays-items", "plays-names"),
    *("plays-finds", "plays-habits", "plays-songs", "plays-month"),
)
CHARTS: dict[Grain, str] = {"week": "weeks", "month": "months", "year": "years", "all": "all"}


def documents(shelf: Shelf, diary: Diary) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Every document by its path inside the folder of the API, and how it is made."""
    makers: dict[str, Callable[[], Document]] = {
        "profile": partial(profile, shelf, diary),
        "periods": partial(periods, diary),
        "days": partial(days, diary),
        "names": partial(names, diary),
        "finds": partial(finds, diary),
        "habits": partial(habits, diary),
        "songs": partial(songs, diary),
    }
    for name, make in makers.items():
        yield f"plays/{name}.json", partial(made, f"plays-{name}", make, 1)
    for kind in PLAYED_KINDS:
        yield f"plays/{kind}.json", partial(made, "plays-items", partial(lives, diary, kind), 1)
    for name, shown in charts(diary):
        yield f"plays/charts/{name}.json", partial(made, "plays-charts", partial(charted, shown), 2)
    for month, text in diary.ranges.items():
        yield f"plays/days/{month}.json", partial(day_lists, text)


def made(schema: str, make: Callable[[], Document], depth: int) -> bytes:
    return written(schema, make(), depth=depth)


def day_lists(text: str) -> bytes:
    """The days of a month: the warehouse wrote them, and nobody reads them before a browser does."""
    return f'{{"$schema":"../../schema/plays-month.json","days":{text}}}\n'.encode()


def profile(shelf: Shelf, diary: Diary) -> Document:
    """What counts, how exactly it is kept, and how much there is."""
    whole = diary.whole
    return {
        "listener": {"slug": shelf.listener.slug, "name": shelf.listener.name},
        "keeping": diary.keeping,
        "rule": {"least_seconds": diary.rule.least_seconds, "private_sessions": diary.rule.has_private},
        "first": whole.first.isoformat(),
        "last": whole.last.isoformat(),
        **tallied(whole.tally),
        "days": whole.days,
        "songs": whole.songs,
        "artists": whole.artists,
        "albums": whole.albums,
        "gaps": [{"first": first.isoformat(), "last": last.isoformat()} for first, last in diary.gaps],
        "charts": [name for name, _ in charts(diary)],
        "months": list(diary.ranges),
    }


def periods(diary: Diary) -> Document:
    return {"periods": [recapped(period) for period in diary.periods.values()]}


def recapped(period: Period) -> Document:
    """What a period comes to."""
    return {
        **dated(period),
        **tallied(period.tally),
        "days": period.days,
        "songs": period.songs,
        "artists": period.artists,
        "albums": period.albums,
        "new_songs": period.new_songs,
        "new_artists": period.new_artists,
        "biggest_day": {"date": period.biggest_day.isoformat(), "plays": period.biggest_plays},
        "repeated": {
            **item(period.repeated),
            "date": period.repeated_on.isoformat(),
            "plays": period.repeated_plays,
        },
        "streak": {"first": period.streak_since.isoformat(), "days": period.streak},
        "has_gap": period.has_gap,
        "is_running": period.is_running,
    }


def dated(period: Period) -> Document:
    return {"grain": period.grain, "first": period.first.isoformat(), "last": period.last.isoformat()}


def charts(diary: Diary) -> Iterator[tuple[str, Sequence[Period]]]:
    """The periods of each file of charts: weeks and months year by year."""
    for grain, name in CHARTS.items():
        if grain in {"all", "year"}:
            yield name, diary.of_grain(grain)
        else:
            for year, some in groupby(diary.of_grain(grain), key=year_of):
                yield f"{name}-{year}", tuple(some)


def year_of(period: Period) -> int:
    """The year that a week or month belongs to."""
    return period.first.isocalendar().year if period.grain == "week" else period.first.year


def charted(shown: Sequence[Period]) -> Document:
    """The charts of some periods, with everything that they name."""
    lines = [line.item for period in shown for lines in period.charts.values() for line in lines]
    found = [one.item for period in shown for ones in period.discoveries.values() for one in ones]
    return {
        "charts": [
            {
                **dated(period),
                **{kind: [lined(line) for line in period.charts.get(kind, ())] for kind in PLAYED_KINDS},
                "discoveries": {
                    kind: [discovered(one) for one in period.discoveries.get(kind, ())]
                    for kind in PLAYED_KINDS
                    if kind in period.discoveries
                },
            }
            for period in shown
        ],
        "names": named([*lines, *found]),
    }


def lined(line: Line) -> Document:
    return {
        "place": line.place,
        "id": line.item.id,
        **tallied(line.tally),
        "moved": line.moved,
        "is_new": line.is_new,
        "first": line.first.isoformat(),
        "last": line.last.isoformat(),
    }


def discovered(one: Discovery) -> Document:
    return {"id": one.item.id, **tallied(one.tally), "first": one.first.isoformat()}


def named(items: Sequence[Played]) -> Document:
    """What ids stand for, by kind."""
    found: dict[PlayedKind, dict[str, Document]] = {kind: {} for kind in PLAYED_KINDS}
    for one in items:
        artist = one.artist.title if one.artist else None
        found[one.kind][one.id] = (
            {"name": one.title} if one.kind == "artists" else {"title": one.title, "artist": artist}
        )
    return {kind: dict(sorted(known.items())) for kind, known in found.items()}


def names(diary: Diary) -> Document:
    """What has a page because it was played."""
    return named([life.item for lives in diary.lives.values() for life in lives.values()])


def days(diary: Diary) -> Document:
    return {
        "days": [
            {
                "date": day.date.isoformat(),
                **tallied(day.tally),
                "songs": day.songs,
                "new_songs": day.new_songs,
                "new_artists": day.new_artists,
            }
            for day in diary.days
        ]
    }


def lives(diary: Diary, kind: PlayedKind) -> Document:
    return {"kind": kind, "items": [lived(life) for life in diary.lives[kind].values()]}


def lived(life: Life) -> Document:
    """All plays of one song, artist or album."""
    return {
        **item(life.item),
        **tallied(life.tally),
        "place": life.place,
        "first": life.first.isoformat(),
        "last": life.last.isoformat(),
        "months": {
            f"{month:%Y-%m}": [tally.plays, tally.ms, tally.estimated] for month, tally in life.months
        },
        "listed": [
            {
                "span": one.span,
                "position": one.position,
                "first": one.first.isoformat(),
                "last": one.last.isoformat(),
                **tallied(one.tally),
                "place": one.place,
            }
            for one in life.listed
        ],
    }
