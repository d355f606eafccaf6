"""The demo shop: its report leads with what was planted, and what it proposes can be carried out."""

import json
import shutil

import pytest

from klantreis.cli import main
from klantreis.demo import make
from klantreis.workspace import open_workspace

SEARCH = "unmapped_behaviour/ring-kopen/site_search"


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """Returns the demo as everybody gets it: seed 1, 20,000 journeys, loaded."""
    shop = make(tmp_path_factory.mktemp("demo") / "shop")
    shop.load()
    return shop


@pytest.fixture(scope="module")
def findings(demo):
    return demo.reports("ring-kopen")[0].findings


@pytest.fixture
def copy(demo, tmp_path):
    """Returns a copy of the demo that may be changed."""
    shutil.copytree(demo.folder, tmp_path / "shop")
    return open_workspace(tmp_path / "shop")


def test_the_report_leads_with_the_three_truths_that_were_planted(findings):
    doubt, low, search = findings[:3]
    assert (doubt.rule, doubt.place.id) == ("barrier", "maattwijfel")
    assert doubt.title.text("nl").startswith("Twijfel bij Productpagina")
    assert (low.rule, low.place.id) == ("low_emotion", "te_laat")
    assert low.title.text("nl").startswith("Het dieptepunt van de reis: 'Te laat bezorgd'")
    assert (search.id, search.edit.path[0]) == (SEARCH, "touchpoints")
    assert "'Zoekt op maat'" in search.title.text("nl")
    assert all(finding.evidence[0].low is not None for finding in (doubt, low, search))


def test_what_is_shared_leads_with_the_same_three_and_tells_who_came_where(demo):
    (report,) = demo.reports("ring-kopen")
    told = demo.shared(report)
    assert [one.id for one in told.findings[:3]] == [one.id for one in report.findings[:3]]
    both = zip(report.results.coverage.touchpoints, told.results.coverage.touchpoints, strict=True)
    assert [one.touchpoint for one, other in both if one.people >= 100 and other.people != one.people] == []


def test_an_accepted_proposal_is_on_the_map_and_not_proposed_again(copy, capsys):
    file = copy.folder / "maps" / "ring-kopen.reis.yaml"
    before = file.read_text("utf-8")
    assert main(["find", "--workspace", str(copy.folder), "--accept", SEARCH]) == 0
    told = capsys.readouterr().out
    after = file.read_text("utf-8")
    line = 1 + next(spot for spot, one in enumerate(after.splitlines()) if one.startswith("  zoekt_op_maat:"))
    assert told.startswith(f"✓ {file}: Voorstel uit gemeten gedrag.")
    assert f"\n  regel {line}: touchpoints: zoekt_op_maat ('Zoekt op maat')\n" in told
    added = [line for line in after.splitlines() if line not in before.splitlines()]
    assert all(line in after.splitlines() for line in before.splitlines())
    assert 1 <= len(added) <= 12
    assert any("Zoekt op maat" in line for line in added)
    assert "# Een reis begint met een bezoek." in after
    assert [finding.title for finding in copy.check() if finding.level == "error"] == []
    assert main(["find", "--workspace", str(copy.folder), "--accept", SEARCH]) == 2
    assert "is er niet" in capsys.readouterr().err
    assert file.read_text("utf-8") == after
    (report,) = copy.reports("ring-kopen")
    # What people search for besides their size is still nobody's; their size is proposed no more.
    assert not any(finding.edit and "maat" in finding.edit.path[-1] for finding in report.findings)
    (touch,) = (touch for touch in report.map.touchpoints if touch.label.text("nl") == "Zoekt op maat")
    (seen,) = (one for one in report.results.coverage.touchpoints if one.touchpoint == touch.id)
    assert seen.people > 4_000


def test_a_finding_becomes_an_opportunity_under_its_barrier(copy, findings, capsys):
    barrier = findings[0]
    assert main(["find", "--workspace", str(copy.folder), "--opportunity", barrier.id]) == 0
    told = capsys.readouterr().out.splitlines()
    (line,) = (spot for spot, one in enumerate(_lines(copy), 1) if one.startswith("  kans_barrier_maattwijfel:"))
    assert told[1] == f"  regel {line}: opportunities: kans_barrier_maattwijfel ('Wegnemen: Twijfel over de maat')"
    assert "buiten de rangorde" in told[2]
    assert "impact: 4, effort: 2, confidence: 3" in told[2]
    drawn = {"maat_pagina", "maatblog", "vertraagbericht"}
    (idea,) = (one for one in copy.map("ring-kopen").opportunities if one.id not in drawn)
    assert idea.solves == ("maattwijfel",)
    assert idea.label.text("nl") == "Wegnemen: Twijfel over de maat"
    assert idea.note.text("nl") == barrier.title.text("nl")
    assert main(["find", "--workspace", str(copy.folder), "--opportunity", barrier.id]) == 2
    assert f"is al een kans: {idea.id}." in capsys.readouterr().err
    assert sum(one.id == idea.id for one in copy.map("ring-kopen").opportunities) == 1
    assert [finding.title for finding in copy.check() if finding.level == "error"] == []


def test_the_same_seed_gives_the_same_shop_and_another_seed_another(tmp_path):
    first, same, other = (
        make(tmp_path / name, journeys=1_000, seed=seed) for name, seed in (("a", 7), ("b", 7), ("c", 8))
    )

    def texts(shop):
        return {path.name: path.read_bytes() for path in (shop.folder / "data").iterdir()}

    assert texts(first) == texts(same)
    assert texts(first)["web.csv"] != texts(other)["web.csv"]


def test_every_channel_that_can_be_seen_is_seen(demo):
    mix = demo.reports("ring-kopen")[0].results.more["channel_mix"]
    used = {one.channel: one.touches for one in mix.spot("whole").channels}
    assert set(used) == {"social", "search", "web", "parcel", "mail"}
    assert all(used.values()), used
    assert mix.recognised
    assert mix.nameless == 0


def test_what_stands_out_can_be_asked_of_one_segment(copy, capsys):
    words = ["find", "--workspace", str(copy.folder), "--map", "ring-kopen", "--json"]
    assert main([*words, "--segment", "nieuw"]) == 0
    new = json.loads(capsys.readouterr().out)
    (first,) = (one for one in new if one["id"] == "barrier/ring-kopen/maattwijfel")
    assert 5_000 < first["evidence"][0]["n"] < 6_500
    assert main([*words, "--segment", "nieuwe"]) == 2
    assert "'nieuw'" in capsys.readouterr().err


def _lines(shop) -> list[str]:
    return (shop.folder / "maps" / "ring-kopen.reis.yaml").read_text("utf-8").splitlines()
