"""The JSON documents of the site, each described by a schema in templates/schema and in docs/api.md."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby

from generator.model import KINDS, SPANS, Archive, Artist, Chart, Item, Rank, Record, Shelf, Site, Track

Document = dict[str, object]

SCHEMAS = ("profile", "lists", "chart", "editions", "items", "month", "track")


def documents(site: Site, shelf: Shelf, archive: Archive) -> Iterator[tuple[str, bytes]]:
    """Every document by its path inside the folder of the API."""
    yield "profile.json", written("profile", profile(site, shelf, archive))
    yield "lists.json", written("lists", {"lists": [listed(chart) for chart in shelf.charts]})
    songs = next(
        (chart for chart in shelf.charts if (chart.kind, chart.span) == ("tracks", "short_term")), None
    )
    if songs:
        yield "chart.json", written("chart", charted(songs))
    yield "editions.json", written("editions", editions(archive))
    yield "items.json", written("items", items(archive))
    yield from months(archive)
    for track, records in tracks(archive):
        yield f"tracks/{track.id}.json", written("track", followed(track, records, archive), depth=1)


def written(schema: str, document: Mapping[str, object], *, depth: int = 0) -> bytes:
    """The document as bytes: compact, with the way to its schema first."""
    named = {"$schema": f"{'../' * depth}schema/{schema}.json", **document}
    return (json.dumps(named, ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8", "replace")


def profile(site: Site, shelf: Shelf, archive: Archive) -> Document:
    """Who this is, and how much there is."""
    return {
        "site": site.title,
        "address": site.address,
        "listener": {"slug": shelf.listener.slug, "name": shelf.listener.name},
        "editions": len(archive.editions),
        "first_edition": archive.editions[0].date.isoformat(),
        "latest_edition": archive.editions[-1].date.isoformat(),
        "tracks": len(archive.items["tracks"]),
        "artists": len(archive.items["artists"]),
        "lists": [
            {
                "kind": kind,
                "span": span,
                "editions": len(standings),
                "first_edition": next(iter(standings)).isoformat(),
                "items": len(archive.records[kind, span]),
            }
            for kind in KINDS
            for span in SPANS
            if (standings := archive.standings.get((kind, span)))
        ],
    }


def listed(chart: Chart) -> Document:
    """One current list, in short."""
    return {
        "kind": chart.kind,
        "span": chart.span,
        "edition": chart.edition.isoformat(),
        "number": chart.number,
        "ranks": [{"position": rank.position, **named(rank.item)} for rank in chart.ranks],
    }


def charted(chart: Chart) -> Document:
    """The songs of the last four weeks with all that the page says about them."""
    return {
        "kind": chart.kind,
        "span": chart.span,
        "edition": chart.edition.isoformat(),
        "number": chart.number,
        "ranks": [ranked(rank) for rank in chart.ranks],
        "departures": [
            {"position": one.position, "editions": one.editions, **named(one.item)}
            for one in chart.departures
        ],
        "stories": [{"story": one.story, "value": one.value, **named(one.item)} for one in chart.stories],
        "turnover": [
            {"yardstick": one.yardstick, "other": one.other.isoformat(), "entered": one.entered}
            for one in chart.turnovers
        ],
        "doubles": [
            {"spotify_position": one.spotify_position, "id": one.id, "song": one.item.id}
            for one in chart.doubles
        ],
    }


def ranked(rank: Rank) -> Document:
    track = rank.item
    more = facts(track) if isinstance(track, Track) else {}
    return {
        "position": rank.position,
        **named(track),
        **more,
        "moved": rank.moved,
        "is_new": rank.is_new,
        "absent": rank.absent,
        "peak": rank.peak,
        "peak_edition": day(rank.peak_edition),
        "editions": rank.editions,
        "at_one": rank.at_one,
        "run": rank.run,
        "longest_run": rank.longest_run,
        "debut": day(rank.debut),
    }


def named(item: Item) -> Document:
    """An item's id and what it is called."""
    if isinstance(item, Artist):
        return {"id": item.id, "name": item.name}
    return {
        "id": item.id,
        "title": item.title,
        "artists": [{"id": artist.id, "name": artist.name} for artist in item.artists],
    }


def facts(track: Track) -> Document:
    """What else is known of a track."""
    album = track.album
    return {
        "album": album and {"id": album.id, "title": album.title, "release_date": album.release_date},
        "duration_ms": track.duration_ms,
        "isrc": track.isrc,
    }


def editions(archive: Archive) -> Document:
    return {
        "editions": [
            {"date": edition.date.isoformat(), "number": edition.number, "commit": edition.commit}
            for edition in archive.editions
        ]
    }


def items(archive: Archive) -> Document:
    """Names of everything that was ever on a chart, by id."""
    return {
        "tracks": {
            one: {"title": track.title, "artists": ", ".join(artist.name for artist in track.artists)}
            for one, track in sorted(archive.items["tracks"].items())
            if isinstance(track, Track)
        },
        "artists": {
            one: {"name": artist.name}
            for one, artist in sorted(archive.items["artists"].items())
            if isinstance(artist, Artist)
        },
    }


def months(archive: Archive) -> Iterator[tuple[str, bytes]]:
    """Who stood where, edition by edition, a file for every chart and month."""
    for (kind, span), standings in sorted(archive.standings.items()):
        for month, dates in groupby(standings, key=lambda edition: f"{edition:%Y-%m}"):
            charts = {edition.isoformat(): standings[edition] for edition in dates}
            yield f"charts/{kind}-{span}/{month}.json", written("month", {"charts": charts}, depth=2)


def tracks(archive: Archive) -> Iterator[tuple[Track, list[Record]]]:
    """Every track that was ever on a chart, with what it achieved on each."""
    found: dict[str, list[Record]] = {}
    for span in SPANS:
        for record in archive.records.get(("tracks", span), ()):
            found.setdefault(record.item.id, []).append(record)
    for records in found.values():
        if isinstance(track := records[0].item, Track):
            yield track, records


def followed(track: Track, records: list[Record], archive: Archive) -> Document:
    return {
        **named(track),
        **facts(track),
        "other_ids": archive.other_ids.get(track.id, ()),
        "records": [recorded(record) for record in records],
    }


def recorded(record: Record) -> Document:
    return {
        "span": record.span,
        "editions": record.editions,
        "at_one": record.at_one,
        "longest_run": record.longest_run,
        "jump": record.jump,
        "comebacks": record.comebacks,
        "peak": record.peak,
        "debut": record.debut.isoformat(),
        "last": record.last.isoformat(),
        "runs": [
            {
                "first": run.first.isoformat(),
                "last": run.last.isoformat(),
                "editions": run.editions,
                "peak": run.peak,
            }
            for run in record.stretches
        ],
    }


def day(edition: date | None) -> str | None:
    return edition.isoformat() if edition else None
