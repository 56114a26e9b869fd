"""The language of trouble: what a line says is what the simulated Spotify does, over real HTTP."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from generator.demo.effects import ALLOWLIST, CHANGES, PREMIUM, REFUSALS, ROTATED
from generator.demo.server import CLIENT_ID, CLIENT_SECRET, REFRESH_TOKEN, SimulatedSpotify
from generator.demo.trouble import rules

TRACKS, ARTISTS = "/v1/me/top/tracks", "/v1/me/top/artists"
FORM = {"grant_type": "refresh_token", "refresh_token": REFRESH_TOKEN}


class Asking:
    """A program with a good token, and the Spotify that it asks."""

    def __init__(self, spotify: SimulatedSpotify) -> None:
        self.spotify = spotify
        access = self.token().json()["access_token"]
        self.headers = {"Authorization": f"Bearer {access}"}

    def token(self) -> requests.Response:
        address = f"{self.spotify.accounts_url}/api/token"
        return requests.post(address, data=FORM, auth=(CLIENT_ID, CLIENT_SECRET), timeout=5)

    def get(self, path: str = TRACKS) -> requests.Response:
        return requests.get(
            self.spotify.accounts_url + path, headers=self.headers, timeout=5, allow_redirects=False
        )

    def items(self, effect: str, path: str = TRACKS) -> list[Any]:
        """The items of a list that is spoiled by this effect."""
        self.spotify.script(f"GET {path}: {effect}")
        items: list[Any] = self.get(path).json()["items"]
        return items


@pytest.fixture
def asking() -> Iterator[Asking]:
    with SimulatedSpotify() as spotify:
        yield Asking(spotify)


# Refusals


@pytest.mark.parametrize("effect", sorted(effect for effect in REFUSALS if effect[0].isdigit()))
def test_every_refusal_answers_with_its_own_status(asking: Asking, effect: str) -> None:
    asking.spotify.script(f"*: {effect}")
    assert asking.get().status_code == int(effect[:3])
    assert asking.token().status_code == int(effect[:3])


@pytest.mark.parametrize("effect", ["400", "401", "403", "403 scope", "404", "429", "500", "502", "503"])
def test_a_plain_status_is_an_error_in_json(asking: Asking, effect: str) -> None:
    asking.spotify.script(f"GET *: {effect}")
    error = asking.get().json()["error"]
    assert error["status"] == int(effect[:3])
    assert error["message"]


def test_errors_of_the_accounts_service_are_flat(asking: Asking) -> None:
    asking.spotify.script("POST /api/token: 400 invalid_grant times=1\nPOST /api/token: 400 invalid_client")
    assert [asking.token().json()["error"] for _ in range(2)] == ["invalid_grant", "invalid_client"]


@pytest.mark.parametrize(
    ("effect", "text"),
    [("403 premium", PREMIUM), ("403 allowlist", ALLOWLIST), ("429 bare", "Too many requests")],
)
def test_some_refusals_are_plain_text(asking: Asking, effect: str, text: str) -> None:
    asking.spotify.script(f"* : {effect}")
    response = asking.get()
    assert response.text == text
    assert response.headers["Content-Type"].startswith("text/plain")


def test_a_gateway_answers_in_html(asking: Asking) -> None:
    asking.spotify.script("GET *: 502 html")
    assert asking.get().headers["Content-Type"].startswith("text/html")


def test_a_rolling_limit_says_when_to_come_back(asking: Asking) -> None:
    asking.spotify.script(f"GET {TRACKS}: 429 retry-after=7")
    assert asking.get().headers["Retry-After"] == "7"
    asking.spotify.script(f"GET {TRACKS}: 429")
    assert asking.get().headers["Retry-After"] == "1"


def test_a_quota_says_so_and_takes_half_a_day(asking: Asking) -> None:
    asking.spotify.script("GET *: 429 quota")
    response = asking.get()
    assert response.headers["Retry-After"] == "52531"
    assert response.json()["error"]["reason"] == "QUOTA_EXCEEDED"


def test_a_bare_limit_says_nothing_about_when(asking: Asking) -> None:
    asking.spotify.script("GET *: 429 bare")
    assert "Retry-After" not in asking.get().headers


def test_a_connection_can_be_cut_off(asking: Asking) -> None:
    asking.spotify.script("GET *: hang-up times=1")
    with pytest.raises(requests.ConnectionError):
        asking.get()
    assert asking.get().ok


# Spoiled answers


@pytest.mark.parametrize("effect", ["cut", "not-json"])
def test_a_good_status_may_come_without_json(asking: Asking, effect: str) -> None:
    asking.spotify.script(f"GET {TRACKS}: {effect}")
    response = asking.get()
    assert response.status_code == 200
    with pytest.raises(requests.JSONDecodeError):
        response.json()


def test_an_error_may_come_as_mere_text(asking: Asking) -> None:
    asking.spotify.script(f"GET {TRACKS}: error-text")
    assert isinstance(asking.get().json()["error"], str)


@pytest.mark.parametrize("path", [TRACKS, ARTISTS])
def test_a_list_may_be_empty(asking: Asking, path: str) -> None:
    assert asking.items("empty", path) == []


def test_every_third_row_may_be_null(asking: Asking) -> None:
    rows = asking.items("null-rows")
    assert [place for place, row in enumerate(rows, start=1) if row is None] == [3, 6, 9, 12, 15, 18]


@pytest.mark.parametrize("path", [TRACKS, ARTISTS])
def test_every_name_may_be_null(asking: Asking, path: str) -> None:
    items = asking.items("null-names", path)
    assert len(items) > 10
    assert all(item["name"] is None and item["id"] for item in items)


def test_every_album_may_be_of_the_year_0000(asking: Asking) -> None:
    albums = [item["album"] for item in asking.items("null-albums")]
    assert {(album["id"], album["name"], album["release_date"]) for album in albums} == {(None, None, "0000")}


def test_every_album_may_be_missing(asking: Asking) -> None:
    assert {item["album"] for item in asking.items("no-albums")} == {None}


def test_artists_have_no_albums_to_lose(asking: Asking) -> None:
    assert asking.items("null-albums", ARTISTS) == asking.items("slow=0", ARTISTS)


@pytest.mark.parametrize("path", [TRACKS, ARTISTS])
def test_the_first_item_may_come_twice(asking: Asking, path: str) -> None:
    items, good = asking.items("duplicate", path), asking.items("slow=0", path)
    assert items[0] == items[1] == good[0]
    assert len(items) == len(good)


def test_the_next_page_may_be_said_to_be_elsewhere(asking: Asking) -> None:
    asking.spotify.script(f"GET {TRACKS}: next=http://evil.example/v1/me/top/tracks?offset=1")
    assert asking.get().json()["next"] == "http://evil.example/v1/me/top/tracks?offset=1"


def test_a_refresh_may_bring_a_new_refresh_token_that_works(asking: Asking) -> None:
    asking.spotify.script("POST /api/token: new-refresh-token")
    assert asking.token().json()["refresh_token"] == ROTATED
    address = f"{asking.spotify.accounts_url}/api/token"
    form = FORM | {"refresh_token": ROTATED}
    assert requests.post(address, data=form, auth=(CLIENT_ID, CLIENT_SECRET), timeout=5).ok


def test_the_person_may_refuse_and_the_state_may_be_wrong(asking: Asking) -> None:
    query = f"client_id={CLIENT_ID}&response_type=code&redirect_uri=http://127.0.0.1:9/callback&state=s1"
    asking.spotify.script("GET /authorize: deny times=1\nGET /authorize: wrong-state")
    back = [asking.get(f"/authorize?{query}").headers["Location"] for _ in range(2)]
    assert back[0] == "http://127.0.0.1:9/callback?error=access_denied&state=s1"
    assert back[1].endswith("state=somebody-else")


@pytest.mark.parametrize("effect", sorted(CHANGES))
def test_what_is_not_good_is_not_spoiled_further(asking: Asking, effect: str) -> None:
    asking.spotify.script(f"GET *: {effect}")
    assert requests.get(f"{asking.spotify.api_url}/me", timeout=5).status_code == 401


@pytest.mark.parametrize("effect", sorted(CHANGES))
def test_an_effect_that_does_not_fit_the_answer_leaves_it_good(asking: Asking, effect: str) -> None:
    asking.spotify.script(f"GET *: {effect}")
    assert asking.get("/v1/me").status_code == 200
    assert asking.get("/image/x").status_code == 200


def test_an_answer_may_be_slow(asking: Asking) -> None:
    asking.spotify.script(f"GET {TRACKS}: slow=0.2")
    before = time.monotonic()
    assert asking.get().ok
    assert time.monotonic() - before >= 0.2


def test_a_slow_answer_does_not_hold_up_the_end() -> None:
    with SimulatedSpotify() as spotify:
        asking = Asking(spotify)
        spotify.script("GET *: 500 slow=60")
        with pytest.raises(requests.Timeout):
            requests.get(f"{spotify.api_url}/me", headers=asking.headers, timeout=0.1)
        before = time.monotonic()
    assert time.monotonic() - before < 5


# Which requests, and when


def test_a_rule_may_end_after_some_times(asking: Asking) -> None:
    asking.spotify.script(f"GET {TRACKS}: 500 times=2")
    assert [asking.get().status_code for _ in range(4)] == [500, 500, 200, 200]


def test_a_rule_may_let_some_through_first(asking: Asking) -> None:
    asking.spotify.script(f"GET {TRACKS}: 500 after=2 times=1")
    assert [asking.get().status_code for _ in range(4)] == [200, 200, 500, 200]


def test_the_first_rule_whose_turn_it_is_applies(asking: Asking) -> None:
    asking.spotify.script(f"GET {TRACKS}: 401 times=1\n* : 503")
    assert [asking.get().status_code for _ in range(2)] == [401, 503]
    assert asking.get("/v1/me").status_code == 503


def test_a_rule_may_be_about_some_queries(asking: Asking) -> None:
    asking.spotify.script(f"GET {TRACKS}?time_range=long_term: 500")
    assert asking.get(f"{TRACKS}?limit=5&time_range=long_term").status_code == 500
    assert asking.get(f"{TRACKS}?limit=5&time_range=short_term").ok


def test_a_star_stands_for_any_part_of_a_path(asking: Asking) -> None:
    asking.spotify.script("GET /v1/me/top/*: 500")
    assert [asking.get(path).status_code for path in (TRACKS, ARTISTS, "/v1/me")] == [500, 500, 200]


def test_a_rule_without_a_method_is_about_all(asking: Asking) -> None:
    asking.spotify.script("/api/*: 500")
    assert asking.token().status_code == 500
    asking.spotify.script("GET /api/*: 500")
    assert asking.token().ok


def test_an_empty_script_ends_the_trouble(asking: Asking) -> None:
    asking.spotify.script("*: 500")
    asking.spotify.script("  \n# all is well\n")
    assert asking.get().ok


def test_remarks_are_no_part_of_a_line() -> None:
    assert rules("* : 500 # for an hour") == rules("*: 500") == rules("# first\n\n*: 500")[:1]


@pytest.mark.parametrize(
    "line",
    [
        "nonsense",
        "GET /v1/me 500",
        "get /v1/me: 500",
        "GET v1/me: 500",
        "GET /v1/me:",
        "GET /v1/me: 299",
        "GET /v1/me: 429 sometimes",
        "GET /v1/me: explode",
        "GET /v1/me: 500 times=often",
        "GET /v1/me: 500 slow=very",
        "GET /v1/me: 500 until=5",
        "GET /v1/me: 500 empty",
    ],
)
def test_a_line_that_is_not_understood_is_named(asking: Asking, line: str) -> None:
    with pytest.raises(ValueError, match="line") as refused:
        asking.spotify.script(f"*: 500\n{line}")
    assert repr(line) in str(refused.value)
    assert asking.get().ok
