"""What differs between two versions of a map, or between two maps, told by id and in words.

Added, removed, moved, rescored, retargeted, reworded; and `changed` for what is none of these, such as a matcher.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal

from klantreis.labels import Label
from klantreis.map.channels import channel
from klantreis.map.diff_fields import named
from klantreis.map.diff_words import sentence, shown
from klantreis.map.model import JourneyMap

Kind = Literal["added", "removed", "moved", "rescored", "retargeted", "reworded", "changed"]
KINDS: tuple[Kind, ...] = ("added", "removed", "moved", "rescored", "retargeted", "reworded", "changed")

PARTS: dict[str, str] = {
    "personas": "persona", "segments": "segment", "channels": "channel", "actors": "actor", "evidence": "evidence",
    "claims": "claim", "phases": "phase", "touchpoints": "touchpoint", "scenarios": "scenario", "needs": "need",
    "offers": "offer", "barriers": "barrier", "opportunities": "opportunity", "changes": "change", "kpis": "kpi",
    "surveys": "survey", "criteria": "criterion", "alternatives": "alternative", "assets": "asset", "lanes": "lane",
    "price_bands": "price_band", "comments": "comment",
}  # fmt: skip
"""The collections of a map and what one of each is called."""

_ORDERED = {"phase", "step"}
_NESTED = {"phase": {"steps", "actions"}}
_NOT_WRITTEN = {"file", "spots", "seen_as", *PARTS}
_SCORES = {"feel", "feels", "impact", "effort", "confidence", "weight", "scores", "severity", "times"}
_PLACES = {"at", "phase"}
_AIMED = {"kpi", "survey"}


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference. `what` is the kind of thing ('step'), `field` what of it ('' for the whole thing).

    `before` and `after` are as a person reads them; `text` is the whole sentence.
    """

    kind: Kind
    what: str
    id: str
    field: str
    before: Label
    after: Label
    text: Label


def differences(old: JourneyMap, new: JourneyMap) -> tuple[Difference, ...]:
    """Returns what differs from the old map to the new one, thing by thing in the order of the new map.

    The same id is the same thing; a thing that got another id is one removed and one added. What differs of a step and
    of the touchpoint that it is too, is told of the step; that it became one, or is one no more, of the touchpoint.
    Nothing differs: empty.
    """
    before, after = _things(old), _things(new)
    found = [_whole("removed", key, before[key]) for key in before if key not in after]
    for key, thing in after.items():
        if key not in before:
            found.append(_whole("added", key, thing))
        else:
            found += _fields(key, before[key].noun, thing.noun)
            if before[key].home != thing.home:
                found.append(_moved(key, before[key].home, thing.home))
    found += [_reordered(key, after) for key in _out_of_order(before, after)]
    found = _once(found)
    rank = {key: place for place, key in enumerate(after)}
    return tuple(sorted(found, key=lambda one: rank.get((one.what, one.id), -1)))


def _once(found: Sequence[Difference]) -> list[Difference]:
    """Returns the differences with one line for one change.

    What is said of a step is not said again of the touchpoint it is; and that a step uses the touchpoint it is itself
    follows from that touchpoint being there.
    """
    told = {_said(one) for one in found if one.what == "step"}
    itself = {one.id for one in found if one.what == "touchpoint" and one.kind in {"added", "removed"}}
    return [
        one
        for one in found
        if not (one.what == "touchpoint" and _said(one) in told)
        and not (one.what == "step" and one.field == "touchpoints" and one.id in itself and _only_itself(one))
    ]


def _only_itself(one: Difference) -> bool:
    """Says whether the touchpoints of a step differ by the one that is the step, and by no other."""
    before, after = (set(filter(None, side.text("en").split(", "))) - {"nothing"} for side in (one.before, one.after))
    return before ^ after == {one.id}


def _said(one: Difference) -> tuple[str, str, str, Label, Label]:
    return one.kind, one.id, one.field, one.before, one.after


def difference_dict(one: Difference) -> dict[str, Any]:
    """Returns a difference as plain values, texts in both languages."""
    texts = {"before": one.before, "after": one.after, "text": one.text}
    both = {key: {"nl": label.text("nl"), "en": label.text("en")} for key, label in texts.items()}
    return {"kind": one.kind, "what": one.what, "id": one.id, "field": one.field, **both}


