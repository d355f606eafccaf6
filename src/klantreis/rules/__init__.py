"""Rules: what stands out in the results of a map, said in plain words with evidence and advice.

Every file here is one rule, but for `contract` (what a rule is), `rank` (which finding comes first) and `phrases`
(words for what people do). `all_findings` asks them all, and those of guests.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from klantreis.analyses.results import Results
from klantreis.findings import Finding
from klantreis.map.model import JourneyMap
from klantreis.plugins import part, parts
from klantreis.rules.rank import headlines, ranked

__all__ = ["all_findings", "headlines"]


def all_findings(
    map_: JourneyMap,
    results: Results,
    *,
    rules: Iterable[Any] | None = None,
    options: Mapping[str, Any] | None = None,
) -> tuple[Finding, ...]:
    """Returns what the rules have to say, most important first, one remark per place and theme.

    `rules` are modules with `name` and `check` (None: all that are plugged in); `options` gives, per rule name, its
    `Options` where the defaults do not fit. Nothing to say: an empty tuple.
    """
    chosen = options or {}
    found: list[Finding] = []
    for rule in (part("rule", name) for name in parts("rule")) if rules is None else rules:
        found += rule.check(map_, results, chosen[rule.name]) if rule.name in chosen else rule.check(map_, results)
    return ranked(found)
