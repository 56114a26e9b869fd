"""HTTP with patience: bounded retries within one wait budget, no redirects, and only whole answers."""

import io
import logging
import re
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import requests
import urllib3

from generator.errors import RotationError, Unavailable
from generator.spotify.budget import Budget

PAUSES_S = (1.0, 3.0)  # before the second and the third try
LARGEST_BODY = 8_000_000  # bytes; fifty tracks with all their markets are half a million
DRIP_LIMIT = 3  # how many time-outs long one whole answer may take to arrive
LOOPBACK = ("127.0.0.1", "localhost", "::1")

Refusal = Callable[[int, str], RotationError]
"""What a status that no retry can mend (4xx) and its body mean."""


class TroubleError(Exception):
    """This try failed, another one may not."""

    def __init__(self, why: str, wait_s: float | None = None) -> None:
        super().__init__(why)
        self.wait_s = wait_s  # as Spotify asked; None: it did not


class PatientSession(requests.Session):
    """A session that answers with whole JSON, or raises a `RotationError` that a person understands."""

    def __init__(
        self, budget: Budget, timeout_s: float, *, refusal: Refusal, is_sense: Callable[[object], bool]
    ) -> None:
        super().__init__()
        self._budget = budget
        self._timeout_s = timeout_s
        self._refusal = refusal
        self._is_sense = is_sense
        self.date = ""  # the time at the other end, as the last answer told it
        # Without one of its own, requests would let a ~/.netrc replace the header that holds the token.
        self.auth = lambda request: request

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Nowhere: a redirect would carry the token to another host."""

    def request(self, method: str | bytes, url: str | bytes, *args: Any, **options: Any) -> requests.Response:
        url = str(url).rstrip("/")  # spotipy says /me/ where the API's description says /me
        self.trust_env = not _is_loopback(url)  # a proxy cannot reach the loopback of this machine
        why = "it gave no answer"
        for pause in (*PAUSES_S, None):
            try:
                return self._judged(self._asked(method, url, *args, **options))
            except TroubleError as trouble:
                why, wait_s = str(trouble), trouble.wait_s or pause
            if pause is None or wait_s is None or not self._budget.has(wait_s):
                break
            self._budget.wait(wait_s)
        raise Unavailable(f"Spotify could not be had: {why}. Nothing was changed; try again later.")

    def _asked(self, method: str | bytes, url: str, *args: Any, **options: Any) -> requests.Response:
        options |= {"stream": True, "timeout": self._timeout_s}
        try:
            response = super().request(method, url, *args, **options)
            # Read here, so that no dripping answer can hold the run up, and no endless one fill the memory.
            response.raw = io.BytesIO(self._body(response))
        except (requests.Timeout, urllib3.exceptions.TimeoutError):
            self._budget.charge(self._timeout_s)
            raise TroubleError(f"no answer within {self._timeout_s:g} seconds") from None
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError):
            raise TroubleError(f"the connection to {urlsplit(url).hostname} failed or broke off") from None
        return response

    def _body(self, response: requests.Response) -> bytes:
        begun, body = time.monotonic(), bytearray()
        with response:
            while chunk := response.raw.read1(65536, decode_content=True):
                body += chunk
                if len(body) > LARGEST_BODY:
                    raise TroubleError("the answer is far too large")
                if time.monotonic() - begun > DRIP_LIMIT * self._timeout_s:
                    raise requests.Timeout
        return bytes(body)

    def _judged(self, response: requests.Response) -> requests.Response:
        """The response if it is good; else what to make of it."""
        self.date = response.headers.get("Date", "")
        status = response.status_code
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            self._refuse_quota(response)
            raise TroubleError("it limits how often one may ask (429)", _retry_after(response))
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.REQUEST_TIMEOUT:
            raise TroubleError(f"it answered {status}", _retry_after(response))
        if status >= HTTPStatus.BAD_REQUEST:
            raise self._refusal(status, response.text[:4096])
        if status >= HTTPStatus.MULTIPLE_CHOICES:
            raise Unavailable(
                f"Spotify answered {status}, a redirect, which is never followed with a token. "
                "Check SPOTIFY_API_URL and SPOTIFY_ACCOUNTS_URL if they are set; else try again later."
            )
        if not self._is_sense(_json(response)):
            raise TroubleError("its answer makes no sense")
        return response

    def _refuse_quota(self, response: requests.Response) -> None:
        """A quota, or a wait that no run should sit through: stop at once, and say when to come back."""
        wait_s = _retry_after(response)
        if "QUOTA_EXCEEDED" in response.text or not self._budget.has(wait_s or 0):
            back = f"in {_duration(wait_s)}" if wait_s else "tomorrow"
            raise Unavailable(
                "Spotify gives this app no more answers for now (429, its quota or rate limit is used up). "
                f"Nothing was changed; come back {back}."
            )


def quieten() -> None:
    """Keep the libraries from logging what they send: at DEBUG that is tokens and the client secret."""
    for name in ("spotipy", "urllib3", "requests"):
        logger = logging.getLogger(name)
        logger.setLevel(max(logger.level, logging.WARNING))


def _json(response: requests.Response) -> object:
    try:
        return response.json()
    except (ValueError, RecursionError):
        raise TroubleError("its answer was cut short or is not JSON") from None


def _retry_after(response: requests.Response) -> float | None:
    text = response.headers.get("Retry-After", "")
    return float(text) if re.fullmatch(r"[0-9]{1,8}", text) else None


def _is_loopback(url: str) -> bool:
    return urlsplit(url).hostname in LOOPBACK


def _duration(seconds: float) -> str:
    """As a person says it: rounded up."""
    for unit, length in (("hour", 3600), ("minute", 60)):
        if seconds > length:
            return f"{-int(-seconds // length)} {unit}s"
    return "a minute"
