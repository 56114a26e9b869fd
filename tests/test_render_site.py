"""The site as a folder of pages: whole, valid, safe, and the same every time."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element
from zoneinfo import ZoneInfo

import html5lib
import pytest

from generator.errors import ConfigError
from generator.model import (
    KINDS,
    SPANS,
    Album,
    Artist,
    Chart,
    Departure,
    Health,
    Item,
    Kind,
    Listener,
    Rank,
    Shelf,
    Site,
    Span,
    Track,
)
from generator.render.site import TEMPLATES, write

TITLES = (
    *("Glass Harbour", "Paper Lanterns", "Under the Ninth Bridge", "Low Tide", "Velvet Machinery"),
    'Say "Nothing" & <script>alert(1)</script>',
    "星の降る夜に",
    "أغنية البحر الطويلة",
    "A Title That Goes On and On (Live at the Old Observatory, Second Night) [2019 Remaster]",
    "\x01Bell\x07",
    "",
    "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen",
)
NAMES = ("Nora Vane", "The Lanternists", "Café Müller & Sons", "夜行列車", "MØRKE", "Ida <b>Bold</b> Holm")
EDITION = date(2026, 11, 20)


def artist(number: int) -> Artist:
    word = NAMES[number % len(NAMES)]
    return Artist(f"artist{number:02}", f"{word} {number // len(NAMES) or ''}".strip(), picture(number))


def track(number: int) -> Track:
    title = TITLES[number % len(TITLES)]
    lap = number // len(TITLES)
    artists = (artist(number), artist(number + 1))[: 1 + number % 2]
    album = Album(f"album{number:02}", f"Album of {title[:30]}", "2019", picture(number))
    return Track(f"track{number:02}", f"{title} {lap or ''}".strip(), artists, album, 187_000 + number)


def picture(number: int) -> str | None:
    return None if number % 7 == 3 else f"https://i.scdn.co/image/{number:040x}"


def item(kind: Kind, number: int) -> Item:
    return track(number) if kind == "tracks" else artist(number)


def chart(kind: Kind = "tracks", span: Span = "short_term", *, number: int = 30, length: int = 20) -> Chart:
    """A chart in which the fourth is new, the seventh is back, and two have left."""
    moves = (0, 3, -1, None, 1, -2, None, 0, 12, -1)
    ranks = tuple(
        Rank(
            n + 1,
            item(kind, n),
            moves[n % len(moves)] if number > 1 else None,
            n % 10 == 3,
            1 + n // 2,
            3 * n + 1,
        )
        for n in range(length)
    )
    departures = (Departure(14, item(kind, 40)), Departure(20, item(kind, 41))) if number > 1 else ()
    return Chart(kind, span, EDITION, number, ranks, departures)


def number_one(shown: Item) -> Rank:
    return Rank(1, shown, moved=0, is_new=False, peak=1, editions=1)


def shelf(slug: str = "me", name: str = "Nora", *, number: int = 30, notice: str | None = None) -> Shelf:
    charts = tuple(
        chart(kind, span, number=number, length=20 if kind == "tracks" else 14)
        for kind in KINDS
        for span in SPANS
    )
    commit = "https://example.org/nora/rotation/commit/abc123"
    health = Health(datetime(2026, 11, 20, 6, tzinfo=UTC), None, notice) if notice else None
    return Shelf(
        Listener(slug, name, ZoneInfo("Europe/Berlin")), charts, EDITION, number, commit, health=health
    )


def bare(slug: str = "me") -> Shelf:
    return Shelf(Listener(slug, "Nora", ZoneInfo("UTC")), (), None, 0, None)


def site(*shelves: Shelf, address: str | None = "https://nora.example.org/rotation/") -> Site:
    return Site("Nora’s heavy rotation", address, "https://example.org/nora/rotation", shelves or (shelf(),))


def built(folder: Path, shown: Site) -> dict[str, str]:
    """The pages of a site, written to the folder, by path."""
    write(shown, templates=TEMPLATES, to=folder)
    return {p.relative_to(folder).as_posix(): p.read_text() for p in sorted(folder.rglob("*.html"))}


def parsed(page: str) -> Element:
    document: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    return document


def text(page: str) -> str:
    return re.sub(r"\s+", " ", "".join(parsed(page).itertext()))


EVERY_SITE = {
    "one listener": site(),
    "first edition": site(shelf(number=1)),
    "several listeners": site(
        shelf(), shelf("ida", "Ida & <Co>", notice="Spotify did not answer."), bare("new")
    ),
    "no list": site(bare()),
    "no listener": Site("Empty", None, None, ()),
    "address unknown": site(address=None),
    "one list of six": site(replace(shelf(), charts=(chart("artists", "long_term", length=1),))),
}
every_site = pytest.mark.parametrize("shown", EVERY_SITE.values(), ids=EVERY_SITE)


@every_site
def test_every_page_is_valid_html(tmp_path: Path, shown: Site) -> None:
    for page in built(tmp_path / "site", shown).values():
        parsed(page)


@every_site
def test_every_internal_link_leads_to_a_file(tmp_path: Path, shown: Site) -> None:
    folder = tmp_path / "site"
    for path, page in built(folder, shown).items():
        for element in parsed(page).iter():
            for address in filter(None, (element.get("href"), element.get("src"))):
                if not urlsplit(address).scheme:
                    target = (folder / path).parent / urlsplit(address).path
                    assert target.resolve().is_file() or address.startswith("#"), f"{path}: {address}"


@every_site
def test_headings_come_in_order_and_ids_once(tmp_path: Path, shown: Site) -> None:
    for page in built(tmp_path / "site", shown).values():
        elements = list(parsed(page).iter())
        levels = [int(e.tag[1]) for e in elements if re.fullmatch("h[1-6]", str(e.tag))]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))
        ids = [e.get("id") for e in elements if e.get("id")]
        assert len(ids) == len(set(ids))


@every_site
def test_scripts_and_styles_come_from_the_sites_own_files(tmp_path: Path, shown: Site) -> None:
    for page in built(tmp_path / "site", shown).values():
        for element in parsed(page).iter():
            if element.tag == "script":
                assert not element.text
                assert re.fullmatch(r"(\.\./)*static/\w+\.js", element.get("src") or "")
            assert not [name for name, _ in element.items() if name == "style" or name.startswith("on")]


def test_the_front_page_lists_twenty_songs(tmp_path: Path) -> None:
    front = parsed(built(tmp_path / "site", site())["index.html"])
    ranks = [e for e in front.iter("li") if "rank" in (e.get("class") or "").split()]
    assert len(ranks) == 20
    links = {e.get("href") for e in front.iter("a")}
    assert {"https://open.spotify.com/track/track19", "https://open.spotify.com/album/album19"} <= links
    assert "https://open.spotify.com/artist/artist20" in links


def test_hostile_text_is_shown_and_never_run(tmp_path: Path) -> None:
    front = built(tmp_path / "site", site())["index.html"]
    assert "<script>" not in front
    assert 'Say "Nothing" & <script>alert(1)</script>' in text(front)
    assert "\x01" not in front


def test_equal_inputs_give_equal_bytes(tmp_path: Path) -> None:
    assert built(tmp_path / "one", site()) == built(tmp_path / "two", site())
    assert built(tmp_path / "one", site()) == built(tmp_path / "two", site())


def test_a_file_that_no_page_claims_disappears(tmp_path: Path) -> None:
    built(tmp_path / "site", site(shelf(), shelf("ida", "Ida")))
    pages = built(tmp_path / "site", site())
    assert "ida/index.html" not in pages
    assert not (tmp_path / "site" / "ida").exists()
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_the_folder_keeps_its_gitignore(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    built(folder, site())
    assert (folder / ".gitignore").read_text() == "*\n!.gitignore\n"
    (folder / ".gitignore").write_text("# mine\n*\n")
    built(folder, site())
    assert (folder / ".gitignore").read_text() == "# mine\n*\n"


def test_a_page_that_cannot_be_made_leaves_the_old_site(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    before = built(folder, site())
    with pytest.raises(ConfigError, match="slug"):
        write(site(shelf(), shelf("about", "Ida")), templates=TEMPLATES, to=folder)
    assert {p.relative_to(folder).as_posix(): p.read_text() for p in folder.rglob("*.html")} == before


def test_a_run_killed_between_the_renames_is_mended(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    built(folder, site())
    (folder / ".gitignore").write_text("# mine\n*\n")
    folder.rename(tmp_path / ".site.old")
    built(folder, site())
    assert (folder / ".gitignore").read_text() == "# mine\n*\n"
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_several_listeners_share_a_front_page_with_their_number_ones(tmp_path: Path) -> None:
    pages = built(tmp_path / "site", EVERY_SITE["several listeners"])
    front = text(pages["index.html"])
    assert "Glass Harbour" in front
    assert "Ida & <Co>" in front
    assert "Spotify did not answer." in front
    assert "me/artists/year/index.html" in pages
    assert "ida/index.html" in pages
    assert "new/index.html" not in pages


def test_without_a_list_the_front_page_says_what_happens_next(tmp_path: Path) -> None:
    pages = built(tmp_path / "site", EVERY_SITE["no list"])
    assert "What happens next" in text(pages["index.html"])
    assert set(pages) == {"index.html", "about/index.html", "404.html"}


def test_the_first_edition_flags_nothing_as_new(tmp_path: Path) -> None:
    pages = built(tmp_path / "site", site(shelf(number=1)))
    assert "NEW" not in text(pages["index.html"])
    assert 'class="move' not in pages["index.html"]


def test_movement_can_be_read_and_heard(tmp_path: Path) -> None:
    front = text(built(tmp_path / "site", site())["index.html"])
    for words in ("▲3up 3 places", "▼1down 1 place", "=same place as before", "NEWnew on the chart"):
        assert words in front
    assert "REback on the chart" in front


def test_absolute_addresses_appear_only_where_the_address_is_known(tmp_path: Path) -> None:
    known, unknown = (built(tmp_path / "site", site(address=a)) for a in ("https://n.example.org/", None))
    assert (
        '<link rel="canonical" href="https://n.example.org/artists/year/">'
        in known["artists/year/index.html"]
    )
    assert 'href="https://n.example.org/"' in known["404.html"]
    assert "canonical" not in unknown["index.html"]
    assert "<a " not in unknown["404.html"]


def test_pictures_from_this_machine_are_allowed_only_where_they_are_shown(tmp_path: Path) -> None:
    assert "127.0.0.1" not in built(tmp_path / "site", site())["index.html"]
    local = replace(artist(1), image_url="http://127.0.0.1:4030/image/1")
    only = replace(chart("artists", length=1), ranks=(number_one(local),))
    pages = built(tmp_path / "site", site(replace(shelf(), charts=(only,))))
    assert "http://127.0.0.1:*" in pages["artists/index.html"]
    assert "127.0.0.1" not in pages["index.html"]


def test_a_picture_from_a_strange_address_is_not_shown(tmp_path: Path) -> None:
    strange = replace(artist(1), image_url="javascript:alert(1)")
    only = replace(chart("artists", length=1), ranks=(number_one(strange),))
    page = built(tmp_path / "site", site(replace(shelf(), charts=(only,))))["artists/index.html"]
    assert "javascript" not in page
    assert "<img" not in page


def test_the_front_page_and_its_style_weigh_less_than_60_kilobytes(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    built(folder, site())
    front = folder / "index.html"
    styles = re.findall(r'rel="stylesheet" href="([^"]+)"', front.read_text("utf-8"))
    assert styles
    assert sum(file.stat().st_size for file in (front, *(folder / style for style in styles))) < 60_000


def test_two_processes_write_the_same_bytes_as_one(tmp_path: Path) -> None:
    sites = []
    for processes in (1, 2):
        to = tmp_path / str(processes)
        write(site(), templates=TEMPLATES, to=to, processes=processes)
        sites.append({file.relative_to(to): file.read_bytes() for file in to.rglob("*") if file.is_file()})
    assert sites[0] == sites[1]
