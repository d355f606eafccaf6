"""Each check: the piece of a map on its own page fires it, the other piece does not, and the page is in the docs."""

from __future__ import annotations

from datetime import date

import pytest

from klantreis.documents import read_document_text
from klantreis.errors import DocumentError
from klantreis.findings import Finding
from klantreis.labels import Label
from klantreis.map.check import check, check_all
from klantreis.map.checks import CHECKS
from klantreis.map.checks.contract import Check, Options
from klantreis.map.checks.pages import FOLDER, examples, pages
from klantreis.map.checks.settings import OPTIONS
from klantreis.map.checks.titles import title
from klantreis.map.read import map_of

NOW = Options(today=date(2026, 11, 21))


def found(piece: str, options: Options = NOW) -> list[Finding]:
    head = {"klantreis": "1", "id": "x", "title": "X", "type": "purchase", "template": "nl-5"}
    lines = [f"{key}: {value}" for key, value in head.items() if f"\n{key}:" not in f"\n{piece}"]
    return list(check(map_of("\n".join(lines) + "\n" + piece, file="x.reis.yaml"), options))


def named(name: str, piece: str, options: Options = NOW) -> list[Finding]:
    return [one for one in found(piece, options) if one.rule == name]


@pytest.mark.parametrize("one", CHECKS, ids=lambda one: one.name)
def test_a_check_fires_on_its_example_and_not_on_the_other(one: Check) -> None:
    fires, quiet = examples(one)
    said = named(one.name, fires)
    assert {finding.level for finding in said} == {one.level}
    assert all(finding.title.nl and finding.title.en for finding in said)
    assert all(bool(text.nl) == bool(text.en) for finding in said for text in (finding.detail, finding.advice))
    assert named(one.name, quiet) == []


