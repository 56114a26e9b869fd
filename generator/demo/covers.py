"""Invented covers: abstract pictures that an image's id alone decides."""

from collections.abc import Callable
from typing import Final

from generator.demo.catalogue import Dice

SIDE = 300
MIDDLE = SIDE // 2
OF_PICTURE = 24  # the last so many characters of an id name the picture, those before them its size

# The first colour is the ground.
PALETTES: Final = (
    ("#f4e9d8", "#d1495b", "#edae49", "#00798c", "#30323d"),
    ("#12263a", "#f4b860", "#c83e4d", "#f4d6cc", "#06bcc1"),
    ("#fdf0d5", "#003049", "#c1121f", "#669bbc", "#780000"),
    ("#2b2d42", "#ef8354", "#bfc0c0", "#4f5d75", "#f7ede2"),
    ("#e8e4d9", "#344e41", "#a3b18a", "#dda15e", "#bc6c25"),
    ("#1d1e2c", "#ac9fbb", "#ddbdd5", "#f7ebec", "#59656f"),
    ("#ffe5d9", "#9d8189", "#f4acb7", "#d8e2dc", "#5e548e"),
    ("#0b3954", "#bfd7ea", "#ff6663", "#e0ff4f", "#fefffe"),
    ("#f6f4f3", "#254441", "#43aa8b", "#b2b09b", "#ef3054"),
    ("#22181c", "#5a0001", "#f13030", "#f45b69", "#f6e8ea"),
    ("#d8e2dc", "#2a4494", "#f2c14e", "#f78154", "#4d9078"),
    ("#31263e", "#f2cc8f", "#e07a5f", "#81b29a", "#f4f1de"),
)


def cover(image_id: str) -> str:
    """A square SVG of 300 by 300 for this image; all sizes of one picture look alike."""
    dice = Dice(f"cover/{image_id[-OF_PICTURE:]}")
    ground, *colours = dice.among(PALETTES)
    turn = dice.below(len(colours))
    shapes = dice.among(COMPOSITIONS)(dice, colours[turn:] + colours[:turn])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}" width="{SIDE}" height="{SIDE}">'
        f"{box(0, 0, SIDE, SIDE, ground)}{''.join(shapes)}</svg>"
    )


def box(x: int, y: int, width: int, height: int, colour: str) -> str:
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{colour}"/>'


def disc(x: int, y: int, radius: int, colour: str) -> str:
    return f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{colour}"/>'


def path(line: str, colour: str) -> str:
    return f'<path d="{line}" fill="{colour}"/>'


