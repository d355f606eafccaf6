"""The texts of one journey on the map, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from klantreis.labels import Label, Language

TRAIL_WORDS: Mapping[str, Label] = MappingProxyType({
    "one-journey": Label("Eén reis", "One journey"),
    "touches": Label("{n} contacten", "{n} touches"),
    "open": Label("nog bezig", "still going"),
    "ended": Label("afgerond", "ended"),
    "timed_out": Label("stilgevallen", "gone quiet"),
    "alike": Label("de eerste van {n} met deze naam", "the first of {n} with this name"),
    "more": Label("nog {n} contacten in de tabel", "{n} more touches in the table"),
    "failed": Label("mislukt", "failed"),
})  # fmt: skip


def tell(key: str, language: Language, **gaps: str) -> str:
    """Returns the text called `key` with its gaps filled."""
    return TRAIL_WORDS[key].text(language).format(**gaps)
