"""The client asks patiently, gives up in time, and says in one sentence what a person has to do."""

import logging
import traceback
from collections.abc import Callable, Iterator

import pytest
from spotify_service import (
    ACCESS,
    ARTISTS,
    REFRESH,
    SECRET,
    TOKEN,
    TRACKS,
    Reply,
    Service,
    running,
)

from generator.demo.server import CLIENT_ID, CLIENT_SECRET, REFRESH_TOKEN, SimulatedSpotify
from generator.errors import ConfigError, RotationError, SignInRequired, Unavailable
from generator.model import Artist
from generator.spotify.answers import Account
from generator.spotify.client import Client, Credentials

LIST = Reply({"items": [{"id": "a1", "name": "Marram"}]})
SECRETS = (ACCESS, REFRESH, SECRET, "app-Dune")


@pytest.fixture
def service() -> Iterator[Service]:
    with running() as service:
        yield service


@pytest.fixture
def naps() -> list[float]:
    """How long the client slept, had it slept."""
    return []


@pytest.fixture
def client(service: Service, naps: list[float]) -> Client:
    return listening(service, naps)


def listening(service: Service, naps: list[float], *, timeout_s: float = 5.0) -> Client:
    return Client(
        Credentials("app-Dune", SECRET, REFRESH),
        who="tern",
        api_url=f"{service.address}/v1",
        accounts_url=service.address,
        budget_s=60,
        timeout_s=timeout_s,
        sleep=naps.append,
    )


def refusal(client: Client, kind: type[RotationError]) -> str:
    """What asking for a list says; no secret is in it, nor in its trace."""
    with pytest.raises(kind) as caught:
        client.top("artists", "short_term")
    assert type(caught.value).exit_code == kind.exit_code
    told = "".join(traceback.format_exception(caught.value))
    assert not any(secret in told for secret in SECRETS)
    return str(caught.value)


def error(status: int, message: str, **more: str) -> Reply:
    return Reply({"error": {"status": status, "message": message} | more}, status)


def test_a_list_is_asked_for_once_and_never_paged(client: Client, service: Service) -> None:
    service.says(
        ARTISTS,
        Reply({"items": [{"id": "a1", "name": "Marram"}], "next": "http://127.0.0.1:1/x", "total": 99}),
    )
    assert client.top("artists", "long_term").items == {1: Artist("a1", "Marram")}
    assert service.times(ARTISTS) == 1
    assert service.asked[-1].query["limit"] == "50"
    assert service.asked[-1].query["time_range"] == "long_term"


def test_one_access_token_serves_a_whole_run(client: Client, service: Service) -> None:
    client.account()
    client.top("tracks", "short_term")
    client.top("artists", "short_term")
    assert service.times(TOKEN) == 1
    assert service.asked[0].form == {"grant_type": "refresh_token", "refresh_token": REFRESH}
    assert service.asked[-1].headers["Authorization"] == f"Bearer {ACCESS}"


def test_the_account_is_the_lasting_one(client: Client) -> None:
    assert client.account() == Account("Tern1", "Tern", "tern")


@pytest.mark.parametrize("stored", [None, "", "Tern1", "tern", " Tern1\n"])
def test_the_right_account_passes(client: Client, stored: str | None) -> None:
    client.check_account(stored)


def test_another_persons_token_is_refused(client: Client) -> None:
    with pytest.raises(SignInRequired, match="belongs to another account") as caught:
        client.check_account("Plover9")
    assert "Plover9" not in str(caught.value)
    assert "Tern1" not in str(caught.value)


@pytest.mark.parametrize(
    "trouble",
    [
        Reply("<html>Bad gateway</html>", 502),
        error(503, "Service unavailable"),
        Reply('{"items": [{"id": "a1", "na'),
        Reply('{"items": [', cut=True),
        Reply("", 204),
        Reply("[" * 100_000),
        Reply("[]"),
        Reply("null"),
    ],
)
def test_a_passing_trouble_is_sat_out(
    client: Client, service: Service, naps: list[float], trouble: Reply
) -> None:
    service.says(ARTISTS, trouble, trouble, LIST)
    assert client.top("artists", "short_term").items
    assert naps == [1, 3]


