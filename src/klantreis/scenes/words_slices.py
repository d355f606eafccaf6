"""The texts of the pictures of segments and periods, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping

from klantreis.filled import filled
from klantreis.labels import Label, Language

SLICE_WORDS: Mapping[str, Label] = {
    "drift": Label("Loopt het nog zoals het liep?", "Does it still go as it went?"),
    "drift-under": Label(
        "Geen alarm voor {unit} {now} (n = {n} klantreizen). {periods} hele perioden; elke klantreis is {days} lang "
        "bekeken.",
        "No alarm for the {unit} of {now} (n = {n} journeys). {periods} whole periods; each journey was looked at for "
        "{days}.",
    ),
    "drift-under-alarm": Label(
        "Alarm voor {unit} {now} (n = {n} klantreizen): {what}. {periods} hele perioden; elke klantreis is "
        "{days} lang bekeken.",
        "Alarm for the {unit} of {now} (n = {n} journeys): {what}. {periods} whole periods; each journey was looked at "
        "for {days}.",
    ),
    "drift-nothing": Label("Er is niets om te volgen.", "There is nothing to follow."),
    "drift-legend": Label(
        "Tussen de streepjeslijnen ligt wat gewoon is. Alles samen geeft in hoogstens 5 van de 100 perioden vals "
        "alarm. Een puntjeslijn met ▲: daar gaat de reeks op een ander niveau verder. Schalen beginnen niet bij nul.",
        "Between the dashed lines lies what is usual. All together raise a false alarm in at most 5 of 100 periods. A "
        "dotted line with ▲: from there the series goes on at another level. Scales do not begin at zero.",
    ),
    "alarm": Label("alarm", "alarm"),
    "mix-line": Label(
        "Samenstelling van {mix}: {distance} verschoven; bij toeval {chance}{alarm}",
        "Mix of {mix}: {distance} moved; by chance {chance}{alarm}",
    ),
    "usual": Label("gewoonlijk {limits}", "usually {limits}"),
    "heard-changed": Label(" Veranderd in {when}.", " Changed in {when}."),
    "unit.day": Label("dag", "day"),
    "unit.week": Label("week", "week"),
    "unit.month": Label("maand", "month"),
    "drift.routes": Label("routes", "routes"),
    "drift.touchpoints": Label("contactmomenten", "touchpoints"),
    "drift.channels": Label("eerste kanalen", "first channels"),
    "drift.converts": Label("Bereikt het doel", "Reaches the goal"),
    "drift.path": Label("Volgt het pad", "Follows the path"),
    "period-head": Label("Periode", "Period"),
    "journeys-head": Label("Klantreizen", "Journeys"),
    "compare": Label("{one} naast {other}", "{one} beside {other}"),
    "compare-under": Label(
        "{sure} van de {all} verschillen zijn zeker (n = {n} en {m} klantreizen). Sterkste bovenaan.",
        "{sure} of {all} differences are sure (n = {n} and {m} journeys). Strongest first.",
    ),
    "compare-legend": Label(
        "Gevuld: zeker, ook na correctie voor het aantal vergelijkingen (Benjamini-Hochberg, 5%). Open: kan "
        "toeval zijn. Het streepje is het 95%-interval van het verschil, in standaardafwijkingen.",
        "Filled: sure, also after correction for how many were compared (Benjamini-Hochberg, 5%). Open: may be chance. "
        "The bar is the 95% interval of the difference, in standard deviations.",
    ),
    "compare-none": Label("Er is niets te vergelijken: een van de groepen is leeg.", "There is nothing to compare: one "
                          "of the groups is empty."),
    "everybody-else": Label("alle anderen", "everybody else"),
    "line.phase": Label("Komt tot: {what}", "Gets to: {what}"),
    "line.fit": Label("Volgt: {what}", "Follows: {what}"),
    "line.time": Label("Tijd in: {what}", "Time in: {what}"),
    "line.journey": Label("Hele klantreis, mediaan", "Whole journey, median"),
    "line.feeling": Label("Gevoel, gemiddeld", "Feeling, mean"),
    "line.kpi": Label("{what}", "{what}"),
    "measure-head": Label("Maat", "Measure"),
    "difference-head": Label("Verschil", "Difference"),
    "sure-head": Label("Zeker", "Sure"),
    "sure": Label("ja", "yes"),
    "chance": Label("kan toeval zijn", "may be chance"),
    "more": Label("meer bij {name} →", "more in {name} →"),
    "less": Label("← meer bij {name}", "← more in {name}"),
}  # fmt: skip


def tell(key: str, language: Language, **gaps: str) -> str:
    """Returns the text called `key` with its gaps filled; a key that is not there raises KeyError."""
    return filled(SLICE_WORDS[key].text(language), **gaps)
