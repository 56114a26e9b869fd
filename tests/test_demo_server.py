"""The simulated Web API over real HTTP: lists, lookups, covers, and an end that leaves nothing open."""

import threading
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from generator.demo.server import CLIENT_ID, CLIENT_SECRET, REFRESH_TOKEN, REFRESH_TOKENS, SimulatedSpotify
from generator.model import KINDS, SPANS

GONE = {"popularity", "available_markets", "label", "followers", "email", "country", "product"}


@pytest.fixture
def service() -> Iterator[SimulatedSpotify]:
    with SimulatedSpotify() as simulated:
        yield simulated


@pytest.fixture
def browser() -> Iterator[requests.Session]:
    with requests.Session() as session:
        yield session


def refresh(service: SimulatedSpotify, token: str = REFRESH_TOKEN) -> requests.Response:
    form = {"grant_type": "refresh_token", "refresh_token": token}
    address = f"{service.accounts_url}/api/token"
    return requests.post(address, data=form, auth=(CLIENT_ID, CLIENT_SECRET), timeout=5)


def get(service: SimulatedSpotify, path: str, token: str = REFRESH_TOKEN, **query: str | int) -> Any:
    """The answer of the Web API to the person with this refresh token."""
    access = refresh(service, token).json()["access_token"]
    headers = {"Authorization": f"Bearer {access}"}
    return requests.get(f"{service.api_url}{path}", params=query, headers=headers, timeout=5).json()


def keys(value: Any) -> set[str]:
    """All keys in a JSON value, however deep."""
    if isinstance(value, dict):
        return set(value).union(*(keys(inner) for inner in value.values()))
    return set().union(*(keys(inner) for inner in value)) if isinstance(value, list) else set()


@pytest.mark.parametrize("header", [{}, {"Authorization": "Bearer nobodys"}])
def test_without_a_token_of_ours_the_answer_is_401_in_json(
    service: SimulatedSpotify, header: dict[str, str]
) -> None:
    response = requests.get(f"{service.api_url}/me", headers=header, timeout=5)
    assert response.status_code == 401
    assert response.json()["error"]["status"] == 401


def test_the_profile_says_whose_account_it_is(service: SimulatedSpotify) -> None:
    service.account_id = "somebody"
    assert get(service, "/me")["account_id"] == "somebody"
    assert get(service, "/me", REFRESH_TOKENS[1])["account_id"] == "somebody-2"


def test_five_people_have_five_tastes(service: SimulatedSpotify) -> None:
    firsts = [get(service, "/me/top/tracks", token, limit=5)["items"] for token in REFRESH_TOKENS]
    assert len({str([item["id"] for item in items]) for items in firsts}) == 5


def test_the_lists_are_those_of_the_day(service: SimulatedSpotify) -> None:
    before = get(service, "/me/top/tracks", time_range="short_term", limit=50)
    service.day += timedelta(days=7)
    after = get(service, "/me/top/tracks", time_range="short_term", limit=50)
    assert [item["id"] for item in before["items"]] != [item["id"] for item in after["items"]]
    service.day -= timedelta(days=7)
    assert get(service, "/me/top/tracks", time_range="short_term", limit=50) == before


def test_two_servers_answer_alike() -> None:
    said = []
    for _ in range(2):
        with SimulatedSpotify(day=date(2026, 3, 1), seed="twins") as service:
            body = get(service, "/me/top/tracks", limit=50)
            said.append(body["items"])
    assert said[0] == said[1]
    assert said[0][0]["album"]["images"][0]["url"].startswith("https://i.scdn.co/image/")


def test_pages_follow_one_another_to_the_end(service: SimulatedSpotify) -> None:
    whole = get(service, "/me/top/tracks", time_range="long_term", limit=50)
    assert (whole["next"], whole["previous"], whole["total"]) == (None, None, 50)
    access = refresh(service).json()["access_token"]
    found, address = [], f"{service.api_url}/me/top/tracks?time_range=long_term&limit=20"
    while address:
        part = requests.get(address, headers={"Authorization": f"Bearer {access}"}, timeout=5).json()
        found += part["items"]
        address = part["next"]
    assert found == whole["items"]
    assert part["previous"].endswith("limit=20&offset=20")


def test_twenty_of_six_months_is_what_one_gets_without_asking_for_more(service: SimulatedSpotify) -> None:
    plain = get(service, "/me/top/tracks")
    assert len(plain["items"]) == 20
    assert plain["items"] == get(service, "/me/top/tracks", time_range="medium_term", limit=20)["items"]


@pytest.mark.parametrize(
    "query", [{"time_range": "week"}, {"limit": "51"}, {"limit": "0"}, {"limit": "x"}, {"offset": "-1"}]
)
def test_a_query_that_cannot_be_is_a_400(service: SimulatedSpotify, query: dict[str, str]) -> None:
    assert get(service, "/me/top/tracks", **query)["error"]["status"] == 400


