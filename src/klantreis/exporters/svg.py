"""svg: a picture as a self-contained SVG, sharp at any size.

Why: it opens in any browser and drawing program, prints without loss and can be read aloud: it has a title, a
description, and every step, point and card is a named group with the id it has on the map, in reading order. Its font
is inside. It holds no script and asks nothing of the network.

Options: `theme` light, dark, print (grey) or auto (light or dark as the reader's screen asks); `embed_font` (default
yes) puts the font inside; `id_prefix` keeps ids apart when several pictures share a page; `language` nl (default) or
en; `width` in pixels (default 1680; a map that needs more room takes it); `persona` names whom it is about;
`view` map (default), compact, print (one sheet of A3), time, ideal, blueprint, matrix, strengths (one sheet of A4) or
means; `only` a phase, for means; `owner` shows only the work of one team, `ours` leaves out the steps that are not
ours to change, and `scope` (to_purchase, from_purchase) shows one stretch, in views of the map.

Example: `klantreis draw kaart.reis.yaml --out kaart.svg`. It does not fit where a picture must be pasted as pixels:
take png.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import Literal

from klantreis.exporters.contract import View, foreign, scene_of, strange
from klantreis.findings import Finding
from klantreis.labels import Label
from klantreis.report import Report
from klantreis.scenes import model
from klantreis.scenes.marks import FILLED, placed
from klantreis.scenes.text import FAMILY, FONTS, clean
from klantreis.scenes.themes import DARK, LIGHT, THEMES

name = "svg"
suffix = ".svg"
ThemeChoice = Literal["light", "dark", "print", "auto"]

THEIRS = Label(
    "Deze tekens staan niet in het lettertype van de SVG: wie hem opent heeft er zelf een voor nodig ({n}): {some}",
    "These signs are not in the font of the SVG: who opens it needs one of their own that has them ({n}): {some}",
)

_FACES = {"400": (400, "normal"), "400i": (400, "italic"), "600": (600, "normal"), "700": (700, "normal")}
_DASHES = {
    "solid": "",
    "dashed": ' stroke-dasharray="6 4"',
    "dotted": ' stroke-dasharray="0.1 5" stroke-linecap="round"',
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Options(View):
    """How to write the SVG; see the page above."""

    theme: ThemeChoice = "light"
    embed_font: bool = True
    id_prefix: str = ""


def export(report: Report, options: Options = Options()) -> bytes:
    """Returns the report's map as an SVG file in UTF-8; a map that was never measured is drawn as assumed."""
    return shown(scene_of(report, options), options)


def lost(report: Report, options: Options = Options()) -> tuple[Finding, ...]:
    """Returns which signs the font inside lacks, so that the reader's own fonts must draw them; () when it has all."""
    return theirs(svg(scene_of(report, options), embed_font=False), report.map.id)


def theirs(drawn: str, map_: str) -> tuple[Finding, ...]:
    """Returns the same of an SVG of a map as text."""
    signs = strange(unescape(re.sub(r"<style.*?</style>|<[^>]*>", " ", drawn, flags=re.DOTALL)))
    return (foreign("export.svg", map_, THEIRS, signs, level="hint"),) if signs else ()


def shown(scene: model.Scene, options: Options, made: datetime | None = None) -> bytes:
    """Returns any scene as an SVG file in UTF-8; it holds no moment of its own, so `made` is for other formats."""
    del made
    return svg(scene, theme=options.theme, embed_font=options.embed_font, id_prefix=options.id_prefix).encode()


def svg(
    scene: model.Scene,
    *,
    theme: ThemeChoice = "light",
    embed_font: bool = True,
    id_prefix: str = "",
    embed_style: bool = True,
) -> str:
    """Returns a scene as SVG text.

    With theme 'auto' colours are CSS variables: `stylesheet()` resolves them, inside the SVG or, with `embed_style`
    False, once in the page around it. `id_prefix` '' takes the scene's name. Shapes and texts stay in reading order;
    groups with a label are named for listeners, and those in focus order can be reached with the Tab key.
    """
    pen = _Pen(theme, (id_prefix or scene.name) + "-", scene.language, {})
    head = _head(scene, pen, _styles(theme, scene, embed_font, embed_style))
    body = "".join(pen.draw(element) for element in scene.elements)
    return f"{head}{body}</svg>\n"


def stylesheet() -> str:
    """Returns the CSS that gives roles their colours for theme 'auto'.

    Dark follows the reader's screen, unless an element around it says data-theme="light" or "dark"; paper is light.
    """
    light = _variables(LIGHT)
    dark = _variables(DARK)
    return (
        f":root,:host{{{light}}}"
        f'@media screen and (prefers-color-scheme:dark){{:root:not([data-theme="light"]){{{dark}}}}}'
        f'@media screen{{:root[data-theme="dark"]{{{dark}}}}}'
        f".kg:focus{{outline:none}}.kg:focus-visible{{outline:2px solid var(--k-good);outline-offset:3px}}"
    )


