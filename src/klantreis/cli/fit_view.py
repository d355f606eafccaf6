"""Fit and deviations, as a person reads them in a terminal."""

from __future__ import annotations

from collections.abc import Mapping

from klantreis.analyses.fit import Deviation, Fit
from klantreis.cli import figures, speak
from klantreis.cli.words import KINDS, text
from klantreis.labels import Language
from klantreis.stats.intervals import Estimate

MOST = 20
Names = Mapping[str, str]


def fit(result: Fit, said: Language, names: Names | None = None, skips: Mapping[str, Estimate] | None = None) -> None:
    """Prints fit and deviations; `skips`: per touchpoint the least share, of who got further, that does without it."""
    if not result.computed:
        speak.say(text("uncomputed", said, result.why))
        return
    known = names or {}
    size = (figures.number(count, said) for count in (result.conforming, result.journeys))
    mean = figures.number(result.mean_fitness, said, 4)
    speak.say(text("follow", said, *size, figures.percent(result.share, said), mean))
    if result.open_journeys:
        speak.say(text("still_open", said, figures.number(result.open_journeys, said)), style="dim")
    phased = any(one.phase for one in result.deviations)
    speak.table(
        (
            {"deviation": KINDS[one.kind].text(said), "at": known.get(one.touchpoint, one.touchpoint)}
            | ({"phase": known.get(one.phase or "", one.phase)} if phased else {})
            | {"journeys": one.journeys, "people": one.people, "share": figures.percent(one.share, said)}
            | ({} if skips is None else {"skip": _skip(one, skips, said)})
            for one in result.deviations[:MOST]
        ),
        said,
    )


def _skip(one: Deviation, skips: Mapping[str, Estimate], said: Language) -> str:
    part = skips.get(one.touchpoint)
    if one.kind != "missing" or part is None or not part.value:
        return figures.NONE
    return f"≥ {figures.percent(part, said)}"
