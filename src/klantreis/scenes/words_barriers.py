"""The words for drivers, contacts and barriers, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from klantreis.labels import Label, Language, mentioned
from klantreis.scenes.names import channel_key
from klantreis.scenes.numbers import decimal

KINDS: Mapping[str, Label] = {
    "touchpoint": Label("{name}", "{name}"),
    "event": Label("'{name}' (niet op de kaart)", "'{name}' (not on the map)"),
    "channel": Label("kanaal {name}", "channel {name}"),
    "detail": Label("woord '{name}'", "word '{name}'"),
    "failed": Label("fout bij {name}", "went wrong at {name}"),
    "repeat": Label("twee keer na elkaar: {name}", "twice in a row: {name}"),
    "back": Label("terug naar {name}", "back to {name}"),
    "slow": Label("lang bij {name}", "long at {name}"),
    "contact": Label("contact na {name}", "contact after {name}"),
    "again": Label("opnieuw contact na {name}", "contact again after {name}"),
    "reach": Label("bereik", "reach"),
}
"""What a driver or barrier is called; its name filled in."""

VERDICTS: Mapping[str, Label] = {
    "leaving": Label("afhaken", "leaving"),
    "reaching": Label("doel halen", "reaching"),
    "length": Label("hangt van lengte af", "depends on length"),
    "unclear": Label("onduidelijk", "unclear"),
}

FEEL_VERDICTS: Mapping[str, Label] = {
    "lower": Label("lager gevoel", "feeling worse"),
    "higher": Label("hoger gevoel", "feeling better"),
    "length": Label("hangt van lengte af", "depends on length"),
    "unclear": Label("onduidelijk", "unclear"),
}

STATUS: Mapping[str, Label] = {
    "unknown": Label("–", "–"),
    "new": Label("nieuw", "new"),
    "drawn": Label("barrière getekend", "barrier drawn"),
    "idea": Label("kans: idee", "opportunity: idea"),
    "planned": Label("kans: gepland", "opportunity: planned"),
    "testing": Label("kans: wordt getest", "opportunity: testing"),
    "shipped": Label("kans: doorgevoerd", "opportunity: shipped"),
    "rejected": Label("kans: afgewezen", "opportunity: rejected"),
}


def driver_name(kind: str, name: str, language: Language, names: Mapping[str, str]) -> str:
    """Returns a driver or barrier in words; `names`: the words of the map for its ids."""
    key = channel_key(name) if kind == "channel" else name
    called = name if kind in {"detail", "event"} else names.get(key, name)
    inside = kind in {"failed", "back", "slow", "contact", "again"}
    return KINDS[kind].text(language).format(name=mentioned(called) if inside else called)


def surely(q: float, language: Language) -> str:
    """Returns a q-value: the share of false finds among all that are as sure; '< 0.001' when it is less."""
    return f"<\u00a0{decimal(0.001, language, 3)}" if q < 0.001 else decimal(q, language, 3)
