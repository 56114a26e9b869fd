"""What our compiler of templates prints is what Jinja's prints; only sooner."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, UndefinedError
from jinja2.compiler import CodeGenerator
from markupsafe import Markup
from played_sites import played_site

from generator.model import Site
from generator.render.contents import PAGES
from generator.render.environment import make_environment
from generator.render.filters import clean
from generator.render.pages.file import File
from generator.render.site import TEMPLATES, files_of


def printed(template: str, **values: object) -> str:
    return make_environment(TEMPLATES).from_string(template).render(values)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Plain, 1.5 – ok", "Plain, 1.5 – ok"),
        ('<b> & "it\'s"', "&lt;b&gt; &amp; &#34;it&#39;s&#34;"),
        ("a\x00b\x1f<\ud800", "ab&lt;"),
        (Markup("<b>&amp;</b>"), "<b>&amp;</b>"),
        (1234, "1234"),
        (1.5, "1.5"),
        (True, "True"),
        (None, "None"),
        ("", ""),
    ],
)
def test_texts_are_clean_and_escaped_and_markup_stays(value: object, text: str) -> None:
    assert printed("{{ value }}", value=value) == text
    assert printed("{% set kept %}{{ value }}{% endset %}{{ kept }}", value=value) == text


def test_a_choice_without_another_prints_nothing() -> None:
    assert printed("[{{ 'x' if known }}]", known=False) == "[]"


def test_an_unknown_name_and_an_unknown_attribute_are_errors() -> None:
    with pytest.raises(UndefinedError):
        printed("{{ nobody }}")
    with pytest.raises(UndefinedError):
        printed("{{ nobody.name }}")
    with pytest.raises(AttributeError):
        printed("{{ value.nothing }}", value=1)


def test_every_page_and_drawing_is_what_jinjas_own_compiler_makes_of_it(tmp_path: Path) -> None:
    gap = [("2025-12-20", "2025-12-22")]
    days = ("2025-11-30: Roads 3, <b>Numb</b> by Mossfen & Co 2", "2026-01-03: Roads 2, ~Teardrop, ?It's, !x")
    shown = played_site(tmp_path, *days, lists=["2026-01-04: Roads, Numb", "2026-01-05: Numb"], gaps=gap)
    plain = make_environment.__wrapped__(TEMPLATES)
    plain.code_generator_class = CodeGenerator
    plain.finalize = lambda value: clean(value) if type(value) is str else value
    ours, theirs = (dict(drawn(environment, shown)) for environment in (make_environment(TEMPLATES), plain))
    assert len(ours) > 50
    assert ours == theirs


def drawn(environment: Environment, shown: Site) -> Iterator[tuple[str, bytes]]:
    """Everything that a template makes, by path."""
    for make in PAGES:
        for made in make(shown):
            if not isinstance(made, File):
                yield from files_of(environment, shown, made)
