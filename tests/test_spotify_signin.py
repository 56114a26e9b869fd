"""The sign-in in the browser: one listener on loopback, one answer, and all that can go wrong."""

import socket
import traceback
from collections.abc import Callable, Iterator
from threading import Thread
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from spotify_service import TOKEN, Reply, running

from generator.demo.server import CLIENT_ID, CLIENT_SECRET, REFRESH_TOKEN, SimulatedSpotify
from generator.errors import ConfigError, RotationError, Unavailable
from generator.spotify.client import Client, Credentials
from generator.spotify.signin import SCOPES, SignIn, sign_in


@pytest.fixture
def spotify() -> Iterator[SimulatedSpotify]:
    with SimulatedSpotify() as spotify:
        yield spotify


class Browser:
    """Follows redirects as a browser does, and keeps what it saw."""

    def __init__(self) -> None:
        self.page = ""
        self.saw: requests.Response | None = None

    def open(self, page: str) -> None:
        self.page = page
        self.saw = requests.get(page, timeout=5)

    def open_and_return_at_once(self, page: str) -> bool:
        Thread(target=self.open, args=(page,), daemon=True).start()
        return True


def signing_in(
    spotify: SimulatedSpotify, opening: Callable[[str], object], *, port: int = 0, secret: str = CLIENT_SECRET
) -> SignIn:
    return sign_in(
        CLIENT_ID, secret, port=port, accounts_url=spotify.accounts_url, open_browser=opening, timeout_s=0.4
    )


def refusal(
    spotify: SimulatedSpotify, opening: Callable[[str], object], *, secret: str = CLIENT_SECRET
) -> str:
    with pytest.raises(RotationError) as caught:
        signing_in(spotify, opening, secret=secret)
    told = "".join(traceback.format_exception(caught.value))
    assert "demo-code" not in told
    assert REFRESH_TOKEN not in told
    assert "rotation login" in str(caught.value) or isinstance(caught.value, ConfigError | Unavailable)
    return str(caught.value)


def back(page: str, **answer: str) -> requests.Response:
    """The browser comes back with this answer, whatever Spotify would have said."""
    question = {name: values[0] for name, values in parse_qs(urlsplit(page).query).items()}
    answer = {"state": question["state"]} | answer
    return requests.get(f"{question['redirect_uri']}?{urlencode(answer)}", timeout=5)


def test_a_sign_in_brings_a_token_that_works(spotify: SimulatedSpotify) -> None:
    signed = signing_in(spotify, Browser().open)
    assert signed.refresh_token == REFRESH_TOKEN
    assert set(signed.scopes) == set(SCOPES)
    client = Client(
        Credentials(CLIENT_ID, CLIENT_SECRET, signed.refresh_token),
        who="me",
        api_url=spotify.api_url,
        accounts_url=spotify.accounts_url,
    )
    assert client.account().id == spotify.account_id


def test_a_browser_that_opens_by_itself_is_waited_for(spotify: SimulatedSpotify) -> None:
    assert signing_in(spotify, Browser().open_and_return_at_once).refresh_token


def test_the_question_is_exact(spotify: SimulatedSpotify) -> None:
    browser = Browser()
    signing_in(spotify, browser.open)
    question = parse_qs(urlsplit(browser.page).query)
    assert question["scope"] == [" ".join(SCOPES)]
    assert question["code_challenge_method"] == ["S256"]
    assert len(question["state"][0]) > 30
    assert question["redirect_uri"][0].startswith("http://127.0.0.1:")
    assert CLIENT_SECRET not in browser.page


def test_every_sign_in_has_secrets_of_its_own(spotify: SimulatedSpotify) -> None:
    first, second = Browser(), Browser()
    signing_in(spotify, first.open)
    signing_in(spotify, second.open)
    one, other = (parse_qs(urlsplit(browser.page).query) for browser in (first, second))
    assert one["state"] != other["state"]
    assert one["code_challenge"] != other["code_challenge"]


def test_the_page_in_the_browser_keeps_no_code(spotify: SimulatedSpotify) -> None:
    browser = Browser()
    signing_in(spotify, browser.open)
    assert browser.saw is not None
    assert "close this tab" in browser.saw.text
    assert "demo-code" not in browser.saw.text
    assert "history.replaceState" in browser.saw.text
    assert browser.saw.headers["Cache-Control"] == "no-store"


def test_the_repr_of_a_sign_in_keeps_the_token(spotify: SimulatedSpotify) -> None:
    assert REFRESH_TOKEN not in repr(signing_in(spotify, Browser().open))


def test_a_sign_in_prints_nothing(spotify: SimulatedSpotify, capfd: pytest.CaptureFixture[str]) -> None:
    signing_in(spotify, Browser().open)
    assert capfd.readouterr() == ("", "")


