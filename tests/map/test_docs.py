"""The pages about the map format say what the reader does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from klantreis.map.channels import channels
from klantreis.map.metrics import METRICS
from klantreis.map.read import map_of, schema
from klantreis.map.read_measures import TIMEOUTS
from klantreis.map.templates import ORDER

DOCS = Path(__file__).resolve().parents[2] / "docs"
FORMAT = (DOCS / "reference" / "map-format.md").read_text(encoding="utf-8")
WRITING = (DOCS / "how-to" / "write-a-map.md").read_text(encoding="utf-8")
SECTIONS = {part.split("\n", 1)[0]: part for part in FORMAT.split("\n## ")[1:]}
PAGES = {
    "step_touchpoint": "touchpoint",
    "step_barrier": "barrier",
    "step_need": "need",
    "step_image": "asset",
}
RECORDS = sorted(name for name, node in schema()["$defs"].items() if "properties" in node)


@pytest.mark.parametrize("name", RECORDS)
def test_every_key_of_the_format_is_explained(name: str) -> None:
    node = schema()["$defs"][name]
    section = SECTIONS[PAGES.get(name, name)]
    assert [key for key in node["properties"] if f"`{key}`" not in section] == []


def test_every_word_that_may_be_chosen_is_explained() -> None:
    found = {
        str(word)
        for match in re.findall(r"'enum': \[([^\]]*)\]", str(schema()))
        for word in re.findall(r"'([^']+)'", match)
    }
    unsaid = {word for word in found - set(METRICS) if f"`{word}`" not in FORMAT}
    assert unsaid == set()


def test_every_metric_template_channel_and_timeout_is_named() -> None:
    kinds = {word for key in METRICS for word in ([key] if key in FORMAT else key.split("_"))}
    assert [word for word in kinds if word not in FORMAT] == []
    assert [key for key in ORDER if f"`{key}`" not in FORMAT] == []
    assert [one.id for one in channels() if f"`{one.id}`" not in FORMAT] == []
    days = {f"{seconds / 86_400:g}" for seconds in TIMEOUTS.values()}
    assert [day for day in days if day not in SECTIONS["journey"]] == []


@pytest.mark.parametrize("text", re.findall(r"```yaml\n(.*?)```", WRITING, re.DOTALL))
def test_every_map_in_the_docs_reads(text: str) -> None:
    assert map_of(text).id == "fietsenwinkel"
