"""The marks on the curve that can be moved: sliders put over the picture, which stays as the layout engine drew it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from klantreis.editor.words import feeling, say
from klantreis.exporters.html.markup import Markup, anchor, el
from klantreis.labels import Language, mentioned
from klantreis.scenes.journey.columns import Column
from klantreis.scenes.model import Box, Element, Group, Line, Scene, walk


@dataclass(frozen=True, slots=True)
class Axis:
    """The y of +2 and of −2 in the picture."""

    top: float
    bottom: float

    def y(self, feel: float) -> float:
        """Returns the y of a feeling."""
        return self.top + (2 - min(2.0, max(-2.0, feel))) / 4 * (self.bottom - self.top)


def axis_of(scene: Scene) -> Axis | None:
    """Returns where the curve's axis stands in a picture of a map; None when it has no curve."""
    found = [one for group in _groups(scene.elements, "axis") for one in walk(group.children) if isinstance(one, Line)]
    high = [line.y1 for line in found if line.y1 == line.y2]
    return Axis(min(high), max(high)) if high else None


def quiet(element: Element) -> Element:
    """Returns the same element without stops for the keyboard: the marks and the list below have them."""
    if not isinstance(element, Group):
        return element
    return replace(element, children=tuple(quiet(child) for child in element.children), focus=False)


def marks(scene: Scene, columns: Sequence[Column], names: Mapping[str, str], language: Language) -> Markup:
    """Returns a slider for each column of the picture as SVG, to be put in it last; '' when it has no curve."""
    axis, middles = axis_of(scene), _middles(scene)
    if axis is None:
        return Markup("")
    found = [_mark(one, middles[one.id], axis, names[one.id], language) for one in columns if one.id in middles]
    return el("g", *found, id="marks", data_top=f"{axis.top:.2f}", data_bottom=f"{axis.bottom:.2f}")


def _mark(column: Column, x: float, axis: Axis, name: str, language: Language) -> Markup:
    word = column.step.word.text(language) if column.step else ""
    said = ", ".join(filter(None, (feeling(column.feel, language), word)))
    return el(
        "g",
        el("circle", r="12", class_="ring"),
        id=anchor(f"mark-{column.id}"), class_="mark" if column.feel is not None else "mark unsaid",
        role="slider", tabindex="0", aria_orientation="vertical", aria_valuemin="-2", aria_valuemax="2",
        aria_valuenow=f"{column.feel or 0:g}", aria_valuetext=said,
        aria_label=f"{say('feel', language)} {say('at', language, step=mentioned(name))}",
        data_step=column.id, data_word=word, data_ask=say("ask-word", language, step=mentioned(name)),
        transform=f"translate({x:.2f} {axis.y(column.feel or 0):.2f})", data_x=f"{x:.2f}",
    )  # fmt: skip


def _middles(scene: Scene) -> dict[str, float]:
    """The x of the middle of each step's box."""
    found: dict[str, float] = {}
    for group in _groups(scene.elements, "step"):
        box = next((one for one in walk(group.children) if isinstance(one, Box)), None)
        if box is not None and group.id:
            found.setdefault(group.id, box.x + box.width / 2)
    return found


def _groups(elements: Sequence[Element], kind: str) -> Iterator[Group]:
    return (one for one in walk(tuple(elements)) if isinstance(one, Group) and one.kind == kind)