def test_a_lasting_trouble_ends_after_three_tries(
    client: Client, service: Service, naps: list[float]
) -> None:
    service.says(ARTISTS, Reply("<html>Bad gateway</html>", 502))
    assert "it answered 502" in refusal(client, Unavailable)
    assert service.times(ARTISTS) == 3
    assert len(naps) == 2


def test_cut_answers_end_after_three_tries(client: Client, service: Service) -> None:
    service.says(ARTISTS, Reply('{"items": [{"id'))
    assert "cut short or is not JSON" in refusal(client, Unavailable)


def test_an_answer_without_a_list_is_no_answer(client: Client, service: Service) -> None:
    service.says(ARTISTS, Reply({"hello": "there"}))
    assert "makes no sense: it has no list" in refusal(client, Unavailable)


def test_nobody_listening_is_said(naps: list[float]) -> None:
    with running() as service:
        gone = listening(service, naps)
    assert "the connection to 127.0.0.1 failed" in refusal(gone, Unavailable)


def test_silence_ends_at_the_time_out(service: Service, naps: list[float]) -> None:
    service.says(ARTISTS, Reply(silent=True))
    assert "no answer within 0.1 seconds" in refusal(listening(service, naps, timeout_s=0.1), Unavailable)


def test_an_answer_that_drips_for_ever_is_left(service: Service, naps: list[float]) -> None:
    service.says(ARTISTS, Reply("{", drips=True))
    assert "no answer within 0.1 seconds" in refusal(listening(service, naps, timeout_s=0.1), Unavailable)


def test_an_answer_without_end_does_not_fill_the_memory(client: Client, service: Service) -> None:
    service.says(ARTISTS, Reply(b" " * 9_000_000))
    assert "far too large" in refusal(client, Unavailable)


def test_a_rate_limit_is_waited_for_as_long_as_spotify_says(
    client: Client, service: Service, naps: list[float]
) -> None:
    service.says(ARTISTS, Reply("Too many requests", 429, {"Retry-After": "7"}), LIST)
    assert client.top("artists", "short_term").items
    assert naps == [7]


def test_all_waiting_of_a_run_comes_out_of_one_budget(
    client: Client, service: Service, naps: list[float]
) -> None:
    limit = Reply("Too many requests", 429, {"Retry-After": "25"})
    service.says(ARTISTS, limit, LIST)
    service.says(TRACKS, limit, limit, Reply({"items": []}))
    client.top("artists", "short_term")
    with pytest.raises(Unavailable, match="come back in a minute"):
        client.top("tracks", "short_term")
    assert naps == [25, 25]


@pytest.mark.parametrize(
    ("wait", "back"), [("52531", "in 15 hours"), ("61", "in 2 minutes"), ("86207", "in 24 hours")]
)
def test_a_wait_beyond_the_budget_ends_the_run_at_once(
    client: Client, service: Service, naps: list[float], wait: str, back: str
) -> None:
    service.says(ARTISTS, Reply("Too many requests", 429, {"Retry-After": wait}))
    assert refusal(client, Unavailable).endswith(f"come back {back}.")
    assert service.times(ARTISTS) == 1
    assert naps == []


def test_a_used_up_quota_ends_the_run_at_once(client: Client, service: Service, naps: list[float]) -> None:
    service.says(ARTISTS, error(429, "Quota exceeded", reason="QUOTA_EXCEEDED"))
    assert "come back tomorrow" in refusal(client, Unavailable)
    assert naps == []


