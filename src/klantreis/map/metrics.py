"""The measures a KPI may ask for: a closed list, each with its unit and what a KPI must say for it."""

from __future__ import annotations

from dataclasses import dataclass

from klantreis.labels import Label


@dataclass(frozen=True, slots=True)
class Metric:
    """One measure. `unit` is that of the value shown: share (0 to 1), seconds, score, nps (-1 to 1), people, journeys,
    times, money.

    `needs` are the keys a KPI must have; `needs_any` are keys of which it must have at least one. `scale` is how many
    of `unit` one of the target's number is: a target for `median_minutes` is written in minutes, so 60 seconds.
    """

    key: str
    label: Label
    unit: str
    needs: tuple[str, ...] = ()
    needs_any: tuple[str, ...] = ()
    scale: float = 1


_UNITS = {
    "seconds": (1, Label("seconden", "seconds")),
    "minutes": (60, Label("minuten", "minutes")),
    "hours": (3_600, Label("uren", "hours")),
    "days": (86_400, Label("dagen", "days")),
    "weeks": (604_800, Label("weken", "weeks")),
}
_PLACES = ("from", "to", "at", "phase")


def _times() -> tuple[Metric, ...]:
    return tuple(
        Metric(f"{key}_{unit}", Label(f"{nl} in {words.nl}", f"{en} in {words.en}"), "seconds", scale=seconds)
        for key, nl, en in (("median", "Mediane tijd", "Median time"), ("p90", "Tijd van 9 op 10", "Time of 9 in 10"))
        for unit, (seconds, words) in _UNITS.items()
    )


METRICS: dict[str, Metric] = {
    metric.key: metric
    for metric in (
        Metric("conversion", Label("Conversie", "Conversion"), "share", needs=("to",)),
        Metric("share", Label("Aandeel", "Share"), "share", needs_any=("to", "at", "phase")),
        Metric("people", Label("Mensen", "People"), "people"),
        Metric("journeys", Label("Reizen", "Journeys"), "journeys"),
        Metric("count", Label("Aantal keer", "Times"), "times", needs_any=_PLACES),
        *_times(),
        Metric("median_contacts", Label("Mediaan aantal contacten", "Median contacts"), "times", needs=("to",)),
        Metric("p90_contacts", Label("Contacten van 9 op 10", "Contacts of 9 in 10"), "times", needs=("to",)),
        Metric("survey_mean", Label("Gemiddelde score", "Mean score"), "score", needs=("survey",)),
        Metric("survey_top2", Label("Aandeel hoogste twee scores", "Share of top two scores"), "share", ("survey",)),
        Metric("nps", Label("NPS", "NPS"), "nps", needs=("survey",)),
        Metric("bounce_share", Label("Aandeel dat meteen weer gaat", "Share that leaves at once"), "share"),
        Metric("repeat_share", Label("Aandeel dat terugkomt", "Share that comes back"), "share"),
        Metric("value_sum", Label("Totale waarde", "Total value"), "money"),
        Metric("value_mean", Label("Gemiddelde waarde", "Mean value"), "money"),
    )
}
"""Every measure by its key."""
