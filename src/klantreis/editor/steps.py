"""A step that is added, moved or deleted, in the text of its map, with what stands in it and its comments.

A step that goes is taken out of the paths of scenarios, and the barriers at it go along. What else speaks of it keeps
it there: that is told, with its lines.
"""

from __future__ import annotations

from collections.abc import Sequence

from klantreis.documents.edit import edited, line_of, node_at, stuck
from klantreis.documents.order import inserted, moved, removed
from klantreis.editor.change import Change, called, cleaned, home, not_there, spot_at, spots, told
from klantreis.editor.words import both
from klantreis.errors import DocumentError, OptionError
from klantreis.labels import Label, Language, plain
from klantreis.map.misplaced import PHASE_KEYS, SECTIONS
from klantreis.map.model import JourneyMap, Phase
from klantreis.map.path import without
from klantreis.map.path_text import text as written
from klantreis.map.read import lost, map_of
from klantreis.map.read_phases import CELLS
from klantreis.map.sketch_yaml import unique

Order = list[tuple[str, str]]
"""The steps of a map with their phases, in order."""


def added(text: str, change: Change, language: Language) -> tuple[str, Label, str]:
    """Returns the text with a new step, what was done, and its id.

    It comes before or after the step of the change (`act`), or last in the phase that was given. Raises OptionError
    for a step without a name, or a place that is not there.
    """
    map_, order = map_of(text), _order(text)
    name = cleaned(change.given.get("name", ""))
    if not name:
        raise OptionError(both("nameless"), mend=both("nameless-how"))
    known = {one.casefold() for one, _, _ in map_.spots} | {one.id.casefold() for one in map_.phases}
    id_ = unique(name, "stap", known | {*PHASE_KEYS, *SECTIONS, *CELLS})
    if change.step:
        phase, _ = order[at := _at(order, change.step)]
        at += change.act == "after"
    else:
        phase = _phase(map_, change.given.get("phase", "")).id
        at = _end(order, map_, phase)
    into, before = _place(text, order, phase, at)
    new = inserted(text, (*into, id_), {"do": told(name, language, several=len(map_.languages) > 1)}, before)
    _sound(new, [*order[:at], (phase, id_), *order[at:]], (*into, id_))
    where = next(one for one in map_.phases if one.id == phase)
    return new, both("added", step=plain(f"“{name}”"), phase=called(where)), id_


def shifted(text: str, change: Change, language: Language) -> tuple[str, Label, str]:
    """Returns the text with a step one place earlier or later (`act`), or last in the phase given; and what was done.

    The first step of a phase goes earlier to the end of the phase before, the last one later to the begin of the next.
    """
    map_, order = map_of(text), _order(text)
    at = _at(order, change.step)
    names = [one.id for one in map_.phases]
    phase = order[at][0]
    rest = [*order[:at], *order[at + 1 :]]
    if change.act == "to":
        target = _phase(map_, change.given.get("phase", "")).id
        spot = at if target == phase else _end(rest, map_, target)
    else:
        step = -1 if change.act == "earlier" else 1
        beside = order[at + step][0] if 0 <= at + step < len(order) else None
        next_ = names.index(phase) + step
        if beside == phase:
            target, spot = phase, at + step
        elif not 0 <= next_ < len(names):
            return text, Label(), change.step
        else:
            target, spot = names[next_], at
    if (target, spot) == (phase, at):
        return text, Label(), change.step
    path = home(text, spot_at(spots(map_), change.step))
    into, before = _place(text, rest, target, spot, moving=change.step)
    new = moved(text, path, into, before)
    _sound(new, [*rest[:spot], (target, change.step), *rest[spot:]], path)
    steps = {one.id: one for _, one in map_.steps()}
    own = [one for phase, one in rest[:spot] if phase == target]
    where = both("moved-after", step=called(steps[own[-1]])) if own else both("moved-first")
    inside = called(next(one for one in map_.phases if one.id == target))
    return new, both("moved", step=called(steps[change.step]), phase=inside, where=where), change.step


def deleted(text: str, change: Change, language: Language) -> tuple[str, Label, str]:
    """Returns the text without a step, what went, and the step that now stands where it stood ('' when none does).

    Raises OptionError when something else on the map speaks of it.
    """
    map_, order = map_of(text), _order(text)
    at = _at(order, change.step)
    spot = spot_at(spots(map_), change.step)
    path = home(text, spot)
    new = _unused(removed(text, path), map_, change.step)
    new = _unwalked(new, map_, change.step)
    while missing := lost(new):
        part = _part(new, max(missing, key=lambda one: one.start).path)
        held = [one.path for one in missing if _part(new, one.path) is None]
        if part is None or held:
            raise _held(text, held)
        new = removed(new, part)
    rest = [*order[:at], *order[at + 1 :]]
    _sound(new, rest, path)
    inside = [one for one in map_.barriers if one.at == change.step]
    more = both("deleted-barriers", names=_listed([called(one) for one in inside])) if inside else Label()
    said = both("deleted", step=called(spot.step), more=more)
    return new, said, rest[min(at, len(rest) - 1)][1] if rest else ""


