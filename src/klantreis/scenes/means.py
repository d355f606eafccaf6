"""What helps customers on in each phase: means, actions, content, offers; and where something is still missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from klantreis.errors import OptionError, did_you_mean
from klantreis.labels import Label, Language
from klantreis.map.model import JourneyMap, Phase
from klantreis.map.stages import Lever
from klantreis.scenes.frame import MARGIN, framed, nothing
from klantreis.scenes.model import Box, Element, Group, Line, Mark, Role, Scene
from klantreis.scenes.names import with_model
from klantreis.scenes.pen import BODY, NOTE, NOTE_STRONG, SECTION, Ink, tall, words
from klantreis.scenes.table import Table, table
from klantreis.scenes.words import named, say

WIDE = 960.0
PHASE, GAPS, BETWEEN = 196.0, 216.0, 22.0
"""How wide the first and the last column are; the two between them share the rest."""


@dataclass(frozen=True, slots=True)
class Means:
    """One thing that helps on, or that is missing: its kind (a text of ours), its id on the map, and its words."""

    kind: str
    id: str
    text: str
    more: str = ""


def means_scene(map_: JourneyMap, *, language: Language, only: str | None = None, width: float = WIDE) -> Scene:
    """Returns the library of means, a band per phase; `only`: the phase with this id or name.

    Missing are: a phase without any means, a question without content, a barrier without an opportunity. Raises
    OptionError with the nearest phase.
    """
    title = say("means-of", language, title=map_.title.shown(language) or say("no-title", language))
    phases = map_.phases if only is None else (_phase(map_, only),)
    if not phases:
        empty = table(say("means", language), [say("phase", language)], [])
        why = say("means-none", language)
        return nothing(f"means-{map_.id}", title, why, width=width, table=empty, language=language)
    found = {phase.id: means_of(map_, phase, language) for phase in phases}
    gaps = {phase.id: gaps_of(map_, phase, language) for phase in phases}
    counts = {key: str(sum(len(one) for one in each.values())) for key, each in (("all", found), ("gaps", gaps))}
    body: list[Element] = []
    y = 0.0
    for phase in phases:
        band, y = _band(phase, found[phase.id], gaps[phase.id], (y, width), language)
        body.append(band)
    under = with_model(say("means-under", language, **counts), map_, language)
    return framed(
        f"means-{map_.id}", title, under, body, size=(width, y),
        table=_table(phases, found, gaps, language), language=language,
    )  # fmt: skip


def means_of(map_: JourneyMap, phase: Phase, language: Language) -> list[Means]:
    """Returns what there is in a phase, in words: means, actions with their asset, content, offers, what is shown."""
    here = _places(map_, phase)
    assets = {asset.id: asset.label.shown(language) or asset.id for asset in map_.assets}
    found = [Means("means-help", f"{phase.id}-{spot}", one.shown(language)) for spot, one in enumerate(phase.means)]
    for action in phase.actions:
        more = " · ".join(filter(None, (assets.get(action.asset or "", ""), action.owner or "")))
        found.append(Means("means-action", action.id, action.label.shown(language) or action.id, more))
    for need in map_.needs:
        if need.at in here and need.content:
            content = assets.get(need.content, need.content)
            found.append(Means("means-content", need.id, content, need.label.shown(language)))
    for offer in map_.offers:
        if offer.at in here:
            name = offer.label.shown(language) or offer.id
            found.append(Means("means-offer", offer.id, name, offer.terms.shown(language)))
    for touch in map_.touchpoints:
        if touch.phase == phase.id and touch.content:
            text = assets.get(touch.content, touch.content)
            found.append(Means("means-touch", touch.id, text, touch.label.shown(language) or touch.id))
    return [one for one in found if one.text]


def gaps_of(map_: JourneyMap, phase: Phase, language: Language) -> list[Means]:
    """Returns what is missing in a phase: any means at all, content for a question, an opportunity for a barrier."""
    here = _places(map_, phase)
    solved = {name for idea in map_.opportunities if idea.status != "rejected" for name in idea.solves}
    found = [] if means_of(map_, phase, language) else [Means("means-gap", phase.id, say("means-gap", language))]
    for need in map_.needs:
        if need.at in here and not need.content and not need.offer and need.answered != "yes":
            text = say("means-unanswered", language, name=need.label.shown(language) or need.id)
            found.append(Means("means-unanswered", need.id, text))
    for barrier in map_.barriers:
        if barrier.at in here and barrier.id not in solved and barrier.severity != "trivial":
            text = say("means-solved-not", language, name=barrier.label.shown(language) or barrier.id)
            found.append(Means("means-solved-not", barrier.id, text))
    return found


def _phase(map_: JourneyMap, word: str) -> Phase:
    for phase in map_.phases:
        names = {phase.id, phase.label.text("nl"), phase.label.text("en")}
        if word.casefold() in {name.casefold() for name in names if name}:
            return phase
    mend = did_you_mean(word, [phase.id for phase in map_.phases])
    raise OptionError(
        Label(
            f"De fase {word!r} staat niet op de kaart {map_.id}.", f"There is no phase {word!r} on the map {map_.id}."
        ),
        mend=mend,
    )


def _places(map_: JourneyMap, phase: Phase) -> set[str]:
    touches = {touch.id for touch in map_.touchpoints if touch.phase == phase.id}
    used = {name for step in phase.steps for name in step.touchpoints}
    return {phase.id} | {step.id for step in phase.steps} | touches | used


def _band(
    phase: Phase, found: Sequence[Means], gaps: Sequence[Means], at: tuple[float, float], language: Language
) -> tuple[Group, float]:
    """One phase from `at` (top, width) down, and where it ends."""
    top, wide = at
    middle = wide - 2 * MARGIN - PHASE - GAPS
    left, right = MARGIN + PHASE, wide - MARGIN - GAPS + BETWEEN
    name, bottom = _name(phase, top + 12, language)
    ours = [one for one in found if one.kind in {"means-help", "means-action"}]
    rest = [one for one in found if one not in ours]
    parts: list[Element] = [Line(MARGIN, top, wide - MARGIN, top, "border", 1.2), *name]
    for x, each in ((left, ours), (left + middle / 2 + BETWEEN / 2, rest)):
        drawn, low = _listed(each, x, top + 12, middle / 2 - BETWEEN / 2, language)
        parts += drawn
        bottom = max(bottom, low)
    drawn, low = _missing(gaps, right, top + 12, GAPS - BETWEEN, language)
    bottom = max(bottom, low) + 12
    label = phase.label.shown(language) or phase.id
    return Group("phase", (*parts, *drawn), phase.id, label, focus=True), bottom


def _name(phase: Phase, top: float, language: Language) -> tuple[list[Element], float]:
    """The phase with its goal, and the levers that were thought of or not, once any of them was."""
    room = PHASE - BETWEEN
    told = [words(phase.label.shown(language) or phase.id, MARGIN, top, SECTION, room=room, most=3)]
    y = top + tall(told[0])
    lines: list[tuple[str, Ink, int]] = [(phase.goal.shown(language), NOTE, 4)]
    for lever in get_args(Lever) if phase.levers else ():
        done = lever in phase.levers
        text = say("lever-done" if done else "lever-open", language, name=named("lever", lever, language))
        lines.append((text, NOTE_STRONG if done else NOTE, 2))
    for text, ink, most in lines:
        if text:
            told.append(words(text, MARGIN, y + 2, ink, room=room, most=most))
            y += tall(told[-1]) + 2
    return [*told], y


def _listed(
    found: Sequence[Means], x: float, top: float, room: float, language: Language
) -> tuple[list[Element], float]:
    """Means under each other, the kind above the first of each."""
    parts: list[Element] = []
    y, kind = top, ""
    for one in found:
        if one.kind != kind:
            kind = one.kind
            head = words(say(kind, language), x, y + (6 if parts else 0), NOTE_STRONG, room=room, most=2)
            parts.append(head)
            y += tall(head) + (8 if len(parts) > 1 else 2)
        name = words(one.text, x + 14, y, BODY, room=room - 14, most=3)
        mark = Mark("filled-circle", x + 5, y + 8, 5, "observed")
        y += tall(name)
        more = words(one.more, x + 14, y, NOTE, room=room - 14, most=2) if one.more else None
        y += tall(more) if more else 0.0
        heard = f"{say(one.kind, language)}: {one.text}"
        parts.append(Group("means", (mark, name, *([more] if more else [])), f"{one.kind}-{one.id}", heard))
        y += 4
    return parts, y


def _missing(
    gaps: Sequence[Means], x: float, top: float, room: float, language: Language
) -> tuple[list[Element], float]:
    """What is missing, in dashed boxes; that nothing is, in words."""
    head = words(say("means-missing", language), x, top, NOTE_STRONG, room=room)
    parts: list[Element] = [head]
    y = top + tall(head) + 2
    if not gaps:
        none = words(say("means-complete", language), x, y, NOTE, room=room)
        return [*parts, none], y + tall(none)
    for gap in gaps:
        role: Role = "problem" if gap.kind != "means-gap" else "decision"
        text = words(gap.text, x + 9, y + 5, NOTE_STRONG.as_(role), room=room - 16, most=4)
        box = Box(x, y, room, tall(text) + 10, None, role, 1.2, "dashed", 3)
        parts.append(Group("gap", (box, text), f"gap-{gap.id}", gap.text))
        y += tall(text) + 15
    return parts, y


def _table(
    phases: Sequence[Phase], found: dict[str, list[Means]], gaps: dict[str, list[Means]], language: Language
) -> Table:
    rows = []
    for phase in phases:
        name = phase.label.shown(language) or phase.id
        rows += [[name, say(one.kind, language), one.text, one.more] for one in found[phase.id]]
        rows += [[name, say("means-missing", language), one.text, ""] for one in gaps[phase.id]]
    header = [say(key, language) for key in ("phase", "kind-head", "what-head", "what")]
    return table(say("means", language), header, rows, keep=3)
