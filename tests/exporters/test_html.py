"""The report as a page: whole, true to its numbers, in both languages, and harmless whatever the data says."""

from __future__ import annotations

import base64
import hashlib
import re
import string
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from urllib.parse import unquote

import pytest
from ruamel.yaml import YAML

from html_page import Page
from klantreis.exporters.html import Options, export, html
from klantreis.exporters.html.reader import reader_of
from klantreis.exporters.html.sections.first import where
from klantreis.exporters.html.sections.quality import by_source
from klantreis.exporters.html.words import WORDS
from klantreis.exporters.html.yaml_text import yaml_text
from klantreis.findings import Edit, Finding, Place
from klantreis.labels import Label
from klantreis.map.about import Scope
from klantreis.map.read import map_of
from klantreis.map.work import Offer
from klantreis.report import Report

CHAPTERS = ["first", "map", "funnel", "paths", "fit", "times", "feeling", "kpis", "coverage", "quality", "method"]


@pytest.fixture
def page(report: Report) -> Page:
    return Page(html(report))


# The page


@pytest.mark.parametrize("which", ["report", "unmeasured", "blank"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_is_well_formed_with_each_id_once(which: str, language: str, request: pytest.FixtureRequest) -> None:
    page = Page(html(request.getfixturevalue(which), language=language))
    assert page.open == []
    assert page.badly_closed == []
    ids = page.ids()
    assert sorted({one for one in ids if ids.count(one) > 1}) == []
    assert [one for one in ids if one in CHAPTERS] == CHAPTERS
    assert page.elements[0] == ("html", {"lang": language})


@pytest.mark.parametrize("which", ["report", "unmeasured", "blank"])
def test_every_link_leads_somewhere_on_the_page(which: str, request: pytest.FixtureRequest) -> None:
    page = Page(html(request.getfixturevalue(which)))
    targets = [unquote(attributes["href"]) for tag, attributes in page.elements if tag == "a"]
    assert targets
    assert [one for one in targets if not one.startswith("#") or one[1:] not in page.ids()] == []


def test_each_name_that_is_pointed_at_is_there(page: Page) -> None:
    asked = [
        one
        for _, attributes in page.elements
        for key in ("aria-labelledby", "aria-describedby")
        for one in attributes.get(key, "").split()
    ]
    assert asked
    assert [one for one in asked if one not in page.ids()] == []


def test_headings_go_down_one_level_at_a_time(page: Page) -> None:
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []


def test_every_table_has_a_caption_and_heads_with_a_scope(page: Page) -> None:
    tags = [tag for tag, _ in page.elements]
    assert tags.count("table") > 12
    assert tags.count("table") == tags.count("caption")
    assert [attributes for tag, attributes in page.elements if tag == "th" and "scope" not in attributes] == []


def test_every_picture_has_a_name_and_a_region_that_scrolls_by_keyboard(page: Page) -> None:
    pictures = [a for tag, a in page.elements if tag == "svg" and a.get("aria-hidden") != "true"]
    regions = [a for _, a in page.elements if "drawing" in a.get("class", "")]
    assert len(pictures) == len(regions) == 6
    assert all(a.get("aria-labelledby") for a in pictures)
    assert all(a["tabindex"] == "0" and a["role"] == "region" and a["aria-label"] for a in regions)


# Nothing comes from elsewhere, nothing runs


def test_nothing_on_the_page_is_asked_from_the_network(report: Report) -> None:
    text = html(report)
    bare = re.sub(r"data:font/woff2;base64,[\w+/=]+", "", text)
    assert set(re.findall(r"(?:https?:)?//[\w.-]+", bare)) == {"http://www.w3.org"}  # only SVG's own name
    assert set(re.findall(r"url\((\w+):", text)) == {"data"}
    assert not {"script", "link", "iframe", "img", "object", "form", "base"} & {tag for tag, _ in Page(text).elements}


def test_only_our_own_style_is_allowed(report: Report) -> None:
    text = html(report)
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert style is not None
    known = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    policy = next(a["content"] for _, a in Page(text).elements if a.get("http-equiv") == "Content-Security-Policy")
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{known}'; img-src data:; font-src data:; base-uri 'none'; "
        "form-action 'none'"
    )
    assert text.count("<style") == 1
    assert [a for _, a in Page(text).elements if "style" in a] == []


# Numbers, each with what makes it honest


def test_the_head_says_which_data_this_is(page: Page) -> None:
    for fact in (
        "1 mei t/m 31 oktober 2026",
        "24.192",
        "21.344",
        "3f9c2a77d1",
        "21 november 2026, 09:14",
        "webshopteam",
    ):
        assert fact in page.text


def test_the_funnel_has_counts_shares_and_intervals(page: Page) -> None:
    # 8,208 of 21,762 mature: 37.7 %, Wilson 37.1 to 38.4 (checked with scipy's binomtest)
    assert page.row("Besluit", "9.120")[:5] == ["Besluit", "9.120", "8.208", "37,7%", "37,1–38,4%"]
    assert "2.418 daarvan zijn nog open: hun venster van 60 dagen is niet voorbij." in page.text


def test_without_a_window_the_report_says_that_shares_are_so_far(report: Report) -> None:
    assert report.results is not None
    late = replace(report.results, funnel=replace(report.results.funnel, within=None))
    map_ = replace(report.map, journey=replace(report.map.journey, within_seconds=None))
    told = Page(html(replace(report, map=map_, results=late))).text
    assert "lopen nog en kunnen verder komen" in told
    assert "bereikte tot nu toe" in told
    assert "Aandelen tot nu toe, en open" in told
    assert "volledige tijd" not in told.split("Per segment")[0]
    assert "geen grens" not in told


def test_segments_stand_beside_each_other_with_n(page: Page) -> None:
    rows = [row for row in page.rows if row and row[0] == "Overweging" and len(row) == 4]
    assert len(rows) == 1
    assert "n\u00a0=\u00a014.798" in rows[0][2]
    assert "n\u00a0=\u00a06.964" in rows[0][3]


def test_too_few_answers_are_said_not_shown(page: Page) -> None:
    row = page.row("Aanbeveling")
    assert "te weinig antwoorden (n = 12, nodig 30)" in page.text
    assert "+1,4" not in " ".join(row)


def test_measured_feeling_stands_against_what_was_assumed(page: Page) -> None:
    rows = [[cell.strip() for cell in one] for one in page.rows if one and one[0] == "Bezorging"]
    felt = next(one for one in rows if "−1,2" in one)
    assert felt[2:5] == ["+1", "−1,2", "−1,3 tot −1,1"]
    assert felt[7] == "−2,2 · ▼ slechter dan gedacht"


def test_a_kpi_stands_against_its_target_with_a_verdict(page: Page) -> None:
    assert page.row("Product → mandje")[1:6] == ["42%", "41–43%", "9.120", "≥ 50%", "▼ niet gehaald"]
    assert page.row("Retour binnen 14 dagen")[1] == "Geen herkenner"
    assert page.row("Eindgevoel")[1:6] == ["4,06", "3,98 tot 4,14", "698", "≥ 4,00", "? onbeslist"]
    assert "1 gehaald, 2 niet gehaald, 1 onbeslist" in page.text


def test_a_dead_matcher_is_one_that_could_have_met_something(report: Report) -> None:
    # Chat has a matcher and met nothing; the size help is only planned, the flyer has no matcher at all.
    assert report.results is not None
    one = report.results.coverage.touchpoints[0]
    unmet = tuple(replace(one, touchpoint=name, events=0) for name in ("chat", "maathulp", "folder"))
    seen = replace(report.results.coverage, touchpoints=unmet)
    text = html(replace(report, results=replace(report.results, coverage=seen)))
    dead = text[text.index("Contactmomenten die niemand raakte") : text.index("Contactmomenten zonder gegevens")]
    assert "#touchpoint-chat" in dead
    assert "#touchpoint-maathulp" not in dead
    assert "#touchpoint-folder" not in dead


def test_read_is_stored_and_duplicate_and_rejected_per_source(page: Page) -> None:
    assert page.row("web") == ["web", "111.000", "110.990", "7", "3", "✓ ja"]
    assert page.row("Alle bronnen") == ["Alle bronnen", "111.340", "111.330", "7", "3", "✓ ja"]


def test_counts_that_do_not_add_up_are_said_aloud(report: Report) -> None:
    assert report.results is not None
    broken = replace(report.results, counts={"read": 10, "stored": 7, "duplicate": 1, "rejected": 1})
    assert Page(html(replace(report, results=broken))).row("Alle bronnen")[-1] == "✗ nee, 1 verschil"


def test_sources_are_read_from_the_keys() -> None:
    counts = {"read": 3, "a.b.read": 2, "a.b.stored": 1, "repeated": 9}
    assert by_source(counts) == {"": {"read": 3}, "a.b": {"read": 2, "stored": 1}}


def test_unmapped_behaviour_goes_with_never_causes(page: Page) -> None:
    assert page.row("site_search")[1:6] == ["8.470", "8.600", "10.210", "35,5%", "34,9–36,2%"]
    assert "odds ratio 0,41 (0,37 tot 0,46)" in page.text
    assert "Een verband is geen oorzaak." in page.text


# Findings


def test_each_finding_stands_under_its_own_id(report: Report, page: Page) -> None:
    assert [one.id for one in report.findings if one.id not in page.ids()] == []


def test_two_findings_with_one_id_both_have_a_place(report: Report) -> None:
    same = tuple(replace(report.findings[0], people=people) for people in (1, 2, 3))
    ids = Page(html(replace(report, findings=same))).ids()
    assert len(ids) == len(set(ids))


def test_a_proposal_is_yaml_with_the_command_that_accepts_it(report: Report, page: Page) -> None:
    edit = report.findings[1].edit
    assert edit is not None
    read = YAML(typ="safe").load(yaml_text(edit))
    assert read == {"touchpoints": {"zoekmaat": edit.value}}
    assert "klantreis find --accept unmapped_behaviour/ring/site_search" in page.text
    assert "  zoekmaat:\n" in "".join(page.words)


def test_the_head_says_when_it_was_reviewed_how_long_it_takes_and_by_which_words_it_is_found(report: Report) -> None:
    # Requirements C14 and D1.
    scope = Scope(start=Label("De oude lekt", "The old one leaks"), end=Label("Betaald", "Paid"))
    told = replace(report.map, tags=("keuken", "b2c"), reviewed="2026-11-02", minutes=4, scope=scope)
    text = Page(html(replace(report, map=told))).text
    for said in ("2 november 2026", "4 min", "keuken, b2c", "De oude lekt → Betaald"):
        assert said in text, said
    assert "maart 2026" not in text
    assert "2026-03" in Page(html(replace(report, map=replace(told, reviewed="2026-03")))).text


def test_a_finding_at_a_place_has_the_command_that_makes_it_an_opportunity(report: Report) -> None:
    # Requirement A1: the top barrier becomes an opportunity in one action, told where it is read.
    place = Place(map=report.map.id, id=report.map.touchpoints[0].id)
    at, beside = replace(report.findings[1], edit=None, place=place), replace(report.findings[1], edit=None)
    assert f"find --opportunity {at.id}" in Page(html(replace(report, findings=(at,)))).text
    assert "find --opportunity" not in Page(html(replace(report, findings=(beside,)))).text


def test_odd_values_in_a_proposal_are_shown_as_text() -> None:
    shown = yaml_text(Edit(("a",), {"b": (1, None, True), "c": Label("x")}, Label()))
    assert YAML(typ="safe").load(shown) == {"a": {"b": [1, None, True], "c": str(Label("x"))}}


# Languages


def test_every_text_is_there_in_both_languages_with_the_same_gaps() -> None:
    def gaps(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    lacking = [key for key, label in WORDS.items() if not label.nl or not label.en]
    unlike = [key for key, label in WORDS.items() if gaps(label.nl or "") != gaps(label.en or "")]
    assert lacking == []
    assert unlike == []


def test_every_section_has_its_explanation_and_its_empty_answer() -> None:
    assert [key for key in WORDS if key.startswith("empty.") and f"{key}.do" not in WORDS and key[-3:] != ".do"] == []
    assert [
        key
        for key in WORDS
        if key.startswith("what.") and key.replace("what", "title", 1).removesuffix(".no-limit") not in WORDS
    ] == []


def test_the_english_report_is_english(report: Report) -> None:
    page = Page(html(report, language="en"))
    assert "Where to look first?" in page.text
    assert "Buying a ring without trying it on" in page.text
    assert page.row("Decision", "9,120")[:5] == ["Decision", "9,120", "8,208", "37.7%", "37.1–38.4%"]
    assert "Waar eerst kijken" not in page.text


def test_a_text_in_the_other_language_is_marked(report: Report) -> None:
    assert '<span lang="en">[en] Printed flyer</span>' in html(report)
    assert '<span lang="en">Printed flyer</span>' not in html(report, language="en")


def test_the_bytes_are_the_text(report: Report) -> None:
    assert export(report, Options(language="en")).decode() == html(report, language="en")


# Empty


def test_what_an_analysis_tells_further_has_its_picture_and_its_command(report: Report) -> None:
    assert report.results is not None
    more = {"funnel": report.results.funnel}
    told = html(replace(report, results=replace(report.results, more=more)), language="en")
    assert 'id="further-funnel"' in told
    assert "Measured further" in told
    assert 'id="further-funnel"' not in html(report)
    assert told.count(f"klantreis funnel --map {report.map.id}") == 2


def test_a_map_without_data_says_what_to_do_next(unmeasured: Report) -> None:
    page = Page(html(unmeasured))
    assert page.text.count("klantreis load") >= 6
    assert "Deze kaart is nog niet gemeten" in page.text
    assert "Ik bekijk de ring" in page.text
    assert page.row("Product → mandje")[1] == "≥ 50%"


def test_a_blank_map_teaches_how_to_begin(blank: Report) -> None:
    page = Page(html(blank))
    assert "klantreis init --template journey-7" in page.text
    assert "Klantreis zonder naam" in page.text


def test_no_findings_on_real_data_is_an_answer(report: Report) -> None:
    page = Page(html(replace(report, findings=())))
    assert "Er zijn geen bevindingen." in page.text
    assert "Niets springt eruit" in page.text


def test_no_segments_no_surveys_and_no_scenario_each_say_what_to_add(report: Report) -> None:
    results = report.results
    assert results is not None
    bare = replace(
        results,
        segments={},
        fits={},
        counts={},
        emotion=replace(results.emotion, feelings=(), answers=0),
        coverage=replace(results.coverage, behaviours=()),
        overlaps=(),
        outside=0,
    )
    text = Page(html(replace(report, results=bare, map=replace(report.map, kpis=(), segments=())))).text
    for hint in ("onder segments:", "kind: ideal", "onder surveys:", "onder kpis:", "klantreis doctor"):
        assert hint in text
    assert "{metric: conversion, from: product" in text


def test_a_finding_about_an_offer_or_a_change_stands_at_its_name(report: Report) -> None:
    # Its place was the id in a box: `hoes`.
    offer = Offer("hoes", Label("Gratis hoes", "Free sleeve"))
    held = replace(report, map=replace(report.map, offers=(offer,)))
    one = Finding("proof", "hint", Place(report.map.id, "hoes"), Label("Te vroeg", "Too soon"))
    assert "Gratis hoes" in str(where(reader_of(held, "nl"), one))
    assert "Free sleeve" in str(where(reader_of(held, "en"), one))


def test_a_finding_that_counts_journeys_says_journeys(report: Report) -> None:
    first, *rest = report.findings
    counted = replace(report, findings=(replace(first, people=0, journeys=4916), *rest))
    card = html(counted).split("<article", 2)[1].split("</article>")[0]
    assert "4.916 reizen" in card
    assert "personen ·" not in card


def test_who_left_earlier_did_not_skip_what_comes_later(report: Report) -> None:
    page = Page(html(report))
    assert "overgeslagen" not in page.text
    assert "niet bereikt" in page.text
    assert "Slaat over" in page.text


def test_touches_are_called_contacts_and_full_time_is_not_called_done(report: Report) -> None:
    page = Page(html(report))
    assert re.search(r"Contacten\s*[\d.]+", page.text)
    assert "Met volledige tijd (reizen)" in page.text
    assert "fgerond" not in page.text


def test_the_list_tells_what_the_picture_tells_of_quotes_offers_delights_and_influence() -> None:
    # The list is the map on a screen of 320 pixels, where there is no room for the picture.
    map_ = map_of("""
klantreis: 1
id: m
title: M
template: nl-5
evidence:
  piet: {kind: testimonial, person: Piet Smid, firm: Garage Smid, quote: Soepel, date: 2026-05-02, consent: mail}
  anna: {kind: testimonial, person: Anna de Wit, quote: Mooie foto's}
offers: {lente: {label: Site voor 999, at: bellen, terms: deze maand}}
phases:
  orientatie:
    evidence: anna
    actions: {folder: {do: Een folder, owner: marketing}}
    bellen: {do: Ik bel, delight: true, evidence: piet}
    dorp: {do: Liever in het dorp, influence: none}
""")
    told = export(Report(map_, None, (), datetime(2026, 11, 1, tzinfo=UTC)), Options(language="nl")).decode()
    listed = told[told.index('class="map-list"') :]
    words = " ".join(re.sub(r"<[^>]+>", " ", listed[: listed.index("</section></section>")]).split())
    for said in (
        "Soepel", "Piet Smid, Garage Smid · 2 mei 2026", "Site voor 999", "deze maand", "verrassing", "niet van ons",
        "Een folder", "marketing", "Mooie foto", "niet met naam: geen toestemming",
    ):  # fmt: skip
        assert said in words, said
    assert "Anna de Wit" not in told
