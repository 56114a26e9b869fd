"""The simulated accounts service over real HTTP: what it grants, and what it refuses as Spotify does."""

import base64
import hashlib
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from generator.demo.server import CLIENT_ID, CLIENT_SECRET, REFRESH_TOKEN, REFRESH_TOKENS, SimulatedSpotify

CALLBACK = "http://127.0.0.1:8888/callback"
VERIFIER = "a-verifier-of-at-least-forty-three-characters-1234"
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")


@pytest.fixture
def service() -> Iterator[SimulatedSpotify]:
    with SimulatedSpotify() as simulated:
        yield simulated


def ask_token(service: SimulatedSpotify, **form: str) -> requests.Response:
    return requests.post(
        f"{service.accounts_url}/api/token", data=form, auth=(CLIENT_ID, CLIENT_SECRET), timeout=5
    )


def refresh(service: SimulatedSpotify, token: str = REFRESH_TOKEN) -> requests.Response:
    return ask_token(service, grant_type="refresh_token", refresh_token=token)


def agree(service: SimulatedSpotify, **query: str) -> requests.Response:
    """The person opens the authorize page and agrees."""
    asked = {"client_id": CLIENT_ID, "response_type": "code", "redirect_uri": CALLBACK, "state": "s1"} | query
    return requests.get(f"{service.accounts_url}/authorize", params=asked, allow_redirects=False, timeout=5)


def brought_back(response: requests.Response) -> dict[str, str]:
    """What the redirect says to the program."""
    query = parse_qs(urlsplit(response.headers["Location"]).query)
    return {name: values[0] for name, values in query.items()}


def exchange(service: SimulatedSpotify, code: str, **form: str) -> requests.Response:
    fields = {"grant_type": "authorization_code", "code": code, "redirect_uri": CALLBACK} | form
    return ask_token(service, **fields)


def test_a_refresh_gives_an_access_token_and_no_new_refresh_token(service: SimulatedSpotify) -> None:
    body = refresh(service).json()
    assert body.keys() == {"access_token", "token_type", "expires_in", "scope"}
    assert (body["token_type"], body["expires_in"]) == ("Bearer", 3600)


def test_an_unknown_refresh_token_is_an_invalid_grant(service: SimulatedSpotify) -> None:
    response = refresh(service, "of-somebody-else")
    assert (response.status_code, response.json()["error"]) == (400, "invalid_grant")


def test_a_revoked_refresh_token_is_an_invalid_grant(service: SimulatedSpotify) -> None:
    service.accounts.revoke(REFRESH_TOKEN)
    assert refresh(service).json()["error"] == "invalid_grant"


def test_a_wrong_secret_is_an_invalid_client(service: SimulatedSpotify) -> None:
    form = {"grant_type": "refresh_token", "refresh_token": REFRESH_TOKEN}
    address = f"{service.accounts_url}/api/token"
    response = requests.post(address, data=form, auth=(CLIENT_ID, "wrong"), timeout=5)
    assert (response.status_code, response.json()["error"]) == (400, "invalid_client")


def test_another_kind_of_grant_is_refused(service: SimulatedSpotify) -> None:
    assert ask_token(service, grant_type="password").json()["error"] == "unsupported_grant_type"


def test_signing_in_with_pkce_ends_with_a_refresh_token(service: SimulatedSpotify) -> None:
    back = agree(service, code_challenge=CHALLENGE, code_challenge_method="S256", scope="user-top-read")
    assert back.status_code == 302
    assert back.headers["Location"].startswith(f"{CALLBACK}?")
    answer = brought_back(back)
    assert answer["state"] == "s1"
    body = exchange(service, answer["code"], code_verifier=VERIFIER).json()
    assert (body["refresh_token"], body["scope"]) == (REFRESH_TOKEN, "user-top-read")


def test_signing_in_works_without_pkce(service: SimulatedSpotify) -> None:
    assert "refresh_token" in exchange(service, brought_back(agree(service))["code"]).json()


def test_the_person_before_the_page_can_be_another_one(service: SimulatedSpotify) -> None:
    service.accounts.signing_in = 3
    body = exchange(service, brought_back(agree(service))["code"]).json()
    assert body["refresh_token"] == REFRESH_TOKENS[2]


@pytest.mark.parametrize("form", [{"code_verifier": "another"}, {}, {"redirect_uri": "http://127.0.0.1:1/"}])
def test_a_code_is_not_exchanged_for_somebody_else(service: SimulatedSpotify, form: dict[str, str]) -> None:
    code = brought_back(agree(service, code_challenge=CHALLENGE, code_challenge_method="S256"))["code"]
    response = exchange(service, code, **form)
    assert (response.status_code, response.json()["error"]) == (400, "invalid_grant")


def test_a_code_is_good_once(service: SimulatedSpotify) -> None:
    code = brought_back(agree(service))["code"]
    assert exchange(service, code).ok
    assert exchange(service, code).json()["error"] == "invalid_grant"


@pytest.mark.parametrize(
    "query",
    [
        {"client_id": "another"},
        {"redirect_uri": "http://localhost:8888/callback"},
        {"redirect_uri": "http://example.org/"},
        {"response_type": "token"},
        {"code_challenge": CHALLENGE, "code_challenge_method": "plain"},
    ],
)
def test_the_authorize_page_refuses_what_spotify_refuses(
    service: SimulatedSpotify, query: dict[str, str]
) -> None:
    assert agree(service, **query).status_code == 400
