"""The recurring shapes of the report: a section, an explanation, an empty answer, a table, a bar with its interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from klantreis.exporters.html.markup import Markup, Part, el, joined
from klantreis.exporters.html.reader import Reader
from klantreis.stats.intervals import Estimate

LISTED = 20
"""How many findings `klantreis find` lists when nothing else is asked."""


@dataclass(frozen=True, slots=True)
class Section:
    """One question and its answer. `gist` is the answer in one line, shown in the contents as well; `verbs` are what
    to type after `klantreis`, besides the map, to get the same numbers.
    """

    id: str
    title: Markup
    question: Markup
    gist: Markup
    body: Markup
    verbs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table; the first cell names it. `id` is its anchor."""

    cells: Sequence[Part]
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table to show. `numeric` are the columns set to the right; `most` rows are shown, the rest is counted."""

    id: str
    caption: Part
    header: Sequence[Part]
    rows: Sequence[Row]
    numeric: Sequence[int] = field(default=())
    most: int = 40


def what(reader: Reader, key: str, variant: str = "", **gaps: object) -> Markup:
    """Returns the explanation called `what.<key>` behind 'What is this?'; paragraphs are split on an empty line.

    `variant`: the end of its name when there is more than one.
    """
    summary = el("summary", reader.say("what"), el("span", ": ", reader.say(f"title.{key}"), class_="heard"))
    texts = reader.say(f"what.{key}{variant}", **gaps).split("\n\n")
    return el("details", summary, *(el("p", Markup(text)) for text in texts), class_="what")


def empty(reader: Reader, key: str, **gaps: object) -> Markup:
    """Returns why there is nothing here (`empty.<key>`) and what to do about it (`empty.<key>.do`)."""
    return el(
        "div",
        el("p", el("strong", reader.say(f"empty.{key}", **gaps))),
        el("p", reader.say(f"empty.{key}.do", **gaps)),
        class_="empty",
    )


def again(reader: Reader, verbs: Sequence[str]) -> Markup:
    """Returns the commands that give the same numbers again; '' before anything was measured."""
    if reader.results is None or not verbs:
        return Markup("")
    typed = [el("code", f"klantreis {verb} --map {reader.report.map.id}{reader.only}") for verb in verbs]
    return el("p", reader.say("again"), " ", joined(typed, ", "), class_="again note")


def find(reader: Reader) -> str:
    """Returns what gives all findings of a report again; for more than are listed otherwise it says how many."""
    found = len(reader.report.findings)
    return "find" if found <= LISTED else f"find --top {found}"


def by_segment(reader: Reader, verb: str) -> tuple[str, ...]:
    """Returns what gives a chapter again that tells of each segment too; the parts of a segment stand in `measure`."""
    return (verb, "measure") if reader.results is not None and reader.results.segments else (verb,)


def table(reader: Reader, shown: Table) -> Markup:
    """Returns a table in a region that scrolls on its own and can be reached by keyboard; '' without rows."""
    if not shown.rows:
        return Markup("")
    numeric = set(shown.numeric)
    head = el(
        "tr", *(el("th", part, scope="col", class_=_side(spot, numeric)) for spot, part in enumerate(shown.header))
    )
    body = joined(_row(row, numeric) for row in shown.rows[: shown.most])
    caption = el("caption", shown.caption, id=f"{shown.id}-caption")
    whole = el("table", caption, el("thead", head), el("tbody", body))
    region = el(
        "div", whole, class_="scroll", role="region", tabindex="0", aria_labelledby=f"{shown.id}-caption", id=shown.id
    )
    left = len(shown.rows) - shown.most
    rest = el("p", reader.say("rows-left", n=reader.number(left)), class_="note") if left > 0 else None
    return joined([region, rest])


def _row(row: Row, numeric: set[int]) -> Markup:
    first, *rest = row.cells
    cells = [el("td", cell, class_=_side(spot, numeric)) for spot, cell in enumerate(rest, start=1)]
    return el("tr", el("th", first, scope="row"), *cells, id=row.id)


def _side(spot: int, numeric: set[int]) -> str | None:
    return "number" if spot in numeric else None


def measured_cells(reader: Reader, estimate: Estimate, unit: str) -> tuple[Part, Part, Part]:
    """Returns the three cells of an estimate: value, 95 % interval, n."""
    return reader.value(estimate, unit), reader.between(estimate, unit), reader.number(estimate.n)


WIDE, HIGH = 132.0, 14.0


def bar(estimate: Estimate, *, low: float = 0.0, high: float = 1.0) -> Markup:
    """Returns a small picture of an estimate between `low` and `high`: a bar from zero, a line for the interval.

    It repeats the numbers beside it, so it is hidden from listeners. No value gives nothing.
    """
    if estimate.value is None or high <= low:
        return Markup("")
    zero, value = _at(0.0, low, high), _at(estimate.value, low, high)
    parts = [
        f'<rect class="bar-room" x="0" y="5" width="{WIDE:g}" height="4"/>',
        f'<rect class="bar-value" x="{min(zero, value):.1f}" y="4" width="{abs(value - zero):.1f}" height="6"/>',
    ]
    if estimate.low is not None and estimate.high is not None:
        one, other = _at(estimate.low, low, high), _at(estimate.high, low, high)
        parts.append(f'<path class="bar-range" d="M{one:.1f},2V12M{one:.1f},7H{other:.1f}M{other:.1f},2V12"/>')
    drawn = Markup("".join(parts))
    return el("svg", drawn, class_="bar", width=f"{WIDE:g}", height=f"{HIGH:g}", viewBox=f"-1 0 {WIDE + 2:g} {HIGH:g}",
              aria_hidden="true", focusable="false")  # fmt: skip


def _at(value: float, low: float, high: float) -> float:
    return WIDE * (min(max(value, low), high) - low) / (high - low)
