"""Pictures as pixels, for places that show no SVG."""

from functools import lru_cache

import resvg_py


@lru_cache(maxsize=64)
def png(drawing: str, zoom: int = 1) -> bytes:
    """The drawing as a PNG. It holds outlines instead of text, so no font of the machine is asked for."""
    return resvg_py.svg_to_bytes(svg_string=drawing, skip_system_fonts=True, zoom=zoom)
