"""A request as the simulated Spotify sees it, and what it answers."""

import json
from dataclasses import dataclass, field

OK, FOUND, BAD_REQUEST, UNAUTHORIZED, NOT_FOUND = 200, 302, 400, 401, 404
JSON, TEXT = "application/json; charset=utf-8", "text/plain; charset=utf-8"
HTML, SVG = "text/html; charset=utf-8", "image/svg+xml; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    path: str
    query: dict[str, str]
    form: dict[str, str] = field(default_factory=dict)  # the fields of a POST
    authorization: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    body: bytes = b""
    content_type: str = JSON
    headers: dict[str, str] = field(default_factory=dict)
    is_sent: bool = True  # no: the connection is closed without a word


def as_json(value: object, status: int = OK, **headers: str) -> Reply:
    """This value as JSON; a header's name is written with underscores."""
    return Reply(status, json.dumps(value, ensure_ascii=False).encode(), JSON, dashed(headers))


def as_text(text: str, status: int = OK, content_type: str = TEXT, **headers: str) -> Reply:
    return Reply(status, text.encode(), content_type, dashed(headers))


def refusal(status: int, message: str, **more: str) -> Reply:
    """An error as the Web API words it."""
    return as_json({"error": {"status": status, "message": message} | more}, status)


def accounts_refusal(error: str, description: str, status: int = BAD_REQUEST) -> Reply:
    """An error as the accounts service words it: flat."""
    return as_json({"error": error, "error_description": description}, status)


def dashed(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-").title(): value for name, value in headers.items()}
