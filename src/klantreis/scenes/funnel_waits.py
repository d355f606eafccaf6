"""How long each group of a funnel took to the last step: a median with its interval per group, on one scale."""

from __future__ import annotations

from collections.abc import Mapping

from klantreis.analyses.funnel import Funnel, ToConvert
from klantreis.labels import Label, Language
from klantreis.scenes.frame import MARGIN
from klantreis.scenes.model import Element, Group, Line, Mark
from klantreis.scenes.numbers import estimated
from klantreis.scenes.pen import NOTE, SECTION, STRONG, tall, words
from klantreis.scenes.words import say
from klantreis.stats.intervals import Estimate

MOST = 12
TITLE = Label("Hoe lang van de eerste tot de laatste stap", "How long from the first step to the last")
UNDER = Label("Mediaan met 95%-interval, van wie het haalt", "Median with 95% interval, of those who get there")
UNDER_ALL = Label(
    "Mediaan met 95%-interval, van iedereen die begon, ook wie nog bezig kan zijn (Kaplan-Meier)",
    "Median with 95% interval, of all who began, those who may still come included (Kaplan-Meier)",
)
NEVER = Label("niet de helft binnen het venster", "not half within the window")
NOBODY = Label("niemand haalt het", "nobody gets there")
EVERYBODY = Label("Iedereen", "Everybody")
TOOK = Label("Mediaan tot het einde", "Median to the end")
TOOK_ALL = Label("Ook wie nog bezig kan zijn (Kaplan-Meier)", "Those who may still come included (Kaplan-Meier)")
HEADS = (TOOK, TOOK_ALL)
GROUP_KINDS = {
    "missing": "no-value",
    "not_reached": "step-not-reached",
    "mixed": "values-differ",
    "other": "other-groups",
}
Row = tuple[str, ToConvert]


def waits_of(funnel: Funnel, names: Mapping[str, str], language: Language) -> list[Row]:
    """Returns what everybody and each group took, by what they are called; [] when there is nothing to compare."""
    if len(funnel.steps) < 2 or not funnel.groups:
        return []
    groups = [(called(one.value, one.kind, names, language), one.to_convert) for one in funnel.groups]
    return [(EVERYBODY.text(language), funnel.to_convert), *groups]


def called(value: str | None, kind: str, names: Mapping[str, str], language: Language) -> str:
    """Returns what a group is called: its value, or why it has none."""
    return names.get(value or "", value or "") or say(GROUP_KINDS[kind], language)


def cells(took: ToConvert, language: Language) -> tuple[str, str]:
    """Returns the two medians as cells of a table, beside the last step."""
    return estimated(took.median, "seconds", language), estimated(chosen(took, True), "seconds", language)


def of_all(funnel: Funnel) -> bool:
    """Says whether the medians are those of all who began: once anybody's entry is open."""
    return funnel.to_convert.median_of_all is not None


def told(took: ToConvert, among_all: bool, language: Language) -> str:
    """Returns a median in words, or why there is none."""
    found = chosen(took, among_all)
    if found.value is None:
        return (NEVER if among_all and took.median.value is not None else NOBODY).text(language)
    return estimated(found, "seconds", language)


def chosen(took: ToConvert, among_all: bool) -> Estimate:
    """Returns the median that is drawn."""
    return (took.median_of_all or Estimate(None, 0)) if among_all else took.median


def drawn(funnel: Funnel, rows: list[Row], top: float, width: float, language: Language) -> tuple[list[Element], float]:
    """Returns the rows from `top` down, everybody first and at most twelve groups, and where they end."""
    among_all = of_all(funnel)
    shown = [row for row in rows if row[0] != say("other-groups", language)][: MOST + 1]
    ends = [end for _, took in shown for end in _ends(chosen(took, among_all)) if end is not None]
    far = max(ends, default=0.0) or 1.0
    narrow = width < 560
    left = MARGIN if narrow else MARGIN + min(250.0, width * 0.26)
    right = width - MARGIN - (0 if narrow else min(290.0, width * 0.32))
    head = words(TITLE.text(language), MARGIN, top + 14, SECTION, room=width - 2 * MARGIN, most=2)
    y = top + 14 + tall(head)
    note = words(
        (UNDER_ALL if among_all else UNDER).text(language), MARGIN, y, NOTE, room=width - 2 * MARGIN, most=3
    )  # fmt: skip
    y += tall(note) + 8
    parts: list[Element] = [head, note]
    for name, took in shown:
        row, y = _row(name, took, (left, right, far), y, (among_all, narrow, width, language))
        parts.append(row)
    return parts, y


def _ends(found: Estimate) -> tuple[float | None, ...]:
    return (found.value, found.high) if found.value is not None else ()


def _row(
    name: str, took: ToConvert, scale: tuple[float, float, float], top: float, how: tuple[bool, bool, float, Language]
) -> tuple[Group, float]:
    (left, right, far), (among_all, narrow, width, language) = scale, how
    room = width - 2 * MARGIN if narrow else left - MARGIN - 16
    text = words(name, MARGIN, top, STRONG, room=room, most=2)
    middle = top + tall(text) + 8 if narrow else top + max(8.0, tall(text) / 2)
    found, said = chosen(took, among_all), told(took, among_all, language)
    parts: list[Element] = [text, Line(left, middle, right, middle, "hairline", 1, "dotted")]
    if found.value is not None:
        per = (right - left) / far
        if found.low is not None:
            high = far if found.high is None else found.high
            parts.append(Line(left + found.low * per, middle, left + high * per, middle, "measured", 2.2))
        parts.append(Mark("filled-circle", left + found.value * per, middle, 9, "measured"))
    at = (MARGIN, middle + 8) if narrow else (right + 14, middle - 7)
    parts.append(words(said, at[0], at[1], NOTE, room=width - MARGIN - at[0], most=1))
    after = at[1] + 24 if narrow else top + max(tall(text), 16.0) + 9
    return Group("wait", tuple(parts), name, f"{name}: {said}"), after
