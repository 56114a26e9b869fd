"""The simulated Web API: which path gives what, once it is known who asks."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from itertools import islice

from generator.demo.answers import Answers, Json, page
from generator.demo.catalogue import Album, Artist, Song, catalogue
from generator.demo.listener import top_artists, top_tracks
from generator.demo.plays import Play, plays
from generator.demo.reply import BAD_REQUEST, NOT_FOUND, Reply, Request, as_json, refusal
from generator.model import SPANS, Span

MOST = 50  # items on a page
DEFAULTS = {"limit": 20, "offset": 0, "after": 0, "before": 10**15}
DAYS_BACK = 8  # days in which the last 50 plays are looked for


@dataclass(frozen=True, slots=True)
class Person:
    """Whose account it is; the seed decides their taste."""

    account_id: str
    name: str
    seed: str


@dataclass(frozen=True, slots=True)
class Call:
    """All that an answer depends on."""

    request: Request
    person: Person
    answers: Answers
    now: datetime  # what ended before is among the recent plays
    api_url: str


def answer(call: Call) -> Reply:
    """What the Web API says to a person whose token is good."""
    for pattern, reply in ROUTES:
        if found := re.fullmatch(pattern, call.request.path):
            return reply(call, *found.groups())
    return refusal(NOT_FOUND, "Service not found")


def me(call: Call) -> Reply:
    return as_json(call.answers.me(call.person.account_id, call.person.name))


def top(call: Call, kind: str) -> Reply:
    """A page of one of the six lists, as it stands on the day."""
    query = call.request.query
    span, limit, offset = (
        query.get("time_range", "medium_term"),
        number(query, "limit"),
        number(query, "offset"),
    )
    if span not in SPANS:
        return refusal(BAD_REQUEST, "Invalid time range")
    if limit not in range(1, MOST + 1) or offset < 0:
        return refusal(BAD_REQUEST, "Invalid limit" if offset >= 0 else "Invalid offset")
    address = f"{call.api_url}/me/top/{kind}?time_range={span}"
    return as_json(page(described(call, kind, span), offset, limit, address))


def described(call: Call, kind: str, span: Span) -> list[Json]:
    day, seed = call.answers.day, call.person.seed
    if kind == "tracks":
        return [call.answers.song(song) for song in top_tracks(span, day, seed=seed)]
    return [call.answers.artist(artist) for artist in top_artists(span, day, seed=seed)]


def recently_played(call: Call) -> Reply:
    """The last plays, latest first; more than 50 are not to be had."""
    query = call.request.query
    if (limit := number(query, "limit")) not in range(1, MOST + 1):
        return refusal(BAD_REQUEST, "Invalid limit")
    after, before = number(query, "after"), number(query, "before")
    found = [play for play in latest_plays(call) if after < milliseconds(play) < before][:limit]
    base = f"{call.api_url}/me/player/recently-played"
    body: Json = {"items": [call.answers.play(play) for play in found], "limit": limit, "next": None}
    if found:
        oldest = str(milliseconds(found[-1]))
        body["cursors"] = {"after": str(milliseconds(found[0])), "before": oldest}
        body["next"] = f"{base}?before={oldest}&limit={limit}"
    return as_json(body | {"href": f"{base}?limit={limit}"})


def latest_plays(call: Call) -> list[Play]:
    """What was heard up to now, latest first."""
    days = (call.now.date() - timedelta(days=age) for age in range(DAYS_BACK))
    heard = (play for day in days for play in reversed(plays(day, seed=call.person.seed)))
    return list(islice((play for play in heard if play.ended < call.now), MOST))


def milliseconds(play: Play) -> int:
    return round(play.ended.timestamp() * 1000)


def number(query: dict[str, str], name: str) -> int:
    """A number of the query, or what it is as a rule; -1 where there is something else."""
    text = query.get(name, str(DEFAULTS[name]))
    return int(text) if re.fullmatch(r"[0-9]{1,18}", text) else -1


@cache
def by_id() -> dict[str, Song | Artist | Album]:
    """Everything that can be looked up."""
    known = catalogue()
    things: tuple[Song | Artist | Album, ...] = (*known.songs, *known.artists, *known.albums)
    return {thing.id: thing for thing in things}


def item(call: Call, kind: str, id_: str) -> Reply:
    """One song, artist or album."""
    match kind, by_id().get(id_):
        case "tracks", Song() as song:
            return as_json(call.answers.song(song))
        case "artists", Artist() as artist:
            return as_json(call.answers.artist(artist))
        case "albums", Album() as album:
            return as_json(call.answers.album(album))
    return refusal(NOT_FOUND, "Resource not found")


ROUTES: tuple[tuple[str, Callable[..., Reply]], ...] = (
    (r"/v1/me", me),
    (r"/v1/me/top/(tracks|artists)", top),
    (r"/v1/me/player/recently-played", recently_played),
    (r"/v1/(tracks|artists|albums)/([0-9A-Za-z]+)", item),
)
