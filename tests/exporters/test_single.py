"""A page with one view of a map, and the small page that is left of a withdrawn one."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from datetime import date
from typing import get_args
from urllib.parse import unquote

import pytest

from klantreis.exporters.html import Options, export, html
from klantreis.exporters.html.withdrawn import folder_page, withdrawn_page
from klantreis.labels import plain
from klantreis.map.people import Persona, PhaseNeed
from klantreis.report import Report
from klantreis.scenes.views import ViewName


def strict(page: str) -> bool:
    """Says whether a page runs nothing, asks nothing, applies only its own style, and is left out by search engines."""
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    mark = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode() if style else ""
    return (
        "default-src &#39;none&#39;" in page
        and f"sha256-{mark}" in page
        and "<script" not in page
        and not re.search(r'(?:src|href)="(?!data:|#)', page)
        and '<meta name="robots" content="noindex' in page
    )


@pytest.mark.parametrize("view", get_args(ViewName))
def test_each_view_is_a_page_of_its_own_with_the_same_as_a_table(report: Report, view: ViewName) -> None:
    page = export(report, Options(view=view, unlisted=True)).decode()
    assert strict(page)
    assert page.count("<h2") == 1
    assert 'class="chapter"' in page
    assert "Waar eerst kijken" not in re.sub(r"<svg.*?</svg>", "", page, flags=re.DOTALL)
    ids = set(re.findall(r'\bid="([^"]+)"', page))
    assert {unquote(to) for to in re.findall(r'href="#([^"]+)"', page)} <= ids


def test_only_the_map_has_a_list_beside_it_for_narrow_screens(report: Report) -> None:
    assert 'class="map-list"' in html(report, view="map")
    assert 'class="map-picture"' in html(report, view="map")
    assert 'class="map-picture"' not in html(report, view="matrix")


def test_a_report_is_listed_unless_it_is_asked_not_to_be(report: Report) -> None:
    assert "noindex" not in html(report)
    assert strict(html(report, unlisted=True))


@pytest.mark.parametrize("page", [withdrawn_page(date(2026, 3, 1)), withdrawn_page(date(2026, 3, 1), ended=True)])
def test_what_is_left_of_a_withdrawn_page_says_so_in_both_languages_and_is_small(page: str) -> None:
    assert strict(page)
    assert len(page) < 2_500
    for said in ('lang="nl"', 'lang="en"', "1 maart 2026", "1 March 2026", "deellink is", "share link "):
        assert said in page


def test_the_page_of_a_folder_names_no_link() -> None:
    assert strict(folder_page())
    assert "<a" not in folder_page()


def test_the_list_has_the_cells_of_each_persona_and_marks_the_empty_ones(report: Report) -> None:
    first, second, *_ = report.map.phases
    cells = (PhaseNeed(first.id, plain("rustig"), plain("Zekerheid")), PhaseNeed(second.id, need=plain("Tempo")))
    people = (Persona("eva", plain("Eva"), kind="ideal", per_phase=cells), Persona("jan", plain("Jan")))
    page = html(replace(report, map=replace(report.map, personas=people)), view="map")
    listed = re.findall(r'<dd( class="vacant")?>Eva: (.*?)</dd>', page)
    assert listed[:3] == [
        ("", "Zekerheid · toon: rustig"), ("", "Tempo · toon: nog leeg"), (' class="vacant"', "nog leeg"),
    ]  # fmt: skip
    assert len(listed) == len(report.map.phases)
    assert "Jan: " not in page
