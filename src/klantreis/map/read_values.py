"""Values with a grammar of their own: dates, addresses, files, how often something may come, and how sure we are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import get_args
from urllib.parse import urlsplit

from klantreis.documents import Either, Keyed, Mapped, Misread, Node, Parsed, Reading, Words, fits
from klantreis.documents.forms import Choice, Defs, Form, Schema
from klantreis.documents.words import not_a_span, short
from klantreis.labels import Label
from klantreis.map.contact import Cap
from klantreis.map.kinds import Origin, Provenance
from klantreis.map.proof import Cell
from klantreis.spans import MICROSECONDS, span

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Signs that nobody sees: controls, line ends, marks that turn the reading direction, halves of a sign."""
_CAP = re.compile(r"(\d+)\s*(?:x|×|keer|times)?\s*(?:per|a|in|/)\s*(.+)", re.IGNORECASE)
LONGEST = 300
FIRST_YEAR, LAST_YEAR = 1000, 8000


def day(text: str) -> str:
    """Returns a date as written: a day, month or year (2026-05-01, 2026-05, 2026). Raises Misread for another."""
    found = _DATE.fullmatch(text.strip())
    try:
        year, month, number = (int(part or 1) for part in found.groups()) if found else (0, 0, 0)
        date(year if FIRST_YEAR <= year <= LAST_YEAR else 0, month, number)
    except ValueError as error:
        raise Misread(_not_a_date(text)) from error
    return text.strip()


def last_day(text: str) -> date:
    """Returns the last day that a date stands for: of its month or year when it names no day."""
    year, month, number = (*(int(part) for part in text.split("-")), 0, 0)[:3]
    if number:
        return date(year, month, number)
    after = date(year + (month in {0, 12}), month % 12 + 1 if month else 1, 1)
    return date.fromordinal(after.toordinal() - 1)


def link(text: str) -> str:
    """Returns an https address. Raises Misread for any other scheme, for signs unseen, and for one with a password."""
    try:
        parts = urlsplit(text)
        good = parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        good = False
    if not good or len(text) > 2_000 or _UNSEEN.search(text) or re.search(r"[\s\"'<>\\]", text):
        raise Misread(_not_a_link(text))
    return text


def file_within(text: str) -> str:
    """Returns the path of a file within the folder of the map. Raises Misread for a path that leads elsewhere."""
    parts = text.split("/")
    odd = "\\" in text or _UNSEEN.search(text) or _SCHEME.match(text) or len(text) > LONGEST
    if odd or any(part.strip() in {"", ".", "..", "~"} or part[-1] in " ." for part in parts) or text[0] == "~":
        raise Misread(_not_within(text))
    return text


def cap(text: str) -> Cap:
    """Returns how often something may come: '1 per maand', '2 a week', '3 in 10 days'."""
    found = _CAP.fullmatch(text.strip())
    try:
        unit = found[2] if found else ""
        seconds = span(unit if unit[:1].isdigit() else f"1 {unit}") / MICROSECONDS
    except ValueError as error:
        raise Misread(not_a_span(unit) if found else _not_a_cap(text)) from error
    if not found or not int(found[1]) or not seconds:
        raise Misread(_not_a_cap(text))
    return Cap(int(found[1]), seconds, text.strip())


DATE: Form[str] = Parsed(day, ("2026-05-01", "2026-05"))
LINK: Form[str] = Parsed(link, ("https://example.org/maat",))
FILE: Form[str] = Parsed(file_within, ("beeld/doos.jpg",))
CAP: Form[Cap] = Parsed(cap, ("1 per month",))


@dataclass(frozen=True, slots=True)
class Content:
    """An asset of the map, an https address, or (`files`) a file within the folder of the map."""

    files: bool = False

    def read(self, node: Node, reading: Reading) -> str | None:
        """Returns the id, address or path."""
        if not fits(node, reading, "text", "number"):
            return None
        text = node.source
        if ":" in text and not (self.files and not _SCHEME.match(text)):
            return LINK.read(node, reading)
        if self.files and re.search(r"[/\\.~]", text) and text not in reading.defined("asset"):
            return FILE.read(node, reading)
        reading.refer(("asset",), node, text)
        return text

    def schema(self, defs: Defs) -> Schema:
        """A text."""
        return {"type": ["string", "number"], "examples": ["https://example.org/maat"]}


