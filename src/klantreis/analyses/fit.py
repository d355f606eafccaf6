"""Fit: how well real journeys follow a drawn scenario, and where they deviate.

Each journey is aligned to the path at the lowest cost: 1 for a required touchpoint that is missing, 1 for one that
nobody drew, 0 for a match. Its fitness is 1 - cost / (its events in scope + the fewest touchpoints the path requires).
A deviation is `missing`; `out_of_order` (missing and unplanned in one journey: one deviation, two moves); `repeat`
(unplanned, known to the map, and met as drawn or met before); `ad_hoc` (unplanned otherwise); or `failed` (met as
drawn, but its event says it went wrong: no cost).

Of a journey that is still open only the prefix is scored: what may still come is not missing, and the fewest required
are those up to the spot that was reached.

Each move belongs to the phase of its touchpoint; an ad hoc one to the phase of the last match before it, else to the
first phase. So the phases add up to the cost.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.fit_align import TOO_LONG, Aligned, Rows, align, plain_align
from klantreis.analyses.fit_count import Totals, added_up
from klantreis.analyses.fit_graph import MAX_STATES, graph_of, without
from klantreis.analyses.fit_result import Deviation, Fit, JourneyFit, Kind, PhaseFit
from klantreis.analyses.fit_variants import Scope, distinct, scoped
from klantreis.errors import OptionError
from klantreis.journeys.examples import Examples, lowest, named, ranks
from klantreis.journeys.model import About, Bucket
from klantreis.kernels import compiled
from klantreis.labels import Label
from klantreis.map.path import Path, Sequence, touchpoints
from klantreis.stats.by_name import together
from klantreis.stats.exchange import exchanged
from klantreis.stats.intervals import share

__all__ = [
    "Deviation", "Fit", "JourneyFit", "Kind", "Options", "Part", "PhaseFit",
    "exchange", "finish", "measure", "merge", "name",
]  # fmt: skip

name = "fit"

KINDS: tuple[Kind, ...] = ("missing", "ad_hoc", "out_of_order", "repeat", "failed")
"""In the order of the codes in `fit_align`."""

MUCH_WORK = 2_000_000
"""Steps above which compiled code pays for its start even when the log is small: a wide path."""

_Key = tuple[str, Kind, str | None]


@dataclass(frozen=True, slots=True)
class Options:
    """`path`: the drawn way. `scenario`: its id. `phases`: (touchpoint, phase) pairs for the split per phase.
    `unmapped`: 'ignore' events off the map, or 'count' each as a deviation. `only`: touchpoints in scope; None: all.
    `per_journey`: also keep one row per journey (for small logs and examples). `unseen`: touchpoints that no data can
    tell of; they are taken out of the path, because nobody could be seen to meet them.
    """

    path: Path = field(default_factory=lambda: Sequence(()))
    scenario: str = "path"
    phases: tuple[tuple[str, str], ...] = ()
    unmapped: Literal["ignore", "count"] = "ignore"
    only: tuple[str, ...] | None = None
    per_journey: bool = False
    unseen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """How often one deviation was seen: moves, journeys, people, and its examples."""

    moves: int
    journeys: int
    people: int
    examples: Examples

    def __add__(self, other: Tally) -> Tally:
        """Returns both together."""
        return Tally(
            self.moves + other.moves,
            self.journeys + other.journeys,
            self.people + other.people,
            self.examples + other.examples,
        )


@dataclass(frozen=True, slots=True)
class Part:
    """Counts that add up. `sizes`: events + fewest required -> (journeys, cost); `tallies`: per (name, kind, phase);
    `in_phase`: journeys that cost something in a phase; `rows`: (rank, size, cost, open) when asked for.
    """

    open_journeys: int = 0
    conforming: int = 0
    too_long: int = 0
    sizes: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    tallies: Mapping[_Key, Tally] = field(default_factory=dict)
    in_phase: Mapping[str, int] = field(default_factory=dict)
    rows: tuple[tuple[int, int, int, bool], ...] = ()
    too_wide: bool = False


def measure(bucket: Bucket, options: Options) -> Part:
    """Returns the fit of one bucket: each distinct way is aligned once.

    Raises:
        OptionError: the path visits a touchpoint that `only` leaves out.
    """
    path = without(options.path, frozenset(options.unseen))
    graph = graph_of(path)
    if graph is None:
        return Part(too_wide=True)
    listed, scope, rows = _laid_out(bucket, path, options)
    flags = np.zeros(0, np.uint8) if bucket.flags is None else bucket.flags
    symbols, offsets = scoped(bucket.touch, bucket.event, bucket.start, flags, scope)
    variant, chosen = distinct(symbols, offsets, bucket.state)
    work = symbols.size * graph.label.size
    aligned = (compiled(plain_align) if work > MUCH_WORK else align)(symbols, offsets, chosen, graph, rows)
    rank = ranks(bucket)
    totals = added_up(bucket.person, variant, rank, aligned, rows)
    scored = aligned.cost != TOO_LONG
    times = np.bincount(variant, minlength=chosen.size) * scored
    phases = _phase_names(options)
    return Part(
        open_journeys=int(times[(chosen & 1) == 1].sum()),
        conforming=int(times[aligned.cost == 0].sum()),
        too_long=bucket.journeys - int(times.sum()),
        sizes=_sizes(aligned, times),
        tallies=_tallies(listed, options, totals),
        in_phase={phase: int(n) for phase, n in zip(phases, totals.phase_journeys, strict=True) if phase is not None},
        rows=_rows(rank, variant, chosen, aligned) if options.per_journey else (),
    )


def merge(one: Part, other: Part) -> Part:
    """Returns two parts as one; associative and commutative."""
    return Part(
        open_journeys=one.open_journeys + other.open_journeys,
        conforming=one.conforming + other.conforming,
        too_long=one.too_long + other.too_long,
        sizes=together(one.sizes, other.sizes, lambda a, b: (a[0] + b[0], a[1] + b[1])),
        tallies=together(one.tallies, other.tallies),
        in_phase=together(one.in_phase, other.in_phase),
        rows=tuple(sorted((*one.rows, *other.rows))),
        too_wide=one.too_wide or other.too_wide,
    )


def exchange(whole: Part, was: Part, now: Part) -> Part:
    """Returns the part of all when some, who were `was`, are `now`."""
    return exchanged(whole, was, now)


def finish(part: Part, options: Options, about: About) -> Fit:
    """Returns the Result; without journeys all counts are 0 and the fitnesses None."""
    if part.too_wide:
        return Fit(about, scenario=options.scenario, computed=False, why=_too_wide(options))
    journeys = sum(count for count, _ in part.sizes.values())
    cost = sum(cost for _, cost in part.sizes.values())
    moves = sum(size * count for size, (count, _) in part.sizes.items())
    lost = math.fsum(cost / size for size, (_, cost) in part.sizes.items() if cost)
    return Fit(
        about,
        scenario=options.scenario,
        journeys=journeys,
        open_journeys=part.open_journeys,
        conforming=part.conforming,
        share=share(part.conforming, journeys),
        mean_fitness=1 - lost / journeys if journeys else None,
        pooled_fitness=(1 - cost / moves if moves else 1.0) if journeys else None,
        cost=cost,
        deviations=_deviations(part, journeys),
        phases=_phases(part, options),
        per_journey=tuple(_row(*row) for row in part.rows),
        too_long=part.too_long,
    )


def _laid_out(bucket: Bucket, path: Path, options: Options) -> tuple[tuple[str, ...], Scope, Rows]:
    """Returns the names of the rows (the path's own first), which code is which row, and what is known of each."""
    drawn = touchpoints(path)
    _check(drawn, options.only)
    counting = options.unmapped == "count" and options.only is None
    seen = [touch for touch in bucket.names.touchpoints if options.only is None or touch in options.only]
    number = {row: spot for spot, row in enumerate(dict.fromkeys([*drawn, *seen]))}
    if counting:
        number |= {row: len(number) + spot for spot, row in enumerate(_new(bucket.names.events, number))}
    scope = Scope(
        np.array([number[touch] if touch in seen else -1 for touch in bucket.names.touchpoints], np.int32),
        np.array([number[event] if counting else -1 for event in bucket.names.events], np.int32),
    )
    phases = _phase_names(options)
    phase_of = {touch: phases.index(phase) for touch, phase in options.phases}
    rows = Rows(
        phase=np.array([phase_of.get(row, -1) for row in number], np.int32),
        known=np.array([row in drawn or row in phase_of for row in number], np.uint8),
        on_path=len(drawn),
        phases=len(phases),
    )
    return tuple(number), scope, rows


def _new(names: tuple[str, ...], known: Mapping[str, int]) -> list[str]:
    return [name for name in dict.fromkeys(names) if name not in known]


def _check(drawn: tuple[str, ...], only: tuple[str, ...] | None) -> None:
    left_out = [touch for touch in drawn if only is not None and touch not in only]
    if left_out:
        raise OptionError(
            Label(
                f"Het pad bezoekt {left_out[0]!r}, maar `only` laat dat weg, dus zou elke reis het missen.",
                f"The path visits {left_out[0]!r}, but `only` leaves it out, so every journey would miss it.",
            ),
            mend=Label(
                f"Zet {left_out[0]!r} bij `only`, of haal het uit het pad.",
                f"Add {left_out[0]!r} to `only`, or take it out of the path.",
            ),
        )


def _phase_names(options: Options) -> tuple[str | None, ...]:
    return tuple(dict.fromkeys(phase for _, phase in options.phases)) or (None,)


def _rows(
    rank: NDArray[np.int64], variant: NDArray[np.int32], chosen: NDArray[np.int64], aligned: Aligned
) -> tuple[tuple[int, int, int, bool], ...]:
    size, is_open = (aligned.events + aligned.needed)[variant], (chosen & 1)[variant] == 1
    rows = zip(rank.tolist(), size.tolist(), aligned.cost[variant].tolist(), is_open.tolist(), strict=True)
    return tuple(sorted(row for row in rows if row[2] != TOO_LONG))


def _sizes(aligned: Aligned, times: NDArray[np.int64]) -> dict[int, tuple[int, int]]:
    sizes, place = np.unique(aligned.events + aligned.needed, return_inverse=True)
    journeys = np.bincount(place, times, len(sizes))
    cost = np.bincount(place, times * aligned.cost, len(sizes))
    return {int(s): (int(j), int(c)) for s, j, c in zip(sizes, journeys, cost, strict=True) if j}


def _tallies(listed: tuple[str, ...], options: Options, totals: Totals) -> dict[_Key, Tally]:
    phases = _phase_names(options)
    found = {}
    for key in np.flatnonzero(totals.moves):
        rest, phase = divmod(int(key), len(phases))
        row, kind = divmod(rest, len(KINDS))
        found[listed[row], KINDS[kind], phases[phase]] = Tally(
            int(totals.moves[key]),
            int(totals.journeys[key]),
            int(totals.people[key]),
            Examples(tuple(totals.examples[key].tolist())),
        )
    return found


def _deviations(part: Part, journeys: int) -> tuple[Deviation, ...]:
    found = [
        Deviation(
            touchpoint=touchpoint,
            kind=kind,
            phase=phase,
            moves=tally.moves,
            journeys=tally.journeys,
            people=tally.people,
            share=share(tally.journeys, journeys),
            examples=named(lowest(tally.examples.ranks)),
        )
        for (touchpoint, kind, phase), tally in part.tallies.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.journeys, -one.moves, one.touchpoint, one.kind, one.phase or "")))


def _phases(part: Part, options: Options) -> tuple[PhaseFit, ...]:
    cost: dict[str | None, int] = {}
    for (_, kind, phase), tally in part.tallies.items():
        if kind != "failed":
            cost[phase] = cost.get(phase, 0) + tally.moves
    named_phases = [phase for phase in _phase_names(options) if phase is not None]
    return tuple(PhaseFit(phase, cost.get(phase, 0), part.in_phase.get(phase, 0)) for phase in named_phases)


def _row(rank: int, size: int, cost: int, is_open: bool) -> JourneyFit:
    return JourneyFit(named((rank,))[0], cost, 1 - cost / size if size else 1.0, is_open)


def _too_wide(options: Options) -> str:
    return (
        f"The path of {options.scenario!r} can be in more than {MAX_STATES:,} states at once, too many to align. "
        "Put fewer parts in one any-order group."
    )
