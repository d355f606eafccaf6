"""A YAML file becomes a journey map: short forms, templates, phases of touchpoints, and mistakes all at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantreis.errors import DocumentError
from klantreis.findings import Finding
from klantreis.map.model import Condition, JourneyMap, JourneyRule, Matcher, Target
from klantreis.map.path import Choice, Sequence, Visit
from klantreis.map.read import map_of, read_map
from klantreis.map.read_measures import TIMEOUTS
from klantreis.map.votes import walked

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "maps"
HEAD = "klantreis: 1\nid: x\ntitle: X\n"


def small(text: str, head: str = HEAD + "template: nl-5\n") -> JourneyMap:
    return map_of(head + text)


def mistakes(text: str, head: str = HEAD + "template: nl-5\n") -> tuple[Finding, ...]:
    with pytest.raises(DocumentError) as caught:
        map_of(head + text, file="x.reis.yaml")
    return tuple(found for found in caught.value.findings if isinstance(found, Finding))


def said(found: tuple[Finding, ...]) -> list[str]:
    return [one.title.text("en") for one in found]


def test_both_documents_of_the_design_read_as_they_stand(shared: Path) -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", (shared / "design" / "map.md").read_text(encoding="utf-8"), re.DOTALL)
    ikea, ring = (map_of(block) for block in blocks)
    assert (ikea.id, ring.id) == ("ikea-stoel", "sieraden-ring")
    assert len(ikea.steps()) == 10
    assert len(ring.touchpoints) == 7
    (change,) = ring.changes
    assert (change.id, change.tests, change.design, change.metric) == ("maat_pagina", "maat_pagina", "ab", "conversie")
    assert (change.guardrail, change.window_seconds, change.kind) == ("retour_verkeerde_maat", 28 * 86_400, "page")
    assert ring.extra == ()


def test_the_ikea_journey_feels_as_the_article_tells_it() -> None:
    # Acceptance A12: ten steps, four below zero, the trolley lowest, the last step above the first.
    steps = [step for _, step in read_map(EXAMPLES / "ikea-stoel.reis.yaml").steps()]
    feels = [step.feel or 0 for step in steps]
    assert len(steps) == 10
    assert sum(feel < 0 for feel in feels) == 4
    assert [step.id for step in steps if step.feel == min(feels)] == ["kar"]
    assert feels[-1] > feels[0]


def test_the_ideal_path_of_the_ring_is_data() -> None:
    # Acceptance B7: in by social or search, a filter, the product page.
    ring = read_map(EXAMPLES / "sieraden-ring.reis.yaml")
    ideal = next(scenario for scenario in ring.scenarios if scenario.kind == "ideal")
    doors = Choice((Visit("social"), Visit("zoekmachine")))
    assert ideal.path == Sequence((doors, Visit("filter"), Visit("product"), Visit("betaald")))
    matcher = ring.touchpoint("zoekmaat").matcher
    assert matcher == Matcher("site_search", (Condition("query", "~", ("ringmaat|maat|size",)),))
    assert {touch.id: touch.phase for touch in ring.touchpoints}["zoekmachine"] == "bewustwording"


def test_a_step_makes_a_touchpoint_by_what_stands_in_it() -> None:
    found = small(
        "phases:\n  aankoop:\n"
        "    kassa: {do: Ik betaal, match: order_paid, delight: true}\n"
        "    rij: {do: Ik wacht}\n"
        "    vraag: {survey: s}\n"
        "    web: {touch: {channel: web, setting: digital, match: {event: view, take: first}, survey: s}}\n"
        "    los: {touch: [kassa, mail]}\n"
        "touchpoints: {mail: {}}\nsurveys: {s: {question: Hoe?}}\n"
    )
    steps = {step.id: step.touchpoints for _, step in found.steps()}
    assert steps == {"kassa": ("kassa",), "rij": (), "vraag": ("vraag",), "web": ("web",), "los": ("kassa", "mail")}
    assert [(touch.id, touch.phase, touch.measurement) for touch in found.touchpoints] == [
        ("kassa", "aankoop", "event"),
        ("vraag", "aankoop", "survey"),
        ("web", "aankoop", "event"),
        ("mail", "aankoop", "none"),
    ]
    kassa, web = found.touchpoint("kassa"), found.touchpoint("web")
    assert (kassa.matcher, kassa.delight, kassa.label.text("nl")) == (Matcher("order_paid"), True, "Ik betaal")
    assert (web.matcher, web.survey, web.setting) == (Matcher("view", take="first"), "s", "digital")
    assert next(channel.label.en for channel in found.channels) == "Website"


def test_a_survey_on_a_step_binds_the_touchpoint_that_stands_elsewhere() -> None:
    found = small(
        "touchpoints: {kassa: {match: paid}}\nphases: {aankoop: {kassa: {survey: s}}}\nsurveys: {s: {question: Q}}\n"
    )
    assert [(touch.id, touch.survey, touch.phase) for touch in found.touchpoints] == [("kassa", "s", "aankoop")]


def test_a_step_that_a_path_visits_is_a_touchpoint() -> None:
    found = small("phases: {aankoop: {kassa: {do: Betalen}}}\nscenarios: {i: {kind: ideal, path: [kassa]}}\n")
    assert [touch.id for touch in found.touchpoints] == ["kassa"]
    assert found.step_of("kassa") is not None


def test_a_touchpoint_without_phase_gets_that_of_the_one_before_it_on_the_ideal_path() -> None:
    found = small(
        "touchpoints: {a: {}, b: {phase: afweging}, c: {}, d: {phase: aankoop}, e: {}, f: {}}\n"
        "scenarios:\n  echt: {kind: realistic, path: [b, d, e, c]}\n  ideaal: {kind: ideal, path: [a, b, c, d]}\n"
    )
    phases = {touch.id: touch.phase for touch in found.touchpoints}
    assert phases == {
        "a": "orientatie",
        "b": "afweging",
        "c": "afweging",
        "d": "aankoop",
        "e": "aankoop",
        "f": "orientatie",
    }


def test_phases_come_from_the_template_and_keep_what_the_map_says() -> None:
    found = small("phases:\n  aankoop: {label: Kopen, expected: 2 days, kassa: {do: Ik betaal}, steps: {rij: {}}}\n")
    assert [phase.id for phase in found.phases] == ["orientatie", "afweging", "aankoop", "gebruik", "loyaliteit"]
    bought = found.phases[2]
    assert (bought.label.text("nl"), bought.classes, bought.expected_seconds) == ("Kopen", ("BU",), 172_800.0)
    assert [step.id for step in bought.steps] == ["rij", "kassa"]
    assert bought.goal.nl


def test_a_phase_of_its_own_stands_where_it_is_written() -> None:
    found = small("phases:\n  afweging: {}\n  besluit: {label: Besluit, class: DE, kiezen: {}}\n")
    assert [phase.id for phase in found.phases][:4] == ["orientatie", "afweging", "besluit", "aankoop"]


def test_a_map_without_a_template_has_the_phases_it_writes() -> None:
    found = small("phases:\n  voor: {class: [AW, OR], kijken: {do: Ik kijk}}\n  na_de_koop: {}\n", head=HEAD)
    assert [(phase.id, phase.classes, phase.label.text("nl")) for phase in found.phases] == [
        ("voor", ("AW", "OR"), "Voor"),
        ("na_de_koop", (), "Na de koop"),
    ]
    assert said(mistakes("owner: ik\n", head=HEAD)) == ["This map has no phases"]


def test_a_mistyped_word_of_a_phase_is_not_taken_for_a_step() -> None:
    found = mistakes("phases: {aankoop: {gaol: Kopen, kassa: {}}}\n")
    assert [(one.title.text("en"), one.advice.text("en")) for one in found] == [
        ("Unknown key 'gaol' in a phase", "Did you mean 'goal'?")
    ]


@pytest.mark.parametrize(
    ("written", "name", "advice"),
    [
        ("alternatives: {buur: {pros: [dichtbij]}}", "alternatives", ", each with 'phase: <phase>'"),
        ("kpis: [{label: Omzet}]", "kpis", ", each with 'at: <phase>'"),
        ("lanes: {tijd: {label: Tijd}}", "lanes", ""),
    ],
)
def test_a_section_of_the_map_in_a_phase_is_told_where_it_belongs(written: str, name: str, advice: str) -> None:
    found = mistakes(f"phases: {{aankoop: {{{written}, kassa: {{}}}}}}\n")
    assert [(one.title.text("en"), one.advice.text("en")) for one in found] == [
        (f"'{name}' does not belong in a phase", f"Put '{name}:' beside 'phases:'{advice}.")
    ]


@pytest.mark.parametrize("label", ["Kopen", "{nl: Kopen, en: Buying}"])
def test_a_name_that_two_phases_are_given_by_the_wrong_word_is_told_as_that_alone(label: str) -> None:
    found = mistakes(f"phases: {{afweging: {{title: Kiezen}}, aankoop: {{title: {label}, kassa: {{}}}}}}\n")
    assert [(one.title.text("nl"), one.advice.text("nl")) for one in found] == [
        ("Onbekende sleutel 'title' in een fase", "Bedoelde je 'label'?")
    ] * 2


def test_a_key_of_a_step_in_a_phase_is_told_to_be_one() -> None:
    (found,) = mistakes("phases: {aankoop: {feel: 1, kassa: {}}}\n")
    assert found.title.text("en") == "'feel' is of a step, not of a phase"
    assert "{do: …, feel: …}" in found.advice.text("nl")


def test_a_step_that_is_only_words_is_told_how_to_write_it_and_is_found_by_a_path() -> None:
    (found,) = mistakes("phases: {aankoop: {wachten: Ik wacht}}\nscenarios: {ideaal: {kind: ideal, path: [wachten]}}\n")
    assert found.detail.text("nl") == "Een stap is een blok: 'wachten: {do: …}'."


@pytest.mark.parametrize(
    ("word", "key"),
    [("emotie", "feel"), ("titel", "label"), ("denkt", "think"), ("kanaal", "touch"), ("tuch", "touch")],
)
def test_a_word_of_daily_speech_in_a_step_is_told_its_key(word: str, key: str) -> None:
    (found,) = mistakes(f"phases: {{aankoop: {{kassa: {{{word}: x}}}}}}\n")
    assert found.advice.text("en") == f"Did you mean '{key}'?"


def test_a_step_may_have_the_name_of_a_section() -> None:
    found = small("phases: {aankoop: {needs: {do: Ik weet wat ik wil}, lanes: {}}}\n")
    assert [step.id for _, step in found.steps()] == ["needs", "lanes"]


def test_a_phase_that_the_template_lacks_is_a_mistake_with_the_nearest() -> None:
    found = mistakes("phases: {orentatie: {a: {}}}\n")
    assert [(one.title.text("en"), one.advice.text("en"), one.place.line, one.place.column) for one in found] == [
        ("The template has no phase 'orentatie'", "Did you mean 'orientatie'?", 5, 10)
    ]


def test_barriers_in_a_step_belong_to_it() -> None:
    found = small(
        "phases:\n  aankoop:\n    kassa: {barrier: {kind: time, text: Lange rij, severity: abandon}}\n"
        "    pin: {barrier: [{kind: effort}, {kind: effort, id: storing, quote: Alweer?}]}\n"
        "barriers: {los: {at: kassa, kind: price}}\nopportunities: {o: {solves: [kassa_time, storing]}}\n"
    )
    assert [(one.id, one.at, one.kind, one.label.text("nl")) for one in found.barriers] == [
        ("kassa_time", "kassa", "time", "Lange rij"),
        ("pin_effort", "pin", "effort", "Het kost te veel moeite"),
        ("storing", "pin", "effort", "Het kost te veel moeite"),
        ("los", "kassa", "price", "Los"),
    ]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ('">= 3%"', Target(">=", 0.03, ">= 3%")),
        ('">=0.03"', Target(">=", 0.03, ">=0.03")),
        ('"< 2,5 %"', Target("<", 0.025, "< 2,5 %")),
    ],
)
def test_a_target_of_a_share_lies_between_nought_and_one(text: str, target: Target) -> None:
    kpis = small(f"touchpoints: {{a: {{}}}}\nkpis: {{k: {{metric: conversion, to: a, target: {text}}}}}\n").kpis
    assert kpis[0].target == target


@pytest.mark.parametrize("text", ['"3%"', '">= veel"', '">= 1,000"', "5", '">= 3"'])
def test_a_target_that_says_no_direction_or_too_much_is_a_mistake(text: str) -> None:
    found = mistakes(f"touchpoints: {{a: {{}}}}\nkpis: {{k: {{metric: conversion, to: a, target: {text}}}}}\n")
    assert [one.place.id for one in found] == ["k"]


def test_a_kpi_says_what_its_metric_needs() -> None:
    found = mistakes("kpis:\n  a: {metric: conversion}\n  b: {metric: survey_mean}\n  c: {metric: conversoin}\n")
    assert said(found) == [
        "The metric 'conversion' needs 'to'",
        "The metric 'survey_mean' needs 'survey'",
        "'conversoin' is not a value of 'metric'",
    ]


def test_times_is_for_who_comes_back_and_at_least_twice() -> None:
    found = mistakes(
        "touchpoints: {a: {}}\nkpis:\n  a1: {metric: share, at: a, times: 10}\n"
        "  b1: {metric: repeat_share, at: a, times: 1}\n"
    )
    assert said(found)[0] == "'times' does not go with the metric 'share'"
    assert [one.place.id for one in found] == ["a1", "b1"]
    (kpi,) = small("touchpoints: {a: {}}\nkpis: {c: {metric: repeat_share, at: a, times: 10}}\n").kpis
    assert kpi.least_times == 10


def test_a_journey_has_a_sensible_timeout_for_its_type() -> None:
    assert small("type: repair\n").journey.timeout_seconds == TIMEOUTS["repair"] == 60 * 86_400
    assert small("", head=HEAD + "template: klacht\n").type == "complaint"
    assert small("journey: {timeout: never}\n").journey.timeout_seconds is None
    rule = small(
        "touchpoints: {a: {}}\njourney: {start: a, end: [a], timeout: 2 weken, by: nr, within: 1 d, goal: a}\n"
    ).journey
    assert rule == JourneyRule(("a",), ("a",), 14 * 86_400.0, "nr", within_seconds=86_400.0, goal=("a",))


def test_surveys_know_their_scale() -> None:
    found = small("surveys:\n  a: {question: Q, scale: 1..7, reverse: true, kind: CES, n_min: 5}\n  b: {kind: NPS}\n")
    assert [(one.low, one.high, one.reverse, one.n_min, one.kind) for one in found.surveys] == [
        (1.0, 7.0, True, 5, "CES"),
        (0.0, 10.0, False, 30, "NPS"),
    ]
    assert said(mistakes("surveys: {a: {scale: 1-5}}\n")) == ["'1-5' is not a scale"]


def test_ten_mistakes_in_one_map_are_told_at_once_each_at_its_place() -> None:
    text = """klantreis: 2
