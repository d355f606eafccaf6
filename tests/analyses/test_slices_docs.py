"""The pages about drift and comparison tell the truth: their examples run, and they name every option."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from klantreis.analyses import drift

PAGES = Path(__file__).resolve().parents[2] / "docs/reference"


@pytest.mark.parametrize("page", ["drift", "comparison"])
def test_the_examples_on_the_page_run(page):
    found = re.findall(r"```python\n(.*?)```", (PAGES / f"{page}.md").read_text(encoding="utf-8"), re.DOTALL)
    assert found
    for code in found:
        exec(compile(code, f"{page}.md", "exec"), {})


def test_the_page_names_every_option():
    page = (PAGES / "drift.md").read_text(encoding="utf-8")
    assert [one.name for one in fields(drift.Options) if f"`{one.name}`" not in page] == []
