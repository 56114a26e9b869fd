"""The simulated accounts service: authorize page and token endpoint, with PKCE."""

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from threading import Lock
from urllib.parse import urlencode, urlsplit

from generator.demo.effects import ROTATED
from generator.demo.reply import BAD_REQUEST, FOUND, Reply, Request, accounts_refusal, as_json, as_text

CLIENT_ID = "demo-client"
CLIENT_SECRET = "demo-secret"  # noqa: S105 - invented: it opens nothing
REFRESH_TOKENS = ("demo-refresh", "demo-refresh-2", "demo-refresh-3", "demo-refresh-4", "demo-refresh-5")
REFRESH_TOKEN = REFRESH_TOKENS[0]
SCOPES = (
    "user-top-read user-read-recently-played playlist-read-private playlist-read-collaborative "
    "user-read-private user-library-read user-follow-read"
)
LASTING = 3600  # seconds for which an access token is good


@dataclass(frozen=True, slots=True)
class Consent:
    """What a person agreed to on the authorize page, until its code is exchanged."""

    redirect_uri: str
    challenge: str | None  # None: the program does without PKCE
    scope: str
    slot: int


@dataclass(slots=True)
class Accounts:
    """Who may sign in: five people, each with a refresh token and a number (slot) from 1 to 5."""

    signing_in: int = 1  # the slot of the person who sits before the authorize page
    _slots: dict[str, int] = field(default_factory=lambda: {ROTATED: 1} | slots())
    _access: dict[str, int] = field(default_factory=dict)
    _consents: dict[str, Consent] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))
    _lock: Lock = field(default_factory=Lock)

    def slot(self, authorization: str) -> int | None:
        """Whose access token this header carries; None: nobody's."""
        return self._access.get(authorization.removeprefix("Bearer "))

    def revoke(self, refresh_token: str) -> None:
        """As when six months are over: this sign-in is no longer accepted."""
        self._slots.pop(refresh_token, None)

    def authorize(self, request: Request) -> Reply:
        """The person agrees at once: back to the program, with a code."""
        query = request.query
        if query.get("client_id") != CLIENT_ID or query.get("response_type") != "code":
            return as_text("INVALID_CLIENT: Invalid client", BAD_REQUEST)
        if not is_allowed(query.get("redirect_uri", "")):
            return as_text("INVALID_CLIENT: Insecure redirect URI", BAD_REQUEST)
        if query.get("code_challenge_method", "S256") != "S256":
            return as_text("code_challenge_method must be S256", BAD_REQUEST)
        with self._lock:
            code = f"demo-code-{next(self._numbers)}"
            self._consents[code] = Consent(
                query["redirect_uri"], query.get("code_challenge"), query.get("scope", ""), self.signing_in
            )
        back = {"code": code} | ({"state": query["state"]} if "state" in query else {})
        joint = "&" if urlsplit(query["redirect_uri"]).query else "?"
        return Reply(FOUND, headers={"Location": query["redirect_uri"] + joint + urlencode(back)})

    def token(self, request: Request) -> Reply:
        """An access token for a refresh token or for a code."""
        if request.authorization != basic(CLIENT_ID, CLIENT_SECRET):
            return accounts_refusal("invalid_client", "Invalid client secret")
        match request.form.get("grant_type"):
            case "refresh_token":
                slot = self._slots.get(request.form.get("refresh_token", ""))
                if slot is None:
                    return accounts_refusal("invalid_grant", "Invalid refresh token")
                return as_json(self._grant(slot, SCOPES))
            case "authorization_code":
                return self._exchange(request.form)
            case _:
                return accounts_refusal(
                    "unsupported_grant_type", "grant_type parameter is missing or unknown"
                )

    def _exchange(self, form: dict[str, str]) -> Reply:
        with self._lock:
            consent = self._consents.pop(form.get("code", ""), None)  # a code is good once
        if consent is None:
            return accounts_refusal("invalid_grant", "Invalid authorization code")
        if form.get("redirect_uri") != consent.redirect_uri:
            return accounts_refusal("invalid_grant", "Invalid redirect URI")
        if consent.challenge and challenge(form.get("code_verifier", "")) != consent.challenge:
            return accounts_refusal("invalid_grant", "code_verifier was incorrect")
        return as_json(
            self._grant(consent.slot, consent.scope) | {"refresh_token": REFRESH_TOKENS[consent.slot - 1]}
        )

    def _grant(self, slot: int, scope: str) -> dict[str, str | int]:
        with self._lock:
            token = f"demo-access-{next(self._numbers)}"
            self._access[token] = slot
        return {"access_token": token, "token_type": "Bearer", "expires_in": LASTING, "scope": scope}


def slots() -> dict[str, int]:
    return {token: slot for slot, token in enumerate(REFRESH_TOKENS, start=1)}


def is_allowed(redirect_uri: str) -> bool:
    """HTTPS, or plain HTTP to a loopback address; Spotify no longer takes the name localhost."""
    address = urlsplit(redirect_uri)
    return address.scheme == "https" or (
        address.scheme == "http" and address.hostname in {"127.0.0.1", "::1"}
    )


def basic(client_id: str, secret: str) -> str:
    return "Basic " + base64.b64encode(f"{client_id}:{secret}".encode()).decode()


def challenge(verifier: str) -> str:
    """The PKCE challenge (S256) of this verifier."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
