"""Every measure has a page that tells the truth: its examples run, and it names every option."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from klantreis.analyses import rfm
from klantreis.plugins import part, parts
from klantreis.stats.pieces import EXACT, EXACT_GROUP

PAGES = Path(__file__).resolve().parents[2] / "docs/reference"


OF_MAPS = {"coverage", "drift", "effect", "fit", "kpis"}
"""Their options are filled by the map, whose words stand on the page of the map format."""


def page_of(name: str) -> Path:
    """The page of an analysis is called after it, or after the verb that asks it."""
    called = PAGES / f"{name}.md"
    return called if called.is_file() else PAGES / f"{getattr(part('analysis', name), 'verb', name)}.md"


@pytest.mark.parametrize("name", parts("analysis"))
def test_the_examples_on_the_page_run(name: str) -> None:
    if name in {"effect", "kpis"}:
        assert f"klantreis {getattr(part('analysis', name), 'verb', name)}" in page_of(name).read_text(encoding="utf-8")
        return
    found = re.findall(r"```python\n(.*?)```", page_of(name).read_text(encoding="utf-8"), re.DOTALL)
    assert found
    for code in found:
        exec(compile(code, f"{name}.md", "exec"), {})


@pytest.mark.parametrize("name", sorted(set(parts("analysis")) - OF_MAPS))
def test_the_page_names_every_option(name: str) -> None:
    page = page_of(name).read_text(encoding="utf-8")
    options = sorted(field.name for field in fields(part("analysis", name).Options))
    assert [option for option in options if not re.search(rf"`(--)?{option.replace('_', '[-_]')}\b", page)] == []


def test_the_page_of_times_tells_from_where_on_it_is_not_exact() -> None:
    for name in ("funnel", "paths", "times"):
        assert {f"{EXACT:,}", f"{EXACT_GROUP:,}"} <= set(re.findall(r"[\d,]+\d", page_of(name).read_text("utf-8"))), (
            name
        )


def test_the_page_of_rfm_names_every_group() -> None:
    page = page_of("rfm").read_text(encoding="utf-8").casefold()
    assert [one.id for one in rfm.SEGMENTS if one.label.text("nl").casefold() not in page] == []