def font_faces(faces: frozenset[str] = frozenset(_FACES)) -> str:
    """Returns @font-face rules with the fonts inside, for the faces named ('400', '400i', '600', '700')."""
    return "".join(_font_face(face) for face in _FACES if face in faces)


def _font_face(face: str) -> str:
    weight, style = _FACES[face]
    data = base64.b64encode((FONTS / f"klantreis-sans-{face}.woff2").read_bytes()).decode()
    return (
        f"@font-face{{font-family:'{FAMILY}';font-weight:{weight};font-style:{style};"
        f"src:url(data:font/woff2;base64,{data}) format('woff2')}}"
    )


def _variables(theme: Mapping[model.Role, str]) -> str:
    return "".join(f"--k-{role}:{colour};" for role, colour in theme.items())


def _styles(theme: ThemeChoice, scene: model.Scene, embed_font: bool, embed_style: bool) -> str:
    used = frozenset(
        "400i" if words.italic else str(words.weight)
        for words in model.walk(scene.elements)
        if isinstance(words, model.Words)
    )
    rules = font_faces(used) if embed_font else ""
    rules += stylesheet() if theme == "auto" and embed_style else ""
    return f"<style>{rules}</style>" if rules else ""


def _head(scene: model.Scene, pen: _Pen, styles: str) -> str:
    own = pen.prefix
    hatch = (
        f'<pattern id="{own}hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="5" height="5"{pen.fill("paper")}/>'
        f'<line x1="0" y1="0" x2="0" y2="5" stroke-width="2.4"{pen.stroke("strong")}/></pattern>'
    )
    arrow = (
        f'<marker id="{own}arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" '
        f'markerUnits="userSpaceOnUse" orient="auto"><path d="M0,0.8L7.4,4L0,7.2Z"{pen.fill("muted")}/></marker>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" id="{own}scene" '
        f'width="{_n(scene.width)}" height="{_n(scene.height)}" '
        f'viewBox="0 0 {_n(scene.width)} {_n(scene.height)}" lang="{scene.language}" role="graphics-document" '
        f'aria-labelledby="{own}title" aria-describedby="{own}desc" '
        f"font-family=\"'{FAMILY}', Inter, 'Segoe UI', Helvetica, Arial, sans-serif\">"
        f'<title id="{own}title">{escaped(scene.title)}</title><desc id="{own}desc">{escaped(scene.description)}</desc>'
        f"<defs>{styles}{hatch}{arrow}</defs>"
        f'<rect width="{_n(scene.width)}" height="{_n(scene.height)}"{pen.fill("paper")}/>\n'
    )


def escaped(text: str) -> str:
    """Returns text that is safe inside markup and in an attribute."""
    safe = clean(text)
    for sign, code in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#39;")):
        safe = safe.replace(sign, code)
    return safe


