"""Which findings may be shared: those that follow from what is told, so that none tells a number that is hidden."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from klantreis.analyses.results import Results
from klantreis.findings import Finding, Measured
from klantreis.plugins import parts
from klantreis.report import Report
from klantreis.rules import every_finding
from klantreis.stats.untold import Untold


def following(report: Report, told: Results, least: int) -> tuple[Finding, ...]:
    """Returns the findings of a report that may be shared, without examples, when of its results only `told` is.

    The rules are asked again, of what is told: a finding stays when they say the same once more, and is not about fewer
    than `least` people. One that no rule made is about the drawing, and stays.
    """
    rules = set(parts("rule"))
    again = {_said(one) for one in every_finding(report.map, told) if not any(map(_bounded, one.evidence))}
    large = (one for one in report.findings if not 0 < (one.people or one.journeys) < least)
    return tuple(_bare(one) for one in large if one.rule not in rules or _said(one) in again)


def _said(finding: Finding) -> tuple[Any, ...]:
    """What a finding tells of people, whatever its rank and its examples."""
    return finding.id, finding.title, finding.detail, finding.evidence, finding.people, finding.journeys, finding.money


def _bounded(measured: Measured) -> bool:
    """Says whether a number is only the bound of one that is not told."""
    return isinstance(measured.value, Untold) or isinstance(measured.n, Untold)


def _bare(finding: Finding) -> Finding:
    return replace(finding, examples=()) if finding.examples else finding
