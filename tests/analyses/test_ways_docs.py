"""The pages about where people go tell the truth: their examples run, and they name every option."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from klantreis.analyses import clusters, follows, sankey, steps

PAGES = Path(__file__).resolve().parents[2] / "docs/reference"


@pytest.mark.parametrize("page", ["clusters", "contrast", "follows", "sankey", "steps"])
def test_the_examples_on_the_page_run(page):
    found = re.findall(r"```python\n(.*?)```", (PAGES / f"{page}.md").read_text(encoding="utf-8"), re.DOTALL)
    assert found
    for code in found:
        exec(compile(code, f"{page}.md", "exec"), {})


@pytest.mark.parametrize("analysis", [clusters, follows, sankey, steps], ids=lambda analysis: analysis.name)
def test_the_page_names_every_option(analysis):
    page = (PAGES / f"{analysis.name}.md").read_text(encoding="utf-8")
    assert [one.name for one in fields(analysis.Options) if f"`{one.name}`" not in page] == []
