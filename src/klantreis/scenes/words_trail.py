"""The texts of one journey on the map, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from klantreis.filled import filled
from klantreis.labels import Label, Language
from klantreis.scenes.numbers import decimal

TRAIL_WORDS: Mapping[str, Label] = MappingProxyType({
    "one-journey": Label("Eén reis", "One journey"),
    "touches": Label("{n} contacten", "{n} touches"),
    "touches-one": Label("1 contact", "1 touch"),
    "open": Label("nog bezig", "still going"),
    "ended": Label("afgerond", "ended"),
    "timed_out": Label("stilgevallen", "gone quiet"),
    "alike": Label("de eerste van {n} met deze naam", "the first of {n} with this name"),
    "more": Label("nog {n} contacten in de tabel", "{n} more touches in the table"),
    "more-one": Label("nog 1 contact in de tabel", "1 more touch in the table"),
    "failed": Label("mislukt", "failed"),
})  # fmt: skip


def tell_many(key: str, n: int, language: Language) -> str:
    """Returns the text called `key` for a number of things, in the singular for one."""
    return tell(f"{key}-one", language) if n == 1 else tell(key, language, n=decimal(n, language))


def tell(key: str, language: Language, **gaps: str) -> str:
    """Returns the text called `key` with its gaps filled."""
    return filled(TRAIL_WORDS[key].text(language), **gaps)
