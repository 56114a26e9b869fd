"""The simulated Spotify answers as Spotify's OpenAPI description says, in both shapes."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml
from openapi_schema_validator import OAS30Validator
from referencing import Registry
from referencing.jsonschema import DRAFT4

from generator.demo.answers import Shape
from generator.demo.catalogue import Album, Artist, Song, catalogue
from generator.demo.server import CLIENT_ID, CLIENT_SECRET, REFRESH_TOKEN, SimulatedSpotify
from generator.model import KINDS, SPANS

DESCRIPTION = Path(__file__).parents[1].parent / "shared" / "spotify" / "openapi.yml"
LISTS = [f"/me/top/{kind}?time_range={span}&limit=50" for kind in KINDS for span in SPANS]
PLAYED = "/me/player/recently-played?limit=50"
LOOKUPS: dict[str, tuple[Song, ...] | tuple[Artist, ...] | tuple[Album, ...]] = {
    "tracks": catalogue().songs,
    "artists": catalogue().artists,
    "albums": catalogue().albums,
}
ITEMS = [f"/{kind}/{thing.id}" for kind, things in LOOKUPS.items() for thing in things[::20]]

pytestmark = pytest.mark.skipif(not DESCRIPTION.exists(), reason=f"there is no {DESCRIPTION}")


@cache
def description() -> Any:
    return yaml.load(DESCRIPTION.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def lenient(schema: Any) -> Any:
    """The same description without a word on what must be there: only on what it is like."""
    if isinstance(schema, dict):
        required = isinstance(schema.get("required"), list)
        return {name: lenient(part) for name, part in schema.items() if not (required and name == "required")}
    return [lenient(part) for part in schema] if isinstance(schema, list) else schema


def template(path: str) -> str:
    """The description's name for the path of a request."""
    parts = path.partition("?")[0].split("/")
    return f"/{parts[1]}/{{id}}" if parts[1] in LOOKUPS else "/".join(parts)


@cache
def registry(shape: Shape) -> Any:
    contents = description() if shape == "old" else lenient(description())
    return Registry().with_resource("urn:spotify", DRAFT4.create_resource(contents))


def complaints(path: str, body: Any, shape: Shape) -> list[str]:
    """Where an answer is not as described: the old shape wholly, that of 2026 in what it still has."""
    reply = description()["paths"][template(path)]["get"]["responses"]["200"]["$ref"].removeprefix("#")
    schema = {"$ref": f"urn:spotify#{reply}/content/application~1json/schema"}
    validator = OAS30Validator(schema, registry=registry(shape))
    return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(body)]


def answers(shape: Shape, paths: list[str]) -> dict[str, Any]:
    """What is answered over HTTP to each of these paths."""
    form = {"grant_type": "refresh_token", "refresh_token": REFRESH_TOKEN}
    with SimulatedSpotify(shape=shape) as service, requests.Session() as session:
        address = f"{service.accounts_url}/api/token"
        token = session.post(address, data=form, auth=(CLIENT_ID, CLIENT_SECRET), timeout=5).json()
        session.headers["Authorization"] = f"Bearer {token['access_token']}"
        return {path: session.get(service.api_url + path, timeout=5).json() for path in paths}


@pytest.mark.parametrize("shape", ["2026", "old"])
def test_every_answer_is_as_described(shape: Shape) -> None:
    said = answers(shape, ["/me", *LISTS, PLAYED, *ITEMS])
    assert {path: found for path, body in said.items() if (found := complaints(path, body, shape))} == {}


def test_the_check_notices_what_is_missing_and_what_is_wrong() -> None:
    [(path, body)] = answers("old", LISTS[:1]).items()
    del body["items"][0]["album"]["images"]
    body["items"][1]["name"] = 7
    found = complaints(path, body, "old")
    assert len(found) == 2
    assert "'images' is a required property" in found[0]
    assert found[1].startswith("$.items[1].name: 7")


def test_the_check_of_the_shape_of_2026_notices_what_is_wrong() -> None:
    [(path, body)] = answers("2026", LISTS[:1]).items()
    body["items"][0]["album"]["album_type"] = "ALBUM"
    assert len(complaints(path, body, "2026")) == 1
