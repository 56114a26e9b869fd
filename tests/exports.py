"""Invented exports, as Spotify writes them: the extended history, and the account's data."""

import json
from pathlib import Path
from typing import Any

from stories import known_as


def extended(
    ts: str, title: str | None, *, ms: object = 200_000, by: str = "Thornwhale", **more: object
) -> dict[str, Any]:
    """A row of the extended history, the personal columns included."""
    return {
        "ts": ts,
        "username": "ada-example",
        "platform": "Android OS 14 API 34 (Example, Phone)",
        "ms_played": ms,
        "conn_country": "XX",
        "ip_addr_decrypted": "192.0.2.7",
        "user_agent_decrypted": "unknown",
        "master_metadata_track_name": title,
        "master_metadata_album_artist_name": title and by,
        "master_metadata_album_album_name": title and f"Album of {title}",
        "spotify_track_uri": title and f"spotify:track:{known_as(title)}",
        "episode_name": None,
        "episode_show_name": None,
        "spotify_episode_uri": None,
        "reason_start": "trackdone",
        "reason_end": "trackdone",
        "shuffle": False,
        "skipped": None,
        "offline": False,
        "offline_timestamp": 1_700_000_000,
        "incognito_mode": False,
        **more,
    }


def account(end: str, title: str, *, ms: object = 200_000, by: str = "Thornwhale") -> dict[str, Any]:
    """A row of the account's data."""
    return {"endTime": end, "artistName": by, "trackName": title, "msPlayed": ms}


def write(file: Path, *rows: object) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(rows, indent=2), "utf-8")
    return file
