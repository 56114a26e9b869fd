"""Invented covers: abstract pictures that an image's id alone decides."""

SIDE = 300


def cover(image_id: str) -> str:
    """A square SVG of 300 by 300 for this image; all sizes of one image look alike."""
    hue = int(image_id[-6:] or "0", 36) % 360
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}" width="{SIDE}" height="{SIDE}">'
        f'<rect width="{SIDE}" height="{SIDE}" fill="hsl({hue} 45% 45%)"/></svg>'
    )
