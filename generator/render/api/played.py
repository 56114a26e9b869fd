"""What was played, and how often, as documents say it."""

from generator.render.api.documents import Document
from generator.tally.played import Played
from generator.tally.tally import Tally


def item(one: Played) -> Document:
    """An id and what it is called; of songs and albums by whom, of songs on which album."""
    if one.kind == "artists":
        return {"id": one.id, "name": one.title}
    made: Document = {"id": one.id, "title": one.title, "artist": one.artist and item(one.artist)}
    if one.kind == "tracks":
        made["album"] = {"id": one.album.id, "title": one.album.title} if one.album else None
    return made


def tallied(tally: Tally) -> Document:
    return {"plays": tally.plays, "ms": tally.ms, "estimated": tally.estimated}
