"""The texts of the pictures of who comes back and who goes quiet, in Dutch and English; `words.py` adds them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

RETURNING_WORDS: Mapping[str, tuple[str, str]] = MappingProxyType({
    "retention": ("Wie komt terug?", "Who comes back?"),
    "retention-under": (
        "{people} begonnen · {after}: {share} · {how}",
        "{people} began · {after}: {share} · {how}",
    ),
    "retention-under-bare": ("{people} begonnen · {how}", "{people} began · {how}"),
    "how.rolling": ("per persoon vanaf het eigen begin", "per person from their own start"),
    "how.calendar": ("volgens de kalender van {zone}", "by the calendar of {zone}"),
    "nobody-began": ("Niemand is begonnen.", "Nobody began."),
    "span.day": ("dag {n}", "day {n}"),
    "span.week": ("week {n}", "week {n}"),
    "span.month": ("maand {n}", "month {n}"),
    "unit.day": ("dagen", "days"),
    "unit.week": ("weken", "weeks"),
    "unit.month": ("maanden", "months"),
    "everybody-row": ("Iedereen", "Everybody"),
    "began-head": ("Begonnen", "Began"),
    "interval-head": ("Tijdvak", "Interval"),
    "so-far-head": ("Tot nu toe", "So far"),
    "old-enough-head": ("Tijdvak voorbij", "Interval over"),
    "came-back-head": ("Kwam terug", "Came back"),
    "retention-legend": (
        "getal = % van hen voor wie het tijdvak voorbij is · leeg = nog niet voorbij · band = 95%-interval",
        "figure = % of those for whom the interval is over · empty = not over yet · band = 95% interval",
    ),
    "cohorts-left-out": ("nog {n} cohorten in de tabel", "{n} more cohorts in the table"),
    "heard-back": ("{cohort}, {span}: {share}", "{cohort}, {span}: {share}"),
    "heard-young": ("{cohort}, {span}: nog niet voorbij", "{cohort}, {span}: not over yet"),
    "lifecycle": ("Wie is er, en wie wordt stil?", "Who is there, and who goes quiet?"),
    "lifecycle-under": (
        "{people} ooit actief · vaker dan eens: {again}, {share} · per {unit}",
        "{people} ever active · more than once: {again}, {share} · per {unit}",
    ),
    "one.day": ("dag", "day"),
    "one.week": ("week", "week"),
    "one.month": ("maand", "month"),
    "nobody-active": ("Niemand was actief.", "Nobody was active."),
    "state.new": ("nieuw", "new"),
    "state.returning": ("terug", "returning"),
    "state.resurrected": ("herleefd", "resurrected"),
    "state.dormant": ("stil", "dormant"),
    "active-head": ("Actief", "Active"),
    "kept-head": ("Bleef", "Kept"),
    "not-over": ("loopt nog", "not over"),
    "lifecycle-legend": (
        "onder de lijn: wie het vorige tijdvak actief was en dit niet · streepjesrand = tijdvak loopt nog",
        "below the line: active in the interval before and not in this one · dashed edge = interval not over",
    ),
    "intervals-left-out": ("getekend: de laatste {n} van {all}", "drawn: the last {n} of {all}"),
    "heard-state": (
        "{interval}: {active} actief, {new} nieuw, {returning} terug, {resurrected} herleefd, {dormant}",
        "{interval}: {active} active, {new} new, {returning} returning, {resurrected} resurrected, {dormant}",
    ),
})  # fmt: skip
"""Each text by its key: (Dutch, English)."""