id: mijn kaart
titel: Ring
type: purchse
template: nl5
personas:
  lisa: {kind: tipical, urgency: direct}
touchpoints:
  a: {phase: orientatei, match: {evnt: x}, survey: niets}
  a: {}
phases:
  orientatie:
    stap: {do: x, feel: 3}
scenarios:
  i: {kind: ideal, path: [a, stpa, {exti: weg}]}
kpis:
  k: {metric: conversion, from: a, to: b, target: veel}
barriers:
  b1: {kind: twijfel}
segments: {s: orders == 0}
"""
    found = [(one.place.line, one.place.column, one.title.text("en")) for one in mistakes(text, head="")]
    assert found == [
        (1, 1, "The key 'title' is missing"),
        (1, 12, "'2' is not a value of 'klantreis'"),
        (2, 5, "'mijn kaart' cannot be an id"),
        (3, 1, "Unknown key 'titel'"),
        (4, 7, "'purchse' is not a value of 'type'"),
        (5, 11, "'nl5' is not a value of 'template'"),
        (7, 16, "'tipical' is not a value of 'kind'"),
        (7, 34, "'direct' is not a value of 'urgency'"),
        (9, 14, "There is no phase 'orientatei'"),
        (9, 26, "The key 'event' is missing"),
        (9, 34, "Unknown key 'evnt'"),
        (9, 52, "There is no survey 'niets'"),
        (10, 3, "'a' stands here twice"),
        (13, 25, "'feel' is not a usable number"),
        (15, 30, "There is no touchpoint or step 'stpa'"),
        (15, 36, "This is no part of a path"),
        (17, 40, "There is no touchpoint, step or phase 'b'"),
        (17, 51, "'veel' is not a target"),
        (19, 3, "The key 'at' is missing"),
        (19, 14, "'twijfel' is not a value of 'kind'"),
        (20, 15, "This condition cannot be read: '= 0'"),
    ]


def test_two_steps_with_one_id_are_a_mistake() -> None:
    found = mistakes("phases: {orientatie: {a: {}}, afweging: {a: {}}}\n")
    assert said(found) == ["The step 'a' exists twice"]


def test_a_touchpoint_written_twice_is_a_mistake() -> None:
    found = mistakes("touchpoints: {a: {}}\nphases: {aankoop: {a: {match: x}}}\n")
    assert said(found) == ["The touchpoint 'a' exists twice"]


def test_every_id_knows_its_line() -> None:
    found = read_map(EXAMPLES / "ikea-stoel.reis.yaml")
    lines = (EXAMPLES / "ikea-stoel.reis.yaml").read_text(encoding="utf-8").splitlines()
    for id_ in ("kar", "lisa", "zoektijd", "aankoop", "exit"):
        place = found.place(id_)
        assert lines[(place.line or 0) - 1][(place.column or 0) - 1 :].startswith(id_)
    assert found.place().line == 4


ids = st.lists(st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True), min_size=1, max_size=5, unique=True)


@settings(max_examples=40)
@given(ids, ids)
def test_the_ids_of_the_file_are_the_ids_of_the_nouns(touches: list[str], people: list[str]) -> None:
    text = "".join(f"  {id_}: {{phase: aankoop, match: {id_}}}\n" for id_ in touches)
    persons = "".join(f"  {id_}: {{goal: x}}\n" for id_ in people)
    path = f"scenarios: {{i: {{kind: ideal, path: [{', '.join(touches)}]}}}}\n"
    found = small(f"touchpoints:\n{text}personas:\n{persons}{path}")
    assert [touch.id for touch in found.touchpoints] == touches
    assert [one.id for one in found.personas] == people
    assert found.scenarios[0].path == Sequence(tuple(Visit(id_) for id_ in touches))


def test_the_stops_are_the_steps_and_the_touchpoints_no_step_uses_in_the_order_of_the_phases() -> None:
    text = """klantreis: 1
id: s
title: S
touchpoints:
  folder: {phase: kijken, planned: true}
  kassa: {phase: kopen}
  los: {phase: kijken}
phases:
  kijken: {label: Kijken, zien: {do: Ik zie}}
  kopen: {label: Kopen, betalen: {do: Ik betaal, touch: kassa}}
"""
    map_ = map_of(text)
    assert [(phase.id, one.id) for phase, one in map_.stops()] == [
        ("kijken", "zien"),
        ("kijken", "folder"),
        ("kijken", "los"),
        ("kopen", "betalen"),
    ]
    assert walked(map_) == ("zien", "los", "betalen")
