"""Pictures to share: drawn the same everywhere, in any script, with nothing of the machine's."""

import re
import struct
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from past_sites import site_of
from played_sites import played_site
from rendered_site import Rendered
from test_render_site import parsed

from generator.model import Artist, Rank, Site, Track
from generator.render.cards.barcode import SIGNS, barcode
from generator.render.cards.cards import Colours, set_in
from generator.render.cards.direction import levels, seen
from generator.render.cards.faces import BOX, drawable, home
from generator.render.cards.ink import Ink, fitted, line, measured, wrapped
from generator.render.cards.png import png
from generator.render.site import TEMPLATES

DAYS = ("ABCDEFGHIJKLMNOPQRST", "BACDEFGHIJKLMNOPQRSU")
NAMES = ("card", "poster", "receipt", "badge", "chart")
SIZES = {"card": (1200, 630), "poster": (1080, 1920), "receipt": (720, 1420), "chart": (1280, 600)}
SCRIPTS = (
    *("Saturday, Probably", "Ñandú Čaj Ærø ệ", "Ελληνικά", "Українська", "אבגדה", "العربية", "हिन्दी", "বাংলা"),
    *(
        "தமிழ்",
        "తెలుగు",
        "ไทย",
        "ລາວ",
        "ខ្មែរ",
        "မြန်မာ",
        "አማርኛ",
        "中文電影",
        "简体中文",
        "日本語のカナ",
        "한국어",
    ),
)
HARD = (
    "A Title That Goes On and On (Live at the Old Observatory, Second Night) [2019 Remaster]",
    "星の降る夜に、ひとりで歩く長い道のりの果てにある小さな町の話",
    "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen",
    "أغنية البحر الطويلة (Live 2019)",
    "\x01 <script> & ]]> \ud800",
    "🔥🔥",
    "",
)


def pictures(shown: Site) -> Mapping[str, bytes]:
    """The site's pictures, by path."""
    files = Rendered(shown)
    return {path: files[path] for path in files if "pictures/" in path}


def titled(shown: Site, *titles: str) -> Site:
    """The same site, where other titles and artists took the places of its songs, in turn."""
    (shelf,) = shown.shelves

    def renamed(rank: Rank) -> Rank:
        text = titles[(rank.position - 1) % len(titles)]
        if isinstance(rank.item, Track):
            return replace(rank, item=replace(rank.item, title=text, artists=(Artist("nora", text),)))
        return rank

    charts = tuple(replace(chart, ranks=tuple(map(renamed, chart.ranks))) for chart in shelf.charts)
    return replace(shown, shelves=(replace(shelf, charts=charts),))


def size(picture: bytes) -> tuple[int, int]:
    """Width and height of a PNG."""
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


def test_every_picture_is_there_as_svg_and_png(tmp_path: Path) -> None:
    made = pictures(site_of(tmp_path, *DAYS))
    assert set(made) == {f"pictures/{name}.{kind}" for name in NAMES for kind in ("svg", "png")}
    assert {name: size(made[f"pictures/{name}.png"]) for name in SIZES} == SIZES


def test_pictures_hold_outlines_only_and_say_in_words_what_they_show(tmp_path: Path) -> None:
    made = pictures(site_of(tmp_path, *DAYS))
    for path, content in made.items():
        if path.endswith(".svg"):
            tags = {element.tag.rpartition("}")[2] for element in fromstring(content).iter()}
            assert tags <= {"svg", "title", "desc", "g", "rect", "path", "use", "defs", "clipPath"}, path
    for name in ("card", "poster", "receipt", "chart"):
        assert b"1. B" in made[f"pictures/{name}.svg"]
        assert b"nobody" in made[f"pictures/{name}.svg"]


def test_any_title_makes_pictures_and_the_same_ones_again(tmp_path: Path) -> None:
    shown = titled(site_of(tmp_path, *DAYS), *HARD)
    made = pictures(shown)
    png.cache_clear()
    assert pictures(shown) == made
    for path, content in made.items():
        if path.endswith(".svg"):
            fromstring(content)


@pytest.mark.parametrize("text", SCRIPTS)
def test_every_letter_of_the_worlds_great_scripts_is_drawn(text: str) -> None:
    assert drawable(text) == text
    assert all(home(letter) is not None for letter in text)
    assert all(glyph.number for run in line(text, 700) for glyph in run.glyphs)