def test_a_person_may_say_no(spotify: SimulatedSpotify) -> None:
    spotify.script("GET /authorize: deny")
    assert "press Agree" in refusal(spotify, Browser().open)


def test_the_answer_to_another_sign_in_is_not_taken(spotify: SimulatedSpotify) -> None:
    spotify.script("GET /authorize: wrong-state")
    assert "wrong state" in refusal(spotify, Browser().open)
    assert not [path for method, path in spotify.requests if method == "POST"]


@pytest.mark.parametrize("state", ["", "ü", "\udcff"])
def test_an_odd_state_is_a_wrong_one(spotify: SimulatedSpotify, state: str) -> None:
    safe = state.encode("utf-8", "surrogateescape").decode("latin-1")
    assert "wrong state" in refusal(spotify, lambda page: back(page, code="demo-code-9", state=safe))


@pytest.mark.parametrize("answer", [{}, {"error": "server_error"}, {"error": "<script>"}, {"code": ""}])
def test_an_answer_without_a_code_is_said(spotify: SimulatedSpotify, answer: dict[str, str]) -> None:
    assert "without giving a code" in refusal(spotify, lambda page: back(page, **answer))


def test_an_invented_code_does_not_hold(spotify: SimulatedSpotify) -> None:
    assert "did not take the code" in refusal(spotify, lambda page: back(page, code="demo-code-9"))


def test_nobody_coming_back_is_said(spotify: SimulatedSpotify) -> None:
    said = refusal(spotify, lambda _: None)
    assert "within 0.4 seconds" in said
    assert "/callback to the app's Redirect URIs" in said


def test_a_taken_port_is_said(spotify: SimulatedSpotify) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(RotationError, match=f"127.0.0.1:{port} and cannot: Address already in use"):
            signing_in(spotify, Browser().open, port=port)


def test_a_port_that_cannot_be_is_said(spotify: SimulatedSpotify) -> None:
    with pytest.raises(RotationError, match="no such port"):
        signing_in(spotify, Browser().open, port=70_000)


def test_the_port_is_free_again_afterwards(spotify: SimulatedSpotify) -> None:
    browser = Browser()
    signing_in(spotify, browser.open)
    port = urlsplit(parse_qs(urlsplit(browser.page).query)["redirect_uri"][0]).port
    assert port
    assert signing_in(spotify, browser.open, port=port).refresh_token


def test_other_visits_do_not_end_the_wait(spotify: SimulatedSpotify) -> None:
    met: list[int] = []

    def opening(page: str) -> None:
        here = parse_qs(urlsplit(page).query)["redirect_uri"][0]
        met.append(requests.get(here.replace("/callback", "/favicon.ico"), timeout=5).status_code)
        met.append(requests.post(here, data={"code": "demo-code-9"}, timeout=5).status_code)
        with socket.create_connection(("127.0.0.1", urlsplit(here).port or 0)):  # a connection opened ahead
            Browser().open(page)

    assert signing_in(spotify, opening).refresh_token
    assert met == [404, 501]


def test_a_wrong_app_is_a_mistake_to_mend(spotify: SimulatedSpotify) -> None:
    assert "SPOTIFY_CLIENT_SECRET is wrong" in refusal(spotify, Browser().open, secret="another")


def test_an_empty_secret_never_opens_the_browser(spotify: SimulatedSpotify) -> None:
    browser = Browser()
    assert "SPOTIFY_CLIENT_SECRET" in refusal(spotify, browser.open, secret="")
    assert not browser.page


@pytest.mark.parametrize("trouble", ["500", "502 html", "404", "hang-up", "cut", "not-json", "429 quota"])
def test_a_token_endpoint_out_of_order_means_later(spotify: SimulatedSpotify, trouble: str) -> None:
    spotify.script(f"POST /api/token: {trouble}")
    assert "later" in refusal(spotify, Browser().open) or trouble == "429 quota"
    assert [method for method, _ in spotify.requests].count("POST") == 1  # a code holds once


def test_a_grant_of_less_than_asked_is_said(spotify: SimulatedSpotify) -> None:
    def opening(page: str) -> None:
        Browser().open(page.replace("+user-follow-read", ""))

    assert "missing: user-follow-read" in refusal(spotify, opening)


def test_an_answer_without_a_refresh_token_is_said() -> None:
    with running() as service:
        service.says(TOKEN, Reply({"access_token": "x", "expires_in": 3600}))
        with pytest.raises(RotationError, match="gave no refresh token"):
            sign_in(
                "app",
                "secret",
                port=0,
                accounts_url=service.address,
                open_browser=lambda page: back(page, code="c"),
            )
        (asked,) = (asked for asked in service.asked if asked.path == TOKEN)
        assert asked.headers["Authorization"].startswith("Basic ")
        assert len(asked.form["code_verifier"]) >= 43
