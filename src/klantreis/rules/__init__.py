"""Rules: what stands out in the results of a map, said in plain words with evidence and advice.

Every file here is one rule, but for `contract` (what a rule is), `rank` (which finding comes first) and `phrases`
(words for what people do). `all_findings` asks them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from klantreis.analyses.results import Results
from klantreis.findings import Finding
from klantreis.map.model import JourneyMap
from klantreis.rules import (
    barrier,
    blind_spot,
    channel_gap,
    channel_switch,
    dead_matcher,
    detour,
    driver,
    falling_feeling,
    few_customers,
    leak,
    loop,
    low_emotion,
    missed_target,
    missed_touchpoint,
    proof,
    recurring_theme,
    slow_phase,
    unmapped_behaviour,
)
from klantreis.rules.rank import headlines, ranked

__all__ = ["RULES", "all_findings", "headlines"]

RULES: tuple[Any, ...] = (
    barrier,
    blind_spot,
    channel_gap,
    channel_switch,
    dead_matcher,
    detour,
    driver,
    falling_feeling,
    few_customers,
    leak,
    loop,
    low_emotion,
    missed_target,
    missed_touchpoint,
    proof,
    recurring_theme,
    slow_phase,
    unmapped_behaviour,
)
"""The rules that come with Klantreis, by name."""


def all_findings(
    map_: JourneyMap,
    results: Results,
    *,
    rules: Iterable[Any] = RULES,
    options: Mapping[str, Any] | None = None,
) -> tuple[Finding, ...]:
    """Returns what the rules have to say, most important first, one remark per place and theme.

    `rules` are modules with `name` and `check`; `options` gives, per rule name, its `Options` where the defaults do not
    fit. Nothing to say: an empty tuple.
    """
    chosen = options or {}
    found: list[Finding] = []
    for rule in rules:
        found += rule.check(map_, results, chosen[rule.name]) if rule.name in chosen else rule.check(map_, results)
    return ranked(found)
