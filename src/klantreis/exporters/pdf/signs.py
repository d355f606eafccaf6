"""Which signs of a document a machine can draw: those of our own font, and those of the fonts it has."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

import typst

from klantreis.exporters.pdf.source import known_signs
from klantreis.scenes.text import FAMILY, FONTS

FEW = 2000
"""Different signs that are tried; of more, only those of our own font are sure."""

JOINERS = frozenset("\u200c\u200d\ufe0e\ufe0f")
"""Signs without a shape that join the signs beside them, or say how they look."""


def spared(draw: Callable[[frozenset[str] | None], str]) -> str:
    """Returns what `draw` makes with all signs that some font has, so that only the others become □."""
    foreign = _foreign(draw(None))
    return draw(known_signs() | _drawable(foreign))


def undrawn(signs: Collection[str]) -> list[str]:
    """Returns the signs that no font of this machine has, in their order in Unicode."""
    foreign = _foreign(signs)
    drawn = _drawable(foreign)
    return [sign for sign in foreign if sign not in drawn]


def _foreign(signs: Collection[str]) -> list[str]:
    strange = set(signs) - known_signs()
    return sorted(sign for sign in strange if sign in JOINERS or (sign.isprintable() and not sign.isspace()))


def _drawable(signs: Sequence[str]) -> frozenset[str]:
    if not signs or len(signs) > FEW:
        return frozenset()
    return frozenset(_taken(signs, typst.Fonts(font_paths=[str(FONTS)])))


def _taken(signs: Sequence[str], fonts: typst.Fonts) -> list[str]:
    """Those that the writer takes: all at once, else each half by itself, for neighbours are of one script."""
    if _takes(signs, fonts):
        return list(signs)
    half = len(signs) // 2
    return [*_taken(signs[:half], fonts), *_taken(signs[half:], fonts)] if half else []


def _takes(signs: Sequence[str], fonts: typst.Fonts) -> bool:
    shown = " ".join(signs).replace("\\", "\\\\").replace('"', '\\"')
    source = f'#set document(title: "t")\n#set text(lang: "nl", font: "{FAMILY}")\n#text("{shown}")'
    try:
        typst.Compiler(source.encode(), font_paths=fonts).compile(format="pdf", pdf_standards="ua-1")
    except typst.TypstError:
        return False
    return True
