"""The report as data: everything in it, in the published shape, whatever the data holds."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from referencing import Registry, Resource

from klantreis import report as nouns
from klantreis.exporters.json import Options, export, to_json
from klantreis.labels import Label
from klantreis.report import Report


@pytest.fixture
def schema() -> Any:
    files = (Path(nouns.__file__).parent / "schemas").glob("*.schema.json")
    known = {file.name: json.loads(file.read_text(encoding="utf-8")) for file in files}
    registry: Any = Registry().with_resources((name, Resource.from_contents(one)) for name, one in known.items())
    jsonschema.Draft202012Validator.check_schema(known["report.schema.json"])
    return jsonschema.Draft202012Validator(known["report.schema.json"], registry=registry)


@pytest.mark.parametrize("which", ["report", "unmeasured", "blank"])
def test_every_report_has_the_published_shape(which: str, schema: Any, request: pytest.FixtureRequest) -> None:
    data = json.loads(export(request.getfixturevalue(which)))
    assert [error.message for error in schema.iter_errors(data)] == []


def test_a_report_without_its_version_is_not_that_shape(report: Report, schema: Any) -> None:
    data = json.loads(export(report))
    del data["results"]["funnel"]["steps"]
    assert not schema.is_valid(data)


def test_numbers_findings_and_the_map_are_all_there(report: Report) -> None:
    data = to_json(report)
    assert data["results"]["funnel"]["steps"][2]["people"] == 9120
    assert data["results"]["segments"]["nieuw"]["about"]["map"] == "ring"
    assert [one["id"] for one in data["findings"]] == [one.id for one in report.findings]
    assert data["map"]["title"] == {"nl": "Een ring kopen zonder te passen", "en": "Buying a ring without trying it on"}
    assert data["map"]["scenarios"][0]["path"]["node"] == "sequence"
    assert data["made"] == "2026-11-21T08:14:00Z"


def test_not_measured_is_null(unmeasured: Report) -> None:
    assert to_json(unmeasured)["results"] is None


def test_what_json_has_no_sign_for_is_null_and_bad_text_is_harmless(report: Report) -> None:
    assert report.results is not None
    odd = replace(report, results=replace(report.results, values={"per_success": float("nan")}), workspace="a\ud800b")
    data = json.loads(export(replace(odd, map=replace(odd.map, title=Label("\udfff"))), Options(indent=2)))
    assert data["results"]["values"] == {"per_success": None}
    assert data["workspace"] == "a?b"


def test_a_text_without_a_translation_says_so_to_people_and_to_programs(report: Report, schema: Any) -> None:
    half = replace(report, map=replace(report.map, title=Label(nl="Een ring kopen")))
    data = json.loads(export(half))
    assert data["map"]["title"] == {"nl": "Een ring kopen", "en": "[nl] Een ring kopen", "missing": ["en"]}
    assert schema.is_valid(data)
    assert "missing" not in json.loads(export(report))["map"]["title"]
