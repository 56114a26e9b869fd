"""Invented covers: one picture per image, the same at every size and on every day."""

from xml.etree import ElementTree as ET

import pytest

from generator.demo.catalogue import catalogue
from generator.demo.covers import COMPOSITIONS, cover

IMAGES = [album.image for album in catalogue().albums]


def test_every_cover_is_a_square_svg_without_text() -> None:
    for image in IMAGES:
        root = ET.fromstring(cover(f"ab67616d0000b273{image}"))
        assert (root.get("viewBox"), root.get("width"), root.get("height")) == ("0 0 300 300", "300", "300")
        assert len(root) > 3
        assert not list(root.itertext())


def test_all_sizes_of_one_image_show_the_same_picture() -> None:
    large, small = (cover(f"ab67616d{size}{IMAGES[0]}") for size in ("0000b273", "00004851"))
    assert large == small


def test_covers_differ() -> None:
    pictures = {cover(image) for image in IMAGES}
    assert len(pictures) > 0.95 * len(IMAGES)
    assert len(COMPOSITIONS) >= 6


@pytest.mark.parametrize("odd", ["", "x", "ünïcode", "<script>"])
def test_any_text_has_a_cover(odd: str) -> None:
    assert ET.fromstring(cover(odd)).tag.endswith("svg")
