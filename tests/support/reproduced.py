"""Which numbers a chapter of a report shows, and whether the commands printed under it give them again."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from klantreis.labels import Language
from klantreis.scenes import numbers

NUMBER = re.compile(r"\d[\d.,:]*\d|\d")
VOID = frozenset({"meta", "br", "hr", "link", "img", "input", "col", "path", "rect", "line", "circle", "use"})
ASIDE = frozenset({"method", "foot"})
"""Chapters of definitions: their numbers are years of sources, and what the head says already."""

SAID = (
    r"\d{1,2} [A-Z]?[a-z]+ \d{4}", r"\d{1,2} [A-Z][a-z]+ (?:to|\d)", r"\d\d:\d\d", r"version \w+", r"95%",
    r"9 in 10", r"fewer than \d+", r"[<≥] 10", r"\d[\d,]* numbers are about",
    r"^(?:1|30)\s(?:s|min|hour|days?|week|month|year)$",
    r"at least [\d.]+% of",
    r"> 1,000", r"^\d+% measured.*cells\)$", r"\d+ phases?", r"\d+ steps?", r"\d+ touchpoints?",
)  # fmt: skip
"""What is no measured number: dates, the version, the kind of interval, ticks of an axis, what is not told of small
groups, the least share that skips a touchpoint (arithmetic of the two commands there), and counts of
what the map draws.
"""


@dataclass
class Chapter:
    """The texts of a chapter and the commands under it."""

    texts: list[str] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, str]] = []
        self.at, self.chapters = "head", dict[str, Chapter]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        named = given.get("class") or ""
        if tag in VOID:
            return
        if tag == "section" and "chapter" in named:
            self.at = given.get("id") or ""
        elif tag in {"nav", "footer"}:
            self.at = {"nav": "contents", "footer": "foot"}[tag]
        self.open.append((tag, named))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tags, classes = {tag for tag, _ in self.open}, {one for _, named in self.open for one in named.split()}
        if tags & {"style", "script", "title"} or classes & {"rank", "what"}:
            return
        chapter = self.chapters.setdefault(self.at, Chapter())
        if "again" in classes:
            chapter.commands += [data] if "code" in tags else []
        elif not tags & {"code", "pre"} and data.strip():
            chapter.texts.append(data.replace("\xa0", " ").strip())


def chapters(page: str) -> dict[str, Chapter]:
    """Returns the head, the contents and the chapters of a report by their id."""
    found = _Page()
    found.feed(page)
    return found.chapters


def numbers_of(text: str) -> set[str]:
    """Returns the numbers in a text, without what is no measured number."""
    for said in SAID:
        text = re.sub(said, " ", text)
    return set(NUMBER.findall(text))


def printed(answer: Any, language: Language) -> set[str]:
    """Returns every way in which a report may write the numbers of an answer."""
    return {found for form in _forms(answer, language) for found in NUMBER.findall(form)}


def unexplained(page: str, run: Callable[[str], Any], language: Language = "en") -> list[str]:
    """Returns the texts with a number that no command of their chapter gives; `run`: command -> its JSON."""
    found, every = chapters(page), set[str]()
    known = {command: printed(run(command), language) for one in found.values() for command in one.commands}
    every = set().union(*known.values())
    missing = []
    for id_, one in found.items():
        given = every if id_ == "contents" else set().union(*(known[command] for command in one.commands))
        missing += [
            f"{id_}: {text}" for text in one.texts if id_ not in ASIDE and not numbers_of(text) <= given
        ]  # fmt: skip
    return missing


def _forms(answer: Any, language: Language) -> Iterator[str]:
    if isinstance(answer, dict):
        for key, value in answer.items():
            yield str(key)
            yield from _forms(value, language)
    elif isinstance(answer, list):
        yield numbers.decimal(len(answer), language)
        for value in answer:
            yield from _forms(value, language)
    elif isinstance(answer, str):
        yield answer
    elif isinstance(answer, int | float) and not isinstance(answer, bool) and math.isfinite(answer):
        yield from _number(answer, language)


def _number(value: float, language: Language) -> Iterator[str]:
    for digits in range(4):
        yield numbers.decimal(value, language, digits)
    yield numbers.money(value, "EUR", language)
    yield numbers.duration(value, language)
    if abs(value) <= 1:
        for digits in (0, 1):
            yield numbers.percent(abs(value), language, digits)
            yield numbers.percent(1 - abs(value), language, digits)
            yield numbers.decimal(100 * value, language, digits)
