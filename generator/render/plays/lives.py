"""What the page of a song, artist or album tells of its plays."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from generator.render.catalogue import UP
from generator.render.filters import long_date, short_date
from generator.render.plays import bars
from generator.render.plays.bars import Bars
from generator.render.plays.discography import Discography, Song
from generator.render.plays.looks import played_at_spotify
from generator.render.plays.words import KIND_NAMES, counted, heard, listening_time, played_name, stretch
from generator.render.words import SPAN_WORDS
from generator.tally.diary import Diary
from generator.tally.gaps import touch_month
from generator.tally.lives import Life, Listed
from generator.tally.played import Played, PlayedKind
from generator.tally.tally import Tally

ARTISTS_SONGS, ARTISTS_ALBUMS, ALBUMS_SONGS = 20, 12, 100  # that a page lists

Lives = Mapping[PlayedKind, Mapping[str, Life]]  # by id


@dataclass(frozen=True, slots=True)
class Entry:
    """Something of an artist's or an album's that was played."""

    place: int  # equals share it
    link: Markup
    plays: str
    heard: str
    is_estimated: bool


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that one page tells of plays."""

    life: Life
    place: str
    first: Markup
    last: Markup
    counted: str  # what its plays are
    bars: Bars
    months: tuple[tuple[str, Tally, bool], ...]  # the bars as a table, and whether plays may be missing
    csv: str  # the file that has them, below the listener's folder
    listed: tuple[str, ...]  # Spotify's list against plays
    songs: tuple[Entry, ...]
    more: int  # songs that are not listed
    albums: tuple[Entry, ...]


def told(diary: Diary, known: Discography, life: Life) -> Told:
    kind, one = life.item.kind, life.item.id
    songs = known.songs[kind].get(one, ()) if kind in known.songs else ()
    shown = songs[: ARTISTS_SONGS if kind == "artists" else ALBUMS_SONGS]
    albums = known.albums.get(one, ())[:ARTISTS_ALBUMS] if kind == "artists" else ()
    return Told(
        life=life,
        place=f"number {life.place} of all {KIND_NAMES[kind][1]} ever played",
        first=dated(life.first),
        last=dated(life.last),
        counted=meaning(diary),
        bars=bars.bars(life.months, diary.gaps),
        months=tuple(
            (bars.month_name(month), tally, touch_month(diary.gaps, month)) for month, tally in life.months
        ),
        csv=f"api/v1/plays/csv/{KIND_NAMES[kind][1]}-by-month.csv",
        listed=tuple(against(one, diary) for one in life.listed),
        songs=entries(diary.lives, shown),
        more=len(songs) - len(shown),
        albums=entries(diary.lives, [(album.item, album.tally) for album in albums]),
    )


def meaning(diary: Diary) -> str:
    """What a number of plays means."""
    if diary.gaps:
        return "at least: some may be missing"
    least = diary.rule.least_seconds
    return f"of {counted(least, 'second')} or more" if least else "however short"


def summary(diary: Diary, life: Life) -> str:
    """The most that one sentence can say."""
    span = f"from {long_date(life.first)} to {long_date(life.last)}"
    least = "At least " if diary.gaps else ""
    estimated = ", estimated" if life.tally.is_estimated else ""
    time = f"{listening_time(life.tally.ms)} of listening{estimated}"
    return f"{least}{counted(life.tally.plays, 'play')}, {time}, {span}."


def against(listed: Listed, diary: Diary) -> str:
    """A place on a list of Spotify's beside what was played in its span."""
    phrase = next(words.phrase for span, words in SPAN_WORDS.items() if span == listed.span)
    place = f"Number {listed.position} on Spotify’s list of {phrase}"
    dates = f"from {stretch(listed.first, listed.last)}"
    has_gap = diary.may_miss(listed.first, listed.last)
    if listed.place is None:
        return f"{place}; {'no play is known' if has_gap else 'not played'} {dates}."
    plays = f"{'at least ' if has_gap else ''}{counted(listed.tally.plays, 'play')}, {heard(listed.tally)}"
    return f"{place}; {plays}, {dates}, number {listed.place} by plays."


def entries(lives: Lives, songs: Sequence[Song]) -> tuple[Entry, ...]:
    """Songs or albums as a list says them, the most played first."""
    plays = [tally.plays for _, tally in songs]
    places = {count: place for place, count in reversed([*enumerate(plays, start=1)])}
    return tuple(
        Entry(
            places[tally.plays],
            link(lives, item),
            counted(tally.plays, "play"),
            listening_time(tally.ms),
            tally.is_estimated,
        )
        for item, tally in songs
    )


def dated(day: date) -> Markup:
    """A date that leads to the plays of its month."""
    where = (UP, f"{day:%Y-%m}", day, short_date(day))
    return Markup('<a href="%splays/%s/index.html"><time datetime="%s">%s</time></a>') % where


def link(lives: Lives, item: Played) -> Markup:
    """A name that leads to its page here, else to Spotify; where Spotify does not know it, nowhere."""
    text = Markup("<bdi>%s</bdi>") % played_name(item)
    if item.id in lives.get(item.kind, {}):
        return Markup('<a href="%s%s/%s/index.html">%s</a>') % (UP, item.kind, item.slug, text)
    address = played_at_spotify(item)
    return Markup('<a href="%s">%s</a>') % (address, text) if address else text


def elsewhere(item: Played) -> Iterator[tuple[str, str]]:
    """What leads to Spotify: a label and an address each."""
    album = [("Album", item.album)] if item.album else []
    artist = [(played_name(item.artist), item.artist)] if item.artist else []
    for label, one in [(KIND_NAMES[item.kind][0].capitalize(), item), *album, *artist]:
        if address := played_at_spotify(one):
            yield label, address