@dataclass(frozen=True, slots=True)
class _Thing:
    """A noun and where it stands: the id of its phase, for a step or an action."""

    noun: Any
    home: str = ""


Key = tuple[str, str]


def _things(map_: JourneyMap) -> dict[Key, _Thing]:
    """Everything on a map that has an id, by (what, id)."""
    found: dict[Key, _Thing] = {("map", map_.id): _Thing(map_)}
    for name, what in PARTS.items():
        for noun in getattr(map_, name):
            if what == "channel" and noun == channel(noun.id):
                continue  # nobody wrote it: a touchpoint names it
            found[what, noun.id] = _Thing(noun)
            if what == "phase":
                found |= {("step", step.id): _Thing(step, noun.id) for step in noun.steps}
                found |= {("action", action.id): _Thing(action, noun.id) for action in noun.actions}
    return found


def _whole(kind: Kind, key: Key, thing: _Thing) -> Difference:
    what, id_ = key
    label = shown(getattr(thing.noun, "label", None) or getattr(thing.noun, "title", None))
    matcher = getattr(thing.noun, "matcher", None)
    said = shown((label, matcher)) if matcher is not None and kind == "added" else label
    before, after = (label, Label()) if kind == "removed" else (Label(), label)
    return Difference(kind, what, id_, "", before, after, sentence(kind, what, id_, said=said))


def _fields(key: Key, old: Any, new: Any) -> Iterator[Difference]:
    what, id_ = key
    skipped = _NOT_WRITTEN if what == "map" else _NESTED.get(what, set())
    for one in fields(new):
        before, after = getattr(old, one.name), getattr(new, one.name)
        if one.name in skipped or one.name == "id" or before == after:
            continue
        kind = _kind(what, one.name, before, after)
        texts = (shown(before), shown(after))
        yield Difference(
            kind, what, id_, one.name, *texts, sentence(kind, what, id_, field=named(one.name), texts=texts)
        )


def _kind(what: str, field: str, before: object, after: object) -> Kind:
    if field in _SCORES:
        return "rescored"
    if what in _AIMED and field != "label":
        return "retargeted"
    if field in _PLACES:
        return "moved"
    return "reworded" if _worded(before) or _worded(after) else "changed"


def _worded(value: object) -> bool:
    return isinstance(value, Label) or (isinstance(value, tuple) and any(isinstance(one, Label) for one in value))


def _moved(key: Key, before: str, after: str) -> Difference:
    what, id_ = key
    texts = (shown(before), shown(after))
    text = sentence("moved", what, id_, field=named("phase"), texts=texts)
    return Difference("moved", what, id_, "phase", *texts, text)


def _reordered(key: Key, after: dict[Key, _Thing]) -> Difference:
    what, id_ = key
    line = [other for other, thing in after.items() if other[0] == what and thing.home == after[key].home]
    place = line.index(key)
    behind = shown(line[place - 1][1]) if place else Label("het begin", "the start")
    text = sentence("reordered" if place else "first", what, id_, said=behind)
    return Difference("moved", what, id_, "order", Label(), behind, text)


def _out_of_order(before: dict[Key, _Thing], after: dict[Key, _Thing]) -> list[Key]:
    """The fewest phases and steps that must be taken up and put elsewhere to get the new order from the old one."""
    found: list[Key] = []
    lines = dict.fromkeys((what, thing.home) for (what, _), thing in after.items() if what in _ORDERED)
    for what, home in lines:
        old = [key for key, thing in before.items() if key[0] == what and thing.home == home]
        ranks = {key: rank for rank, key in enumerate(old)}
        kept = [key for key, thing in after.items() if key[0] == what and thing.home == home and key in ranks]
        stay = _longest_rising([ranks[key] for key in kept])
        found += [key for number, key in enumerate(kept) if number not in stay]
    return found


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """The places of a longest rising run of numbers (patience sorting)."""
    tops: list[int] = []
    places: list[int] = []
    back: list[int] = []
    for place, number in enumerate(numbers):
        pile = bisect_left(tops, number)
        back.append(places[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(number)
            places.append(place)
        else:
            tops[pile], places[pile] = number, place
    at, found = (places[-1] if places else -1), set()
    while at >= 0:
        found.add(at)
        at = back[at]
    return found
