"""Low emotion: a touchpoint that customers say feels bad, or much worse than you drew it.

Every map has assumed feelings; surveys measure real ones. This rule names the touchpoints whose measured feeling lies
surely bad, the lowest of them first, and those that turn out much worse than assumed. One that is surely below zero but
only mildly so is a hint.

Options: `bad` the mean that counts as bad (-0.4), with the whole interval below zero; `gap` points below the assumed
feeling, at the high end of the interval (0.75).

Fires: 233 answers about a late delivery average -0.5 (-0.7 to -0.3), also when you had assumed -1; 300 answers about
Productpagina average 0.0 where +1 was drawn.
Does not fire: the interval runs from -0.2 to +0.1 and nothing was assumed. With fewer answers than the survey needs
there is only a hint that says how many are missing; a hint too for answers that lie off the scale of their survey.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from klantreis.analyses.emotion import Feeling
from klantreis.analyses.results import Results
from klantreis.findings import Finding, Level
from klantreis.labels import Label
from klantreis.map.model import JourneyMap, Survey
from klantreis.rules.contract import (
    Number,
    Word,
    called,
    counted,
    estimated,
    fill,
    paragraph,
    percent,
    plain_label,
    spot,
    too_few,
)

name = "low_emotion"


@dataclass(frozen=True, slots=True)
class Options:
    """`bad`: the mean that counts as bad; `gap`: points below the assumed feeling; else it is a hint at most."""

    bad: float = -0.4
    gap: float = 0.75


LOWEST = Label(
    nl="Het dieptepunt van de reis: {place} ({feel})",
    en="The lowest point of the journey: {place} ({feel})",
)
LOW = Label(nl="{place} voelt slecht ({feel})", en="{place} feels bad ({feel})")
WORSE = Label(
    nl="{place} valt tegen: {feel}, je dacht {assumed}",
    en="{place} disappoints: {feel}, you thought {assumed}",
)
DETAIL = Label(
    nl="{n} antwoorden geven op een schaal van −2 tot +2 gemiddeld {feel} (tussen {low} en {high}{raw}). {bad} is "
    "negatief.",
    en="{n} answers average {feel} on a scale from −2 to +2 (between {low} and {high}{raw}). {bad} of them are "
    "negative.",
)
ASSUMED = Label(nl="Op je kaart staat {assumed} als aanname.", en="Your map assumes {assumed}.")
ASKED = Label(
    nl="; zoals gevraagd, van {from} tot {to}: {raw}",
    en="; as asked, from {from} to {to}: {raw}",
)
BEST = Label(
    nl="Het best voelt {best}: {feel} (n = {n}{raw}).",
    en="{best} feels best: {feel} (n = {n}{raw}).",
)
ADVICE = Label(
    nl="Lees wat deze klanten erbij schrijven en los eerst op wat het vaakst terugkomt. Meet daarna opnieuw bij "
    "{place}.",
    en="Read what these customers write and first solve what comes back most. Then measure again at {place}.",
)
FEW = Label(nl="Nog te weinig antwoorden over {place}", en="Too few answers about {place} so far")
FEW_DETAIL = Label(
    nl="Er zijn {n} antwoorden en {needed} nodig. Tot dan blijft het gevoel op je kaart een aanname.",
    en="There are {n} answers and {needed} are needed. Until then the feeling on your map stays an assumption.",
)
OFF = Label(
    nl="{n} antwoorden vallen buiten de schaal van '{survey}'",
    en="{n} answers lie off the scale of '{survey}'",
)
OFF_DETAIL = Label(
    nl="Ze tellen niet mee. Op je kaart loopt de schaal van {low} tot {high}.",
    en="They do not count. On your map the scale runs from {low} to {high}.",
)
OFF_ADVICE = Label(
    nl="Controleer de schaal van deze meetvraag, of de kolom waar de score uit komt.",
    en="Check the scale of this survey, or the column that the score comes from.",
)
ANSWERS = Label(nl="antwoorden buiten de schaal", en="answers off the scale")
FEEL = Label(nl="gemeten gevoel", en="measured feeling")
RAW = Label(nl="score zoals gevraagd", en="score as asked")


def check(map_: JourneyMap, results: Results, options: Options = Options()) -> Iterator[Finding]:
    """Yields a finding per touchpoint that feels bad or disappoints, and a hint where answers are few or unusable."""
    feelings = _one_each(map_, results)
    known = sorted((f for f in feelings if f.enough), key=lambda f: (f.feel.value or 0, f.touchpoint))
    for number, feeling in enumerate(known):
        title = _title(map_, feeling, options, lowest=number == 0)
        if title is not None:
            yield _finding(map_, results, feeling, (title, _level(title, feeling, options)), best=known[-1])
    for feeling in feelings:
        if not feeling.enough:
            yield _few(map_, feeling)
    for survey, answers in results.emotion.unusable:
        yield _off(map_, survey, answers)


def _one_each(map_: JourneyMap, results: Results) -> list[Feeling]:
    """Returns a feeling per touchpoint: the one on the curve, else the first survey with enough answers, bar NPS."""
    found: dict[str, Feeling] = {}
    known = {survey.id for survey in map_.surveys if survey.kind != "NPS"}
    asked = [one for one in results.emotion.feelings if one.on_curve or (one.survey in known and one.nps is None)]
    for feeling in sorted(asked, key=lambda one: (not one.on_curve, not one.enough)):
        found.setdefault(feeling.touchpoint, feeling)
    return [feeling for feeling in asked if found[feeling.touchpoint] is feeling]


def _title(map_: JourneyMap, feeling: Feeling, options: Options, *, lowest: bool) -> Label | None:
    high, assumed = feeling.feel.high, _assumed(map_, feeling.touchpoint)
    if high is None:
        return None
    if lowest and _bad(feeling, options):
        return LOWEST
    if assumed is not None and high <= assumed - options.gap:
        return WORSE
    return LOW if high < 0 else None


def _level(title: Label, feeling: Feeling, options: Options) -> Level:
    if title is LOW and not _bad(feeling, options):
        return "hint"
    return "warning" if title is LOWEST else "insight"


def _bad(feeling: Feeling, options: Options) -> bool:
    """Says whether it feels bad beyond doubt (the interval) and beyond a shrug (the mean)."""
    value, high = feeling.feel.value, feeling.feel.high
    return value is not None and high is not None and high < 0 and value <= options.bad


def _finding(
    map_: JourneyMap, results: Results, feeling: Feeling, said: tuple[Label, Level], *, best: Feeling
) -> Finding:
    title, level = said
    feel, assumed = feeling.feel, _assumed(map_, feeling.touchpoint)
    seen = next((seen for seen in results.coverage.touchpoints if seen.touchpoint == feeling.touchpoint), None)
    words: dict[str, Word] = {
        "place": called(map_, feeling.touchpoint),
        "n": Number(feel.n),
        "feel": Number(feel.value or 0, "score"),
        "low": Number(feel.low or 0, "score"),
        "high": Number(feel.high or 0, "score"),
        "raw": _as_asked(map_, feeling),
        "bad": percent(_negative(map_, feeling)),
        "assumed": Number(assumed or 0, "score"),
    }
    detail = [fill(DETAIL, **words)]
    if assumed is not None:
        detail.append(fill(ASSUMED, **words))
    if title is LOWEST and best.survey == feeling.survey and best is not feeling:
        top: dict[str, Word] = {"best": called(map_, best.touchpoint), "raw": _as_asked(map_, best)}
        detail.append(fill(BEST, **top, feel=Number(best.feel.value or 0, "score"), n=Number(best.feel.n)))
    return Finding(
        rule=name,
        level=level,
        place=spot(map_, feeling.touchpoint),
        title=fill(title, **words),
        detail=paragraph(*detail),
        advice=fill(ADVICE, **words),
        people=seen.people if seen is not None and seen.people else feel.n,
        evidence=(estimated(FEEL, feel, "score"), estimated(RAW, feeling.raw, "mean")),
    )


def _as_asked(map_: JourneyMap, feeling: Feeling) -> Label:
    """Returns the score on the scale of the question; nothing when the map does not hold the question."""
    survey = next((survey for survey in map_.surveys if survey.id == feeling.survey), None)
    if survey is None or feeling.raw.value is None:
        return Label()
    ends = {"from": f"{survey.low:g}", "to": f"{survey.high:g}"}
    return fill(ASKED, raw=Number(feeling.raw.value, "points"), **ends)


def _few(map_: JourneyMap, feeling: Feeling) -> Finding:
    place, n = called(map_, feeling.touchpoint), feeling.feel.n
    return Finding(
        rule=name,
        level="hint",
        place=spot(map_, feeling.touchpoint),
        title=fill(FEW, place=place),
        detail=fill(FEW_DETAIL, n=Number(n), needed=Number(feeling.n_min)),
        people=n,
        evidence=(too_few(FEEL, n, feeling.n_min, "score"),),
    )


def _off(map_: JourneyMap, id_: str, answers: int) -> Finding:
    survey = next((survey for survey in map_.surveys if survey.id == id_), Survey(id_, Label()))
    return Finding(
        rule=name,
        level="hint",
        place=spot(map_, id_),
        title=fill(OFF, n=Number(answers), survey=plain_label(survey.label, id_)),
        detail=fill(OFF_DETAIL, low=f"{survey.low:g}", high=f"{survey.high:g}"),
        advice=OFF_ADVICE,
        evidence=(counted(ANSWERS, answers, "count"),),
    )


def _assumed(map_: JourneyMap, touchpoint: str) -> float | None:
    step = map_.step_of(touchpoint)
    return None if step is None else step.feel


def _negative(map_: JourneyMap, feeling: Feeling) -> float:
    """Returns the share of answers on the bad side of the middle of the scale."""
    survey = next((survey for survey in map_.surveys if survey.id == feeling.survey), None)
    middle = (survey.low + survey.high) / 2 if survey else 3
    turned = -1 if survey is not None and survey.reverse else 1
    bad = sum(often for score, often in feeling.counts if turned * (score - middle) < 0)
    return bad / max(1, feeling.feel.n)
