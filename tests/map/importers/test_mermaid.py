"""Journey diagrams of Mermaid are read as Mermaid reads them."""

import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange import seen_by_mermaid
from klantreis.errors import SourceError
from klantreis.map.importers.mermaid import parsed, read
from klantreis.map.read import map_of
from klantreis.map.sketch_yaml import yaml_of


def plain(diagram):
    """A diagram in the shape of the oracle."""
    return {
        "type": "journey",
        "title": diagram.title,
        "accTitle": diagram.acc_title,
        "accDescription": diagram.acc_description,
        "sections": list(diagram.sections),
        "tasks": [
            {"section": one.section, "task": one.task, "score": None if math.isnan(one.score) else one.score,
             "people": list(one.people)}
            for one in diagram.tasks
        ],
        "actors": list(diagram.actors),
    }  # fmt: skip


def oracle_form(told):
    return told | {
        "tasks": [{key: task[key] for key in ("section", "task", "score", "people")} for task in told["tasks"]]
    }


def test_the_diagrams_agree_with_the_oracle(shared):
    # ../shared/oracles/importers/mermaid_journeys.json: mermaid 11.17.2, getDiagramFromText.
    oracle = json.loads((shared / "oracles/importers/mermaid_journeys.json").read_text("utf-8"))
    names = [name for name in oracle if not name.startswith("_")]
    assert names
    for name in names:
        text = (shared / "data/mermaid_journeys" / name).read_text("utf-8")
        assert plain(parsed(text)) == oracle_form(oracle[name]), name


def test_all_the_diagrams_agree_with_mermaids_own_parser(shared):
    texts = [path.read_text("utf-8") for path in sorted((shared / "data/mermaid_journeys").glob("*.mmd"))]
    assert len(texts) == 13
    assert [plain(parsed(text)) for text in texts] == [oracle_form(told) for told in seen_by_mermaid(texts)]


def test_every_diagram_becomes_a_map_that_reads(shared):
    for path in sorted((shared / "data/mermaid_journeys").glob("*.mmd")):
        sketch, _ = read(path.read_bytes(), "kaart")
        map_ = map_of(yaml_of(sketch, "kaart", language="en"))
        assert len(map_.steps()) == len(sketch.stops)
        assert all(step.provenance == "assumed" for _, step in map_.steps())


def test_scores_actors_and_titles_become_feelings_personas_and_a_title():
    sketch, found = read(b"journey\n title Dag\n section Werk\n  Thee: 5: Ik\n  Trap: 3.5: Ik, Kat\n  Werk: 1\n", "x")
    assert [stop.feel for stop in sketch.stops] == [2, 0.5, -2]
    assert (sketch.title, sketch.personas) == ("Dag", ("Ik", "Kat"))
    assert "Wie bij welke stap" in found[0].title.nl


def test_a_score_out_of_range_is_brought_back_and_told():
    sketch, found = read(b"journey\n A: 9: x\n B: 0: x\n C: veel: x\n", "x")
    assert [stop.feel for stop in sketch.stops] == [2, -2, None]
    assert len(found) == 3


def test_the_title_of_the_front_matter_is_used_and_a_page_of_markdown_may_hold_it():
    page = b"# Lees mij\n\n```mermaid\n---\ntitle: Mijn dag\n---\njourney\n  A: 3: ik\n```\n"
    assert read(page, "x")[0].title == "Mijn dag"


@pytest.mark.parametrize("text", ["", "graph TD\n a-->b", "journey\n  zonder score\n  nog een: 3", "journey\n : 3"])
def test_what_mermaid_refuses_is_refused_with_a_line(text):
    with pytest.raises(SourceError):
        read(text.encode(), "x")


@pytest.mark.parametrize(
    "above",
    [
        "",
        "---\ntitle: Dag\n---\n",
        "%% een\n\n%% twee\n",
        "%%{init: {\n 'theme': 'base'\n}}%%\n",
        "# Lees mij\n\nEen reis:\n\n```mermaid\n",
    ],
)
def test_a_mistake_is_told_with_its_line_in_the_file(above):
    good = "journey\n  title Dag #35;1\n  section Werk #58; thuis\n  %% opmerking\n\n  A: 3: ik\n"
    text = above + good + "  zonder score\n  B: 2\n" + ("```\n" if "```" in above else "")
    with pytest.raises(SourceError) as refused:
        read(text.replace("\n", "\r\n").encode(), "x")
    line = text.split("\n").index("  zonder score") + 1
    assert refused.value.parts("nl")[1] in {f"regel {line}: zonder score", f"regel {line + 1}: B: 2"}


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80))
def test_no_text_at_all_makes_it_fail_in_another_way(text):
    for data in (text, f"journey\n{text}", f"journey\n  a: {text}"):
        try:
            sketch, _ = read(data.encode("utf-8", "replace"), "x")
        except SourceError:
            continue
        map_of(yaml_of(sketch, "x"))
