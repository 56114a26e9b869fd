"""What the pages of habits, of finds and of first listens show, as CSV."""

from collections.abc import Iterator

from generator.render.sheets.cells import Table, yes
from generator.tally.diary import Diary
from generator.tally.finds import Absence
from generator.tally.gaps import touch_month, touching
from generator.tally.habits import LENGTHS
from generator.tally.played import Played
from generator.tally.tally import Tally

TALLY = ("plays", "ms", "estimated")
ABSENCE = (
    *("id", "title", "artist", "since", "returned", "days"),
    *("plays_before", "ms_before", "estimated_before", "plays_since", "ms_since", "estimated_since"),
)
NOVELTY = (
    "month",
    *("new_plays", "new_ms", "new_estimated", "familiar_plays", "familiar_ms", "familiar_estimated"),
    "has_gap",
)


def habits(diary: Diary) -> Iterator[Table]:
    """What the page of habits shows."""
    days = (
        (
            *(one.date, *told(one.tally), one.songs, one.new_songs, one.new_artists),
            yes(bool(touching(diary.gaps, one.date, one.date))),
        )
        for one in diary.days
    )
    yield "days", ("date", *TALLY, "songs", "new_songs", "new_artists", "has_gap"), days
    if diary.hours:
        hours = ((one.year, one.weekday, one.hour, *told(one.tally)) for one in diary.hours)
        yield "hours", ("year", "weekday", "hour", *TALLY), hours
    streaks = (
        (one.first, one.last, one.days, one.plays, yes(one.is_current), yes(one.has_gap))
        for one in diary.streaks
    )
    yield "streaks", ("first", "last", "days", "plays", "is_current", "has_gap"), streaks
    if diary.sessions:
        lengths = zip(LENGTHS, diary.sessions.lengths, strict=True)
        rows = ((*edges, count) for edges, count in lengths)
        yield "session-lengths", ("from_minutes", "below_minutes", "sessions"), rows
        longest = (
            (instant(one.began), instant(one.ended), one.lasted, *told(one.tally))
            for one in diary.sessions.longest
        )
        yield "sessions-longest", ("began", "ended", "lasted_ms", *TALLY), longest
    novelty = (
        (f"{one.month:%Y-%m}", *told(one.new), *told(one.familiar), yes(touch_month(diary.gaps, one.month)))
        for one in diary.novelty
    )
    yield "novelty", NOVELTY, novelty


def finds(diary: Diary) -> Iterator[Table]:
    """What the page of finds and the one of first listens show."""
    yield "finds-forgotten", ABSENCE, map(absent, diary.forgotten)
    yield "finds-rediscovered", ABSENCE, map(absent, diary.rediscovered)
    obsessions = ((one.date, *named(one.item), *told(one.tally)) for one in diary.obsessions)
    yield "finds-obsessions", ("date", "id", "title", "artist", *TALLY), obsessions
    one_hits = (
        (one.artist.id, one.artist.title, one.song.id, one.song.title, *told(one.tally))
        for one in diary.one_hits
    )
    yield "finds-one-hits", ("artist_id", "artist", "id", "title", *TALLY), one_hits
    if diary.skip_rate:
        skips = ((*named(one.item), one.begun, one.skipped) for one in diary.skips)
        yield "finds-skips", ("id", "title", "artist", "begun", "skipped"), skips
    released = ((one.year, *told(one.tally), one.songs) for one in diary.release_years)
    yield "release-years", ("year", *TALLY, "songs"), released
    firsts = (
        (one.first, one.item.kind, *named(one.item), *told(one.tally))
        for ones in diary.first_listens.values()
        for one in ones
    )
    yield "first-listens", ("date", "kind", "id", "title", "artist", *TALLY), firsts


def told(tally: Tally) -> tuple[int, int, int]:
    return tally.plays, tally.ms, tally.estimated


def named(item: Played) -> tuple[str, str, str | None]:
    """An item's id, its title or name, and who made it."""
    return item.id, item.title, item.artist.title if item.artist else None


def absent(one: Absence) -> tuple[object, ...]:
    return *named(one.item), one.since, one.returned, one.days, *told(one.before), *told(one.after)


def instant(clock: object) -> str:
    """A time on the listener's own clock, to the second."""
    return f"{clock:%Y-%m-%dT%H:%M:%S}"
