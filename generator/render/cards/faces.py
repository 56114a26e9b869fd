"""The typefaces of pictures: all from packages, so that every machine draws the same."""

import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import uharfbuzz as hb

# The house face first, then one for each further script; the last has Chinese, Japanese and Korean.
FILES = (
    ("fontpkg_roboto_condensed", "files/RobotoCondensed[wght].ttf"),
    ("justmytype_intl_rtl", "fonts/ofl/notosansarabic/NotoSansArabic[wdth,wght].ttf"),
    ("justmytype_intl_rtl", "fonts/ofl/notosanshebrew/NotoSansHebrew[wdth,wght].ttf"),
    ("justmytype_intl_south_asia", "fonts/ofl/notosansdevanagari/NotoSansDevanagari[wdth,wght].ttf"),
    ("justmytype_intl_south_asia", "fonts/ofl/notosansbengali/NotoSansBengali[wdth,wght].ttf"),
    ("justmytype_intl_south_asia", "fonts/ofl/notosanstamil/NotoSansTamil[wdth,wght].ttf"),
    ("justmytype_intl_south_asia", "fonts/ofl/notosanstelugu/NotoSansTelugu[wdth,wght].ttf"),
    ("justmytype_intl_sea", "fonts/ofl/notosansthai/NotoSansThai[wdth,wght].ttf"),
    ("justmytype_intl_sea", "fonts/ofl/notosanslao/NotoSansLao[wdth,wght].ttf"),
    ("justmytype_intl_sea", "fonts/ofl/notosanskhmer/NotoSansKhmer[wdth,wght].ttf"),
    ("justmytype_intl_sea", "fonts/ofl/notosansmyanmar/NotoSansMyanmar[wdth,wght].ttf"),
    ("justmytype_intl_africa", "fonts/ofl/notosansethiopic/NotoSansEthiopic[wdth,wght].ttf"),
    ("noto_cjk_sans_jp_bold", "NotoSansCJKjp-Bold.otf"),
)
BOX = "□"  # stands for a letter that none of them has
NARROW = 75  # the width of the Noto faces, in percent: as condensed as the house face
JOINERS = "\u200c\u200d"  # they shape Arabic and Indic letters
FEATURES = {"tnum": True, "kern": True}  # figures of one width


class Glyph(NamedTuple):
    """One outline of a face and where it stands, in units of the face, upwards."""

    number: int
    x: int
    y: int


class Run(NamedTuple):
    """Letters of one face, already in the order in which they are seen."""

    face: int
    glyphs: tuple[Glyph, ...]
    width: int
    em: int  # units that make the height of the type


@cache
def face(number: int) -> hb.Face:
    package, file = FILES[number]
    return hb.Face(hb.Blob.from_file_path(str(files(package) / file)))


@cache
def font(number: int, weight: int) -> hb.Font:
    """A face at a weight from 100 to 900; a face without weights or widths stays as it is."""
    found = hb.Font(face(number))
    found.set_variations({"wght": weight, "wdth": NARROW})
    return found


@cache
def home(letter: str) -> int | None:
    """The first face that has the letter; None: none has."""
    for number in range(len(FILES)):
        if font(number, 400).get_nominal_glyph(ord(letter)) is not None:
            return number
    return None


@cache
def drawable(text: str) -> str:
    """The text in letters that the faces have, or nothing.

    A styled letter (𝓵) becomes the plain one, an emoji is left out, and any other stranger becomes a box.
    """
    drawn = [_drawable(letter) for letter in unicodedata.normalize("NFC", text)]
    return " ".join("".join(drawn).split()) or BOX * any(letter.strip() for letter in text)


def _drawable(letter: str) -> str:
    if letter.isspace():
        return " "
    kind = unicodedata.category(letter)[0]
    if letter in JOINERS or (kind != "C" and home(letter) is not None):
        return letter
    plain = unicodedata.normalize("NFKC", letter)
    if plain != letter and all(home(part) is not None for part in plain):
        return plain
    return "" if kind in "CSM" else BOX


def shape(text: str, number: int, weight: int, *, leftwards: bool) -> Run:
    """The glyphs that a face makes of letters: ligatures, joined letters, marks in their places."""
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.direction = "rtl" if leftwards else "ltr"
    buffer.guess_segment_properties()
    hb.shape(font(number, weight), buffer, FEATURES)
    glyphs, x = [], 0
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        glyphs.append(Glyph(info.codepoint, x + position.x_offset, position.y_offset))
        x += position.x_advance
    return Run(number, tuple(glyphs), x, face(number).upem)


@cache
def outline(number: int, weight: int, glyph: int) -> str:
    """A glyph's outline as the path data of an SVG, in whole units of its face; empty for a space."""
    steps: list[str] = []
    font(number, weight).draw_glyph(glyph, _pen(), steps)
    return "".join(steps)


@cache
def _pen() -> hb.DrawFuncs:
    pen = hb.DrawFuncs()
    pen.set_move_to_func(lambda x, y, steps: steps.append(f"M{_points(x, y)}"))
    pen.set_line_to_func(lambda x, y, steps: steps.append(f"L{_points(x, y)}"))
    pen.set_quadratic_to_func(lambda a, b, x, y, steps: steps.append(f"Q{_points(a, b, x, y)}"))
    pen.set_cubic_to_func(lambda a, b, c, d, x, y, steps: steps.append(f"C{_points(a, b, c, d, x, y)}"))
    pen.set_close_path_func(lambda steps: steps.append("Z"))
    return pen


def _points(*numbers: float) -> str:
    return " ".join(str(round(number)) for number in numbers)


def runs(text: str, weight: int, levels: Sequence[int]) -> list[tuple[int, Run]]:
    """The text cut where its face or its direction changes, each piece shaped, with its level."""
    pieces: list[tuple[int, int, str]] = []
    for letter, level in zip(text, levels, strict=True):
        last = pieces[-1] if pieces else None
        if last and last[1] == level and _stays(letter, last[0]):
            pieces[-1] = (last[0], level, last[2] + letter)
        else:
            pieces.append((home(letter) or 0, level, letter))
    return [(level, shape(part, number, weight, leftwards=level % 2 == 1)) for number, level, part in pieces]


def _stays(letter: str, number: int) -> bool:
    """Whether a letter belongs to the face of those before it: marks and joiners shape their neighbours."""
    if letter in JOINERS:
        return True
    is_mark = unicodedata.category(letter).startswith("M")
    return home(letter) == number or (
        is_mark and font(number, 400).get_nominal_glyph(ord(letter)) is not None
    )
