"""The pages about how customers feel tell the truth: their examples run, and they name every option."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from klantreis.analyses import emotion, experience, mood, themes

PAGES = Path(__file__).resolve().parents[2] / "docs/reference"
ANALYSES = [emotion, mood, themes, experience]


@pytest.mark.parametrize("analysis", ANALYSES, ids=lambda analysis: analysis.name)
def test_the_examples_on_the_page_run(analysis):
    found = re.findall(r"```python\n(.*?)```", (PAGES / f"{analysis.name}.md").read_text(encoding="utf-8"), re.DOTALL)
    assert found
    for code in found:
        exec(compile(code, f"{analysis.name}.md", "exec"), {})


@pytest.mark.parametrize("analysis", ANALYSES, ids=lambda analysis: analysis.name)
def test_the_page_names_every_option(analysis):
    page = (PAGES / f"{analysis.name}.md").read_text(encoding="utf-8")
    assert [one.name for one in fields(analysis.Options) if f"`{one.name}`" not in page] == []
