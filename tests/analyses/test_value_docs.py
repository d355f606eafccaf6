"""The pages about the value of customers tell the truth: their examples run, and they name every option."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from klantreis.analyses import advocates, balance, clv, concentration, rfm

PAGES = Path(__file__).resolve().parents[2] / "docs/reference"
ANALYSES = [advocates, balance, clv, concentration, rfm]


@pytest.mark.parametrize("analysis", ANALYSES, ids=lambda analysis: analysis.name)
def test_the_examples_on_the_page_run(analysis):
    found = re.findall(r"```python\n(.*?)```", (PAGES / f"{analysis.name}.md").read_text(encoding="utf-8"), re.DOTALL)
    assert found
    for code in found:
        exec(compile(code, f"{analysis.name}.md", "exec"), {})


@pytest.mark.parametrize("analysis", ANALYSES, ids=lambda analysis: analysis.name)
def test_the_page_names_every_option(analysis):
    page = (PAGES / f"{analysis.name}.md").read_text(encoding="utf-8")
    assert [name for name in sorted(field.name for field in fields(analysis.Options)) if f"`{name}`" not in page] == []


def test_the_page_of_rfm_names_every_group():
    page = (PAGES / "rfm.md").read_text(encoding="utf-8").casefold()
    assert [one.id for one in rfm.SEGMENTS if one.label.text("nl").casefold() not in page] == []
