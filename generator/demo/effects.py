"""What can be wrong with an answer: the tables that the language of trouble (trouble.py) is made of."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from generator.demo.reply import HTML, JSON, Reply, accounts_refusal, as_json, as_text, refusal

Json = dict[str, Any]
Change = Callable[[Reply], Reply]

ROTATED = "demo-refresh-rotated"  # the refresh token that `new-refresh-token` hands out
PREMIUM = "Active premium subscription required for the owner of the app."
ALLOWLIST = "Check settings on developer.spotify.com/dashboard, the user may not be registered."
GATEWAY = "<!DOCTYPE html><html><head><title>502</title></head><body><h1>Bad Gateway</h1></body></html>"

REFUSALS: dict[str, Reply] = {
    "400": refusal(400, "Bad request"),
    "400 invalid_grant": accounts_refusal("invalid_grant", "Refresh token revoked"),
    "400 invalid_client": accounts_refusal("invalid_client", "Invalid client secret"),
    "401": refusal(401, "The access token expired"),
    "403": refusal(403, "Forbidden"),
    "403 scope": refusal(403, "Insufficient client scope"),
    "403 premium": as_text(PREMIUM, 403),
    "403 allowlist": as_text(ALLOWLIST, 403),
    "404": refusal(404, "Resource not found"),
    "429": as_json({"error": {"status": 429, "message": "API rate limit exceeded"}}, 429, retry_after="1"),
    "429 quota": as_json(
        {"error": {"status": 429, "message": "API quota exceeded", "reason": "QUOTA_EXCEEDED"}},
        429,
        retry_after="52531",
    ),
    "429 bare": as_text("Too many requests", 429),
    "500": refusal(500, "Server error"),
    "502": refusal(502, "Bad gateway."),
    "502 html": as_text(GATEWAY, 502, HTML),
    "503": refusal(503, "Service unavailable"),
    "hang-up": Reply(0, is_sent=False),
}


def on_json(change: Callable[[Json], Json]) -> Change:
    """This change of a JSON object, as a change of the reply that holds it; others stay as they are."""

    def changed(reply: Reply) -> Reply:
        is_json = reply.content_type == JSON and reply.body
        return replace(reply, body=as_json(change(json.loads(reply.body))).body) if is_json else reply

    return changed


def on_list(change: Callable[[Json], Json]) -> Change:
    """This change of a list; an answer that is none stays as it is."""
    return on_json(lambda body: change(body) if "items" in body else body)


def on_items(change: Callable[[list[Json]], list[Json | None]]) -> Change:
    return on_list(lambda body: body | {"items": change(body["items"])})


def on_albums(change: Callable[[Json], Json | None]) -> Change:
    return on_items(
        lambda items: [one | {"album": change(one["album"])} if "album" in one else one for one in items]
    )


def on_redirect(change: Callable[[dict[str, str]], dict[str, str]]) -> Change:
    """This change of what the person's browser brings back to the program."""

    def changed(reply: Reply) -> Reply:
        if "Location" not in reply.headers:
            return reply
        address = urlsplit(reply.headers["Location"])
        query = urlencode(change(dict(parse_qsl(address.query))))
        return replace(reply, headers={"Location": urlunsplit(address._replace(query=query))})

    return changed


def next_page(address: str) -> Change:
    """The next page is said to be at this address."""
    return on_list(lambda body: body | {"next": address})


def nulled(album: Json) -> Json:
    """What has been seen of an album on a bad day."""
    return dict.fromkeys(album) | {"release_date": "0000", "artists": [], "images": [], "type": "album"}


CHANGES: dict[str, Change] = {
    "cut": lambda reply: replace(reply, body=reply.body[: len(reply.body) // 2]),
    "not-json": lambda reply: replace(reply, body=b"OK"),
    "error-text": on_json(lambda _: {"error": "Something went wrong"}),
    "empty": on_list(lambda body: body | {"items": [], "total": 0, "next": None}),
    "null-rows": on_items(lambda items: [one if at % 3 else None for at, one in enumerate(items, start=1)]),
    "null-names": on_items(lambda items: [one | {"name": None} for one in items]),
    "null-albums": on_albums(nulled),
    "no-albums": on_albums(lambda _: None),
    "duplicate": on_items(lambda items: [*items[:1], *items[:-1]]),
    "new-refresh-token": on_json(
        lambda body: body | {"refresh_token": ROTATED} if "access_token" in body else body
    ),
    "deny": on_redirect(lambda query: {"error": "access_denied", "state": query.get("state", "")}),
    "wrong-state": on_redirect(lambda query: query | {"state": "somebody-else"}),
}
