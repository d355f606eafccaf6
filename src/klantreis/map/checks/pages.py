"""The pages of the checks in the docs: `python -m klantreis.map.checks.pages` writes them again from the docstrings."""

from __future__ import annotations

import re
from pathlib import Path

from klantreis.map.checks import CHECKS
from klantreis.map.checks.contract import Check

FOLDER = Path(__file__).resolve().parents[4] / "docs" / "reference" / "checks"
_EXAMPLE = re.compile(r"^(Fires|Does not fire):\n\n((?:    .*\n?|\n)+)", re.MULTILINE)


def examples(check: Check) -> tuple[str, str]:
    """Returns the piece of a map that the check fires on, and the one it does not."""
    found = {kind: _unindented(text) for kind, text in _EXAMPLE.findall(check.page + "\n")}
    return found["Fires"], found["Does not fire"]


def page(check: Check) -> str:
    """Returns the page of a check as Markdown."""
    body = _EXAMPLE.sub(lambda part: f"{part[1]}:\n\n```yaml\n{_unindented(part[2])}```\n\n", check.page + "\n")
    return f"# {check.name}\n\n{body.rstrip()}\n\nLevel: {check.level}. In Dutch: *{check.title.nl}*.\n"


def pages() -> dict[str, str]:
    """Returns every page by its file name, the list of all checks among them."""
    lines = [f"- [{check.name}]({check.name}.md): {check.page.splitlines()[0]}" for check in CHECKS]
    head = (
        "# Checks\n\nWhat `klantreis check` looks for in a map that reads well but could be better. Each page has a "
        "piece of a map on which\nthe check fires and one on which it does not; both are run by the tests.\n\n"
    )
    listed = {"README.md": head + "\n".join(lines) + "\n"}
    return {**listed, **{f"{check.name}.md": page(check) for check in CHECKS}}


def _unindented(text: str) -> str:
    return "\n".join(line[4:] for line in text.rstrip("\n").split("\n")) + "\n"


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