@pytest.mark.parametrize("header", ["soon", "-1", "1.5", "9" * 400, "²", ""])
def test_a_senseless_wait_becomes_a_short_one(
    client: Client, service: Service, naps: list[float], header: str
) -> None:
    service.says(ARTISTS, Reply("", 429, {"Retry-After": header.encode().decode("latin-1")}), LIST)
    client.top("artists", "short_term")
    assert naps == [1]


def test_a_stale_access_token_is_renewed_once(client: Client, service: Service) -> None:
    service.says(ARTISTS, error(401, "The access token expired"), LIST)
    assert client.top("artists", "short_term").items
    assert service.times(TOKEN) == 2


def test_a_token_that_stays_stale_needs_a_person(client: Client, service: Service) -> None:
    service.says(ARTISTS, error(401, "Invalid access token"))
    assert "rotation login" in refusal(client, SignInRequired)
    assert (service.times(ARTISTS), service.times(TOKEN)) == (2, 2)


def test_an_ended_sign_in_is_not_retried_and_says_what_to_do(client: Client, service: Service) -> None:
    service.says(
        TOKEN, Reply({"error": "invalid_grant", "error_description": f"Refresh token {REFRESH} revoked"}, 400)
    )
    said = refusal(client, SignInRequired)
    for word in ("tern", "six months", "rotation login", "last edition"):
        assert word in said
    assert service.times(TOKEN) == 1


@pytest.mark.parametrize("status", [400, 401])
def test_a_wrong_app_is_a_mistake_to_mend(client: Client, service: Service, status: int) -> None:
    service.says(
        TOKEN, Reply({"error": "invalid_client", "error_description": "Invalid client secret"}, status)
    )
    assert "SPOTIFY_CLIENT_ID or SPOTIFY_CLIENT_SECRET is wrong" in refusal(client, ConfigError)


@pytest.mark.parametrize(
    "trouble",
    [
        Reply({"error": "server_error"}, 500),
        Reply("<html>", 503),
        Reply({"error": "something_new"}, 400),
        Reply({"error": {"status": 400}}, 400),
        Reply("[]", 400),
        Reply("[]"),
        Reply("{"),
        Reply({"access_token": None, "expires_in": 3600}),
        Reply({"access_token": f"{ACCESS}\r\nX: y", "expires_in": 3600}),
        Reply({"access_token": ACCESS}),
    ],
)
def test_a_token_endpoint_out_of_order_means_later(client: Client, service: Service, trouble: Reply) -> None:
    service.says(TOKEN, trouble)
    assert "later" in refusal(client, Unavailable)
    assert service.times(ARTISTS) == 0


def test_a_new_refresh_token_is_said_and_not_shown(client: Client, service: Service) -> None:
    client.account()
    assert not client.notes
    service.says(TOKEN, Reply({"access_token": ACCESS, "expires_in": 30, "refresh_token": "refresh-Newer"}))
    service.says(ARTISTS, error(401, "expired"), LIST)
    client.top("artists", "short_term")
    (note,) = client.notes
    assert "NEW refresh token for `tern`" in note
    assert "refresh-Newer" not in note
    client.top("artists", "short_term")  # the short-lived token is renewed with the newer one
    assert service.asked[-2].form["refresh_token"] == "refresh-Newer"


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        (
            "Active premium subscription required for the owner of the app.",
            RotationError,
            "owner has Spotify Premium",
        ),
        ("User not registered in the Developer Dashboard", RotationError, "User Management"),
        (
            "Check settings on developer.spotify.com/dashboard, the user may not be registered.",
            RotationError,
            "User Management",
        ),
        ("Insufficient client scope", SignInRequired, "insufficient scope"),
        ("Forbidden", SignInRequired, "insufficient scope"),
    ],
)
def test_every_403_says_its_own(
    client: Client, service: Service, text: str, kind: type[RotationError], said: str
) -> None:
    for reply in (Reply(text, 403), error(403, text)):
        service.says(ARTISTS, reply)
        assert said in refusal(client, kind)
    assert service.times(ARTISTS) == 2


