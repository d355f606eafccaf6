"""Everybody that a map tells apart in its data: its segments, and the arms of changes that have a rule of their own."""

from __future__ import annotations

from klantreis.labels import plain
from klantreis.map.model import JourneyMap
from klantreis.map.people import Segment
from klantreis.map.work import Arm, Change

TREATED, CONTROL = "treated", "control"


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