def sun(dice: Dice, colours: list[str]) -> list[str]:
    """A disc that sinks into stripes."""
    level, gap = 150 + dice.below(60), 10 + dice.below(10)
    stripes = [
        box(0, y, SIDE, gap - (SIDE - y) * gap // 400, colours[1 + place % 2])
        for place, y in enumerate(range(level, SIDE, gap))
    ]
    return [disc(100 + dice.below(100), level - dice.below(40), 70 + dice.below(30), colours[0]), *stripes]


def rings(dice: Dice, colours: list[str]) -> list[str]:
    """Discs on one another, each a little aside."""
    x, y, radius = 90 + dice.below(120), 90 + dice.below(120), 200
    shapes = []
    for place in range(4 + dice.below(4)):
        shapes.append(disc(x, y, radius, colours[place % len(colours)]))
        x, y, radius = x + dice.below(15) - 7, y + dice.below(15) - 7, radius * 3 // 4
    return shapes


def tiles(dice: Dice, colours: list[str]) -> list[str]:
    """A grid of quarter discs, each turned as it likes."""
    side = SIDE // (3 + dice.below(2))
    corners = ((0, 0), (1, 0), (1, 1), (0, 1))
    shapes = []
    for x in range(0, SIDE, side):
        for y in range(0, SIDE, side):
            turn = dice.below(4)
            (ax, ay), (bx, by), (cx, cy) = (corners[(turn + step) % 4] for step in (0, 1, 3))
            a, b, c = ((x + px * side, y + py * side) for px, py in ((ax, ay), (bx, by), (cx, cy)))
            quarter = f"M{a[0]} {a[1]}L{b[0]} {b[1]}A{side} {side} 0 0 1 {c[0]} {c[1]}Z"
            shapes += [box(x, y, side, side, dice.among(colours)), path(quarter, dice.among(colours))]
    return shapes


def hills(dice: Dice, colours: list[str]) -> list[str]:
    """Ranges of hills, the nearer the lower, and something in the sky."""
    shapes = [disc(60 + dice.below(180), 50 + dice.below(50), 18 + dice.below(26), colours[-1])]
    for place, colour in enumerate(colours[:3]):
        base = 130 + place * 55
        left, crest, right = (base - 40 + dice.below(60) for _ in range(3))
        middle = 100 + dice.below(100)
        shapes.append(
            path(f"M0 {left}Q{middle // 2} {crest - 40} {middle} {base}T{SIDE} {right}V{SIDE}H0Z", colour)
        )
    return shapes


def bands(dice: Dice, colours: list[str]) -> list[str]:
    """Slanting bands of unequal width."""
    shapes, x, lean = [], -120, 60 + dice.below(120)
    while x < SIDE:
        width = 14 + dice.below(48)
        shapes.append(path(f"M{x} {SIDE}l{lean} -{SIDE}h{width}l-{lean} {SIDE}Z", dice.among(colours)))
        x += width + 10 + dice.below(40)
    return shapes


def dots(dice: Dice, colours: list[str]) -> list[str]:
    """Rows of dots that swell and shrink, and one of another colour."""
    across = 5 + dice.below(4)
    step, odd = SIDE // across, dice.below(across * across)
    biggest = [dice.below(across) for _ in range(2)]
    return [
        disc(
            step // 2 + column * step,
            step // 2 + row * step,
            max(
                3, step * (across + 1 - abs(column - biggest[0]) - abs(row - biggest[1])) // (2 * across + 4)
            ),
            colours[1] if row * across + column == odd else colours[0],
        )
        for row in range(across)
        for column in range(across)
    ]


def arches(dice: Dice, colours: list[str]) -> list[str]:
    """Arches in arches, as in a hall."""
    foot, shapes = 250 + dice.below(51), []
    for place, half in enumerate(range(120, 15, -24 - dice.below(8))):
        line = f"M{MIDDLE - half} {foot}V{MIDDLE}a{half} {half} 0 0 1 {2 * half} 0V{foot}Z"
        shapes.append(path(line, colours[place % len(colours)]))
    return shapes


def blocks(dice: Dice, colours: list[str]) -> list[str]:
    """A few large planes that leave a margin, and a disc across them."""
    margin, x, y = 20 + dice.below(20), 90 + dice.below(120), 90 + dice.below(120)
    far = SIDE - margin
    planes = (
        (margin, margin, x - margin, y - margin),
        (x, margin, far - x, y - margin),
        (margin, y, x - margin, far - y),
        (x, y, far - x, far - y),
    )
    start = dice.below(4)
    shapes = [box(*plane, colours[(start + place) % 4]) for place, plane in enumerate(planes)]
    return [*shapes, disc(x, y, 26 + dice.below(34), colours[(start + 2) % 4])]


def waves(dice: Dice, colours: list[str]) -> list[str]:
    """Swell upon swell, down to the edge."""
    length, height = 50 + dice.below(60), 14 + dice.below(22)
    shapes = []
    for place, y in enumerate(range(60 + dice.below(50), SIDE + height, 26 + dice.below(20))):
        start = -dice.below(2 * length)
        swell = f"q{length // 2} -{height} {length} 0" + f"t{length} 0" * (SIDE // length + 3)
        shapes.append(path(f"M{start} {y}{swell}V{SIDE}H{start}Z", colours[place % len(colours)]))
    return shapes


COMPOSITIONS: tuple[Callable[[Dice, list[str]], list[str]], ...] = (
    sun,
    rings,
    tiles,
    hills,
    bands,
    dots,
    arches,
    blocks,
    waves,
)
