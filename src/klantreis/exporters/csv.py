"""csv: the map as a table of text, one row a step.

Why: to sort, filter and fill in elsewhere, and to bring back with `klantreis import`. Text that a spreadsheet would
take for a formula begins with a quote ('), so nothing runs when it is opened; import takes that quote away.

Options: `language` nl (default) or en; `separator` ';' (default, what a Dutch Excel opens at once) or ','.

Example: `klantreis export --to csv`. It does not fit for KPIs, ideas and scenarios: take xlsx, which has a sheet for
each.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import Literal

from klantreis.findings import Finding
from klantreis.labels import Language
from klantreis.map.losses import losses
from klantreis.map.rows import COLUMNS, Cell, heading, rows_of
from klantreis.map.sketch import sketch_of
from klantreis.report import Report

name = "csv"
suffix = ".csv"

KEPT = frozenset({
    "step.think", "step.expect", "step.feel", "step.word", "step.need", "step.touchpoints", "step.delight", "step.mot",
    "step.influence", "step.owner",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Options:
    """How to write the table; see the page above."""

    language: Language = "nl"
    separator: Literal[";", ",", "\t"] = ";"


def export(report: Report, options: Options = Options()) -> bytes:
    """Returns the steps as CSV in UTF-8 with a mark, so that Excel reads the accents; lines end as RFC 4180 asks."""
    made = io.StringIO(newline="")
    writer = csv.writer(made, delimiter=options.separator, lineterminator="\r\n")
    writer.writerow([heading(key, options.language) for key in COLUMNS])
    for row in rows_of(sketch_of(report.map, options.language), options.language):
        writer.writerow([cell(row[key]) for key in COLUMNS])
    return made.getvalue().encode("utf-8-sig", "replace")


def lost(report: Report, options: Options = Options()) -> tuple[Finding, ...]:
    """Returns what of the map the table does not hold."""
    return losses(report.map, "export.csv", KEPT, options.language)


def cell(value: Cell) -> str:
    """Returns a value as a cell that no program takes for a formula; '' for None, numbers without a comma."""
    if isinstance(value, float | int):
        return f"{value:g}"
    text = value or ""
    return f"'{text}" if re.match(r"'*[=+\-@\t\r|%]", text) else text
