"""pm4py: a pandas frame as an event log; discovery, variants and alignments."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pm4py
from asked import STEPS

MISFIT = 10_000
"""What pm4py charges for one move out of line."""


def load(file: str) -> Any:
    """Reads the file with pandas and makes it an event log, which sorts it."""
    return pm4py.format_dataframe(pd.read_parquet(file), case_id="person", activity_key="event", timestamp_key="at")


def loaded(log: Any) -> dict[str, object]:
    """Returns what was loaded."""
    return {"events": len(log), "people": int(log["case:concept:name"].nunique())}


def _alignments(log: Any) -> Any:
    net, begin, end = _row_of_steps()
    scoped = log[log["concept:name"].isin(STEPS)]
    return pm4py.conformance_diagnostics_alignments(scoped, net, begin, end), int(log["case:concept:name"].nunique())


def _row_of_steps() -> Any:
    """Returns the net that has each step once, in order."""
    from pm4py.objects.petri_net.obj import Marking, PetriNet  # noqa: PLC0415 - beside its only use
    from pm4py.objects.petri_net.utils.petri_utils import add_arc_from_to  # noqa: PLC0415 - the same

    net = PetriNet("steps")
    places = [PetriNet.Place(f"p{number}") for number in range(len(STEPS) + 1)]
    net.places.update(places)
    for number, step in enumerate(STEPS):
        move = PetriNet.Transition(step, step)
        net.transitions.add(move)
        add_arc_from_to(places[number], move, net)
        add_arc_from_to(move, places[number + 1], net)
    return net, Marking({places[0]: 1}), Marking({places[-1]: 1})


def _fit(found: Any) -> dict[str, object]:
    """Returns how many fit, and all moves out of line; a person without any of the steps misses all of them."""
    aligned, people = found
    moves = [one["cost"] // MISFIT for one in aligned]
    return {"fit": moves.count(0), "cost": int(sum(moves)) + len(STEPS) * (people - len(aligned))}


def _variants(found: Any) -> dict[str, object]:
    return {"variants": len(found), "most": max(found.values())}


MEASURES = {
    "directly-follows": (
        lambda log: pm4py.discover_dfg(log)[0],
        lambda found: {f"{one}>{next_}": int(n) for (one, next_), n in found.items()},
    ),
    "variants": (pm4py.get_variants, _variants),
    "fit": (_alignments, _fit),
}
