"""What the moves of all journeys add up to: how often, in how many journeys, by how many people, and a few examples."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.fit_align import FAILURE, KINDS, Aligned, Rows
from klantreis.journeys.examples import KEPT, NONE, keep
from klantreis.kernels import kernel


class Totals(NamedTuple):
    """Per key ((row * KINDS + kind) * phases + phase): moves, journeys, people, examples (ranks, n x KEPT); and per
    phase the journeys that cost something there.
    """

    moves: NDArray[np.int64]
    journeys: NDArray[np.int64]
    people: NDArray[np.int64]
    examples: NDArray[np.int64]
    phase_journeys: NDArray[np.int64]


@kernel
def added_up(
    person: NDArray[np.int64], variant: NDArray[np.int32], rank: NDArray[np.int64], aligned: Aligned, rows: Rows
) -> Totals:
    """Returns the totals over journeys, which stand person by person."""
    keys = rows.phase.size * KINDS * rows.phases
    moves, journeys, people = np.zeros(keys, np.int64), np.zeros(keys, np.int64), np.zeros(keys, np.int64)
    examples = np.full((keys, KEPT), NONE, np.int64)
    in_phase = np.zeros(rows.phases, np.int64)
    last_journey, last_person = np.full(keys, -1, np.int64), np.full(keys, -1, np.int64)
    last_in_phase = np.full(rows.phases, -1, np.int64)
    first, move_keys, phases = aligned.first, aligned.moves, rows.phases
    for journey in range(person.size):
        for spot in range(first[variant[journey]], first[variant[journey] + 1]):
            key = move_keys[spot]
            moves[key] += 1
            if last_journey[key] != journey:
                last_journey[key] = journey
                journeys[key] += 1
                keep(examples, key, rank[journey])
            if last_person[key] != person[journey]:
                last_person[key] = person[journey]
                people[key] += 1
            phase = key % phases
            if (key // phases) % KINDS != FAILURE and last_in_phase[phase] != journey:
                last_in_phase[phase] = journey
                in_phase[phase] += 1
    return Totals(moves, journeys, people, examples, in_phase)
