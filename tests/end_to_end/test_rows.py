"""Rows of the requirements on a small shop with events: each as somebody would ask it."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from klantreis.cli import main
from klantreis.errors import OptionError
from klantreis.exporters import html
from klantreis.report import Report
from klantreis.scenes.experience import experience_scene
from klantreis.scenes.funnel import funnel_scene
from klantreis.scenes.journey import journey_scene
from klantreis.scenes.model import Words, walk
from klantreis.workspace import Workspace, open_workspace

PEOPLE = 480
SETTINGS = """\
klantreis: 1
name: Sportwinkel
languages: [nl, en]
time_zone: Europe/Amsterdam
sources:
  log: {path: log.csv, person: who, at: at, event: event, channel: channel, score: score, value: value, detail: query}
"""
MAP = """\
klantreis: 1
id: schoen
title: {nl: Een voetbalschoen, en: A football boot}
type: purchase
template: journey-7
languages: [nl, en]
journey: {goal: [site_koop, winkel_koop, agent_koop], timeout: never}
segments: {jong: age <= 25, ouder: age > 25, bestaand: orders >= 1}
phases:
  bewustwording:
    problem: {nl: Een kapotte zool, en: A broken sole}
    gezien: {feel: 1, do: {nl: Ik zie de schoen, en: I see the boot}, touch: [advertentie, vriend, zoeken, facebook]}
  overweging:
    vergelijkt: {do: {nl: Ik vergelijk, en: I compare}, match: compare, touch: {channel: web}}
    gezocht: {do: {nl: Ik zoek mijn maat, en: I search my size}, touch: [leeg_gezocht]}
    leest: {do: {nl: Ik lees ervaringen, en: I read reviews}, match: reviews_view}
  besluit:
    kiest: {feel: -1, do: {nl: Ik kies, en: I choose}, match: choose}
  aankoop:
    koopt: {do: {nl: Ik koop, en: I buy}, touch: [site_koop, winkel_koop, agent_koop]}
  ervaring:
    antwoord: {do: {nl: Ik zeg hoe het was, en: I say how it was}, touch: [gevraagd, geantwoord]}
  loyaliteit:
    spaart: {do: {nl: Ik spaar, en: I collect}, touch: [stempel, volle_kaart]}
  promotie:
    vertelt: {do: {nl: Ik vertel het door, en: I tell a friend}, match: referral_shared}
touchpoints:
  advertentie: {channel: ads, match: {event: seen, where: {source: ads}}}
  vriend: {channel: friends, match: {event: seen, where: {source: friends}}}
  zoeken: {channel: search, match: {event: seen, where: {source: [search, tiktok]}}}
  facebook: {channel: facebook, match: {event: seen, where: {source: facebook}}}
  leeg_gezocht: {channel: web, match: {event: site_search, where: {results: 0}}}
  site_koop: {channel: web, match: {event: order_paid, where: {place: web}}}
  winkel_koop: {channel: store, match: {event: order_paid, where: {place: store}}}
  agent_koop: {channel: person, match: {event: order_paid, where: {place: agent}}}
  gevraagd: {channel: email, match: survey_sent}
  geantwoord: {match: csat_answered}
  stempel: {channel: store, match: {event: stamp_added, where: {stamps: "< 10"}}}
  volle_kaart: {match: {event: stamp_added, where: {stamps: ">= 10"}}, phase: loyaliteit}
surveys:
  tevreden: {question: {nl: Hoe was het?, en: How was it?}, n_min: 10, match: csat_answered, about: site_koop}
  aanrader: {kind: NPS, question: {nl: "Raad je ons aan?", en: "Would you recommend us?"}, match: nps_answered}
scenarios:
  ideaal:
    kind: ideal
    path: "advertentie|vriend|zoeken|facebook, vergelijkt, kiest, site_koop|winkel_koop|agent_koop,
      gevraagd?, geantwoord?, stempel?"
barriers:
  maat: {at: vergelijkt, kind: doubt, severity: abandon, text: {nl: Twijfel over de maat, en: Doubt about the size}}
