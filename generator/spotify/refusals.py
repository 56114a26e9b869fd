"""What Spotify means when it refuses, said so that the reader knows what to do.

Spotify's own text is looked at but never repeated: nobody knows what it holds.
"""

import json

from generator.errors import ConfigError, RotationError, SignInRequired, Unavailable

DASHBOARD = "https://developer.spotify.com/dashboard"


class StaleToken(SignInRequired):  # noqa: N818 - named like its family in generator.errors
    """The access token is not accepted: worth one renewal, then a person has to act."""


class AppRefused(RotationError):  # noqa: N818 - named like its family in generator.errors
    """Spotify turns the app or its user away until someone mends it in the dashboard."""


def of_sign_in(status: int, body: str, *, who: str) -> RotationError:
    """What a refusal of the token endpoint means."""
    code = _error_code(body)
    if code == "invalid_grant":
        return SignInRequired(
            f"The Spotify sign-in of `{who}` has ended: Spotify no longer accepts the refresh token "
            "(one lasts six months from the day of signing in). Run `rotation login` and store the new token; "
            "the site keeps its last edition meanwhile."
        )
    if code == "invalid_client":
        return ConfigError(
            "Spotify does not know this app: SPOTIFY_CLIENT_ID or SPOTIFY_CLIENT_SECRET is wrong. "
            f"Copy both again from your app's settings on {DASHBOARD} and store them."
        )
    return Unavailable(
        f"Spotify refused to renew the sign-in of `{who}` without a reason that is known here ({status}). "
        "Nothing was changed; try again later, and check SPOTIFY_ACCOUNTS_URL if it is set."
    )


def of_api(status: int, body: str, *, who: str) -> RotationError:
    """What a refusal of the Web API means."""
    if status == 401:
        return StaleToken(
            f"Spotify does not accept the access token of `{who}`, not even a fresh one (401). "
            "Run `rotation login` and store the new token; the site keeps its last edition meanwhile."
        )
    if status == 403 and not body.lstrip().startswith("<"):
        return _forbidden(body.lower(), who)
    return Unavailable(
        f"Spotify refused an ordinary question for `{who}` without a reason that is known here ({status}). "
        "Nothing was changed; try again later, and check SPOTIFY_API_URL if it is set."
    )


def _forbidden(text: str, who: str) -> RotationError:
    if "premium" in text:
        return AppRefused(
            "Spotify answers only apps whose owner has Spotify Premium (403). "
            "Renew Premium for the account that owns the app, "
            "or sign in with an app of somebody who has it; the site keeps its last edition meanwhile."
        )
    if "registered" in text:
        return AppRefused(
            f"The Spotify account of `{who}` is not on the app's list of users (403). On {DASHBOARD} open the "
            "app, Settings, User Management, and add the account's name and e-mail address; then run again."
        )
    return SignInRequired(
        f"The Spotify sign-in of `{who}` does not allow reading top lists (403, insufficient scope). "
        "Run `rotation login`, agree to everything it asks for, and store the new token; "
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
