"""A barrier at a step that is added, put in other words, weighed anew or deleted, in the text of its map.

A new one stands in the map's own `barriers`, with its step; one that stands in a step is changed where it is.
"""

from __future__ import annotations

from klantreis.documents.edit import edited, node_at
from klantreis.documents.order import inserted, removed
from klantreis.editor.change import Change, called, cleaned, home, not_there, spot_at, spots, told, worded
from klantreis.editor.words import SEVERITIES, both, severity
from klantreis.errors import DocumentError, OptionError, did_you_mean
from klantreis.labels import Label, Language, paragraph, plain
from klantreis.map.kinds import Severity
from klantreis.map.model import Barrier, JourneyMap, Step
from klantreis.map.read import lost, map_of
from klantreis.map.sketch_yaml import unique

Path = tuple[str, ...]


def barriers_of(map_: JourneyMap, step: Step) -> tuple[Barrier, ...]:
    """Returns the barriers at a step and at the touchpoints it uses; those of one that several use at the first."""
    steps = {one.id for _, one in map_.steps()}
    mine = {
        step.id,
        *(one for one in step.touchpoints if one not in steps and (map_.step_of(one) or step).id == step.id),
    }
    return tuple(one for one in map_.barriers if one.at in mine)


def words(barrier: Barrier, language: Language) -> str:
    """Returns what a barrier is called in a language; '' when nobody said it in this one."""
    return "" if barrier.label.missing(language) else barrier.label.text(language)


def barred(text: str, change: Change, language: Language) -> tuple[str, Label, str]:
    """Returns the text with a new barrier at a step, what was done, and the step. Raises OptionError without words."""
    map_ = map_of(text)
    spot = spot_at(spots(map_), change.step)
    name = cleaned(change.given.get("label", ""))
    if not name:
        raise OptionError(both("wordless"), mend=both("wordless-how"))
    id_ = unique(name, "barriere", {one.casefold() for one, _, _ in map_.spots})
    said = told(name, language, several=spot.several)
    weight = _weight(change.given.get("severity", "workaround"))
    new = inserted(text, ("barriers", id_), {"at": change.step, "label": said, "severity": weight})
    map_of(new)
    return new, both("barred", name=plain(f"“{name}”"), step=called(spot.step), weight=severity(weight)), change.step


def weighed(text: str, change: Change, language: Language) -> tuple[str, Label, str]:
    """Returns the text with a barrier in other words or of another severity, what changed, and the step."""
    map_ = map_of(text)
    barrier = _found(map_, change)
    path, done = _path(text, map_, barrier), []
    old = node_at(text, path)
    name = cleaned(change.given.get("label", words(barrier, language)))
    if name != cleaned(words(barrier, language)):
        if not name:
            raise OptionError(both("wordless"), mend=both("wordless-how"))
        key = "text" if old is not None and old.entry("text") is not None else "label"
        text = worded(text, (*path, key), name, language, several=len(map_.languages) > 1)
        done.append(both("renamed", barrier=called(barrier), name=plain(f"“{name}”")))
    weight = _weight(change.given.get("severity", barrier.severity))
    if weight != barrier.severity:
        text = edited(text, (*path, "severity"), weight)
        done.append(both("weighed", barrier=called(barrier), weight=severity(weight)))
    map_of(text)
    return text, paragraph(*done), change.step


def cleared(text: str, change: Change, language: Language) -> tuple[str, Label, str]:
    """Returns the text without a barrier, what was done, and the step.

    Raises OptionError when something on the map, such as an opportunity, still speaks of it.
    """
    map_ = map_of(text)
    barrier = _found(map_, change)
    path = _path(text, map_, barrier)
    if path[0] == "phases":
        text = _named(text, map_, barrier)
    new = removed(text, path)
    if held := lost(new):
        found = ", ".join(dict.fromkeys(" ".join(one.path[:2]) for one in held))
        raise OptionError(both("barrier-held", lines=plain(found)), mend=both("held-how"))
    try:
        left = {one.id for one in map_of(new).barriers}
    except DocumentError as error:
        raise OptionError(both("unsound", why=error.findings[0].title if error.findings else Label())) from error
    assert left == {one.id for one in map_.barriers} - {barrier.id}
    return new, both("cleared", barrier=called(barrier)), change.step


def _found(map_: JourneyMap, change: Change) -> Barrier:
    id_ = change.given.get("barrier", "")
    found = next((one for one in map_.barriers if one.id == id_), None)
    if found is None:
        raise not_there("barrière", "barrier", id_, [one.id for one in map_.barriers])
    return found


def _path(text: str, map_: JourneyMap, barrier: Barrier) -> Path:
    """Where a barrier is written: among the `barriers`, or in its step, alone or in a list."""
    own = node_at(text, ("barriers",))
    if own is not None and own.entry(barrier.id) is not None:
        return ("barriers", barrier.id)
    inside = (*home(text, spots(map_)[barrier.at]), "barrier")
    node = node_at(text, inside)
    return (*inside, str(_inline(text, map_, barrier.at).index(barrier))) if node is not None and node.items else inside


def _inline(text: str, map_: JourneyMap, step: str) -> list[Barrier]:
    """The barriers that are written in a step, in their order."""
    own = node_at(text, ("barriers",))
    apart = {key.source for key, _ in own.entries} if own is not None else set()
    return [one for one in map_.barriers if one.at == step and one.id not in apart]


def _named(text: str, map_: JourneyMap, gone: Barrier) -> str:
    """The text in which the other barriers of a step say their ids, so that none is called otherwise afterwards."""
    inside = (*home(text, spots(map_)[gone.at]), "barrier")
    for number, one in enumerate(_inline(text, map_, gone.at)):
        path = (*inside, str(number))
        node = node_at(text, path)
        if one != gone and node is not None and node.entry("id") is None:
            text = edited(text, (*path, "id"), one.id)
    return text


def _weight(word: str) -> Severity:
    found = next((one for one in SEVERITIES if one == word), None)
    if found is None:
        raise OptionError(
            Label(f"{word!r} is geen ernst.", f"{word!r} is not a severity."), mend=did_you_mean(word, SEVERITIES)
        )
    return found
