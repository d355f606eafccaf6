"""Rules: what stands out in the results of a map, said in plain words with evidence and advice.

Every file here is one rule, but for `contract` (what a rule is), `rank` (which finding comes first) and `phrases`
(words for what people do). `all_findings` asks them all, and those of guests.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from klantreis.analyses.results import Results
from klantreis.findings import Finding
from klantreis.labels import Label, Language
from klantreis.map.influence import beyond_us
from klantreis.map.model import JourneyMap
from klantreis.plugins import part, parts
from klantreis.rules.rank import headlines, ranked

__all__ = ["all_findings", "headlines"]

BOTH: tuple[Language, Language] = ("nl", "en")
BEYOND = Label(
    nl="Op deze stap hebben wij geen invloed (influence: none): daarom telt dit niet mee in de volgorde.",
    en="We have no influence on this step (influence: none): that is why this is left out of the ranking.",
)
SIGHT = frozenset({"dead_matcher", "blind_spot", "channel_gap", "unmapped_behaviour", "missed_touchpoint"})
"""Rules about what can be seen, not about what happens."""


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
    return ranked(every_finding(map_, results, rules=rules, options=options))


def every_finding(
    map_: JourneyMap,
    results: Results,
    *,
    rules: Iterable[Any] | None = None,
    options: Mapping[str, Any] | None = None,
) -> Iterable[Finding]:
    """Returns all that the rules have to say, several remarks about one place too, in no order; as `all_findings`."""
    chosen = options or {}
    found: list[Finding] = []
    for rule in (part("rule", name) for name in parts("rule")) if rules is None else rules:
        found += rule.check(map_, results, chosen[rule.name]) if rule.name in chosen else rule.check(map_, results)
    return _ours(map_, found)


def _ours(map_: JourneyMap, found: Iterable[Finding]) -> Iterator[Finding]:
    """Yields the findings; one about what is not ours to change becomes a hint that says so: seen, and not ranked.

    What tells of the data itself stays as it is: a broken matcher is ours, wherever it stands.
    """
    beyond = beyond_us(map_)
    for one in found:
        if one.place.id not in beyond or one.rule in SIGHT:
            yield one
        else:
            nl, en = (f"{one.detail.text(said)} {BEYOND.text(said)}".strip() for said in BOTH)
            yield replace(one, level="hint", detail=Label(nl, en))
