"""Attribution as a person reads it in a terminal: one table, a column per model."""

from __future__ import annotations

from collections.abc import Mapping

from klantreis.analyses.attribution import Attribution, Model
from klantreis.analyses.attribution.result import OBSERVATIONAL
from klantreis.cli import figures, speak
from klantreis.filled import filled
from klantreis.labels import Label, Language

MODELS: Mapping[str, Label] = {
    "first": Label("eerste", "first"),
    "last": Label("laatste", "last"),
    "linear": Label("gelijk", "linear"),
    "position": Label("positie", "position"),
    "time_decay": Label("verval", "decay"),
    "shapley": Label("Shapley", "Shapley"),
    "markov_1": Label("Markov", "Markov"),
    "markov_2": Label("Mk 2", "Mk 2"),
    "markov_3": Label("Mk 3", "Mk 3"),
}
CHANNEL = Label("kanaal", "channel")
SIZE = Label(
    "{attributed} van {conversions} conversies hebben een pad ({touches} contacten); {nulls} paden eindigen zonder",
    "{attributed} of {conversions} conversions have a path ({touches} touches); {nulls} paths end without",
)
LEADING = Label(
    "Verdeeld door {}, naast het laagste en hoogste model", "Divided by {}, beside lowest and highest model"
)
SHARES = Label("Aandeel per model (%)", "Share by model (%)")
HEADS: Mapping[str, Label] = {
    "conversions": Label("conversies", "conversions"),
    "share": Label("aandeel", "share"),
    "value": Label("waarde", "value"),
    "lowest": Label("laagste", "lowest"),
    "highest": Label("hoogste", "highest"),
}
MOST = 20


def attribution(result: Attribution, said: Language, names: Mapping[str, str] | None = None) -> None:
    """Prints each channel's credit, with interval, and its share by every model that counts all paths."""
    known = names or {}
    counts = {word: getattr(result, word) for word in ("attributed", "conversions", "touches", "nulls")}
    speak.say(filled(SIZE.text(said), **{word: figures.number(count, said) for word, count in counts.items()}))
    shown = [one for one in result.models if one.model in MODELS and one.computed and one.credits]
    lead = next((one for one in shown if one.model == "markov_1"), shown[0] if shown else None)
    if lead is not None:
        speak.table(
            _leading(result, lead, said, known), said, title=LEADING.text(said).format(MODELS[lead.model].text(said))
        )
        speak.table(_side_by_side(result, shown, said, known), said, title=SHARES.text(said))
    notes = (OBSERVATIONAL, result.no_interval, *{one.why: None for one in result.models if not one.computed})
    speak.say(" ".join(note.text(said) for note in notes if note), style="dim")


def _leading(result: Attribution, lead: Model, said: Language, names: Mapping[str, str]) -> list[dict[str, object]]:
    rows = []
    for credit in lead.credits[:MOST]:
        low, high = result.spread(credit.channel) or (None, None)
        row: dict[str, object] = {CHANNEL.text(said): names.get(credit.channel, credit.channel)}
        row |= {
            HEADS["conversions"].text(said): figures.number(credit.conversions, said, 1),
            HEADS["share"].text(said): figures.percent(credit.share, said),
            HEADS["lowest"].text(said): _percent(low, said),
            HEADS["highest"].text(said): _percent(high, said),
        }
        if result.valued:
            row[HEADS["value"].text(said)] = figures.number(credit.value, said, 0)
        rows.append(row)
    return rows


def _side_by_side(
    result: Attribution, shown: list[Model], said: Language, names: Mapping[str, str]
) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for channel in result.channels[:MOST]:
        shares = {MODELS[one.model].text(said): _percent(one.share(channel).value, said, sign="") for one in shown}
        rows.append({CHANNEL.text(said): names.get(channel, channel), **shares})
    return rows


def _percent(value: float | None, said: Language, *, sign: str = "%") -> str:
    return figures.NONE if value is None else figures.local(f"{100 * value:.1f}{sign}", said)
