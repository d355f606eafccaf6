"""Where people go, as a person reads it in a terminal; and the options that those questions share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

import typer

from klantreis.analyses.clusters import Clusters
from klantreis.analyses.contrast import Contrast, Gap
from klantreis.analyses.follows import Follows, Pair
from klantreis.analyses.sankey import Sankey
from klantreis.analyses.steps import StepMatrix
from klantreis.cli import figures, speak
from klantreis.cli.paths_view import route
from klantreis.cli.ways_words import text
from klantreis.journeys.model import Journeys
from klantreis.labels import Language
from klantreis.stats.intervals import Estimate

__all__ = ["Anchor", "Collapse", "Compare", "Follows", "Journeys", "StepMatrix", "Unmapped"]

Anchor = Annotated[
    str | None, typer.Option(help="Touchpoint to begin at: a; a|b for either; a,b for directly in a row.")
]
Collapse = Annotated[bool, typer.Option("--collapse", help="Repeats of one touchpoint in a row count once.")]
Unmapped = Annotated[bool, typer.Option("--unmapped", help="Also events that the map does not know.")]
Compare = Annotated[str | None, typer.Option(help="Two segments of the map beside each other: a,b.")]
Names = Mapping[str, str]
MOST, STEPS, PER_STEP, FEW = 20, 8, 8, 10


def steps(result: StepMatrix, said: Language, names: Names) -> None:
    """Prints the matrix: a row per touchpoint, a column per step, in percent of the journeys looked at."""
    if not _ground(result, said, names):
        return
    shown = [step for step in result.steps if step >= -STEPS][: 2 * STEPS]
    speak.table(
        (
            {"touchpoint": _named(row.id, result, names, said)}
            | {_step(cell.step): _whole(cell.share, said) for cell in row.cells if cell.step in shown}
            for row in _kept(result)
        ),
        said,
    )
    if len(result.table) > MOST or len(shown) < len(result.steps):
        speak.say(text("in_full", said), style="dim")


def sankey(result: Sankey, said: Language, names: Names) -> None:
    """Prints the streams of each step, largest first."""
    if not _ground(result, said, names):
        return
    for step in sorted({link.step for link in result.links}):
        listed = [link for link in result.links if link.step == step]
        speak.table(
            (
                {
                    "from": _named(link.source, result, names, said),
                    "to": _named(link.target, result, names, said),
                    "times": link.count,
                    "journeys": link.journeys,
                    "people": link.people,
                    "share": figures.percent(Estimate(link.share, link.count), said),
                }
                for link in listed[:PER_STEP]
            ),
            said,
            title=text("to_step", said, _step(step), _step(step + 1), min(PER_STEP, len(listed)), len(listed)),
        )


def follows(result: Follows, said: Language, names: Names) -> None:
    """Prints the busiest pairs, who comes back, and the times that were asked."""
    speak.say(text("size", said, *_numbers((result.journeys, result.people, result.events), said)))
    if not result.events:
        return
    timed = [pair for pair in result.pairs if pair.n]
    first = sorted(result.pairs, key=lambda pair: (-pair.later_journeys, pair.source, pair.target))
    speak.table((_pair(pair, said, names) for pair in first[:MOST]), said, title=_some("pairs", MOST, len(first), said))
    speak.table((_time(pair, said, names) for pair in timed[:MOST]), said, title=text("times", said))
    speak.table(
        (
            {
                "touchpoint": names.get(one.id, one.id),
                "journeys": one.journeys,
                "again": one.rework_journeys,
                "share": figures.percent(one.rework, said),
                "repeats": one.repeats,
                "loops": one.loops,
                "least": one.least_distance,
            }
            for one in result.touchpoints[:MOST]
        ),
        said,
        title=text("rework", said),
    )
    for key, turns in (("loops", result.loops), ("backs", result.backs)):
        if turns is not None:
            shown = _numbers((turns.count, turns.journeys), said)
            speak.say(text(key, said, *shown, figures.percent(turns.share, said)))


def clusters(result: Clusters, said: Language, names: Names) -> None:
    """Prints each group with the route in its middle, and how much was compared."""
    compared = _numbers((result.compared_journeys, result.journeys, result.variants, result.variants_all), said)
    speak.say(text("compared", said, *compared, figures.percent(result.compared, said)))
    if result.too_long:
        speak.say(text("too_long", said, *_numbers((result.too_long, result.longest), said)))
    speak.table(
        (
            {
                "group": number,
                "journeys": one.journeys,
                "share": figures.percent(one.share, said),
                "routes_head": one.variants,
                "exactly": one.exactly,
                "apart": one.distance,
                "route": route([names.get(id_, id_) for id_ in one.path], said),
            }
            for number, one in enumerate(result.clusters, start=1)
        ),
        said,
    )
    if result.silhouette is not None:
        speak.say(text("silhouette", said, figures.number(result.silhouette, said, 2)), style="dim")


def contrast(result: Contrast, said: Language, names: Names) -> None:
    """Prints where the difference of two groups is sure, largest first."""
    one, other = (names.get(name, name) for name in result.names)
    speak.say(text("beside", said, one, *_numbers(result.n[:1], said), other, *_numbers(result.n[1:], said)))
    sure = sorted((cell for cell in result.gaps if cell.sure), key=lambda cell: -abs(cell.difference.value or 0.0))
    if not sure:
        speak.say(text("nothing_sure", said, *_numbers((len(result.gaps),), said)))
        return
    speak.table(
        (_gap(cell, result, (one, other), (said, names)) for cell in sure[:MOST]), said,
        title=_some("sure", MOST, len(sure), said),
    )  # fmt: skip
    speak.say(text("chance", said, *_numbers((len(result.gaps), round(len(result.gaps) * 0.05)), said)), style="dim")


def _ground(result: StepMatrix | Sankey, said: Language, names: Names) -> bool:
    """Says what the shares are of; False when it is nothing."""
    times = result.of if isinstance(result, StepMatrix) else result.count
    words = " > ".join(names.get(part, part) for part in result.anchor.split(" > "))
    anchor = text("the_start", said) if result.anchor == result.start else words
    counts = _numbers((times, result.journeys, result.all_journeys, result.people), said)
    speak.say(text("from_anchor", said, anchor, *counts, figures.percent(result.reach, said)))
    return times > 0


def _kept(result: StepMatrix) -> Iterable[Any]:
    ends = [row for row in result.table if row.id in {result.start, result.end}]
    return [*[row for row in result.table if row not in ends][:MOST], *ends]


def _named(id_: str, result: StepMatrix | Sankey, names: Names, said: Language) -> str:
    own = {result.start: "start", result.end: "end"}
    if isinstance(result, Sankey):
        own[result.other] = "other"
    return text(own[id_], said) if id_ in own else names.get(id_, id_)


def _step(step: int) -> str:
    return f"+{step}" if step > 0 else str(step).replace("-", "−")


def _whole(share: Estimate, said: Language) -> str:
    """Returns a share without decimals; one that is not 0 never reads as 0."""
    if not share.value:
        return "·"
    return "<1" if share.value < 0.005 else figures.local(f"{100 * share.value:.0f}", said)


def _pair(pair: Pair, said: Language, names: Names) -> dict[str, Any]:
    return {
        "from": names.get(pair.source, pair.source),
        "to": names.get(pair.target, pair.target),
        "direct": pair.direct,
        "later": pair.later,
        "journeys": pair.later_journeys,
        "reached": figures.percent(pair.reached, said),
    }


def _time(pair: Pair, said: Language, names: Names) -> dict[str, Any]:
    quantiles = (("q25", pair.q25_seconds), ("median", pair.median_seconds), ("p90", pair.p90_seconds))
    row = {"from": names.get(pair.source, pair.source), "to": names.get(pair.target, pair.target), "n": pair.n}
    return row | {key: figures.duration(value, said) for key, value in quantiles}


def _gap(cell: Gap, result: Contrast, groups: tuple[str, str], words: tuple[Language, Names]) -> dict[str, Any]:
    said, names = words
    own = {result.start: text("start", said), result.end: text("end", said)} if result.kind == "steps" else {}
    place = {"touchpoint": own.get(cell.touchpoint, names.get(cell.touchpoint, cell.touchpoint))}
    if result.kind == "steps":
        place["at_step"] = _step(cell.step or 0)
    else:
        place["to"] = names.get(cell.target or "", cell.target or "")
    shares = {f"{group} %": _whole(share, said) for group, share in zip(groups, (cell.one, cell.other), strict=True)}
    return place | shares | {"difference": _points(cell.difference, said)}


def _points(difference: Estimate, said: Language) -> str:
    """Returns a difference in percentage points with its interval: '+4.1 (+1.2 to +7.0)'."""
    if difference.value is None or difference.low is None or difference.high is None:
        return figures.NONE
    numbers = [100 * part for part in (difference.value, difference.low, difference.high)]
    places = 1 if all(abs(number) >= 0.05 or not number for number in numbers) else 2
    value, low, high = (figures.local(f"{number:+.{places}f}", said).replace("-", "−") for number in numbers)
    return f"{value} ({low} {'tot' if said == 'nl' else 'to'} {high})"


def _some(key: str, most: int, of: int, said: Language) -> str:
    return text(key, said, *_numbers((min(most, of), of), said))


def _numbers(values: Iterable[int], said: Language) -> list[str]:
    return [figures.number(value, said) for value in values]
