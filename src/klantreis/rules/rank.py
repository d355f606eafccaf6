"""Which finding comes first: most people, then most money, then how serious; and one remark per place and theme."""

from __future__ import annotations

from collections.abc import Iterable

from klantreis.findings import LEVELS, Finding

THEMES = {
    "barrier": "barrier",
    "low_emotion": "feeling",
    "recurring_theme": "words",
    "falling_feeling": "course",
    "unmapped_behaviour": "unknown",
    "channel_gap": "channel",
    "driver": "driver",
    "channel_switch": "switch",
    "leak": "leaving",
    "missed_target": "target",
    "proof": "proof",
    "slow_phase": "time",
    "detour": "way",
    "loop": "way",
    "missed_touchpoint": "sight",
    "few_customers": "value",
    "drift": "drift",
    "dead_matcher": "sight",
    "blind_spot": "sight",
}
"""What each rule speaks of. Two rules of one theme that meet at one place give one remark. The order is that in which
`headlines` picks: first what stops customers, how they feel and what nobody drew, then the rest."""

FIRST = ("dead_matcher", "blind_spot")
"""Rules that explain others of their theme, and therefore win: what nobody can see, nobody can miss."""


def ranked(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Returns the findings, most important first, without doubles; ties stand in the order of their ids.

    Hints come last. Then by people (by journeys where only those were counted), by money where it is known, and by
    level.
    """
    return tuple(sorted(_single(findings), key=_key))


def headlines(findings: Iterable[Finding], count: int = 3) -> tuple[Finding, ...]:
    """Returns where to look first: the most serious finding of each theme, themes in their order; then the next ones.

    `findings` come ranked; among equally serious ones the first is taken. Hints are never a headline. Fewer
    findings than `count` give fewer.
    """
    real = [finding for finding in findings if finding.level != "hint"]
    serious = sorted(real, key=lambda finding: LEVELS.index(finding.level))
    first = {theme: next((f for f in serious if _theme(f) == theme), None) for theme in THEMES.values()}
    chosen = [finding for finding in first.values() if finding is not None]
    rest = [finding for finding in real if finding not in chosen]
    return tuple([*chosen, *rest][:count])


def _single(findings: Iterable[Finding]) -> list[Finding]:
    best: dict[tuple[object, ...], Finding] = {}
    for finding in sorted(findings, key=lambda f: (f.rule not in FIRST, *_key(f))):
        best.setdefault((finding.place.map, finding.place.id, _theme(finding)), finding)
    return list(best.values())


def _key(finding: Finding) -> tuple[object, ...]:
    level = LEVELS.index(finding.level)
    return finding.level == "hint", -(finding.people or finding.journeys), -(finding.money or 0), level, finding.id


def _theme(finding: Finding) -> str:
    return THEMES.get(finding.rule, finding.rule)
