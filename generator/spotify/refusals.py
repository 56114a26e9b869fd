"""What Spotify means when it refuses, said so that the reader knows what to do.

Spotify's own text is looked at but never repeated: nobody knows what it holds.
"""

import json
from http import HTTPStatus

from generator.errors import ConfigError, RotationError, SignInRequired, Unavailable

DASHBOARD = "https://developer.spotify.com/dashboard"


class StaleToken(SignInRequired):
    """The access token is not accepted: worth one renewal, then a person has to act."""


def of_sign_in(status: int, body: str, *, who: str) -> RotationError:
    """What a refusal of the token endpoint means."""
    code = _error_code(body)
    if code == "invalid_grant":
        return SignInRequired(
            f"The Spotify sign-in of `{who}` has ended: Spotify no longer accepts the refresh token "
            "(one lasts six months from the day of signing in). "
            f"Run `rotation login --listener {who}` and store the new token; "
            "the site keeps its last edition meanwhile."
        )
    if code == "invalid_client":
        return _unknown_app()
    return Unavailable(
        f"Spotify refused to renew the sign-in of `{who}` without a reason that is known here ({status}). "
        "Nothing was changed; try again later, and check SPOTIFY_ACCOUNTS_URL if it is set."
    )


def of_exchange(status: int, body: str) -> RotationError:
    """What a refusal of the token endpoint means to a sign-in in the browser."""
    if _error_code(body) == "invalid_grant":
        return RotationError(
            "Spotify did not take the code of this sign-in: it holds for a few minutes, and once. "
            "Run `rotation login` again."
        )
    if _error_code(body) == "invalid_client":
        return _unknown_app()
    return Unavailable(
        f"Spotify refused this sign-in without a reason that is known here ({status}). "
        "Run `rotation login` again later, and check SPOTIFY_ACCOUNTS_URL if it is set."
    )


def of_api(status: int, body: str, *, who: str) -> RotationError:
    """What a refusal of the Web API means."""
    if status == HTTPStatus.UNAUTHORIZED:
        return StaleToken(
            f"Spotify does not accept the access token of `{who}`, not even a fresh one (401). "
            f"Run `rotation login --listener {who}` and store the new token; "
            "the site keeps its last edition meanwhile."
        )
    if status == HTTPStatus.FORBIDDEN and not body.lstrip().startswith("<"):
        return _forbidden(body.lower(), who)
    return Unavailable(
        f"Spotify refused an ordinary question for `{who}` without a reason that is known here ({status}). "
        "Nothing was changed; try again later, and check SPOTIFY_API_URL if it is set."
    )


def _unknown_app() -> ConfigError:
    return ConfigError(
        "Spotify does not know this app: SPOTIFY_CLIENT_ID or SPOTIFY_CLIENT_SECRET is wrong. "
        f"Copy both again from your app's settings on {DASHBOARD} and store them."
    )


def _forbidden(text: str, who: str) -> RotationError:
    if "premium" in text:
        return RotationError(
            "Spotify answers only apps whose owner has Spotify Premium (403). "
            "Renew Premium for the account that owns the app, "
            "or sign in with an app of somebody who has it; the site keeps its last edition meanwhile."
        )
    if "registered" in text:
        return RotationError(
            f"The Spotify account of `{who}` is not on the app's list of users (403). "
            f"On {DASHBOARD} open the app, Settings, User Management, and add the account's name "
            "and e-mail address; then run again."
        )
    return SignInRequired(
        f"The Spotify sign-in of `{who}` does not allow reading top lists (403, insufficient scope). "
        f"Run `rotation login --listener {who}`, agree to everything it asks for, and store the new token; "
        "the site keeps its last edition meanwhile."
    )


def _error_code(body: str) -> str | None:
    """The flat error of the token endpoint: `{"error": "invalid_grant", …}`."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return None
    code = answer.get("error") if isinstance(answer, dict) else None
    return code if isinstance(code, str) else None
