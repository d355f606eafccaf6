"""Everybody that a map tells apart in its data: its segments, and the arms of changes that have a rule of their own."""

from __future__ import annotations

from collections.abc import Sequence

from klantreis.labels import Label, plain
from klantreis.map.behaviour import Behaviour
from klantreis.map.model import JourneyMap
from klantreis.map.people import Segment
from klantreis.map.work import Arm, Change

TREATED, CONTROL = "treated", "control"
MOST_ASKED = 64
"""So many rules can be asked of one journey at once."""


def groups(map_: JourneyMap) -> tuple[Segment, ...]:
    """Returns the segments of a map, then a segment for each arm with a rule, named as `arm_name` says.

    Arms are told apart in the data, but nothing else is measured for each of them.
    """
    arms = [
        Segment(arm_name(change, arm, side), plain(arm.text), arm.text, arm.any_of)
        for change in map_.changes
        for side, arm in ((TREATED, change.treated), (CONTROL, change.control))
        if arm is not None and arm.any_of
    ]
    return (*map_.segments, *arms)


def arm_name(change: Change, arm: Arm, side: str) -> str:
    """Returns by which name the data knows an arm: the segment or touchpoint it is, else 'change.treated'."""
    return f"{change.id}.{side}" if arm.any_of else arm.text


def behaves(segment: Segment) -> bool:
    """Says whether any test of a segment is on what people do."""
    return any(isinstance(test, Behaviour) for tests in segment.any_of for test in tests)


def asked(listed: Sequence[Segment]) -> int:
    """Returns how many rules segments ask of a journey: one each, and one for each 'or' more in those on behaviour."""
    return sum(len(segment.any_of) if behaves(segment) else 1 for segment in listed)


def too_many(map_: JourneyMap) -> Label | None:
    """Returns how many rules a map asks of a journey, and whose they are; None when they are not too many."""
    all_ = groups(map_)
    if asked(all_) <= MOST_ASKED:
        return None
    own, arms = asked(map_.segments), asked(all_[len(map_.segments) :])
    most = max(all_, key=lambda one: asked((one,)))
    worst = "" if asked((most,)) == 1 else most.id
    return Label(
        nl=f"{own} van de segmenten en {arms} van de groepen (treated, control) van veranderingen"
        + (f"; het meest: {worst} met {asked((most,))}" if worst else ""),
        en=f"{own} of the segments and {arms} of the groups (treated, control) of changes"
        + (f"; the most: {worst} with {asked((most,))}" if worst else ""),
    )