@pytest.mark.parametrize(("name", "text"), pages().items(), ids=list(pages()))
def test_the_page_of_a_check_is_its_docstring(name: str, text: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == text, "run: python -m klantreis.map.checks.pages"


def test_the_docs_have_no_page_of_a_check_that_is_gone() -> None:
    assert {file.name for file in FOLDER.glob("*.md")} == set(pages())


def test_no_two_checks_have_one_name() -> None:
    assert len({one.name for one in CHECKS}) == len(CHECKS)


@pytest.mark.parametrize(
    ("name", "fires"),
    [("Leadkwalificatie", True), ("Ik vraag een offerte", False), ("Lead qualification", True), ("De leader", False),
     ("Ik word gekwalificeerd", True),
     ("I convert my garage", False), ("Conversie-optimalisatie", True), ("Ik kies een MQL", True), ("SQL leren", True),
     ("Ik bereik de kassa", False), ("Ik sla dit over", False), ("Ik koop een ticket", False)],
)  # fmt: skip
def test_company_language_is_told_from_what_customers_say(name: str, fires: bool) -> None:
    # Requirement D9: "Leadkwalificatie" gets a hint; "Ik vraag een offerte" passes.
    said = named("company-language", f"phases: {{afweging: {{stap: {{do: {name}}}}}}}")
    assert bool(said) is fires


def test_the_names_of_a_template_are_not_called_company_language() -> None:
    assert named("company-language", "template: lifecycle") == []


def test_a_word_of_your_own_can_be_added_to_the_company_language() -> None:
    piece = "phases: {afweging: {stap: {do: Naar Fred}}}"
    assert len(named("company-language", piece, Options(company_words=("fred",)))) == 1


def test_a_level_can_be_raised_or_a_check_switched_off_in_a_document() -> None:
    options = read_document_text("{phase-without-kpi: warning, label-missing: off, most_steps: 1}", OPTIONS)
    assert {one.level for one in named("phase-without-kpi", "", options)} == {"warning"}
    assert len(named("over-full-sheet", "phases: {aankoop: {a: {}, b: {}}}", options)) == 1
    assert named("label-missing", examples(next(c for c in CHECKS if c.name == "label-missing"))[0], options) == []
    with pytest.raises(DocumentError, match="phase-without-kpi"):
        read_document_text("{phase-without-kpl: off}", OPTIONS)


@pytest.mark.parametrize(
    ("cells", "fires"), [("tone: kort", True), ("need: een kar", True), ("tone: kort, need: een kar", False)]
)
def test_a_cell_of_persona_by_phase_is_filled_with_a_need_and_a_tone(cells: str, fires: bool) -> None:
    piece = f"personas: {{lisa: {{goal: Een stoel, per_phase: {{gebruik: {{{cells}}}}}}}}}\n"
    said = named("persona-need-missing", f"{piece}phases: {{gebruik: {{thuis: {{do: Ik zit}}}}}}\n")
    assert bool(said) is fires


def test_without_a_clock_nothing_is_stale() -> None:
    for name in ("stale-evidence", "review-overdue"):
        fires, _ = examples(next(one for one in CHECKS if one.name == name))
        assert named(name, fires, Options()) == []


def test_the_last_day_of_freshness_still_counts() -> None:
    piece = "evidence: {e: {source: s, date: 2026-11-20, fresh_for: 1 day}}\npersonas: {p: {evidence: e}}\n"
    assert named("stale-evidence", piece) == []
    assert len(named("stale-evidence", piece, Options(today=date(2026, 11, 22)))) == 1


HEAD = "klantreis: 1\ntitle: X\ntemplate: nl-5\n"


def between(*texts: str) -> list[tuple[str, str, str | None]]:
    maps = [map_of(HEAD + text, file=f"{number}.reis.yaml") for number, text in enumerate(texts)]
    rules = {"double-map-id", "map-circle", "opens-nothing"}
    return [(one.level, one.rule, one.place.file) for one in check_all(maps) if one.rule in rules]


def test_maps_that_lie_inside_one_another_are_refused() -> None:
    ring = ["id: a\nparent: b\n", "id: b\nparent: c/stap\n", "id: c\nparent: a\nphases: {aankoop: {stap: {}}}\n"]
    assert [(level, rule) for level, rule, _ in between(*ring)] == [("error", "map-circle")] * 3
    assert between("id: a\nparent: a\n") == [("error", "map-circle", "0.reis.yaml")]
    assert between("id: a\nphases: {aankoop: {s: {opens: a}}}\n") == [("error", "map-circle", "0.reis.yaml")]


def test_journeys_may_open_one_another() -> None:
    # Requirement E21: click through to the complaint and back.
    texts = [
        "id: koop\nphases: {service: {label: S, s: {opens: klacht}}}\n",
        "id: klacht\nphases: {aankoop: {t: {opens: koop}}}\n",
    ]
    assert between(*texts) == []


def test_a_step_that_opens_a_map_that_is_not_there_is_named() -> None:
    texts = ["id: a\nphases: {aankoop: {s: {opens: klagt}}}\n", "id: klacht\n", "id: c\nparent: klacht/niets\n"]
    assert between(*texts) == [
        ("warning", "opens-nothing", "0.reis.yaml"),
        ("warning", "opens-nothing", "2.reis.yaml"),
    ]
    assert between(texts[0]) == []


def test_every_check_has_a_title_in_both_languages() -> None:
    names = [*(one.name for one in CHECKS), "double-map-id", "map-circle", "opens-nothing", "image.not_shown"]
    assert [name for name in names if title(name).nl == title(name).en] == []
    assert title("phase-without-kpi") == Label("fase zonder KPI", "phase without KPI")
    assert title("own-check") == Label("own check", "own check")


def test_what_winning_costs_is_written_as_an_amount_and_only_when_known() -> None:
    # A million read '1e+06 per maand', and unknown costs '0 per maand'.
    dear = "phases: {orientatie: {actions: {folder: {do: Een folder, cost: 1250000}}}}"
    (told,) = named("loyalty-without-action", dear)
    assert "(kosten per maand: 1.250.000)" in told.detail.text("nl")
    assert "(cost a month: 1,250,000)" in told.detail.text("en")
    (free,) = named("loyalty-without-action", "phases: {orientatie: {actions: {folder: {do: Een folder}}}}")
    assert free.detail.text("nl").startswith("1 actie gaat naar winnen, geen")


@pytest.mark.parametrize(
    ("check", "nl", "en"),
    [
        ("phase-without-kpi", "De fase 'Bereiken' heeft geen KPI", "The phase 'Reach' (bereiken) has no KPI"),
        (
            "phase-without-action",
            "Wat doen wij in de fase 'Bereiken'?",
            "What do we do in the phase 'Reach' (bereiken)?",
        ),
        (
            "phase-without-positive-contact",
            "Niets in de fase 'Bereiken' voelt goed",
            "Nothing in the phase 'Reach' (bereiken) feels good",
        ),
        ("phase-empty", "De fase 'Interactie' is leeg", "The phase 'Act' (interactie) is empty"),
    ],
)
def test_a_phase_is_named_by_its_label_and_by_its_id(check: str, nl: str, en: str) -> None:
    piece = "template: race\nphases: {bereiken: {zien: {do: Ik zie}}, converteren: {koop: {do: Ik koop}}}"
    assert (nl, en) in [(one.title.text("nl"), one.title.text("en")) for one in named(check, piece)]
