"""Every check of one map, in the order they are shown in the docs."""

from __future__ import annotations

from klantreis.map.checks import (
    images,
    language,
    levers,
    measures,
    messages,
    people,
    phases,
    proof,
    rules,
    scenarios,
    sheet,
    touchpoints,
    words,
    work,
)
from klantreis.map.checks.contract import Check

CHECKS: tuple[Check, ...] = (
    *phases.CHECKS,
    *levers.CHECKS,
    *people.CHECKS,
    *touchpoints.CHECKS,
    *messages.CHECKS,
    *scenarios.CHECKS,
    *measures.CHECKS,
    *work.CHECKS,
    *proof.CHECKS,
    *rules.CHECKS,
    *images.CHECKS,
    *language.CHECKS,
    *words.CHECKS,
    *sheet.CHECKS,
)
