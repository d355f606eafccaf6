"""KPIs against their targets, for everybody and by segment."""

from __future__ import annotations

from klantreis.analyses.kpi_asked import aim, unit_of
from klantreis.analyses.kpis import KpiValue
from klantreis.exporters.html.markup import Markup, Part, el, joined
from klantreis.exporters.html.reader import Reader
from klantreis.exporters.html.shapes import Row, Section, Table, empty, table, what
from klantreis.map.model import Kpi

SIGNS = {"met": "✓", "missed": "▼", "unsure": "?", "unknown": "–", "no_target": "○"}
TONES = {"met": "good", "missed": "bad", "unsure": "doubt"}


def section(reader: Reader) -> Section:
    """Returns the chapter on KPIs."""
    if not reader.report.map.kpis:
        gist, body = Markup("–"), joined([what(reader, "kpis"), empty(reader, "kpis")])
    elif reader.results is None:
        gist, body = reader.say("gist.none"), joined([_planned(reader), empty(reader, "unmeasured")])
    else:
        gist, body = _measured(reader, reader.results.kpis.values)
    return Section("kpis", reader.say("title.kpis"), reader.say("question.kpis"), gist, body, ("kpis",))


def _planned(reader: Reader) -> Markup:
    rows = [
        Row((reader.name("kpi", kpi.id), _aimed(reader, kpi), kpi.owner or "–"), f"kpi-{kpi.id}")
        for kpi in reader.report.map.kpis
    ]
    header = tuple(reader.say(f"col.{key}") for key in ("kpi", "target", "owner"))
    return table(reader, Table("kpi-table", reader.say("kpis-unmeasured-caption"), header, rows))


def _measured(reader: Reader, values: tuple[KpiValue, ...]) -> tuple[Markup, Markup]:
    whole = [value.verdict for value in values if value.segment is None]
    counts = {verdict: reader.number(whole.count(verdict)) for verdict in ("met", "missed", "unsure")}
    keys = ("kpi", "value", "interval", "n", "target", "verdict", "owner")
    header = tuple(reader.say(f"col.{key}") for key in keys)
    rows = [_row(reader, value) for value in values]
    shown = Table("kpi-table", reader.say("kpis-caption", period=reader.period()), header, rows, (1, 2, 3, 4), most=200)
    return reader.say("gist.kpis", **counts), joined([what(reader, "kpis"), table(reader, shown)])


def _row(reader: Reader, value: KpiValue) -> Row:
    owner = next((kpi.owner for kpi in reader.report.map.kpis if kpi.id == value.kpi), None)
    name = reader.name("kpi", value.kpi)
    if value.segment is not None:
        name = el("span", el("span", name, ": ", class_="heard"), reader.name("segment", value.segment), class_="under")
    shown: tuple[Part, ...] = (
        el("strong", reader.value(value.estimate, unit(value))),
        reader.between(value.estimate, unit(value)),
    )
    if value.estimate.value is None:
        shown = (el("span", reader.text(value.reason) or value.why or "–", class_="note"), "–")
    cells = (
        name,
        *shown,
        reader.number(value.estimate.n),
        _target(reader, value),
        verdict(reader, value.verdict),
        owner or "–",
    )
    return Row(cells, f"kpi-{value.kpi}" if value.segment is None else None)


def unit(value: KpiValue) -> str:
    """Returns the unit to show: the score of a KPI is on the scale as asked, so it reads without a sign."""
    return "mean" if value.unit == "score" else value.unit


def _target(reader: Reader, value: KpiValue) -> str:
    return "–" if value.target is None else _signed(value.comparison, reader.shown(value.target, unit(value)))


def _aimed(reader: Reader, kpi: Kpi) -> str:
    """Returns the target of a KPI that has no value yet, in its unit: '≤ 3 min'."""
    target, kind = aim(kpi), unit_of(kpi)
    if target is None:
        return "–"
    return _signed(target.comparison, reader.shown(target.number, "mean" if kind == "score" else kind))


def _signed(comparison: str | None, amount: str) -> str:
    return f"{ {'>=': '≥', '<=': '≤'}.get(comparison or '', comparison or '') } {amount}".strip()


def verdict(reader: Reader, kind: str) -> Markup:
    """Returns a verdict as a sign, a word and a tone."""
    sign = el("span", SIGNS.get(kind, ""), aria_hidden="true")
    return el("span", sign, " ", reader.word("verdict", kind), class_=TONES.get(kind, "note"))
