"""Proof: what became of a change, with its number, its rung of proof and its reasons.

A verdict (improved, no difference, worse) is an insight; worse is a warning. Too soon is a hint that says what is
missing, and an alarm about the groups is a warning, because nothing in such a test can be trusted. A verdict comes with
an edit that writes it down on the map, unless the map says the same already.

Options: none.

Fires: `filter_tonen` was an A/B test: 36 % used the filter with it and 31 % without, a difference of 4.8 percentage
points (2.2 to 7.4).
Does not fire: a change without a date (`starts_at`), or one that has not begun.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from klantreis.analyses.effect import Effect, Effects
from klantreis.analyses.results import Results
from klantreis.findings import Edit, Finding, Level, Measured
from klantreis.labels import LANGUAGES, Label
from klantreis.map.model import JourneyMap
from klantreis.rules.contract import Number, Word, estimated, fill, paragraph, plain_label, spot

name = "proof"


@dataclass(frozen=True, slots=True)
class Options:
    """Nothing to set: what was agreed beforehand decides."""


TITLES = {
    "improved": Label(nl="'{change}' werkt: {kpi} verbeterde", en="'{change}' works: {kpi} improved"),
    "worse": Label(nl="'{change}' maakt het slechter", en="'{change}' makes it worse"),
    "no_difference": Label(
        nl="'{change}' maakt geen verschil dat ertoe doet", en="'{change}' makes no difference that matters"
    ),
    "too_soon": Label(nl="'{change}': nog te vroeg om te oordelen", en="'{change}': too soon to tell"),
}
UNCLAIMED = Label(nl="Sinds '{change}' is {kpi} anders", en="Since '{change}', {kpi} is different")
NUMBERS = Label(
    nl="{kpi}: {treated} tegen {control}. Verschil {gap} ({low} tot {high}, 95%), n = {n}.",
    en="{kpi}: {treated} against {control}. Difference {gap} ({low} to {high}, 95%), n = {n}.",
)
RUNGS = {
    "A": Label(
        nl="Bewijs A: het lot bepaalde wie de verandering kreeg.", en="Proof A: chance decided who got the change."
    ),
    "B": Label(
        nl="Bewijs B: in stappen ingevoerd, vergeleken met wie het nog niet had.",
        en="Proof B: rolled out in steps, against those who did not have it yet.",
    ),
    "C": Label(
        nl="Bewijs C: een reeks met een onderbreking; iets anders kan op dezelfde dag begonnen zijn.",
        en="Proof C: an interrupted series; something else may have begun on the same day.",
    ),
    "D": Label(
        nl="Bewijs D: alleen voor en na; geen uitspraak over oorzaak.",
        en="Proof D: only before and after; no causal claim.",
    ),
}
ADVICE = {
    "improved": Label(
        nl="Houd de verandering, en leg het oordeel vast.", en="Keep the change, and write the verdict down."
    ),
    "worse": Label(nl="Draai de verandering terug.", en="Turn the change back."),
    "no_difference": Label(
        nl="Kies op kosten en gemak, of probeer een grotere stap.", en="Choose on cost and ease, or try a larger step."
    ),
    "too_soon": Label(nl="Wacht met een besluit.", en="Wait before you decide."),
}
NOTE = Label(nl="oordeel vastleggen", en="write the verdict down")
GAP = Label(nl="verschil", en="difference")
QUIET = {"not_started", "no_metric", "no_window"}
"""Reasons that a check of the map already speaks of."""


def check(map_: JourneyMap, results: Results, options: Options = Options()) -> Iterator[Finding]:
    """Yields one finding per change that has begun."""
    del options
    effects = results.more.get("effect")
    if not isinstance(effects, Effects):
        return
    for effect in effects.effects:
        if not QUIET & {reason.code for reason in effect.reasons}:
            yield _finding(map_, effect, results.about.currency)


def _finding(map_: JourneyMap, effect: Effect, currency: str) -> Finding:
    words: dict[str, Word] = {
        "change": plain_label(effect.label, effect.change),
        "kpi": plain_label(effect.kpi_label, effect.kpi or ""),
    }
    told = effect.gap.value is not None
    decided = effect.verdict != "too_soon"
    unclaimed = effect.rung == "D" and effect.verdict in {"improved", "worse"}
    return Finding(
        rule=name,
        level=_level(effect),
        place=spot(map_, effect.change),
        title=fill(UNCLAIMED if unclaimed else TITLES[effect.verdict], **words),
        detail=paragraph(
            *(reason.words for reason in effect.reasons if reason.code != "no_claim"),
            *([fill(NUMBERS, **words, **_numbers(effect, currency))] if told else []),
            RUNGS[effect.rung],
        ),
        advice=Label() if unclaimed else ADVICE[effect.verdict],
        people=sum(effect.n) if effect.rung in {"A", "B"} and decided else 0,
        evidence=(_gap(effect),),
        edit=_edit(map_, effect) if decided and not unclaimed else None,
    )


def _level(effect: Effect) -> Level:
    codes = {reason.code for reason in effect.reasons}
    if effect.rung == "D":
        return "hint"
    if effect.verdict == "worse" or "split_alarm" in codes:
        return "warning"
    return "hint" if effect.verdict == "too_soon" else "insight"


def _gap(effect: Effect) -> Measured:
    """What was seen, with all who were counted: the estimate itself has the smallest group, or the days of a series."""
    if effect.gap.value is None:
        return Measured(GAP, None, _unit(effect), sum(effect.n), why=effect.reasons[0].words)
    return estimated(GAP, replace(effect.seen, n=sum(effect.n)), _unit(effect))


def _unit(effect: Effect) -> str:
    return {"score": "mean", "share": "gap"}.get(effect.unit, effect.unit)


def _numbers(effect: Effect, currency: str) -> dict[str, Word]:
    unit = "points" if effect.unit in {"score", "count"} else effect.unit
    gap = effect.seen
    groups: dict[str, Word] = {
        "treated": Number(effect.treated or 0, unit, currency),
        "control": Number(effect.control or 0, unit, currency),
        "n": Number(sum(effect.n)),
    }
    points = (" procentpunt", " percentage points") if unit == "share" else ("", "")
    return groups | {
        "gap": _difference(Number(gap.value or 0, unit, currency), points),
        "low": _difference(Number(gap.low or 0, unit, currency)),
        "high": _difference(Number(gap.high or 0, unit, currency)),
    }


def _difference(number: Number, points: tuple[str, str] = ("", "")) -> Label:
    """Returns a difference as it is said: of two shares in percentage points."""
    nl, en = (number.text(language).replace("%", "").replace("-", "−") for language in LANGUAGES)
    return Label(nl=nl + points[0], en=en + points[1])


def _edit(map_: JourneyMap, effect: Effect) -> Edit | None:
    change = next((one for one in map_.changes if one.id == effect.change), None)
    if change is None or change.verdict == effect.verdict:  # an offer has no verdict to write down
        return None
    return Edit(("changes", effect.change, "verdict"), effect.verdict, NOTE, map_.file)