def test_the_last_50_plays_come_latest_first_and_no_more(service: SimulatedSpotify) -> None:
    first = get(service, "/me/player/recently-played", limit=50)
    instants = [item["played_at"] for item in first["items"]]
    assert len(instants) == 50
    assert instants == sorted(instants, reverse=True)
    older = get(service, "/me/player/recently-played", limit=50, before=first["cursors"]["before"])
    assert (older["items"], older["next"]) == ([], None)
    newer = get(service, "/me/player/recently-played", after=first["cursors"]["before"], limit=50)
    assert newer["items"] == first["items"][:-1]


def test_whatever_is_listed_can_be_looked_up(service: SimulatedSpotify) -> None:
    song = get(service, "/me/top/tracks", limit=1)["items"][0]
    assert get(service, f"/tracks/{song['id']}") == song
    assert get(service, f"/artists/{song['artists'][0]['id']}")["name"] == song["artists"][0]["name"]
    album = get(service, f"/albums/{song['album']['id']}")
    assert song["id"] in [item["id"] for item in album["tracks"]["items"]]


@pytest.mark.parametrize("path", ["/tracks/0000000000000000000000", "/recommendations", "/audio-features/x"])
def test_what_there_is_not_is_a_404(service: SimulatedSpotify, path: str) -> None:
    assert get(service, path)["error"]["status"] == 404


def test_an_id_of_another_kind_is_a_404(service: SimulatedSpotify) -> None:
    song = get(service, "/me/top/tracks", limit=1)["items"][0]
    assert get(service, f"/artists/{song['id']}")["error"]["status"] == 404


def test_the_shape_of_2026_lacks_what_the_old_one_had(service: SimulatedSpotify) -> None:
    asked = ["/me", *(f"/me/top/{kind}?time_range={span}" for kind in KINDS for span in SPANS)]
    song = get(service, "/me/top/tracks", limit=1)["items"][0]
    asked += [f"/albums/{song['album']['id']}", f"/tracks/{song['id']}"]
    for path in asked:
        service.shape = "2026"
        new = keys(get(service, path))
        service.shape = "old"
        old = keys(get(service, path))
        assert not new & GONE, path
        assert old & GONE, path
        assert new - {"account_id"} < old, path


def test_the_shape_of_2026_has_no_genres_of_an_artist(service: SimulatedSpotify) -> None:
    assert "genres" not in get(service, "/me/top/artists", limit=1)["items"][0]
    service.shape = "old"
    assert "genres" in get(service, "/me/top/artists", limit=1)["items"][0]


def test_in_the_old_shape_popularity_moves_without_a_reason(service: SimulatedSpotify) -> None:
    service.shape = "old"
    song = get(service, "/me/top/tracks", limit=1)["items"][0]
    service.day += timedelta(days=1)
    assert get(service, f"/tracks/{song['id']}")["popularity"] != song["popularity"]


def test_covers_are_pictures_that_anybody_may_see(service: SimulatedSpotify) -> None:
    response = requests.get(f"{service.accounts_url}/image/ab67616d0000b273{'0' * 24}", timeout=5)
    assert response.headers["Content-Type"].startswith("image/svg+xml")
    assert response.text.startswith("<svg")


def test_image_addresses_can_point_to_the_server_itself() -> None:
    with SimulatedSpotify(image_url="/image/") as service:
        images = get(service, "/me/top/artists", limit=1)["items"][0]["images"]
        response = requests.get(service.accounts_url + images[0]["url"], timeout=5)
        assert "<svg" in response.text


# Serving


def test_requests_are_remembered_as_they_came(service: SimulatedSpotify) -> None:
    get(service, "/me/top/tracks", limit=5)
    assert service.requests == [("POST", "/api/token"), ("GET", "/v1/me/top/tracks?limit=5")]


def test_the_server_says_nothing(service: SimulatedSpotify, capfd: pytest.CaptureFixture[str]) -> None:
    get(service, "/me")
    get(service, "/nothing/here")
    assert capfd.readouterr() == ("", "")


def test_the_end_comes_at_once_though_a_client_keeps_its_connection(browser: requests.Session) -> None:
    running = threading.active_count()
    with SimulatedSpotify() as service:
        browser.get(f"{service.accounts_url}/image/x", timeout=5)
        address = service.api_url
    assert threading.active_count() == running
    with pytest.raises(requests.ConnectionError):
        requests.get(address, timeout=5)


def test_a_port_can_be_chosen() -> None:
    with SimulatedSpotify() as first:
        port = urlsplit(first.api_url).port
    assert port is not None
    with SimulatedSpotify(port=port) as second:
        assert second.api_url == f"http://127.0.0.1:{port}/v1"
