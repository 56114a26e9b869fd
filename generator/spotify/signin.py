"""The sign-in: the stored one, which gives access tokens, and the one-time one in the browser."""

import re
from dataclasses import dataclass
from typing import Any

import requests
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from spotipy.cache_handler import MemoryCacheHandler
from spotipy.oauth2 import SpotifyOAuth

from generator.errors import ConfigError

SCOPES = (
    "user-top-read",
    "user-read-recently-played",
    "playlist-read-private",
    "playlist-read-collaborative",
    "user-read-private",
    "user-library-read",
    "user-follow-read",
)


@dataclass(frozen=True, slots=True, repr=False)
class Credentials:
    """What a run needs to speak for one listener. Its repr shows none of it."""

    client_id: str
    client_secret: str
    refresh_token: str

    def __post_init__(self) -> None:
        for name in self.__slots__:
            # Anything else cannot be sent, and would surface in the text of a library's error.
            if not re.fullmatch(r"[!-~]+", getattr(self, name)):
                raise ConfigError(
                    f"The Spotify {name.replace('_', ' ')} is empty, or holds a space, a line break or another "
                    f"character that cannot belong there. Store SPOTIFY_{name.upper()} again."
                )

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
