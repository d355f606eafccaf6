"""What lines side by side come to, in words and as a table: what is skipped, what is extra, where the gap is widest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from klantreis.analyses.fit import Deviation, Fit
from klantreis.analyses.results import Results
from klantreis.labels import Language
from klantreis.map.model import JourneyMap
from klantreis.map.stages import Scenario
from klantreis.rules.missed_touchpoint import skipped
from klantreis.scenes.numbers import cases, decimal, percent, score
from klantreis.scenes.table import Table, table
from klantreis.scenes.tracks import MEASURED, Track
from klantreis.scenes.words import named, say

MOST = 4
"""How many lines one picture holds; more of them get a picture each."""
SHOWN = 6
KINDS = (("compare-skipped", {"missing"}), ("compare-extra", {"ad_hoc"}), ("compare-again", {"repeat"}))
"""Which deviations stand in which line under the picture."""
LEAST_SHARE = 0.02
"""Deviations of fewer journeys are left to the table of findings."""


def under_of(map_: JourneyMap, tracks: Sequence[Track], language: Language) -> str:
    """Returns the line under the title: the journey, and what the hatching is with the mean gap."""
    title = map_.title.shown(language) or say("no-title", language)
    gaps = gaps_of(tracks)
    if not is_hatched(tracks) or not gaps or (len(tracks) > 2 and not any(gaps.values())):
        return say("compare-under-many" if len(tracks) <= MOST else "compare-under-apart", language, title=title)
    if not any(gaps.values()):
        return say("compare-under-same", language, title=title, n=_steps(len(gaps), language))
    mean = sum(abs(gap) for gap in gaps.values()) / len(gaps)
    one, other = tracks[0].name, tracks[1].name
    return say(
        "compare-under", language, title=title, one=one, other=other, gap=decimal(mean, language, 1),
        n=_steps(len(gaps), language),
    )  # fmt: skip


def is_hatched(tracks: Sequence[Track]) -> bool:
    """Says whether the gap between the first two is drawn: of two lines, and of three or four that follow a route or
    were measured.
    """
    routed = all(track.on is not None or track.id == MEASURED for track in tracks)
    return len(tracks) == 2 or (2 < len(tracks) <= MOST and routed)


def _steps(count: int, language: Language) -> str:
    return say("step-one" if count == 1 else "step-count", language, n=str(count))


def occasion(scenario: Scenario, language: Language) -> str:
    """Returns what a scenario begins with, what the customer wants of it and how soon; '' when none of it is said."""
    trigger, goal = scenario.trigger.shown(language), scenario.goal.shown(language)
    soon = scenario.urgency if scenario.urgency not in {None, "none"} else None
    parts = (
        say("scenario-trigger", language, text=trigger) if trigger else "",
        say("scenario-goal", language, text=goal) if goal else "",
        say("scenario-urgency", language, text=named("urgency", soon, language)) if soon else "",
    )
    return " · ".join(filter(None, parts))


def gaps_of(tracks: Sequence[Track]) -> Mapping[str, float]:
    """Returns the second track's feeling less the first's at each step where both have one."""
    if len(tracks) < 2:
        return {}
    one, other = tracks[0].feels, tracks[1].feels
    return {id_: other[id_].value - spot.value for id_, spot in one.items() if id_ in other}


def notes_of(
    tracks: Sequence[Track], names: Mapping[str, str], map_: JourneyMap, results: Results | None, language: Language
) -> list[tuple[str, str]]:
    """Returns (name, text) of what stands under the picture: skipped and extra steps, the widest gap.

    Beside what was measured, the steps skipped and done besides are those of the fit, with the share of journeys. A
    scenario that says what it begins with, what for and how soon, is told first. Of more than two scenarios each has a
    line that tells how it differs from the first.
    """
    known = {scenario.id: scenario for scenario in map_.scenarios}
    told = [(track.name, occasion(known[track.id], language)) for track in tracks if track.id in known]
    found = [pair for pair in told if pair[1]]
    real = next((track for track in tracks if track.id == MEASURED), None)
    if len(tracks) > 2 and real is not None:
        for track in (one for one in tracks if one != real):
            parts = [*_measured(track, map_, results, language), *_widest(track, real, names, language)]
            found.append((track.name, " · ".join(f"{key.lower()}: {text}" for key, text in parts)))
        return found
    if len(tracks) > 2:
        routed = tracks[0].on is not None
        differ = [(track.name, _differs(tracks[0], track, names, language)) for track in tracks[1:] if routed]
        return [*found, *(pair for pair in differ if pair[1])]
    if len(tracks) < 2:
        return []
    one, other = tracks
    same = say("compare-same", language)
    if one.on is not None and other.on is not None:
        skipped = " · ".join(name for id_, name in names.items() if id_ in one.on - other.on)
        extra = " · ".join(name for id_, name in names.items() if id_ in other.on - one.on)
        found += [(say("compare-skipped", language), skipped or same), (say("compare-extra", language), extra or same)]
    else:
        found += _measured(one, map_, results, language)
    return [*found, *_widest(one, other, names, language)]


def _widest(one: Track, other: Track, names: Mapping[str, str], language: Language) -> list[tuple[str, str]]:
    """Where the two feel most different; [] where none is known of both."""
    gaps = gaps_of((one, other))
    if not gaps:
        return []
    worst = max(gaps, key=lambda id_: abs(gaps[id_]))
    felt = f"{score(one.feels[worst].value, language)} → {score(other.feels[worst].value, language)}"
    told = f"{names.get(worst, worst)}: {felt}" if gaps[worst] else say("compare-same", language)
    return [(say("compare-gap", language), told)]


def _differs(one: Track, other: Track, names: Mapping[str, str], language: Language) -> str:
    """What a route skips and does besides another, and where it feels most different; '' when nothing differs."""
    off, on = one.on or frozenset(), other.on or frozenset()
    gaps = {id_: gap for id_, gap in gaps_of((one, other)).items() if gap}
    parts = [
        (key, _named([name for id_, name in names.items() if id_ in there], language))
        for key, there in (("compare-skipped", off - on), ("compare-extra", on - off))
    ]
    if gaps:
        worst = max(gaps, key=lambda id_: abs(gaps[id_]))
        felt = f"{score(one.feels[worst].value, language)} → {score(other.feels[worst].value, language)}"
        parts.append(("compare-gap", f"{names.get(worst, worst)} {felt}"))
    return " · ".join(f"{say(key, language).lower()}: {text}" for key, text in parts if text)


def _named(steps: Sequence[str], language: Language) -> str:
    """The first steps by name, and how many more there are; the rest stands in the table."""
    more = [say("more", language, n=str(len(steps) - SHOWN))] if len(steps) > SHOWN + 1 else []
    return ", ".join([*(steps[:SHOWN] if more else steps), *more])


def _measured(ideal: Track, map_: JourneyMap, results: Results | None, language: Language) -> list[tuple[str, str]]:
    fit = results.fits.get(ideal.id) if results else None
    if results is None or fit is None:
        return []
    labels = {touch.id: touch.label.shown(language) or touch.id for touch in map_.touchpoints}
    found = []
    for key, kinds in KINDS:
        told = [
            (part, f"{labels.get(d.touchpoint, d.touchpoint)} ({percent(part, language)})")
            for d in fit.deviations
            if d.kind in kinds and (part := _share(map_, results, fit, d)) >= LEAST_SHARE
        ]
        told += _off_map(results, language) if key == "compare-extra" else []
        told.sort(key=lambda pair: -pair[0])
        text = " · ".join(text for _, text in told[:SHOWN]) or say("compare-same", language)
        found.append((say(key, language), text))
    return found


def _off_map(results: Results, language: Language) -> list[tuple[float, str]]:
    """What people do that no touchpoint knows: the share of journeys, and the event by its own name."""
    found = [(one.share.value or 0.0, one.event) for one in results.coverage.behaviours]
    return [
        (part, say("compare-off-map", language, event=event, share=percent(part, language)))
        for part, event in found
        if part >= LEAST_SHARE
    ]


def _share(map_: JourneyMap, results: Results, fit: Fit, deviation: Deviation) -> float:
    """Returns the share of journeys that deviate so; of a touchpoint skipped, of the journeys that got further."""
    if deviation.kind != "missing":
        return deviation.share.value or 0.0
    return skipped(map_, results, fit, deviation).value or 0.0


def rows_of(tracks: Sequence[Track], names: Mapping[str, str], caption: str, language: Language) -> Table:
    """Returns the table beside the picture: a row per step, for each track its feeling and whether it comes there."""
    header = [say("step", language)]
    for track in tracks:
        header += [track.name, f"{track.name}: {say('on-path', language).lower()}"]
    rows = []
    for id_, name in names.items():
        row = [name]
        for track in tracks:
            row += [_felt(track, id_, language), _on(track, id_, language)]
        rows.append(row)
    return table(caption, header, rows)


def _felt(track: Track, id_: str, language: Language) -> str:
    spot = track.feels.get(id_)
    if spot is None:
        return ""
    ground = cases(spot.n, language) if spot.n else say("summary-assumed", language)
    return f"{score(spot.value, language)} ({ground})"


def _on(track: Track, id_: str, language: Language) -> str:
    if track.on is not None:
        return say("on-path.yes" if id_ in track.on else "on-path.no", language)
    return percent(track.shares[id_], language) if id_ in track.shares else ""
