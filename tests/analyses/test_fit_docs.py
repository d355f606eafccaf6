"""The examples on the reference pages run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PAGES = Path(__file__).resolve().parents[2] / "docs/reference"


@pytest.mark.parametrize("page", ["fit", "coverage"])
def test_every_example_on_the_page_runs(page: str) -> None:
    examples = re.findall(r"```python\n(.*?)```", (PAGES / f"{page}.md").read_text("utf-8"), re.DOTALL)
    assert examples
    for example in examples:
        exec(compile(example, f"{page}.md", "exec"), {})