kpis:
  vol: {phase: loyaliteit, metric: conversion, from: stempel, to: volle_kaart, target: ">= 10%"}
  respons: {phase: ervaring, metric: conversion, from: gevraagd, to: geantwoord, target: ">= 30%"}
  beslistijd: {phase: besluit, metric: median_days, from: vergelijkt, to: kiest, target: "<= 5"}
  vaker: {phase: loyaliteit, metric: repeat_share, at: koopt, target: ">= 5%"}
  leeg: {phase: overweging, metric: share, at: leeg_gezocht, target: "<= 5%"}
  verteld: {phase: promotie, metric: share, at: vertelt, target: ">= 1%"}
"""
PLACES = ("web", "web", "store", "agent")


def events() -> Iterator[str]:
    """480 people: the young come by TikTok, which nobody drew; who reads reviews buys more often."""
    for n in range(PEOPLE):
        young = n % 2 == 0
        source = "facebook" if n == 0 else "tiktok" if young else ("ads", "friends", "search")[n // 2 % 3]
        reader, known = n % 5 == 0, n % 8 == 0
        buys = n // 2 % 3 != 1 if reader else n // 2 % 6 == 0

        def row(day: int, event: str, channel: str = "web", **more: object) -> str:
            cells = {
                "score": "",
                "value": "",
                "query": "",
                "source": "",
                "results": "",
                "place": "",
                "stamps": "",
            } | more
            who = f"p{n},2026-0{3 + day // 28}-{day % 28 + 1:02}T10:00,{event},{channel}"  # noqa: B023
            age = 20 if young else 40  # noqa: B023
            return f"{who},{age},{int(known)},{','.join(str(cell) for cell in cells.values())}"  # noqa: B023

        yield row(0, "seen", source, source=source)
        if n % 16 != 15:
            yield row(1, "compare")
        if n % 3 == 0:
            yield row(2, "site_search", results=0 if n % 6 == 0 else 9, query="maat 54")
        if reader:
            yield row(2, "reviews_view")
        if buys:
            yield row(4, "choose")
            place = PLACES[n // 3 % 4]
            yield row(
                5, "order_paid", "person" if place == "agent" else place, place=place, value=90 if n % 10 else 900
            )
            yield row(8, "survey_sent", "email")
            if n % 2:
                yield row(9, "csat_answered", "email", score=4)
            yield row(10, "nps_answered", "email", score=5 if n % 4 == 1 else 10)
            if n % 12 == 0:
                yield row(30, "order_paid", place="web", value=80)
                yield row(32, "stamp_added", "store", stamps=10)
            yield row(31, "stamp_added", "store", stamps=3)
            if n % 20 == 0:
                yield row(32, "referral_shared", "friends")


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("rows")
    (folder / "maps").mkdir()
    (folder / "klantreis.yaml").write_text(SETTINGS, encoding="utf-8")
    (folder / "maps" / "schoen.reis.yaml").write_text(MAP, encoding="utf-8")
    head = "who,at,event,channel,age,orders,score,value,query,source,results,place,stamps"
    (folder / "log.csv").write_text("\n".join([head, *events()]) + "\n", encoding="utf-8")
    return open_workspace(folder)


@pytest.fixture(scope="module")
def report(shop: Workspace) -> Report:
    return shop.reports("schoen")[0]


@pytest.fixture(scope="module")
def drawn(report: Report) -> str:
    return words(journey_scene(report.map, report.results, report.findings, language="nl", width=2600))


def words(scene: Any) -> str:
    said = (" ".join(one.lines) for one in walk(scene.elements) if isinstance(one, Words))
    return " ".join(said).replace("\u00a0", " ")


def rows(shop: Workspace, event: str, **cells: object) -> list[dict[str, str]]:
    """The rows of the file itself, counted without the product."""
    with (shop.folder / "log.csv").open(encoding="utf-8", newline="") as file:
        found = [row for row in csv.DictReader(file) if row["event"] == event]
    return [row for row in found if all(row[key] == str(value) for key, value in cells.items())]


def people(found: list[dict[str, str]]) -> set[str]:
    return {row["who"] for row in found}


def kpi(report: Report, id_: str) -> Any:
    return next(one["value"] for one in report.results.kpis.rows() if one["kpi"] == id_ and one["segment"] is None)


def used(mix: Any, place: str, channel: str, segment: str | None = None) -> Any:
    return mix.spot(place, segment).used(channel)


def test_a2_the_young_meet_a_channel_nobody_drew_and_a_drawn_one_has_hardly_a_first_contact(report: Report) -> None:
    found = {finding.id: finding for finding in report.findings}
    assert "channel_gap/schoen/bewustwording/tiktok" in found
    assert "channel_gap/schoen/facebook/facebook" in found
    mix = report.results.more["channel_mix"]
    assert used(mix, "first", "tiktok", "jong").reach.value == pytest.approx(239 / 240)
    assert used(mix, "first", "facebook", "jong").touches == 1


def test_a7_the_problem_of_a_phase_is_read_on_the_map(drawn: str) -> None:
    assert "Probleem: Een kapotte zool" in drawn


def test_a7_d2_d6_the_first_contacts_of_a_phase_are_split_by_source(shop: Workspace, report: Report) -> None:
    mix = report.results.more["channel_mix"]
    for source in ("ads", "friends", "search"):
        mine = len(people(rows(shop, "seen", source=source)))
        assert used(mix, "bewustwording", source).touches == mine == 80
        assert used(mix, "first", source, "ouder").share.value == pytest.approx(1 / 3)


def test_a11_full_cards_answers_and_coming_back_stand_on_the_map(shop: Workspace, report: Report, drawn: str) -> None:
    cards, full = people(rows(shop, "stamp_added", stamps=3)), people(rows(shop, "stamp_added", stamps=10))
    sent, answered = people(rows(shop, "survey_sent")), people(rows(shop, "csat_answered"))
    assert kpi(report, "vol") == pytest.approx(len(full) / len(cards))
    assert kpi(report, "respons") == pytest.approx(len(answered) / len(sent))
    assert kpi(report, "vaker") == pytest.approx(len(full) / len(sent))
    for told in ("Vol 31% gehaald", "Vaker 31% gehaald", "Respons 50% gehaald"):
        assert told in drawn


def test_b6_c6_three_segments_and_one_funnel_come_from_the_same_numbers(report: Report, drawn: str) -> None:
    assert set(report.results.segments) == {"jong", "ouder", "bestaand"}
    funnel = words(funnel_scene(report.results.funnel, language="nl", map_=report.map))
    for step in report.results.funnel.steps:
        assert str(step.people) in funnel, step.step
        assert f"{step.people} reizen" in drawn or f"{step.people} ·" in drawn, step.step


def test_b7_the_share_that_goes_the_ideal_way_is_counted_and_drawn(report: Report, drawn: str) -> None:
    fit = report.results.fits["ideaal"]
    mine = sum(n % 12 == 1 and n % 5 != 0 and n % 16 != 15 for n in range(PEOPLE))
    assert fit.conforming == mine > 0
    assert f"{mine} van {PEOPLE} gaan precies zo" in drawn


def test_b14_a_report_of_existing_customers_counts_only_those(
    shop: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["experience", "--workspace", str(shop.folder), "--segment", "bestaand", "--json"]) == 0
    known = sum(n % 8 == 0 for n in range(PEOPLE))
    assert json.loads(capsys.readouterr().out)["did"]["people"] == known


def test_b14_one_segment_has_a_report_of_its_own(shop: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["report", "--workspace", str(shop.folder), "--language", "nl", "--segment"]
    assert main([*asked, "bestaand"]) == 0
    page = (shop.folder / "reports" / "schoen.bestaand.nl.html").read_text(encoding="utf-8")
    known = sum(n % 8 == 0 for n in range(PEOPLE))
    assert f"<dt>Personen</dt><dd>{known}</dd>" in page
    assert "<dt>Alleen</dt><dd>Bestaand</dd>" in page
    assert "klantreis funnel --map schoen --segment bestaand" in page
    assert "klantreis find --map schoen --segment bestaand" in page
    assert "kloppen nooit" not in page  # that nobody of one group came by an advertisement says nothing of the matcher
    assert main([*asked, "bestand"]) != 0
    assert "'bestaand'" in capsys.readouterr().err


def test_b14_a_segment_too_small_to_share_has_no_report(shop: Workspace) -> None:
    careful = replace(shop, settings=replace(shop.settings, least=61))
    with pytest.raises(OptionError, match="n = 60, need 61"):
        careful.report("schoen", segment="bestaand")


def test_d3_the_time_between_weighing_and_deciding_is_told(report: Report, drawn: str) -> None:
    assert kpi(report, "beslistijd") == 3 * 86_400
    assert "3 dagen" in drawn


def test_d4_one_step_splits_by_site_shop_and_representative(shop: Workspace, report: Report) -> None:
    seen = {one.touchpoint: one.people for one in report.results.coverage.touchpoints}
    for touch, place in (("site_koop", "web"), ("winkel_koop", "store"), ("agent_koop", "agent")):
        assert seen[touch] == len(people(rows(shop, "order_paid", place=place))) > 0, touch


def test_d5_e20_promoters_who_come_back_are_fans(shop: Workspace, report: Report) -> None:
    found = report.results.more["advocates"]
    asked, keen = people(rows(shop, "nps_answered")), people(rows(shop, "nps_answered", score=10))
    again = people(rows(shop, "stamp_added", stamps=10))
    assert found.promoters.value == pytest.approx(len(keen) / len(asked))
    assert found.fans.value == pytest.approx(len(keen & again) / len(asked))
    assert found.fans.value > 0


def test_d7_what_they_did_and_what_they_found_are_two_halves(report: Report) -> None:
    said = words(experience_scene(report.results.more["experience"], language="nl"))
    assert "Wat ze deden" in said
    assert "Wat ze vonden" in said


def test_d20_the_share_of_first_contacts_of_a_segment_is_counted(report: Report) -> None:
    mix = report.results.more["channel_mix"]
    assert mix.spot("first", "jong").journeys * 2 == mix.spot("first").journeys == PEOPLE


def test_d21_reading_reviews_is_compared_with_buying(shop: Workspace, report: Report) -> None:
    bought, read = people(rows(shop, "order_paid")), people(rows(shop, "reviews_view"))
    found = report.results.more["drivers"].driver("touchpoint", "leest")
    assert found.with_it.value == pytest.approx(len(bought & read) / len(read))
    assert found.with_it.value > found.without_it.value


def test_d23_the_preview_of_a_shared_report_has_the_title_and_the_curve_in_words(report: Report) -> None:
    page = html.export(report).decode()
    assert '<meta property="og:title" content="Een voetbalschoen">' in page
    assert '<meta property="og:description" content="Begint' in page


def test_c7_a_first_map_of_three_phases_has_their_goals(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", str(tmp_path / "nieuw"), "--template", "funnel-3", "--language", "nl"]) == 0
    capsys.readouterr()
    (map_,) = open_workspace(tmp_path / "nieuw").maps()
    assert [phase.id for phase in map_.phases] == ["orientatie", "overweging", "beslissing"]
    assert all(phase.goal for phase in map_.phases)


def test_e16_a_search_without_a_result_is_a_touchpoint_with_a_target(shop: Workspace, report: Report) -> None:
    assert kpi(report, "leeg") == pytest.approx(len(people(rows(shop, "site_search", results=0))) / PEOPLE)
    assert "missed_target/schoen/leeg" in {finding.id for finding in report.findings}


def test_e18_telling_another_is_counted(shop: Workspace, report: Report) -> None:
    assert kpi(report, "verteld") == pytest.approx(len(people(rows(shop, "referral_shared"))) / PEOPLE)


def test_e22_the_real_share_of_the_best_customers_is_told(shop: Workspace, report: Report) -> None:
    spent: dict[str, float] = {}
    for row in rows(shop, "order_paid"):
        spent[row["who"]] = spent.get(row["who"], 0) + float(row["value"])
    most = sorted(spent.values(), reverse=True)
    best = sum(most[: round(len(most) / 5)]) / sum(most)
    found = report.results.more["concentration"]
    assert found.to_dict()["customers"] == len(spent)
    assert found.revenue_share.value == pytest.approx(best, abs=0.01)
