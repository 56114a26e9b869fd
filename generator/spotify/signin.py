"""The sign-in: the stored one, which gives access tokens, and the one-time one in the browser."""

import base64
import hashlib
import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import requests
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from spotipy.cache_handler import MemoryCacheHandler
from spotipy.oauth2 import SpotifyOAuth

from generator.errors import ConfigError, RotationError
from generator.spotify import refusals
from generator.spotify.budget import Budget
from generator.spotify.callback import Callback, Reply
from generator.spotify.session import PatientSession, quieten

SCOPES = (
    "user-top-read",
    "user-read-recently-played",
    "playlist-read-private",
    "playlist-read-collaborative",
    "user-read-private",
    "user-library-read",
    "user-follow-read",
)


def require_sendable(name: str, secret: str) -> None:
    """Raise `ConfigError` for what no header can carry: a library's error would repeat it."""
    if not re.fullmatch(r"[!-~]+", secret):
        raise ConfigError(
            f"The Spotify {name.replace('_', ' ')} is empty, or holds a space, a line break "
            f"or another character that cannot belong there. Store SPOTIFY_{name.upper()} again."
        )


@dataclass(frozen=True, slots=True, repr=False)
class Credentials:
    """What a run needs to speak for one listener. Its repr shows none of it."""

    client_id: str
    client_secret: str
    refresh_token: str

    def __post_init__(self) -> None:
        for name in self.__slots__:
            require_sendable(name, getattr(self, name))

    def __repr__(self) -> str:
        return "Credentials(…)"


class TokenShape(BaseModel):
    """An answer of the token endpoint. What is unsendable is no token."""

    model_config = ConfigDict(extra="ignore")

    access_token: str = Field(pattern=r"\A[!-~]+\z", repr=False)
    expires_in: int = Field(gt=0)


def is_token(answer: object) -> bool:
    try:
        TokenShape.model_validate(answer)
    except ValidationError:
        return False
    return True


def stored_sign_in(credentials: Credentials, accounts_url: str, session: requests.Session) -> Any:
    """spotipy's sign-in over a stored refresh token; with a token in its memory it never asks a person."""
    scope = " ".join(SCOPES)
    stored = {"refresh_token": credentials.refresh_token, "access_token": "", "expires_at": 0, "scope": scope}
    authorization = SpotifyOAuth(
        client_id=credentials.client_id,
        client_secret=credentials.client_secret,
        redirect_uri="http://127.0.0.1/callback",  # not used for this, yet mandatory
        scope=scope,
        cache_handler=MemoryCacheHandler(token_info=stored),
        requests_session=session,
        open_browser=False,
    )
    authorization.OAUTH_TOKEN_URL = f"{accounts_url.rstrip('/')}/api/token"
    return authorization


@dataclass(frozen=True, slots=True, repr=False)
class SignIn:
    """What a sign-in in the browser gives. Its repr does not show the token."""

    refresh_token: str
    scopes: tuple[str, ...]

    def __repr__(self) -> str:
        return f"SignIn(…, scopes={self.scopes})"


@dataclass(frozen=True, slots=True, repr=False)
class Attempt:
    """One sign-in under way: the app, and the secrets that tie the answer to the question."""

    client_id: str
    client_secret: str
    accounts_url: str
    redirect_uri: str
    state: str
    verifier: str

    @property
    def page(self) -> str:
        """The address at which Spotify asks the person."""
        digest = hashlib.sha256(self.verifier.encode()).digest()
        question = {
            "client_id": self.client_id,
            "response_type": "code",
            "redirect_uri": self.redirect_uri,
            "scope": " ".join(SCOPES),
            "state": self.state,
            "code_challenge_method": "S256",
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "show_dialog": "true",  # so that the right one of several accounts can be chosen
        }
        return f"{self.accounts_url}/authorize?{urlencode(question)}"


def sign_in(  # noqa: PLR0913 - the world is handed in
    client_id: str,
    client_secret: str,
    *,
    port: int,
    accounts_url: str,
    open_browser: Callable[[str], object],
    timeout_s: float = 300.0,
) -> SignIn:
    """Let a person sign in with the browser, and answer the refresh token that Spotify gives for it."""
    require_sendable("client_id", client_id)
    require_sendable("client_secret", client_secret)
    state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(64)
    with Callback(port) as callback:
        attempt = Attempt(
            client_id, client_secret, accounts_url.rstrip("/"), callback.address, state, verifier
        )
        open_browser(attempt.page)
        reply = callback.wait(timeout_s)
    return _granted(_exchange(attempt, _code(reply, state)))


def _code(reply: Reply, state: str) -> str:
    """The code of a reply that is ours and is a yes."""
    if not secrets.compare_digest(reply.state.encode(), state.encode()):
        raise RotationError(
            "The browser came back with the answer to another sign-in (wrong state), so it was not used. "
            "Close old sign-in tabs and run `rotation login` again."
        )
    if reply.error == "access_denied":
        raise RotationError(
            "Spotify was not allowed to share the lists: the sign-in was cancelled. "
            "Run `rotation login` again and press Agree."
        )
    if not reply.code:
        raise RotationError(
            "Spotify ended the sign-in without giving a code. Run `rotation login` again; "
            f"if it happens twice, check the app's settings on {refusals.DASHBOARD}."
        )
    return reply.code


def _exchange(attempt: Attempt, code: str) -> dict[str, Any]:
    """What the token endpoint gives for a code: asked once, since a code holds once."""
    quieten()
    once = Budget(0, time.sleep)
    with PatientSession(once, 30.0, refusal=refusals.of_exchange, is_sense=is_token) as session:
        session.auth = (attempt.client_id, attempt.client_secret)
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": attempt.redirect_uri,
            "code_verifier": attempt.verifier,
        }
        answer: dict[str, Any] = session.post(f"{attempt.accounts_url}/api/token", data=form).json()
        return answer


def _granted(answer: dict[str, Any]) -> SignIn:
    """The sign-in, if it brings everything that was asked for."""
    token = answer.get("refresh_token")
    if not isinstance(token, str) or not re.fullmatch(r"[!-~]+", token):
        raise RotationError(
            "Spotify agreed to the sign-in, but gave no refresh token. Run `rotation login` again; if it "
            f"happens twice, make a new app on {refusals.DASHBOARD}."
        )
    # By the standard, an answer without scopes grants exactly those that were asked for.
    scopes = tuple(str(answer.get("scope") or " ".join(SCOPES)).split())
    missing = [scope for scope in SCOPES if scope not in scopes]
    if missing:
        raise RotationError(
            f"Spotify agreed to the sign-in, but not to all of it; missing: {', '.join(missing)}. "
            "Run `rotation login` again and agree to everything it asks for."
        )
    return SignIn(token, scopes)
