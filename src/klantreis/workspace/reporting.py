"""What a report is made of (the map, its results, the findings in order), and when one of a segment may be made."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from klantreis.analyses.results import Results
from klantreis.errors import OptionError
from klantreis.findings import Finding
from klantreis.labels import Label
from klantreis.map.check import check_all
from klantreis.map.images import images_of
from klantreis.map.model import JourneyMap
from klantreis.map.votes import Recognised
from klantreis.report import Report
from klantreis.rules import all_findings, headlines
from klantreis.workspace.settings import Settings


def report_of(
    map_: JourneyMap,
    results: Results | None,
    settings: Settings,
    made: datetime,
    votes: Mapping[str, Recognised] | None = None,
) -> Report:
    """Returns the report of a map; without results that of the drawing alone, with what could be better in it."""
    return Report(
        map=map_,
        results=results,
        findings=_ranked(map_, results) if results is not None else check_all([map_]),
        made=made,
        workspace=settings.name,
        currency=settings.currency,
        time_zone=settings.time_zone,
        images=images_of(map_).known,
        votes=votes or {},
    )


def known_to_be_measured(settings: Settings) -> None:
    """Raises OptionError when there is nothing to measure, so that a segment has no journeys."""
    if not settings.sources:
        raise OptionError(
            Label(
                "Er is niets gemeten, dus heeft een segment geen reizen.",
                "Nothing is measured, so a segment has no journeys.",
            ),
            mend=Label("Zet sources: in klantreis.yaml.", "Add sources: to klantreis.yaml."),
        )


def sharable(results: Results, segment: str, *, others: int, least: int) -> Results:
    """Returns the results of a segment as they may be reported.

    Raises OptionError when the people in it, or the `others` outside it, are so few (under `least`) that they could be
    somebody.
    """
    inside, map_ = results.paths.people, results.about.map
    if inside < least:
        raise _unsharable(
            Label(
                f"Te weinig om een verslag te delen: segment {segment!r} op de kaart {map_}: "
                f"n = {inside}, nodig {least}.",
                f"Too few to share a report: segment {segment!r} on the map {map_}: n = {inside}, need {least}.",
            )
        )
    if 0 < others < least:
        raise _unsharable(
            Label(
                f"Te weinig om een verslag te delen: wie niet in {segment!r} zit, op de kaart {map_}: "
                f"n = {others}, nodig {least}.",
                f"Too few to share a report: those outside {segment!r} on the map {map_}: n = {others}, need {least}.",
            )
        )
    return replace(results, segments={name: one for name, one in results.segments.items() if name != segment})


def from_folder(report: Report, folder: Path) -> Report:
    """Returns a report that names files as seen from a folder: where that folder lies is nobody else's business."""

    def near(file: str | None) -> str | None:
        return None if file is None else Path(os.path.relpath(file, folder)).as_posix()

    def one(finding: Finding) -> Finding:
        edit = finding.edit and replace(finding.edit, file=near(finding.edit.file))
        return replace(finding, place=replace(finding.place, file=near(finding.place.file)), edit=edit)

    return replace(
        report, map=replace(report.map, file=near(report.map.file)), findings=tuple(map(one, report.findings))
    )


def _unsharable(what: Label) -> OptionError:
    return OptionError(
        what,
        mend=Label(
            "Neem een groter segment, of bekijk het alleen hier: klantreis measure --segment.",
            "Take a larger segment, or see it here only: klantreis measure --segment.",
        ),
    )


def _ranked(map_: JourneyMap, results: Results) -> tuple[Finding, ...]:
    """Returns all findings; those to look at first lead: no two of them of one theme."""
    found = all_findings(map_, results)
    first = headlines(found)
    return (*first, *(finding for finding in found if finding not in first))
