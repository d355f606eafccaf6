"""The examples on the page about two groups beside each other run; the other pages are tested in tests/docs."""

import re
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs/reference/contrast.md"


def test_the_examples_on_the_page_run():
    found = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    for code in found:
        exec(compile(code, "contrast.md", "exec"), {})