def test_what_no_face_has_is_left_out_or_a_box() -> None:
    assert drawable("Fire 🔥🔥") == "Fire"
    assert drawable("🔥") == BOX
    assert drawable("𝓛𝓸𝓿𝓮") == "Love"
    assert drawable("Ա") == BOX
    assert drawable("two\nlines\x00") == "two lines"
    assert drawable("") == ""


def test_letters_run_in_the_direction_of_their_script() -> None:
    assert levels("Roads") == [0] * 5
    assert levels("אב ab 12") == [1, 1, 1, 2, 2, 2, 2, 2]
    assert levels("ab (אב) c") == [0, 0, 0, 0, 1, 1, 0, 0, 0]
    assert seen([(1, "a"), (1, "b"), (2, "c"), (2, "d"), (1, "e")]) == ["e", "c", "d", "b", "a"]


def test_marks_stay_with_their_letters_and_arabic_letters_join() -> None:
    assert len(line("e\u0301", 400)[0].glyphs) == 1  # one letter, as é
    joined, apart = (
        {glyph.number for run in line(text, 400) for glyph in run.glyphs} for text in ("سس", "س")
    )
    assert joined.isdisjoint(apart)


@pytest.mark.parametrize("title", HARD)
@pytest.mark.parametrize("width", [40.0, 300.0, 2000.0])
def test_a_line_never_leaves_its_room(title: str, width: float) -> None:
    text, height = fitted(drawable(title), 40, 700, width)
    assert measured(text, height, 700) <= width + 0.01
    assert 32 <= height <= 40


def test_a_headline_breaks_between_words_and_is_as_large_as_it_can_be() -> None:
    assert wrapped("one two three", 40, 700, measured("one two", 40, 700), 2) == ["one two", "three"]
    assert set_in("Short", 600, (90, 1), (60, 2)).size == 90
    long = set_in("A somewhat longer title of a song", 600, (90, 1), (60, 2))
    assert (long.size, len(long.lines)) == (60, 2)
    assert "".join(set_in("星" * 30, 600, (60, 3)).lines) == "星" * 30


def test_a_glyph_is_kept_once() -> None:
    ink = Ink()
    first, again = ink.text("aaa", 0, 0, 10), ink.text("a", 0, 20, 10)
    assert str(first).count("<use") == 3
    assert str(again).count('href="#g0"') == 1
    assert str(ink.outlines()).count("<path") == 1


def test_the_colours_are_those_of_the_site() -> None:
    style = (TEMPLATES / "static" / "tokens.css").read_text("utf-8")
    tokens = dict(re.findall(r"--([\w-]+): light-dark\((#[0-9a-f]{6}),", style))
    assert all(tokens[name.replace("_", "-")] == colour for name, colour in Colours()._asdict().items())


def test_a_scanner_reads_the_edition_from_the_receipt() -> None:
    bars = barcode("2026-11-20")
    read = ""
    ends = [(start, start + width) for start, width in bars]
    gaps = [after[0] - before[1] for before, after in pairwise(ends)] + [1]
    widths = [width for (_, bar), gap in zip(bars, gaps, strict=True) for width in (bar, gap)]
    for start in range(0, len(widths), 10):
        read += {code: sign for sign, code in SIGNS.items()}[
            "".join("w" if width == 3 else "n" for width in widths[start : start + 9])
        ]
    assert read == "*2026-11-20*"


def test_the_first_edition_has_no_chart_to_draw(tmp_path: Path) -> None:
    made = pictures(site_of(tmp_path, "AB"))
    assert set(made) == {f"pictures/{name}.{kind}" for name in NAMES[:-1] for kind in ("svg", "png")}


def test_pages_name_their_card_and_feed(tmp_path: Path) -> None:
    def head(shown: Site, path: str) -> dict[str, str]:
        page = parsed(Rendered(shown)[path].decode())
        metas = {e.get("property") or e.get("name") or "": e.get("content") or "" for e in page.iter("meta")}
        feeds = [e.get("href") for e in page.iter("link") if e.get("type") == "application/atom+xml"]
        return metas | {"feed": " ".join(filter(None, feeds))}

    shown = site_of(tmp_path, *DAYS)
    known = head(shown, "index.html")
    assert known["og:image"] == "https://nora.example.org/rotation/pictures/card.png"
    assert (known["twitter:card"], known["feed"]) == ("summary_large_image", "feed.atom")
    unknown = head(replace(shown, address=None), "artists/index.html")
    assert (unknown["og:image"], unknown["feed"]) == ("../pictures/card.png", "../feed.atom")


