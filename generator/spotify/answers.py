"""The shapes of what Spotify sends, to older apps and since 2026: what was removed is optional."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, NoReturn
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

from generator.errors import Unavailable
from generator.model import LONGEST_TEXT, Album, Answer, Artist, Item, Kind, Skipped, Span, Track

LONGEST_LIST = 50  # more than Spotify promises is not counted on
IMAGE_WIDTH = 300  # the wanted one: a cover beside a line, sharp on a phone
IMAGE_HOSTS = (".scdn.co", ".spotifycdn.com")
REASONS = {"missing": "is missing", "string_type": "is not text", "list_type": "is not a list"}
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def _storable(value: object) -> object:
    """Text without NUL and lone surrogates, which no file and no database takes, of a length for a page."""
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "ignore").decode()[:LONGEST_TEXT]
    return value


def _filled(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty")
    return text


def _base62(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9]{1,40}", text):
        raise ValueError("is not a Spotify id")
    return text


def _calendar(text: str) -> str:
    """A year, a month or a day; Spotify writes 0000 for what it does not know."""
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", text):
        raise ValueError("is not a date")
    date.fromisoformat((text + "-01-01")[:10])
    return text


def _recording_code(text: str) -> str:
    code = text.upper().replace("-", "")
    if not re.fullmatch(r"[A-Z0-9]{12}", code):
        raise ValueError("is not an ISRC")
    return code


def _else_unknown(value: object, check: ValidatorFunctionWrapHandler) -> object:
    """A field that we can do without: what is wrong with it makes it unknown, not the row useless."""
    try:
        return check(value)
    except ValidationError:
        return None


Text = Annotated[str, BeforeValidator(_storable), AfterValidator(_filled)]
Id = Annotated[str, BeforeValidator(_storable), AfterValidator(_base62)]
UNKNOWN = WrapValidator(_else_unknown)


class Shape(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)


class ImageShape(Shape):
    url: Text
    width: Annotated[int | None, UNKNOWN] = None


class ArtistShape(Shape):
    id: Id
    name: Text
    images: Annotated[list[Any] | None, UNKNOWN] = None


class AlbumShape(Shape):
    id: Id
    name: Text
    release_date: Annotated[Annotated[Text, AfterValidator(_calendar)] | None, UNKNOWN] = None
    images: Annotated[list[Any] | None, UNKNOWN] = None


class CodesShape(Shape):
    isrc: Annotated[Annotated[Text, AfterValidator(_recording_code)] | None, UNKNOWN] = None


class TrackShape(Shape):
    id: Id
    name: Text
    artists: list[Any]
    album: Annotated[AlbumShape | None, UNKNOWN] = None
    duration_ms: Annotated[Annotated[int, Field(gt=0, lt=2**31)] | None, UNKNOWN] = None
    external_ids: Annotated[CodesShape | None, UNKNOWN] = None


class AccountShape(Shape):
    account_id: Annotated[Text | None, UNKNOWN] = None  # since May 2026, and the one that lasts
    id: Annotated[Text | None, UNKNOWN] = None
    display_name: Annotated[Text | None, UNKNOWN] = None


@dataclass(frozen=True, slots=True)
class Account:
    """The account behind a token."""

    id: str
    name: str | None = None  # None: Spotify did not say
    former_id: str | None = None  # the id that Spotify gave before May 2026; None: it has but one

    def is_known_as(self, account: str) -> bool:
        return account in (self.id, self.former_id)


class UselessError(Exception):
    """A row cannot be used; the text says why."""


def parse_top(kind: Kind, span: Span, raw: object) -> Answer:
    """A top list by Spotify's positions; `Unavailable` if the body is no list at all."""
    rows = raw.get("items") if isinstance(raw, dict) else None
    if not isinstance(rows, list):
        senseless(f"{kind}/{span}", "it has no list of `items`")
    items: dict[int, Item] = {}
    skipped: list[Skipped] = []
    for place, row in enumerate(rows[:LONGEST_LIST], start=1):
        try:
            items[place] = _newcomer(parse_track(row) if kind == "tracks" else _artist(row), items)
        except UselessError as useless:
            skipped.append(Skipped(f"{kind}/{span} place {place}", str(useless)))
    return Answer(kind, span, items, tuple(skipped))


