"""xlsx: the map as a workbook, a sheet for each part.

Why: to work on the map in Excel or LibreOffice: whatever is on it, from steps and touchpoints to offers and claims, has
a sheet with a heading row that stays in sight and a filter. With measurements, the steps have the measured feeling and
counts too, and findings stand on a sheet of their own. Text is always text: a cell that begins with = is not a formula.

Options: `language` nl (default) or en: of sheets, headings and texts; ids and values such as `abandon` are those of the
map file.

Needs: `pip install 'klantreis[office]'`. Example: `klantreis export --to xlsx`; the sheet with steps comes back with
`klantreis import`. It does not fit for the picture: take pdf or pptx.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from klantreis.exporters.contract import MOST, View, scene_of, steps_of
from klantreis.findings import Finding
from klantreis.labels import Label, Language
from klantreis.map.losses import losses
from klantreis.map.rows import COLUMNS, heading, rows_of
from klantreis.map.sheets import KINDS as TABLES
from klantreis.map.sheets import about, head_of, tables
from klantreis.map.sketch import harmless, said, sketch_of
from klantreis.report import Report
from klantreis.scenes.themes import LIGHT

name = "xlsx"
suffix = ".xlsx"

LONGEST = 32_000
"""The most signs in a cell; Excel refuses a file with more than 32,767."""

LINE = 15.0
"""Points from one line in a cell to the next."""

ON_PAPER = 160
"""How many signs beside each other a page of A4 holds when it lies down, in letters that can be read."""

SHEETS: dict[str, Label] = {
    "steps": Label("Stappen", "Steps"),
    "map": Label("Kaart", "Map"),
    "shown": Label("Zoals getekend", "As drawn"),
    "phases": Label("Fasen", "Phases"),
    "actions": Label("Acties", "Actions"),
    "personas": Label("Persona's", "Personas"),
    "segments": Label("Segmenten", "Segments"),
    "touchpoints": Label("Contactmomenten", "Touchpoints"),
    "needs": Label("Behoeften", "Needs"),
    "offers": Label("Aanbod", "Offers"),
    "barriers": Label("Barrières", "Barriers"),
    "opportunities": Label("Kansen", "Opportunities"),
    "changes": Label("Veranderingen", "Changes"),
    "kpis": Label("KPI's", "KPIs"),
    "scenarios": Label("Scenario's", "Scenarios"),
    "surveys": Label("Meetvragen", "Surveys"),
    "alternatives": Label("Alternatieven", "Alternatives"),
    "criteria": Label("Criteria", "Criteria"),
    "evidence": Label("Onderbouwing", "Evidence"),
    "claims": Label("Beweringen", "Claims"),
    "assets": Label("Middelen", "Assets"),
    "actors": Label("Teams", "Teams"),
    "price_bands": Label("Prijsklassen", "Price bands"),
    "comments": Label("Opmerkingen", "Comments"),
    "findings": Label("Bevindingen", "Findings"),
}
KEPT = frozenset({
    "step.think", "step.expect", "step.feel", "step.word", "step.need", "step.touchpoints", "step.delight", "step.mot",
    "step.influence", "step.owner", "type", "state", "owner", "status", "context", "review_every", "reviewed",
    "minutes", "tags", "scope", "parent", "version", "journey", "template", "phase.classes", "phase.goal",
    "phase.strategy", "phase.problem", "phase.expected_seconds", "phase.expected_by", "phase.actions", "phase.means",
    "phase.levers", "phase.provenance", "phase.evidence", *TABLES,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Options:
    """How to write the workbook; see the page above."""

    language: Language = "nl"


def export(report: Report, options: Options = Options()) -> bytes:
    """Returns the map as a workbook; a part the map lacks has no sheet."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    language, map_ = options.language, report.map
    steps = rows_of(sketch_of(map_, language), language)
    _sheet(book, "steps", [heading(key, language) for key in COLUMNS], [list(row.values()) for row in steps], language)
    _sheet(book, "map", *_head(report, language), language)
    if steps_of(report) <= MOST:
        table = scene_of(report, View(language=language)).table
        _sheet(book, "shown", list(table.header), [list(row) for row in table.rows], language)
    for kind, names, cells in tables(map_, language):
        _sheet(book, kind, [_said(key, language) for key in names], cells, language)
    _sheet(book, "findings", *_findings(report, language), language)
    book.properties.title, book.properties.creator = said(map_.title, language) or map_.id, "Klantreis"
    book.properties.language = language
    book.properties.created = book.properties.modified = report.made.replace(tzinfo=None)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def lost(report: Report, options: Options = Options()) -> tuple[Finding, ...]:
    """Returns what of the map the workbook does not hold."""
    return losses(report.map, "export.xlsx", KEPT, options.language)