def test_with_several_listeners_each_has_pictures_and_all_have_a_card(tmp_path: Path) -> None:
    shown = site_of(tmp_path, *DAYS, listeners=2)
    made = pictures(shown)
    assert {"me/pictures/card.png", "ida/pictures/poster.svg", "pictures/badge.svg"} <= set(made)
    assert b"Me: B" in made["pictures/card.svg"]
    assert made["pictures/badge.svg"] == made["me/pictures/badge.svg"]
    pages = Rendered(shown)
    assert b"rotation/ida/pictures/card.png" in pages["ida/artists/year/index.html"]
    assert b"rotation/pictures/card.png" in pages["index.html"]


PLAYED = (
    "2025-12-31: Roads 12",
    "2026-10-05: Roads 9, Numb",
    "2026-11-03: Numb 7, Roads 2",
    "2026-11-04: Glass",
)


def test_every_month_and_year_with_enough_plays_has_a_recap_as_a_picture(tmp_path: Path) -> None:
    made = pictures(played_site(tmp_path, *PLAYED, "2026-11-05: Roads", "2027-01-01: Roads"))
    names = ("2025-12", "2025", "2026-10", "2026-11", "2026", "all-time")
    assert set(made) == {f"pictures/recap-{name}.{kind}" for name in names for kind in ("svg", "png")}
    assert size(made["pictures/recap-2026-11.png"]) == (1200, 630)


def test_with_a_second_listener_recaps_stay_where_they_stood_and_are_listed(tmp_path: Path) -> None:
    alone = played_site(tmp_path / "one", *PLAYED)
    both = played_site(tmp_path / "two", *PLAYED, listeners=2)
    former, made = pictures(alone), pictures(both)
    assert set(former) | {f"{slug}/{path}" for slug in ("me", "ida") for path in former} == set(made)
    listed = Rendered(both)["ida/api/v1/index.html"].decode()
    assert set(former) == set(re.findall(r'href="[./]*/ida/(pictures/recap-[^"]+)"', listed))
    assert 'href="plays/csv/periods.csv"' in listed
    assert 'href="plays/csv/charts-all-time.csv"' in listed


def test_a_recap_says_in_words_what_it_shows_and_is_drawn_the_same_again(tmp_path: Path) -> None:
    shown = played_site(tmp_path, *PLAYED)
    made = pictures(shown)
    png.cache_clear()
    assert pictures(shown) == made
    told = made["pictures/recap-2026-11.svg"].decode()
    assert "Recap of November 2026 so far: 10 plays so far of 3 songs by 3 artists, 33\u00a0min of" in told
    assert "Songs: 1. Numb – Band of Numb; 2. Roads – Band of Roads" in told
    assert "Artists: 1. Band of Numb, 7 plays" in told
    assert "Biggest day, 9 plays: 3 November. Longest streak, 3–4 Nov: 2 days." in told
    assert "Days with music: 1 of 1." in made["pictures/recap-2025-12.svg"].decode()
    tags = {element.tag.rpartition("}")[2] for element in fromstring(told).iter()}
    assert tags <= {"svg", "title", "desc", "g", "rect", "path", "use", "defs"}


def test_a_recap_of_hostile_and_hard_names_is_drawn(tmp_path: Path) -> None:
    songs = ", ".join(f"{title.replace(',', ' ') or 'x'} 3" for title in HARD if "\ud800" not in title)
    for path, content in pictures(played_site(tmp_path, f"2026-11-03: {songs}")).items():
        if path.endswith(".svg"):
            fromstring(content)


def test_the_page_of_a_recap_names_its_picture(tmp_path: Path) -> None:
    def image(made: Mapping[str, bytes], path: str) -> str | None:
        metas = {e.get("property"): e.get("content") for e in parsed(made[path].decode()).iter("meta")}
        return metas.get("og:image")

    made = Rendered(played_site(tmp_path, *PLAYED, "2026-11-05: Roads", "2027-01-01: Roads"))
    home = "https://nora.example.org/rotation/pictures/"
    assert image(made, "plays/2026-11/index.html") == f"{home}recap-2026-11.png"
    assert image(made, "plays/index.html") == f"{home}recap-all-time.png"
    assert image(made, "plays/2027-01/index.html") is None  # too few plays, and no chart to show instead
    assert image(made, "plays/2026-w45/index.html") is None
