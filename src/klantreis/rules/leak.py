"""Leak: a phase after which far more customers leave than after the others.

Where many people leave is where a better step helps most people. Between every two phases of the map the share that
goes on is known, with its interval. This rule looks for the steps where the loss is large, and larger than that of
the other steps. A loss that is hardly larger than elsewhere is only a hint.

Options: `n_min` journeys that must have reached the phase (100), `lost` the share that at least has to leave, taken
at the low end of the interval (0.25), `clear` how much larger than the mean of the other steps it has to be to be more
than a hint, the intervals apart (0.10), `optional` classes of phases that nobody has to reach (loyalty and advocacy). A
phase that the ideal scenario lets everybody skip is no leak either.

Without a window open journeys may still go on: only those that are over, and never went on, are lost.

Fires: of 1,000 journeys in Overweging 400 reach Besluit (40 %, 37 to 43 %), the other steps keep 70 %.
A hint: 53 % go on where 59 % do elsewhere.
Does not fire: every step keeps 70 %; or 9 of 20 journeys leave, which is too few to tell.

Money: (journeys lost - what the other steps would have lost) x the share of those who get further that reaches the
goal x the mean value of a success. What is at stake, not what a change would bring.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from klantreis.analyses.funnel import FunnelStep
from klantreis.analyses.results import Results
from klantreis.findings import Finding, Level
from klantreis.labels import Label
from klantreis.map.model import JourneyMap, PhaseClass
from klantreis.map.path import AnyOrder, Choice, Path, Repeat, Sequence, Visit, touchpoints
from klantreis.rules.contract import Number, called, counted, estimated, fill, percent, spot, worth
from klantreis.stats.intervals import Estimate, share

name = "leak"


@dataclass(frozen=True, slots=True)
class Options:
    """`n_min` journeys, `lost` share at least, `clear` difference with the others, `optional` classes left out."""

    n_min: int = 100
    lost: float = 0.25
    clear: float = 0.10
    optional: tuple[PhaseClass, ...] = ("LO", "AD")


TITLE = Label(
    nl="{lost} haakt af na {phase}",
    en="{lost} leave after {phase}",
)
DETAIL = Label(
    nl="Van de {n} klantreizen die {phase} bereiken, gaat {kept} ({low} tot {high}) door naar {next}. "
    "In de andere stappen gaat gemiddeld {usual} door.",
    en="Of the {n} journeys that reach {phase}, {kept} ({low} to {high}) go on to {next}. "
    "In the other steps {usual} go on, on average.",
)
DETAIL_SO_FAR = Label(
    nl="Van de {n} klantreizen die {phase} bereiken, ging tot nu toe {kept} ({low} tot {high}) door naar {next}, en is "
    "{lost} voorbij zonder verder te komen. In de andere stappen is dat gemiddeld {usual}.",
    en="Of the {n} journeys that reach {phase}, {kept} ({low} to {high}) went on to {next} so far, and {lost} are over "
    "without getting further. In the other steps that is {usual}, on average.",
)
ADVICE = Label(
    nl="Kijk wat klanten in {phase} nodig hebben en niet vinden. Begin bij de contactmomenten waar de reis het vaakst "
    "eindigt, en vergelijk met klanten die wel doorgaan.",
    en="Look at what people need in {phase} and do not find. Begin at the touchpoints where journeys end most, and "
    "compare with customers who do go on.",
)
LEFT = Label(nl="haakt af", en="leave")
LOST = Label(nl="klantreizen die stoppen", en="journeys that stop")


def check(map_: JourneyMap, results: Results, options: Options = Options()) -> Iterator[Finding]:
    """Yields a finding per phase after which more journeys stop than `options` allow and than elsewhere."""
    steps = pairwise(results.funnel.steps)
    so_far = results.funnel.may_go_on > 0
    pairs = [(before, after) for before, after in steps if not _optional(map_, after.step, options)]
    for before, after in pairs:
        gone = _gone(before, after, so_far)
        others = [_gone(*other, so_far) for other in pairs if other[1] is not after]
        usual = _mean([other.value for other in others])
        if gone.n < options.n_min or gone.low is None or gone.low < max(options.lost, usual):
            continue
        apart = (gone.value or 0) - usual >= options.clear and gone.low > _mean([other.high for other in others])
        yield _finding(map_, results, (before, after), usual, "warning" if apart else "hint")


def _finding(
    map_: JourneyMap, results: Results, steps: tuple[FunnelStep, FunnelStep], usual: float, level: Level
) -> Finding:
    before, after = steps
    so_far = results.funnel.may_go_on > 0
    gone, kept = _gone(before, after, so_far), after.from_previous
    lost = round((gone.value or 0) * gone.n)
    words = {"phase": called(map_, before.step), "next": called(map_, after.step)}
    return Finding(
        rule=name,
        level=level,
        place=spot(map_, before.step),
        title=fill(TITLE, lost=percent(gone.value), **words),
        detail=fill(
            DETAIL_SO_FAR if so_far else DETAIL,
            n=Number(kept.n),
            kept=percent(kept.value),
            low=percent(kept.low),
            high=percent(kept.high),
            usual=percent(usual if so_far else 1 - usual),
            lost=percent(gone.value),
            **words,
        ),
        advice=fill(ADVICE, **words),
        journeys=lost,
        money=worth(map_, results, lost - usual * gone.n, before.step),
        evidence=(estimated(LEFT, gone, "share"), counted(LOST, lost, "journeys")),
    )


def _gone(before: FunnelStep, after: FunnelStep, so_far: bool) -> Estimate:
    kept = after.from_previous
    if so_far:
        return share(max(0, before.mature - after.mature), before.people)
    return share(kept.n - round((kept.value or 0) * kept.n), kept.n)


def _mean(values: list[float | None]) -> float:
    """Returns the mean of what is known, 0 when nothing is."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else 0.0


def _optional(map_: JourneyMap, id_: str, options: Options) -> bool:
    phase = next((phase for phase in map_.phases if phase.id == id_), None)
    if phase is not None and set(phase.classes) & set(options.optional):
        return True
    here = {touch.id for touch in map_.touchpoints if touch.phase == id_}
    ideals = [scenario.path for scenario in map_.scenarios if scenario.kind == "ideal"]
    return any(here & set(touchpoints(path)) and _without(path, here) for path in ideals)


def _without(path: Path, here: set[str]) -> bool:
    """Says whether a path can be gone to its end without meeting any of these touchpoints."""
    match path:
        case Visit(touchpoint):
            return touchpoint not in here
        case Sequence(parts) | AnyOrder(parts):
            return all(_without(part, here) for part in parts)
        case Choice(options):
            return any(_without(option, here) for option in options)
        case Repeat(part):
            return _without(part, here)
        case _:
            return True