@dataclass(frozen=True, slots=True)
class Sure:
    """How sure a thing is as a whole, and cell by cell."""

    provenance: Provenance = "assumed"
    origin: Origin | None = None
    cells: tuple[Cell, ...] = ()


def _word(text: str) -> Sure:
    if text in get_args(Origin):
        return Sure(origin="template" if text == "template" else "imported")
    return Sure(next(word for word in get_args(Provenance) if word == text))


def _cells(read: tuple[Cell, ...]) -> Sure:
    whole = next((cell for cell in read if cell.name == "all"), Cell("all"))
    return Sure(whole.provenance, whole.origin, tuple(cell for cell in read if cell.name != "all"))


SURE_WORDS = (*get_args(Provenance), *get_args(Origin))
SURE: Form[Sure] = Mapped(Choice(SURE_WORDS), _word)
"""One word: assumed, observed, measured, confirmed; template and imported are assumptions of somebody else."""


@dataclass(frozen=True, slots=True)
class SureCell:
    """How sure one cell is; its name is the key it stands under."""

    names: tuple[str, ...]

    def read(self, node: Node, reading: Reading) -> Cell | None:
        """Returns the cell."""
        Choice((*self.names, "all")).read(Node("text", node.key or node.spot, node.path, source=node.name), reading)
        read = SURE.read(node, reading)
        return None if read is None else Cell(node.name, read.provenance, read.origin)

    def schema(self, defs: Defs) -> Schema:
        """One of the words."""
        return SURE.schema(defs)


@dataclass(frozen=True, slots=True)
class SureForm:
    """One word for all, or a block with a word a cell: `{all: observed, feel: confirmed}`."""

    names: tuple[str, ...]

    def read(self, node: Node, reading: Reading) -> Sure | None:
        """Returns how sure."""
        return self._form().read(node, reading)

    def schema(self, defs: Defs) -> Schema:
        """A word, or an object with the names of cells."""
        known: Schema = {name: SURE.schema(defs) for name in (*self.names, "all")}
        block: Schema = {"type": "object", "properties": known, "additionalProperties": False}
        return {"anyOf": [SURE.schema(defs), block]}

    def _form(self) -> Form[Sure]:
        return Either((("text", SURE), ("mapping", Mapped(Keyed(SureCell(self.names)), _cells))))


def _not_a_date(text: str) -> Words:
    return Words(
        Label(f"'{short(text)}' is geen datum", f"'{short(text)}' is not a date"),
        advice=Label("Schrijf jaar-maand-dag, zoals 2026-05-01.", "Write year-month-day, such as 2026-05-01."),
    )


def _not_a_link(text: str) -> Words:
    return Words(
        Label(f"'{short(text)}' is geen https-adres", f"'{short(text)}' is not an https address"),
        advice=Label(
            "Schrijf het hele adres, zoals https://example.org/maat, of noem een middel onder 'assets'.",
            "Write the whole address, such as https://example.org/maat, or name one of the 'assets'.",
        ),
    )


def _not_within(text: str) -> Words:
    return Words(
        Label(f"'{short(text)}' is geen bestand in deze map", f"'{short(text)}' is no file within this folder"),
        Label(
            "Een kaart wijst alleen naar bestanden naast zich of eronder.",
            "A map points only at files beside it or below it.",
        ),
        Label("Schrijf bijvoorbeeld beeld/doos.jpg.", "Write for example images/box.jpg."),
    )


def _not_a_cap(text: str) -> Words:
    return Words(
        Label(f"'{short(text)}' zegt niet hoe vaak", f"'{short(text)}' does not say how often"),
        advice=Label("Schrijf bijvoorbeeld '1 per maand'.", "Write for example '1 per month'."),
    )
