"""Asks Spotify, through spotipy, and answers with values."""

import time
from collections.abc import Callable
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import partial
from typing import Any

import spotipy

from generator.errors import SignInRequired
from generator.model import Answer, Kind, Recent, Span
from generator.spotify import refusals
from generator.spotify.answers import LONGEST_LIST, Account, parse_account, parse_top
from generator.spotify.budget import Budget
from generator.spotify.recent import MOST_RECENT, parse_recent
from generator.spotify.session import PatientSession, quieten
from generator.spotify.signin import SCOPES, Credentials, is_token, stored_sign_in

__all__ = ["Client", "Credentials"]


class Client:
    """One listener's Spotify for one run: one wait budget, and errors that a person understands."""

    def __init__(  # noqa: PLR0913 - the world is handed in
        self,
        credentials: Credentials,
        *,
        who: str,
        api_url: str,
        accounts_url: str,
        budget: Budget | None = None,
        budget_s: float = 60.0,
        timeout_s: float = 10.0,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        """`budget`: that of the whole run, where several clients share one; None: `budget_s` of its own."""
        quieten()
        self._who = who
        self._refresh_token = credentials.refresh_token
        self._granted = ""  # the scopes of the last token: spotipy writes those that were asked for over them
        budget = budget or Budget(budget_s, sleep)
        accounts = PatientSession(
            budget, timeout_s, refusal=partial(refusals.of_sign_in, who=who), is_sense=self._is_token
        )
        api = PatientSession(
            budget, timeout_s, refusal=partial(refusals.of_api, who=who), is_sense=_is_object
        )
        self._api = api
        self._sign_in = stored_sign_in(credentials, accounts_url, accounts)
        self._spotify = spotipy.Spotify(auth_manager=self._sign_in, requests_session=api)
        self._spotify.prefix = f"{api_url.rstrip('/')}/"

    def account(self) -> Account:
        """The account that the sign-in belongs to."""
        return parse_account(self._answer(self._spotify.me))

    def check_account(self, expected: str | None, stored_as: str = "SPOTIFY_ACCOUNT") -> None:
        """Raise `SignInRequired` unless the sign-in belongs to the account `expected` (None: any).

        Asked of every account, since an app that is not allowed to ask learns it here, before any list.
        """
        account = self.account()
        if expected and not account.is_known_as(expected.strip()):
            raise SignInRequired(
                f"The Spotify sign-in of `{self._who}` belongs to another account than the one stored in "
                f"{stored_as}. Nothing was changed: run `rotation login --listener {self._who}` with the "
                "right account, or store the other account on purpose."
            )

    def top(self, kind: Kind, span: Span) -> Answer:
        """One top list, in one call: as many as Spotify gives at once, and never a further page."""
        ask = self._spotify.current_user_top_tracks
        if kind == "artists":
            ask = self._spotify.current_user_top_artists
        return parse_top(kind, span, self._answer(ask, limit=LONGEST_LIST, time_range=span))

    def recent(self, until: datetime) -> Recent:
        """The last plays, in one call; more than Spotify gives at once are not to be had.

        `until`: what claims to be later cannot be.
        """
        asked = self._answer(self._spotify.current_user_recently_played, limit=MOST_RECENT)
        return parse_recent(asked, until)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know beside the answers."""
        if self._token()["refresh_token"] == self._refresh_token:
            return ()
        note = (
            f"Spotify sent a NEW refresh token for `{self._who}`, and the stored one may soon be worthless: "
            f"run `rotation login --listener {self._who}` and store the result."
        )
        return (note,)

    @property
    def scopes(self) -> tuple[str, ...]:
        """What the sign-in was granted; known once something was asked."""
        return tuple(self._granted.split())

    @property
    def said_at(self) -> datetime | None:
        """What time it was at Spotify when it answered last; None: it did not say."""
        try:
            return parsedate_to_datetime(self._api.date)
        except ValueError:
            return None

    def _answer(self, ask: Callable[..., object], **question: object) -> object:
        try:
            return ask(**question)
        except refusals.StaleToken:
            self._sign_in.refresh_access_token(self._token()["refresh_token"])
            return ask(**question)

    def _is_token(self, answer: Any) -> bool:
        """Is it a token? If so, remember what it was granted; by the standard, no word of it means all."""
        if not is_token(answer):
            return False
        self._granted = str(answer.get("scope") or " ".join(SCOPES))
        return True

    def _token(self) -> dict[str, Any]:
        token: dict[str, Any] = self._sign_in.cache_handler.get_cached_token()
        return token


def _is_object(answer: object) -> bool:
    return isinstance(answer, dict)
