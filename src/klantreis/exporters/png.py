"""png: a picture as pixels, twice as fine as a screen, or a card for a link.

Why: to paste into mail, chat, slides or a web page, where an SVG is not taken. It is drawn from the SVG itself with the
font that comes along, so the same report gives the same pixels on every machine. Signs that font lacks (emoji,
Chinese, Arabic) are drawn with the fonts of the machine, when there are any.

Options: `scale` (default 2) pixels per unit of the picture; `card` (default no) draws 1200 × 630, the size of a preview
of a link: name, curve and the curve in a sentence; `theme` light, dark or print; `language` nl (default) or en; `view`,
`width`, `persona`, `only`, `owner`, `ours` and `scope` as in svg, where a card is always of the whole map. A picture of
over 16,000 pixels on a side is drawn smaller.

Needs: `pip install 'klantreis[png]'`. Example: `klantreis export --to png --card`. It does not fit for print or for
reading aloud: take pdf or svg.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import Path

import resvg_py

from klantreis.errors import OptionError
from klantreis.exporters.contract import View, foreign, scene_of, strange
from klantreis.exporters.svg import svg
from klantreis.findings import Finding
from klantreis.labels import Label
from klantreis.report import Report
from klantreis.scenes.card import card_scene
from klantreis.scenes.model import Scene, Words, walk
from klantreis.scenes.text import FAMILY, FONTS
from klantreis.scenes.themes import ThemeName

name = "png"
suffix = ".png"

MOST = 16_000
"""The most pixels on a side; viewers refuse more."""
TRIED = 500
"""Different signs that are tried one by one, a millisecond each; of more, the rest counts as drawn."""
UNASSIGNED = "\u0378"
"""A sign that no font has: what it looks like is what any sign looks like that cannot be drawn."""
MISSING = Label(
    "Geen lettertype op deze machine heeft deze tekens, dus ontbreken ze in het plaatje ({n}): {some}",
    "No font on this machine has these signs, so they are missing from the picture ({n}): {some}",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options(View):
    """How to draw; see the page above."""

    scale: float = 2
    card: bool = False
    theme: ThemeName = "light"


def export(report: Report, options: Options = Options()) -> bytes:
    """Returns the report's map, or its card, as a PNG file.

    Raises OptionError when `scale` is not over 0 and at most 8.
    """
    if options.card:
        scene = card_scene(report.map, report.results, report.findings, language=options.language, made=report.made)
        return pixels(scene, theme=options.theme, scale=2)
    return shown(scene_of(report, options), options)


def lost(report: Report, options: Options = Options()) -> tuple[Finding, ...]:
    """Returns which signs are missing from the picture, because no font of this machine has them; () when none is."""
    missing = undrawn(scene_of(report, options))
    return (foreign("export.png", report.map.id, MISSING, missing),) if missing else ()


def undrawn(scene: Scene) -> list[str]:
    """Returns the signs of a scene that no font of this machine has, in their order in Unicode."""
    lacked = lacking(scene)
    missing = _one(UNASSIGNED) if lacked else b""
    return [sign for sign in lacked[:TRIED] if _one(sign) == missing]


def lacking(scene: Scene) -> list[str]:
    """Returns the signs of a scene that our font cannot draw, in their order in Unicode."""
    return strange("".join(line for one in walk(scene.elements) if isinstance(one, Words) for line in one.lines))


def _one(sign: str) -> bytes:
    """One sign as a small picture of its own."""
    text = f'<text x="2" y="24" font-family="{FAMILY}" font-size="24">{escape(sign)}</text>'
    drawn = resvg_py.svg_to_bytes(
        svg_string=f'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="32">{text}</svg>',
        font_files=[str(path) for path in fonts()],
    )
    return bytes(drawn)


def shown(scene: Scene, options: Options, made: datetime | None = None) -> bytes:
    """Returns any scene as a PNG file, whenever it was `made`.

    Raises OptionError when `scale` is not over 0 and at most 8.
    """
    del made
    if not 0 < options.scale <= 8:
        raise OptionError(
            Label(
                f"Een schaal van {options.scale:g} is niet te tekenen.",
                f"A scale of {options.scale:g} cannot be drawn.",
            ),
            mend=Label("Neem een getal boven 0 en hoogstens 8.", "Take a number over 0 and up to 8."),
        )
    return pixels(scene, theme=options.theme, scale=options.scale)


def pixels(scene: Scene, *, theme: ThemeName = "light", scale: float = 2) -> bytes:
    """Returns a scene as a PNG file of `scale` pixels per unit, less when it would be over 16,000 on a side."""
    fine = min(scale, MOST / max(scene.width, scene.height, 1))
    drawn = resvg_py.svg_to_bytes(
        svg_string=svg(scene, theme=theme, embed_font=False),
        skip_system_fonts=not lacking(scene),
        font_files=[str(path) for path in fonts()],
        zoom=fine,
        languages=[scene.language],
    )
    return bytes(drawn)


def fonts() -> tuple[Path, ...]:
    """Returns the outline fonts that come along."""
    return tuple(sorted(FONTS.glob("*.otf")))