@pytest.mark.parametrize(
    "reply",
    [Reply({"error": "text"}, 400), Reply("<html>", 403), Reply("Not found", 404), error(418, "Teapot")],
)
def test_an_unknown_refusal_means_later(client: Client, service: Service, reply: Reply) -> None:
    service.says(ARTISTS, reply)
    assert "later" in refusal(client, Unavailable)
    assert service.times(ARTISTS) == 1


@pytest.mark.parametrize("path", [TOKEN, ARTISTS])
def test_no_redirect_is_followed_with_a_token(client: Client, service: Service, path: str) -> None:
    service.says("/elsewhere", LIST)
    service.says(path, Reply("", 307, {"Location": f"{service.address}/elsewhere"}))
    assert "redirect" in refusal(client, Unavailable)
    assert service.times("/elsewhere") == 0


@pytest.mark.parametrize("index", [0, 1, 2])
@pytest.mark.parametrize("bad", ["", " ", "gull\n", "gull gull", "güll"])
def test_a_secret_that_cannot_be_sent_is_named_but_not_shown(index: int, bad: str) -> None:
    secrets = ["app-Dune", SECRET, REFRESH]
    secrets[index] = bad
    with pytest.raises(ConfigError) as caught:
        Credentials(*secrets)
    assert ("CLIENT_ID", "CLIENT_SECRET", "REFRESH_TOKEN")[index] in str(caught.value)
    assert "ll" not in str(caught.value).replace("all", "")


def test_nothing_shows_a_secret(client: Client, service: Service, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    service.says(ARTISTS, error(401, "expired"), LIST)
    client.top("artists", "short_term")
    client.account()
    shown = caplog.text + repr(client) + repr(Credentials("app-Dune", SECRET, REFRESH))
    assert not any(secret in shown for secret in SECRETS[1:])


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ("POST /api/token: 400 invalid_grant", 77),
        ("POST /api/token: 400 invalid_client", 1),
        ("POST /api/token: 503", 75),
        ("GET /v1/me/top/*: 401 times=1", 0),
        ("GET /v1/me/top/*: 401", 77),
        ("GET /v1/me/top/*: 403 scope", 77),
        ("* : 403 premium after=1", 1),
        ("* : 403 allowlist after=1", 1),
        ("GET /v1/me/top/*: 429 retry-after=2 times=2", 0),
        ("GET /v1/me/top/*: 429 bare times=1", 0),
        ("GET /v1/me/top/*: 429 retry-after=3600", 75),
        ("GET /v1/me/top/*: 429 quota", 75),
        ("GET /v1/me/top/*: 502 html times=2", 0),
        ("GET /v1/me/top/*: 502 html", 75),
        ("GET /v1/me/top/*: hang-up times=1", 0),
        ("GET /v1/me/top/*: hang-up", 75),
        ("GET /v1/me/top/*: cut times=2", 0),
        ("GET /v1/me/top/*: cut", 75),
        ("GET /v1/me/top/*: not-json", 75),
        ("GET /v1/me/top/*: error-text", 75),
        ("GET /v1/me/top/*: slow=0.01", 0),
        ("GET /v1/me/top/*: next=http://127.0.0.1:9/", 0),
    ],
)
def test_every_trouble_of_the_simulated_spotify_has_its_exit_code(
    script: str, code: int, naps: list[float]
) -> None:
    with SimulatedSpotify() as spotify:
        spotify.script(script)
        client = Client(
            Credentials(CLIENT_ID, CLIENT_SECRET, REFRESH_TOKEN),
            who="me",
            api_url=spotify.api_url,
            accounts_url=spotify.accounts_url,
            sleep=naps.append,
        )
        assert exit_code(lambda: client.top("tracks", "short_term")) == code
    assert sum(naps) < 60


def exit_code(ask: Callable[[], object]) -> int:
    try:
        ask()
    except RotationError as error:
        return error.exit_code
    return 0
