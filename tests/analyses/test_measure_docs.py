"""The pages about funnels, paths and times tell the truth: their examples run, and they name every option."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from klantreis.analyses import funnel, paths, times
from klantreis.stats.spread import EXACT, EXACT_GROUP

PAGES = Path(__file__).resolve().parents[2] / "docs/reference"
ANALYSES = [funnel, paths, times]


@pytest.mark.parametrize("analysis", ANALYSES, ids=lambda analysis: analysis.name)
def test_the_examples_on_the_page_run(analysis):
    found = re.findall(r"```python\n(.*?)```", (PAGES / f"{analysis.name}.md").read_text(encoding="utf-8"), re.DOTALL)
    assert found
    for code in found:
        exec(compile(code, f"{analysis.name}.md", "exec"), {})


@pytest.mark.parametrize("analysis", ANALYSES, ids=lambda analysis: analysis.name)
def test_the_page_names_every_option_and_the_limits_of_exactness(analysis):
    page = (PAGES / f"{analysis.name}.md").read_text(encoding="utf-8")
    named = {field.name for field in fields(analysis.Options)} - {"steps"}
    assert [name for name in sorted(named) if f"`{name}`" not in page] == []
    assert f"{EXACT:,}" in page
    assert f"{EXACT_GROUP:,}" in page