def _head(report: Report, language: Language) -> tuple[list[str], list[list[object]]]:
    names = ["key", "value"] if language == "en" else ["sleutel", "waarde"]
    told = [*about(report.map, language), ("made", report.made.isoformat())]
    return names, [[_said(key, language), value] for key, value in told]


def _said(key: str, language: Language) -> str:
    return head_of(key).text(language)


def _findings(report: Report, language: Language) -> tuple[list[str], list[list[object]]]:
    keys = ("level", "place", "title", "detail", "advice", "people", "journeys", "money", "rule")
    rows: list[list[object]] = [
        [one.level, one.place.id, said(one.title, language), said(one.detail, language), said(one.advice, language),
         one.people or None, one.journeys or None, one.money, one.rule]
        for one in report.findings
    ]  # fmt: skip
    return [_said(key, language) for key in keys], rows


def _sheet(
    book: openpyxl.Workbook, key: str, names: Sequence[str], rows: Sequence[Sequence[object]], language: Language
) -> None:
    if not rows:
        return
    sheet: Worksheet = book.create_sheet(SHEETS[key].text(language))
    for spot, name_ in enumerate(names, start=1):
        cell = sheet.cell(1, spot)
        _put(cell, name_)
        cell.font, cell.fill = (
            Font(name="Calibri", size=11, bold=True),
            PatternFill("solid", fgColor=LIGHT["phase"].strip("#")),
        )
    for number, row in enumerate(rows, start=2):
        for spot, value in enumerate(row, start=1):
            _put(sheet.cell(number, spot), value)
    sheet.freeze_panes = "C2" if key == "steps" else "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(max(1, len(names)))}{len(rows) + 1}"
    wide = 0
    for spot in range(1, len(names) + 1):
        longest = max((len(str(row[spot - 1] or "")) for row in rows), default=0)
        own = min(44, max(len(names[spot - 1]), longest) + 3)
        sheet.column_dimensions[get_column_letter(spot)].width, wide = own, wide + own
    widths = [sheet.column_dimensions[get_column_letter(spot)].width for spot in range(1, len(names) + 1)]
    for number, row in enumerate(rows, start=2):
        lines = max(math.ceil(1.15 * len(str(value or "")) / room) for value, room in zip(row, widths, strict=True))
        if lines > 1:  # said aloud: programs differ in how high they make a row whose text wraps
            sheet.row_dimensions[number].height = min(LINE * lines + 2, 400)
    sheet.print_title_rows = "1:1"
    if key == "steps":
        sheet.print_title_cols = "A:B"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = max(1, round(wide / ON_PAPER)), 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _put(cell: Cell, value: object) -> None:
    """Sets a cell; text is stored as text, whatever it begins with, and says so to the program that opens it."""
    if value is None or value == "":
        return
    if isinstance(value, bool | int | float):
        cell.value = value
        return
    cell.value = harmless(str(value))[:LONGEST]
    cell.data_type, cell.quotePrefix = "s", True
    cell.alignment = Alignment(wrap_text=True, vertical="top")
