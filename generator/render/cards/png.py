"""Pictures as pixels, for places that show no SVG."""

from functools import lru_cache

from resvg import render, usvg

OPTIONS = usvg.Options.default()  # with no font: a drawing holds outlines instead of text


@lru_cache(maxsize=64)
def png(drawing: str, zoom: int = 1) -> bytes:
    """The drawing as a PNG, each unit of it `zoom` pixels wide and high."""
    tree = usvg.Tree.from_str(drawing, OPTIONS)
    width, height = tree.int_size()
    return render(tree, (zoom, 0, 0, 0, zoom, 0), bg_size=(zoom * width, zoom * height))
