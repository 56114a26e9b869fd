"""The part of Spotify's OpenAPI description that lists and plays are made of, and answers invented from it.

The names and types are those of the description; what it says of each is left out.
"""

from random import Random
from typing import Any

Schema = dict[str, Any]

TEXT, NUMBER, FLAG = {"type": "string"}, {"type": "integer"}, {"type": "boolean"}
URLS = {"type": "object", "properties": {"spotify": TEXT}}
IMAGES = {
    "type": "array",
    "items": {"type": "object", "properties": {"url": TEXT, "height": NUMBER, "width": NUMBER}},
}
SIMPLE_ARTIST: Schema = {
    "type": "object",
    "properties": {"external_urls": URLS, "href": TEXT, "id": TEXT, "name": TEXT, "type": TEXT, "uri": TEXT},
}
ARTIST: Schema = {
    "type": "object",
    "properties": {
        **SIMPLE_ARTIST["properties"],
        "followers": {"type": "object", "properties": {"href": TEXT, "total": NUMBER}},
        "genres": {"type": "array", "items": TEXT},
        "images": IMAGES,
        "popularity": NUMBER,
    },
}
ALBUM: Schema = {
    "type": "object",
    "properties": {
        **SIMPLE_ARTIST["properties"],
        "album_type": TEXT,
        "total_tracks": NUMBER,
        "available_markets": {"type": "array", "items": TEXT},
        "images": IMAGES,
        "release_date": TEXT,
        "release_date_precision": TEXT,
        "artists": {"type": "array", "items": SIMPLE_ARTIST},
    },
}
TRACK: Schema = {
    "type": "object",
    "properties": {
        **SIMPLE_ARTIST["properties"],
        "album": ALBUM,
        "artists": {"type": "array", "items": SIMPLE_ARTIST},
        "available_markets": {"type": "array", "items": TEXT},
        "disc_number": NUMBER,
        "duration_ms": NUMBER,
        "explicit": FLAG,
        "external_ids": {"type": "object", "properties": {"isrc": TEXT, "ean": TEXT, "upc": TEXT}},
        "is_playable": FLAG,
        "is_local": FLAG,
        "popularity": NUMBER,
        "preview_url": TEXT,
        "track_number": NUMBER,
    },
}
PLAY: Schema = {
    "type": "object",
    "properties": {
        "track": TRACK,
        "played_at": TEXT,
        "context": {
            "type": "object",
            "properties": {"type": TEXT, "href": TEXT, "external_urls": URLS, "uri": TEXT},
        },
    },
}
# What a field may hold that is not as described.
STRANGE: tuple[Any, ...] = (
    *(
        None,
        True,
        0,
        -1,
        2**63,
        10**400,
        1.5,
        float("nan"),
        "",
        " ",
        "x" * 100_000,
        "../../x",
        "\0",
        "\ud800",
    ),
    *("007", "NA", "=1+1", "<b>", 'a"b,c\r\nd', "0000", "2026-02-30", [], {}, [None], [[]], {"id": None}),
    *("javascript:alert(1)", "https://elsewhere.invalid/x", "\u202ex", "spotify:track:x"),
)
FITTING = {
    "release_date": ("1994", "1994-08", "1994-08-22"),
    "url": ("https://i.scdn.co/image/ab67", "https://example.org/x.png"),
    "played_at": tuple(
        f"2026-11-{day}T{hour:02}:17:03{ms}Z" for day in (18, 19) for hour in range(24) for ms in ("", ".250")
    ),
    "isrc": ("QMEU31600001", "gbayk9400001"),
    **dict.fromkeys(("is_local", "is_playable", "explicit"), (False,)),
}


KINDS = {"artists": "artist", "track": "track"}  # of what stands in a field of that name


def invented(dice: Random, schema: Schema, name: str = "", share: float = 0.0, kind: str = "") -> Any:
    """A value as the schema describes it, of whose parts about `share` are missing or something else."""
    if dice.random() < share:
        return dice.choice(STRANGE)
    if schema["type"] == "object":
        return {
            part: invented(dice, of, part, share, KINDS.get(name, kind))
            for part, of in schema["properties"].items()
            if dice.random() >= share
        }
    if schema["type"] == "array":
        return [invented(dice, schema["items"], name, share, kind) for _ in range(dice.randint(1, 3))]
    if schema["type"] == "integer":
        return dice.randint(1, 640_000)
    fitting = FITTING.get(name, ("Low Water", "NA", "a, b", "星の降る夜に", f"Song {dice.random()}"))
    of_its_own = {"type": kind, "id": f"{dice.getrandbits(128):022x}"[-22:]}
    return of_its_own.get(name) or dice.choice(fitting)
