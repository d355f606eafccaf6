"""json: the report as data, for a program to read.

Why: every number in the report can be taken further without reading it off a page. The shape is published in
`schemas/report.schema.json` and only ever grows; texts are given in both languages. One without a
translation reads '[nl] Ik kom aan' in English, and its `missing` names the languages it lacks.

Options: `indent`, spaces per level (default 1).

Example: `klantreis export --to json --map ring-kopen`, or `to_json(report)["results"]["funnel"]["steps"]`; `klantreis
report --json` tells which files it wrote, not what is in them. It does not fit for people: take html.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC
from typing import Any

from klantreis.findings import finding_dict
from klantreis.labels import LANGUAGES, Label
from klantreis.map.path import AnyOrder, Choice, Exit, Maybe, Repeat, Sequence, Visit
from klantreis.report import Report
from klantreis.stats.untold import Untold

name = "json"
suffix = ".json"

NODES = (Visit, Sequence, Choice, AnyOrder, Maybe, Repeat, Exit)
"""Nodes of a drawn path; in the data each says which one it is, under 'node'."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to write the data; see the page above."""

    indent: int = 1


def to_json(report: Report) -> dict[str, Any]:
    """Returns everything in the report as plain values, in the shape of `schemas/report.schema.json`.

    `results` is None when nothing was measured.
    """
    made = report.made if report.made.tzinfo is None else report.made.astimezone(UTC)
    return {
        "schema": 1,
        "made": made.isoformat().replace("+00:00", "Z"),
        "workspace": report.workspace,
        "currency": report.currency,
        "time_zone": report.time_zone,
        "map": _plain(report.map),
        "findings": [_plain(finding_dict(one)) for one in report.findings],
        "results": None if report.results is None else _plain(report.results.to_dict()),
    }


def export(report: Report, options: Options = Options()) -> bytes:
    """Returns the report as the bytes of one UTF-8 JSON file; lone surrogates become question marks."""
    text = json.dumps(to_json(report), ensure_ascii=False, indent=options.indent, allow_nan=False)
    return text.encode("utf-8", "replace") + b"\n"


def _plain(value: object) -> object:
    """Any frozen noun as plain data; labels in both languages, numbers that JSON has no sign for as null."""
    if isinstance(value, Label):
        missing = [language for language in LANGUAGES if value.missing(language)]
        return {language: value.shown(language) for language in LANGUAGES} | ({"missing": missing} if missing else {})
    if is_dataclass(value):
        tag = {"node": type(value).__name__.lower()} if isinstance(value, NODES) else {}
        return tag | {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    if isinstance(value, Untold) or (isinstance(value, float) and not math.isfinite(value)):
        return None
    return value if value is None or isinstance(value, str | int | float) else str(value)