@dataclass(frozen=True, slots=True)
class _Pen:
    """Draws elements in one theme, with one prefix for ids; `taken` counts ids, so that none is given twice."""

    theme: ThemeChoice
    prefix: str
    language: str
    taken: dict[str, int]

    def draw(self, element: model.Element) -> str:
        draws: dict[type, Callable[..., str]] = {
            model.Words: self.words, model.Box: self.box, model.Line: self.line, model.Curve: self.curve,
            model.Area: self.area, model.Mark: self.mark, model.Picture: self.picture,
            model.Group: self.group,
        }  # fmt: skip
        return draws[type(element)](element)

    def fill(self, role: model.Role | None) -> str:
        return self._paint("fill", role)

    def stroke(self, role: model.Role | None) -> str:
        return self._paint("stroke", role) if role else ""

    def _paint(self, what: str, role: model.Role | None) -> str:
        if role is None:
            return f' {what}="none"'
        if self.theme == "auto":
            return f' {what}="var(--k-{role},{LIGHT[role]})"'
        return f' {what}="{THEMES[self.theme][role]}"'

    def _pair(self, fill: model.Role | None, stroke: model.Role | None, pattern: str = "plain") -> str:
        paint = f' fill="url(#{self.prefix}hatch)"' if pattern == "hatch" else self.fill(fill)
        return paint + self.stroke(stroke)

    def words(self, words: model.Words) -> str:
        lines = words.lines if len(words.lines) > 1 else ()
        spans = " ".join(  # a space, so that lines read and copy as words
            f'<tspan x="{_n(words.x)}" y="{_n(words.y + row * words.leading)}">{escaped(line)}</tspan>'
            for row, line in enumerate(lines)
        )
        look = f' font-size="{_n(words.size)}"' + (f' font-weight="{words.weight}"' if words.weight != 400 else "")
        look += f' text-anchor="{words.anchor}"' if words.anchor != "start" else ""
        look += ' font-style="italic"' if words.italic else ""
        look += f' lang="{words.language}"' if words.language and words.language != self.language else ""
        look += (
            f' paint-order="stroke" stroke-width="4" stroke-linejoin="round"{self.stroke("paper")}'
            if words.halo
            else ""
        )
        whole = f"<title>{escaped(words.full)}</title>" if words.full else ""
        text = spans or escaped("".join(words.lines))
        return f'<text x="{_n(words.x)}" y="{_n(words.y)}"{look}{self.fill(words.role)}>{whole}{text}</text>\n'

    def box(self, box: model.Box) -> str:
        edge = f' stroke-width="{_n(box.stroke_width)}"{_DASHES[box.dash]}' if box.stroke else ""
        round_ = f' rx="{_n(box.radius)}"' if box.radius else ""
        return (
            f'<rect x="{_n(box.x)}" y="{_n(box.y)}" width="{_n(max(0, box.width))}" height="{_n(max(0, box.height))}"'
            f"{round_}{self._pair(box.fill, box.stroke, box.pattern)}{edge}/>\n"
        )

    def line(self, line: model.Line) -> str:
        spots = f'x1="{_n(line.x1)}" y1="{_n(line.y1)}" x2="{_n(line.x2)}" y2="{_n(line.y2)}"'
        return f'<line {spots} stroke-width="{_n(line.width)}"{_DASHES[line.dash]}{self.stroke(line.stroke)}/>\n'

    def curve(self, curve: model.Curve) -> str:
        end = f' marker-end="url(#{self.prefix}arrow)"' if curve.arrow else ""
        return (
            f'<path d="{path_data(curve.path)}" fill="none" stroke-width="{_n(curve.width)}" stroke-linejoin="round"'
            f"{_DASHES[curve.dash]}{self.stroke(curve.stroke)}{end}/>\n"
        )

    def area(self, area: model.Area) -> str:
        return f'<path d="{path_data(area.path)}"{self._pair(area.fill, None, area.pattern)}/>\n'

    def mark(self, mark: model.Mark) -> str:
        data = path_data(placed(mark.shape, mark.x, mark.y, mark.size))
        if mark.shape in FILLED:
            edge = f' stroke-width="{_n(mark.stroke_width)}"' if mark.stroke else ""
            return f'<path d="{data}"{self._pair(mark.fill, mark.stroke)}{edge} stroke-linejoin="round"/>\n'
        return (
            f'<path d="{data}" fill="none" stroke-width="{_n(mark.stroke_width)}" stroke-linecap="round" '
            f'stroke-linejoin="round"{self.stroke(mark.stroke or mark.fill)}/>\n'
        )

    def picture(self, picture: model.Picture) -> str:
        data = base64.b64encode(picture.image.data).decode()
        spots = f'x="{_n(picture.x)}" y="{_n(picture.y)}" width="{_n(picture.width)}" height="{_n(picture.height)}"'
        heard = f' role="img" aria-label="{escaped(picture.alt)}"' if picture.alt else ' aria-hidden="true"'
        return f'<image {spots}{heard} href="data:{picture.image.media};base64,{data}"/>\n'

    def group(self, group: model.Group) -> str:
        inner = "".join(self.draw(child) for child in group.children)
        tag, href = ("a", f' href="{escaped(group.link)}"') if _safe(group.link) and group.link else ("g", "")
        return f"<{tag}{href}{self._named(group)}>{self._title(group)}{inner}</{tag}>\n"

    def _named(self, group: model.Group) -> str:
        own = f' id="{self._id(group)}" data-id="{escaped(group.id)}"' if group.id else ""
        role = "graphics-symbol" if group.focus else "graphics-object"
        heard = f' role="{role}"' if group.label and not _safe(group.link) else ""  # a link keeps its own role
        heard += f' aria-label="{escaped(". ".join(filter(None, (group.label, group.detail))))}"' if group.label else ""
        stop = ' tabindex="0" class="kg"' if group.focus else ""
        return f' data-kind="{escaped(group.kind)}"{own}{heard}{stop}'

    def _title(self, group: model.Group) -> str:
        return f"<title>{escaped(group.detail)}</title>" if group.detail else ""

    def _id(self, group: model.Group) -> str:
        wanted = re.sub(r"[^\w.-]", "_", clean(f"{self.prefix}{group.kind}-{group.id}"))
        self.taken[wanted] = self.taken.get(wanted, 0) + 1
        return wanted if self.taken[wanted] == 1 else f"{wanted}~{self.taken[wanted]}"


def _safe(link: str | None) -> bool:
    """Whether a link is an anchor, a path beside this file, a web address or a mail address: never one that runs."""
    return bool(re.fullmatch(r"(#|https?://|mailto:)[^\s\x00-\x1f]+|[\w./%-]+([#?][^\s\x00-\x1f]*)?", link or ""))


def path_data(path: model.Path) -> str:
    """Returns an outline as the text of an SVG path."""
    return "".join(f"{command}{','.join(_n(value) for value in values)}" for command, values in path)


def _n(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text