def _place(text: str, order: Order, phase: str, at: int, *, moving: str = "") -> tuple[tuple[str, ...], str | None]:
    """The block and the key before which a step of a phase stands at a place in the order; None: behind the last."""
    known = spots(map_of(text))
    if moving in PHASE_KEYS:
        return ("phases", phase, "steps"), None
    own = [number for number, (one, _) in enumerate(order) if one == phase]
    if at in own:
        path = home(text, known[order[at][1]])
        return path[:-1], path[-1]
    if own:
        path = home(text, known[order[own[-1]][1]])
        node = node_at(text, path[:-1])
        keys = [key.source for key, _ in node.entries] if node is not None else []
        behind = [key for key in keys[keys.index(path[-1]) + 1 :] if key != moving]
        return path[:-1], behind[0] if behind else None
    steps = node_at(text, ("phases", phase, "steps"))
    return ("phases", phase, *(("steps",) if steps is not None else ())), None


def _order(text: str) -> Order:
    return [(phase.id, step.id) for phase, step in map_of(text).steps()]


def _at(order: Order, step: str) -> int:
    names = [one for _, one in order]
    if step in names:
        return names.index(step)
    raise not_there("stap", "step", step, names)


def _phase(map_: JourneyMap, phase: str) -> Phase:
    found = next((one for one in map_.phases if one.id == phase), None)
    if found is None:
        raise not_there("fase", "phase", phase, [one.id for one in map_.phases])
    return found


def _end(order: Order, map_: JourneyMap, phase: str) -> int:
    """Behind the last step of a phase."""
    names = [one.id for one in map_.phases]
    upto = names[: names.index(phase) + 1]
    return sum(one in upto for one, _ in order)


def _sound(text: str, wanted: Order, path: Sequence[str]) -> None:
    """Raises OptionError unless the text is a map with these steps in this order."""
    try:
        order = _order(text)
    except DocumentError as error:
        raise OptionError(both("unsound", why=error.findings[0].title if error.findings else Label())) from error
    if order != wanted:
        raise stuck(path)


def _unused(text: str, map_: JourneyMap, step: str) -> str:
    """The text in which a touchpoint that only this step used keeps the phase that it had by it."""
    for touch in map_.touchpoints:
        users = {one.id for _, one in map_.steps() if touch.id in one.touchpoints}
        node = node_at(text, ("touchpoints", touch.id))
        if users == {step} and node is not None and not node.scalar and node.entry("phase") is None:
            text = edited(text, ("touchpoints", touch.id, "phase"), touch.phase)
    return text


def _unwalked(text: str, map_: JourneyMap, step: str) -> str:
    """The text without a step that is gone on the paths that are written in one line."""
    missing = {one.path for one in lost(text)}
    for scenario in map_.scenarios:
        path = ("scenarios", scenario.id, "path")
        node = node_at(text, path)
        left = without(scenario.path, step) if node is not None and node.scalar and path in missing else None
        text = edited(text, path, written(left)) if left is not None else text
    return text


def _part(text: str, path: tuple[str, ...]) -> tuple[str, ...] | None:
    """What can go from a map because it speaks of what is gone: a stop of a scenario's path, or a barrier at it."""
    if path[0] == "barriers" and path[2:] == ("at",):
        return path[:2]
    if path[0] != "scenarios" or path[2:3] != ("path",):
        return None
    while len(path) > 3:  # a block of one word goes as a whole, and so does a choice that leaves only an exit
        above = node_at(text, path[:-1])
        others = above.items if above is not None else ()
        others = tuple(one for one in others if one.path != path)
        if others and (len(path) == 4 or any(one.entry("exit") is None for one in others)):
            return path
        path = path[:-1]
    return None


def _held(text: str, paths: Sequence[tuple[str, ...]]) -> OptionError:
    found = {" ".join(path[:2]): line_of(text, path) or line_of(text, path[:2]) for path in paths}
    nl, en = (", ".join(f"{name} ({word} {line})" for name, line in found.items()) for word in ("regel", "line"))
    return OptionError(both("held", lines=Label(nl, en)), mend=both("held-how"))


def _listed(labels: Sequence[Label]) -> Label:
    return Label(*(", ".join(one.text(said) for one in labels) for said in ("nl", "en")))
