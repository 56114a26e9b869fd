"""Jinja as our templates want it: an unknown name is an error, and what is printed is clean and escaped."""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

from generator.render.cards.cards import has_card
from generator.render.filters import FILTERS, FORBIDDEN, clean
from generator.render.plays import looks

NOT_AS_IT_IS = re.compile(f"[&<>\"'{FORBIDDEN}]")


class Compiler(CodeGenerator):
    """Jinja's compiler, but for what pages do by the million, which it writes as plain Python.

    A text is printed without an object of its own; `a.b` is an attribute, never a key, which is `a["b"]`.
    """

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - the name is Jinja's
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_CondExpr(self, node: nodes.CondExpr, frame: Frame) -> None:  # noqa: N802
        if node.expr2 is None:
            node.expr2 = nodes.Const("")  # Jinja's is an object that explains itself
        super().visit_CondExpr(node, frame)

    def _output_child_pre(self, *_: object) -> None:
        self.write("environment.printed(")

    def _output_child_post(self, *_: object) -> None:
        self.write(")")


class OurEnvironment(Environment):
    """Jinja's environment with our compiler, and with what its code prints by."""

    code_generator_class = Compiler

    @staticmethod
    def printed(value: object) -> str:
        """What stands in the page: a text clean and escaped, markup as it is."""
        if type(value) is str:
            return value if NOT_AS_IT_IS.search(value) is None else escape(clean(value))
        if type(value) is int:
            return str(value)
        return value if type(value) is Markup else escape(value)


@cache
def make_environment(templates: Path) -> Environment:
    """The environment that renders the templates of this folder.

    One for all builds of a process: to read all templates takes a second.
    """
    environment = OurEnvironment(
        loader=FileSystemLoader(templates),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters.update({filter_.__name__: filter_ for filter_ in (*FILTERS, *looks.FILTERS)})
    # The 404 page can link to no style sheet, since it does not know its depth: it carries its own.
    style = (templates / "static" / "tokens.css").read_text("utf-8") + (templates / "404.css").read_text(
        "utf-8"
    )
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    environment.globals.update(alone_style=style, alone_hash=digest, has_card=has_card, **looks.GLOBALS)
    return environment
