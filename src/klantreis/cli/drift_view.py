"""Drift as a person reads it in a terminal: the newest period beside the one before, limits, changes, and the mix."""

from __future__ import annotations

from collections.abc import Mapping

from klantreis.analyses.drift import Drift, Mix, Series
from klantreis.cli import figures, speak
from klantreis.labels import Label, Language
from klantreis.map.model import JourneyMap
from klantreis.stats.intervals import Estimate

HEADS: Mapping[str, Label] = {
    "measure": Label("maat", "measure"),
    "before": Label("ervoor", "before"),
    "now": Label("nu", "now"),
    "usual": Label("gewoonlijk", "usual"),
    "drifts": Label("alarm", "alarm"),
    "changed": Label("veranderd", "changed"),
    "mix": Label("samenstelling", "mix"),
    "moved": Label("verschoven", "moved"),
    "by_chance": Label("bij toeval", "by chance"),
    "most": Label("het meest", "most"),
}
TEXTS: Mapping[str, Label] = {
    "head": Label(
        "{unit} van {now} tegen {before}; {periods} hele perioden, elke klantreis {days} lang bekeken.",
        "{unit} of {now} against {before}; {periods} whole periods, each journey looked at for {days}.",
    ),
    "waiting": Label("{n} perioden zijn te jong of niet heel.", "{n} periods are too young or not whole."),
    "none": Label("Geen alarm: alles ligt binnen wat gewoon is.", "No alarm: all lies within what is usual."),
    "alarm": Label("Alarm: {what}.", "Alarm: {what}."),
    "rule": Label(
        "Alles samen geeft in hoogstens 5 van de 100 perioden vals alarm. Een maat wordt pas beoordeeld na 5 eerdere "
        "perioden met elk minstens 20 gevallen.",
        "All together raise a false alarm in at most 5 of 100 periods. A measure is judged only after 5 earlier "
        "periods with at least 20 cases each.",
    ),
    "unchanged": Label("Geen omslag gevonden in de hele reeks.", "No change point found in the whole series."),
}
UNITS: Mapping[str, Label] = {
    "day": Label("Dag", "Day"),
    "week": Label("Week", "Week"),
    "month": Label("Maand", "Month"),
}
MIXES: Mapping[str, Label] = {
    "routes": Label("routes", "routes"),
    "touchpoints": Label("contactmomenten", "touchpoints"),
    "channels": Label("eerste kanaal", "first channel"),
    "converts": Label("bereikt het doel", "reaches the goal"),
    "path": Label("volgt het pad", "follows the path"),
}
NOTHING = Label("geen", "none")
REST = Label("overige", "the rest")


def show(result: Drift, said: Language, names: Mapping[str, str], map_: JourneyMap | None) -> None:
    """Prints the newest period beside the one before, or why it cannot be told."""
    if result.why:
        speak.say(result.why.text(said))
        return
    known = {**{id_: label.text(said) for id_, label in MIXES.items()}, **names, **_labels(map_, said)}
    speak.say(
        TEXTS["head"].text(said).format(
            unit=UNITS[result.unit].text(said), now=result.periods[-1], before=result.periods[-2],
            periods=len(result.periods), days=figures.duration(result.within_seconds, said),
        )
    )  # fmt: skip
    if result.waiting:
        speak.say(TEXTS["waiting"].text(said).format(n=result.waiting), style="dim")
    speak.table((_row(one, result, known, said) for one in result.series), said)
    speak.table((_mix(one, known, said) for one in result.mixes), said)
    loud = ", ".join(known.get(one.id, one.id) for one in result.alarms)
    speak.say(TEXTS["alarm"].text(said).format(what=loud) if loud else TEXTS["none"].text(said))
    if result.series and not any(one.changes for one in result.series):
        speak.say(TEXTS["unchanged"].text(said))
    speak.say(TEXTS["rule"].text(said), style="dim")


def _row(one: Series, result: Drift, known: Mapping[str, str], said: Language) -> dict[str, object]:
    usual = ""
    if one.control is not None:
        usual = figures.measured(Estimate(one.control.level, 0, one.control.low, one.control.high), one.unit, said)
    return {
        HEADS["measure"].text(said): known.get(one.id, one.id),
        HEADS["before"].text(said): figures.plain(one.values[-2].value, one.unit, said),
        HEADS["now"].text(said): figures.measured(one.values[-1], one.unit, said),
        "n": one.values[-1].n,
        HEADS["usual"].text(said): usual,
        HEADS["drifts"].text(said): one.alarm if one.control is not None else "",
        HEADS["changed"].text(said): ", ".join(
            f"{result.periods[found.at]}: {figures.plain(found.before, one.unit, said)} → "
            f"{figures.plain(found.after, one.unit, said)}"
            for found in one.changes
        ),
    }


def _mix(one: Mix, known: Mapping[str, str], said: Language) -> dict[str, object]:
    most = one.moved[0] if one.moved else None
    told = ""
    if most is not None and abs(most.now - most.before) >= 0.0005:
        kind = REST.text(said) if most.rest else " → ".join(known.get(name, name) for name in most.kind)
        shares = (figures.plain(share, "share", said) for share in (most.before, most.now))
        told = f"{kind or NOTHING.text(said)}: {' → '.join(shares)}"
    return {
        HEADS["mix"].text(said): known.get(one.id, one.id),
        HEADS["moved"].text(said): figures.percent(one.distance, said),
        HEADS["by_chance"].text(said): figures.plain(one.by_chance, "share", said),
        HEADS["drifts"].text(said): one.alarm if one.p is not None else "",
        HEADS["most"].text(said): told,
    }


def _labels(map_: JourneyMap | None, said: Language) -> dict[str, str]:
    if map_ is None:
        return {}
    named = [(one.id, one.label) for one in map_.kpis] + [(one.id, one.label) for one in map_.scenarios]
    return {id_: label.shown(said) or id_ for id_, label in named}
