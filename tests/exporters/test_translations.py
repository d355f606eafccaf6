"""A text that is only there in the other language: every format shows it, and says which language it is in."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from klantreis.exporters.html import Options as Page
from klantreis.exporters.html import export as page
from klantreis.exporters.svg import Options, export
from klantreis.labels import Label, tongue
from klantreis.map.read import map_of
from klantreis.plugins import part
from klantreis.report import Report

TEXT = """klantreis: 1
id: half
title: {nl: Een halve vertaling, en: Half a translation}
languages: [nl, en]
phases:
  begin: {label: {nl: Begin}, kijken: {do: {nl: Ik kijk rond}, think: {nl: Waar is het}, feel: 1}}
  eind: {label: {nl: Eind, en: End}, kopen: {do: {nl: Ik koop, en: I buy}, feel: -1}}
"""


@pytest.fixture
def half() -> Report:
    return Report(map_of(TEXT), None, (), datetime(2026, 11, 22, tzinfo=UTC))


@pytest.mark.parametrize("name", ["svg", "html", "json", "markdown", "csv", "mermaid", "ojf"])
def test_every_format_shows_it_with_its_mark(half: Report, name: str) -> None:
    exporter = part("exporter", name)
    options = exporter.Options(language="en") if name != "json" else exporter.Options()
    text = exporter.export(half, options).decode("utf-8-sig").replace("\\", "")
    assert "[nl] Ik kijk rond" in text
    assert "[nl] I buy" not in text


def test_a_listener_is_told_which_language_it_is(half: Report) -> None:
    drawn = export(half, Options(language="en")).decode()
    assert re.search(r'<text[^>]* lang="nl"[^>]*>(<tspan[^>]*>)?\[nl\] Ik', drawn)
    assert '<span lang="nl">[nl] Ik kijk rond</span>' in page(half, Page(language="en")).decode()


def test_the_mark_stays_when_the_end_is_cut(half: Report) -> None:
    long = Label(nl="Ik kijk rond " * 60)
    first = half.map.phases[0]
    steps = (replace(first.steps[0], label=long),)
    wide = replace(half, map=replace(half.map, phases=(replace(first, steps=steps), *half.map.phases[1:])))
    assert "[nl] Ik" in export(wide, Options(language="en")).decode()


def test_a_text_says_its_own_language() -> None:
    assert (tongue("[en] Find a size"), tongue("“[nl] Waar?”"), tongue("Find [en] it")) == ("en", "nl", None)
    assert tongue("[de] Suche") is None
