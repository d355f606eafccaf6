"""The nine steps: which are done on a map, what is missing, and what answers are made into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from klantreis.documents import edited
from klantreis.labels import Label
from klantreis.map.guide import guide, next_step
from klantreis.map.guide_ask import Change, slug
from klantreis.map.guide_walk import walked
from klantreis.map.model import JourneyMap
from klantreis.map.read import map_of

HEAD = "klantreis: 1  # versie\nid: x\ntitle: X\ntemplate: funnel-3\n"


@dataclass
class Answers:
    """Gives answers in turn, and remembers the questions."""

    given: list[str]
    lines: list[str] = field(default_factory=list)
    heard: list[Label] = field(default_factory=list)

    def one(self, question: Label, usual: str = "") -> str:
        self.heard.append(question)
        return (self.given.pop(0) if self.given else "") or usual

    def many(self, question: Label) -> Sequence[str]:
        self.heard.append(question)
        return self.lines

    def wrong(self, change: Change) -> Label | None:
        return None

    def say(self, text: Label) -> None:
        self.heard.append(text)


def done(text: str, number: int, answers: Answers) -> tuple[str, JourneyMap]:
    map_ = map_of(text)
    for path, value in walked(map_, guide(map_)[number - 1], answers):
        text = edited(text, path, value)
    assert all(heard.nl and heard.en for heard in answers.heard)
    assert "# versie" in text
    return text, map_of(text)


def test_an_empty_map_begins_with_the_persona() -> None:
    steps = guide(map_of(HEAD))
    assert [step.number for step in steps] == list(range(1, 10))
    assert not any(step.done for step in steps)
    assert next_step(map_of(HEAD)) == steps[0]


def test_a_persona_is_done_when_it_has_a_segment() -> None:
    # Requirement D10: a persona is tied to a segment.
    text, map_ = done(HEAD, 1, Answers(["Lisa", "customer.orders = 0"]))
    assert guide(map_)[0].done
    assert (map_.personas[0].id, map_.personas[0].segment, map_.segments[0].rule) == (
        "lisa",
        "lisa",
        "customer.orders = 0",
    )
    assert next_step(map_of(text)) == guide(map_)[1]


def test_each_persona_needs_a_goal() -> None:
    # Requirement D11: at least one goal for each persona.
    text = HEAD + "personas: {lisa: {label: Lisa}, tom: {label: Tom, goal: Snel klaar, needs: [rust]}}\n"
    assert [gap.id for gap in guide(map_of(text))[1].missing] == ["lisa", "lisa"]
    _, map_ = done(text, 2, Answers(["Een stoel"], ["Een kar", "Een plattegrond"]))
    assert guide(map_)[1].done
    assert len(map_.personas[0].needs) == 2


def test_twenty_pasted_lines_are_twenty_touchpoints() -> None:
    # Requirement D12: paste 20 lines, get 20 touchpoints.
    lines = [f"- Contact {number} | E-mail" if number % 2 else f"Contact {number}" for number in range(20)]
    _, map_ = done(HEAD, 3, Answers(["overweging"], lines))
    assert len(map_.touchpoints) == 20
    assert {touch.phase for touch in map_.touchpoints} == {"overweging"}
    assert [touch.channel for touch in map_.touchpoints[:2]] == [None, "e_mail"]
    assert map_.touchpoints[1].label.text("nl") == "Contact 1"


def test_a_line_that_the_library_knows_brings_its_channel_but_no_plan_nobody_made() -> None:
    _, map_ = done(HEAD, 3, Answers(["orientatie"], ["Krant", "folder in de bus | post", "Iets eigens"]))
    # Requirement A4: not measured until somebody binds a plan.
    told = [(touch.channel, touch.plan, touch.measurement) for touch in map_.touchpoints]
    assert told == [("print", None, "none"), ("post", None, "none"), (None, None, "none")]
    # ... but it has its name in both languages, which the line did not say.
    labels = [(touch.label.nl, touch.label.en) for touch in map_.touchpoints[1:2]]
    assert labels == [("Folder in de bus", "Leaflet in the letter box")]


def test_a_line_may_name_its_phase_and_nothing_is_asked_when_all_do() -> None:
    lines = ["Krant | | Orientatie", "Belt ons | telefoon | beslissing"]
    answers = Answers([], lines)
    _, map_ = done(HEAD, 3, answers)
    assert [(touch.phase, touch.channel) for touch in map_.touchpoints] == [
        ("orientatie", "print"), ("beslissing", "telefoon"),
    ]  # fmt: skip
    assert not [heard for heard in answers.heard if "In welke fase?" in (heard.nl or "")]


def test_a_phase_that_is_none_is_told_and_asked_for() -> None:
    answers = Answers(["overweging"], ["Krant | print | nergens", "Mail | mail | orientatie"])
    _, map_ = done(HEAD, 3, answers)
    assert [touch.phase for touch in map_.touchpoints] == ["overweging", "orientatie"]
    assert "'nergens' is geen fase van deze kaart." in [heard.nl for heard in answers.heard]


def test_a_question_mark_shows_the_library_to_choose_from() -> None:
    class Reader(Answers):
        def many(self, question: Label) -> Sequence[str]:
            self.heard.append(question)
            return ["?"] if not any("Zoekmachine | search" in (one.nl or "") for one in self.heard) else ["Chat"]

    answers = Reader(["orientatie"])
    _, map_ = done(HEAD, 3, answers)
    assert [(touch.id, touch.channel) for touch in map_.touchpoints] == [("chat", "chat")]
    listed = next(one for one in answers.heard if "Zoekmachine | search" in (one.nl or ""))
    assert "Contest | social" in (listed.en or "")


def test_lines_that_make_one_word_get_a_number() -> None:
    _, map_ = done(HEAD, 3, Answers([""], ["Mail", "mail!", "..."]))
    assert [touch.id for touch in map_.touchpoints] == ["mail", "mail_2", "naamloos"]


def test_evidence_takes_a_phase_out_of_the_assumptions() -> None:
    answers = Answers(["vijf gesprekken", "interview", "webstatistiek", "analytics", "kassabonnen", "iets raars"])
    _, map_ = done(HEAD, 4, answers)
    assert guide(map_)[3].done
    assert [one.kind for one in map_.evidence] == ["interview", "analytics", "interview"]


def test_a_feeling_and_a_barrier_are_asked_for_each_phase() -> None:
    # Requirement D14: a phase without either is listed.
    answers = Answers(["Ik zoek", "-1", "te veel keus", "Ik vergelijk", "veel", "", "", "Ik kies", "+2", ""])
    _, map_ = done(HEAD, 5, answers)
    assert [(step.id, step.feel) for _, step in map_.steps()] == [
        ("ik_zoek", -1),
        ("ik_vergelijk", None),
        ("ik_kies", 2),
    ]
    assert [barrier.label.text("nl") for barrier in map_.barriers] == ["te veel keus"]
    assert [gap.id for gap in guide(map_)[4].missing] == ["overweging"]


def test_scenarios_are_asked_with_what_customers_think_and_expect() -> None:
    # Requirement D15: do, think and expect.
    text = HEAD + "phases: {beslissing: {kassa: {do: Ik betaal}, ijs: {do: Ik eet}}}\n"
    _, map_ = done(text, 6, Answers(["kassa, ijs?", "kassa", "Duur!", "Snel klaar", "Lekker", ""]))
    assert [(one.id, one.kind) for one in map_.scenarios] == [("ideaal", "ideal"), ("echt", "realistic")]
    assert guide(map_)[5].done


def test_opportunities_are_asked_for_what_makes_people_leave() -> None:
    text = HEAD + "phases: {beslissing: {kassa: {do: Ik betaal, barrier: {kind: time, severity: abandon}}}}\n"
    assert [gap.id for gap in guide(map_of(text))[7].missing] == [None, "kassa_time"]
    _, map_ = done(text, 8, Answers(["Zelfscan", "5", "9", ""]))
    assert guide(map_)[7].done
    (idea,) = map_.opportunities
    assert (idea.impact, idea.effort, idea.confidence) == (5, 3, 3)


def test_a_change_is_tied_to_a_measure() -> None:
    text = HEAD + "opportunities: {zelfscan: {label: Zelfscan}}\n"
    every = [">= 900", "people", ">= 300", "people", ">= 100", "people"]
    _, map_ = done(text, 9, Answers([*every, "zelfscan", "2026-12-01"]))
    assert guide(map_)[8].done
    assert (map_.changes[0].tests, map_.changes[0].metric) == ("zelfscan", "doel_beslissing")


def test_each_phase_is_asked_for_a_target_and_one_without_is_told() -> None:
    text = HEAD + "opportunities: {zelfscan: {label: Zelfscan}}\n"
    asked = Answers(["", ">= 300", "journeys", "", "zelfscan", "2026-12-01"])
    _, map_ = done(text, 9, asked)
    assert [(one.id, one.phase, one.metric) for one in map_.kpis] == [("doel_overweging", "overweging", "journeys")]
    assert map_.changes[0].metric == "doel_overweging"
    assert [gap.id for gap in guide(map_)[8].missing] == ["orientatie", "beslissing"]


@pytest.mark.parametrize("number", range(1, 10))
def test_no_answers_change_nothing(number: int) -> None:
    text = HEAD + "personas: {lisa: {}}\nphases: {beslissing: {kassa: {barrier: {kind: time}}}}\n"
    assert done(text, number, Answers([]))[0] == text


def test_a_slug_is_an_id() -> None:
    assert [slug(text) for text in ("Ik betaal!", "«…»", "a" * 90, "Één", "1. Kijken")] == [
        "ik_betaal", "naamloos", "a" * 40, "één", "1_kijken",
    ]  # fmt: skip


EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples" / "maps").glob("*.reis.yaml"))


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.name)
def test_the_texts_of_the_guide_are_in_both_languages(file: Path) -> None:
    for step in guide(map_of(file.read_text(encoding="utf-8"))):
        assert step.label.nl
        assert step.label.en
        assert step.why.nl
        assert step.why.en
        assert all(gap.text.nl and gap.text.en for gap in step.missing)
