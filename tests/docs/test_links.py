"""Every link on a page leads somewhere: to a file that is there, and to a heading that is in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "decisions").glob("*.md"))]
LINK = re.compile(r"\[(?:[^\]\[]|\[[^\]]*\])*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def links(page: Path) -> list[str]:
    return LINK.findall(FENCE.sub("", page.read_text(encoding="utf-8")))


def anchors(page: Path) -> set[str]:
    """Returns the anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.*)$", FENCE.sub("", page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken(page: Path) -> list[str]:
    wrong = []
    for link in links(page):
        target, _, anchor = link.partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        file = (page.parent / target).resolve() if target else page
        if not file.exists() or (anchor and anchor not in anchors(file)):
            wrong.append(link)
    return wrong


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_leads_somewhere(page: Path) -> None:
    assert broken(page) == []


def test_every_page_of_the_docs_is_linked_from_its_index() -> None:
    for folder in ("docs", "docs/how-to", "docs/why", "docs/reference", "docs/reference/rules", "decisions"):
        index = ROOT / folder / "README.md"
        linked = {(index.parent / link.partition("#")[0]).resolve() for link in links(index)}
        assert {page.resolve() for page in index.parent.glob("*.md")} - linked - {index.resolve()} == set()


def test_the_picture_on_the_front_page_is_sharp_and_light() -> None:
    (picture,) = set(re.findall(r"!\[[^\]]{40,}\]\((docs/pictures/[^)]+)\)", (ROOT / "README.md").read_text("utf-8")))
    data = (ROOT / picture).read_bytes()
    assert int.from_bytes(data[16:20], "big") > 3_000  # pixels wide, from the head of the PNG
    assert len(data) < 600_000