def parse_account(raw: object) -> Account:
    """The account of `GET /me`; `Unavailable` if the answer names none."""
    try:
        shape = AccountShape.model_validate(raw)
    except ValidationError:
        senseless("the account", "it is not an object")
    ids = [known for known in (shape.account_id, shape.id) if known]
    if not ids:
        senseless("the account", "it has no id")
    return Account(ids[0], shape.display_name, ids[1] if len(ids) > 1 else None)


def senseless(subject: str, why: str) -> NoReturn:
    """Refuse a whole answer."""
    raise Unavailable(
        f"Spotify's answer for {subject} makes no sense: {why}. Nothing was changed; try again later."
    )


def parse_track(row: object) -> Track:
    """One track; UselessError says why it cannot be used."""
    _refuse_strangers(row, "track")
    try:
        shape = TrackShape.model_validate(row)
    except ValidationError as error:
        raise UselessError(_reason(error)) from None
    artists = {artist.id: artist for artist in map(_credited, shape.artists) if artist}
    if not artists:
        raise UselessError("no artist of it has an id and a name")
    return Track(
        shape.id,
        shape.name,
        tuple(artists.values()),
        _album(shape.album),
        shape.duration_ms,
        shape.external_ids.isrc if shape.external_ids else None,
    )


def _artist(row: object) -> Artist:
    _refuse_strangers(row, "artist")
    try:
        shape = ArtistShape.model_validate(row)
    except ValidationError as error:
        raise UselessError(_reason(error)) from None
    return Artist(shape.id, shape.name, _image(shape.images))


def _newcomer(item: Item, before: dict[int, Item]) -> Item:
    for place, other in before.items():
        if other.id == item.id:
            raise UselessError(f"the same id stands at place {place} already")
    return item


def _credited(row: object) -> Artist | None:
    """An artist of a track; None for one without id or name."""
    try:
        return _artist(row)
    except UselessError:
        return None


def _album(shape: AlbumShape | None) -> Album | None:
    return Album(shape.id, shape.name, shape.release_date, _image(shape.images)) if shape else None


def _refuse_strangers(row: object, wanted: str) -> None:
    """Say plainly what Spotify mixes into lists: nothing at all, local files, episodes."""
    if row is None:
        raise UselessError("the row is empty (null)")
    if not isinstance(row, dict):
        raise UselessError("the row is not an object")
    if row.get("is_local") is True:
        raise UselessError("a local file, which Spotify has no id for")
    if row.get("type", wanted) not in (wanted, None):
        raise UselessError(f"it is not of the type {wanted}")


def _reason(error: ValidationError) -> str:
    """The first thing wrong, without the value itself."""
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    field = ".".join(str(part) for part in first["loc"])
    said = first["msg"].removeprefix("Value error, ")
    return f"its {field} {REASONS.get(first['type'], said)}"


def _image(rows: list[Any] | None) -> str | None:
    """The address whose picture is nearest to the wanted width, of Spotify's own image hosts."""
    shapes = []
    for row in rows or ():
        try:
            shapes.append(ImageShape.model_validate(row))
        except ValidationError:
            continue
    ours = [shape for shape in shapes if _is_image_address(shape.url)]
    return min(ours, key=_misfit).url if ours else None


def _misfit(image: ImageShape) -> int:
    return abs((image.width or 0) - IMAGE_WIDTH)


def _is_image_address(url: str) -> bool:
    if not re.fullmatch(r"[!-~]+", url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    host = parts.hostname or ""
    if parts.scheme == "https":
        return host.endswith(IMAGE_HOSTS)
    # The demo's invented covers are served by the demo itself.
    return parts.scheme == "http" and host in LOOPBACK
