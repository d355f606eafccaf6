"""The changes that the demo shop tried: what is planted is found, what is not is not, and what is young has to wait.

Three shops in the usual run; more with KLANTREIS_SEEDS.
"""

import os

import pytest
from scipy.stats import binom

from klantreis.cli import main
from klantreis.demo import make
from klantreis.log.generate.truths import Shop, trials
from klantreis.workspace import open_workspace
from klantreis.workspace.prove import prove

SEEDS = max(3, int(os.environ.get("KLANTREIS_SEEDS", "20")) // 5)
TRIALS = {trial.id: trial for trial in trials(Shop())}


@pytest.fixture(scope="module")
def shops(tmp_path_factory):
    """Returns a demo shop per seed, with its main map only."""
    made = []
    for seed in range(1, SEEDS + 1):
        shop = make(tmp_path_factory.mktemp("planted") / str(seed), seed=seed)
        for file in (shop.folder / "maps").iterdir():
            if not file.name.startswith("ring-kopen"):
                file.unlink()
        made.append(open_workspace(shop.folder))
    return made


@pytest.fixture(scope="module")
def effects(shops):
    return [prove(shop) for shop in shops]


def test_what_was_planted_lies_in_the_interval(effects):
    for id_ in ("kleur_knop", "filter_open"):
        gaps = [found.effect(id_).gap for found in effects]
        covering = sum(gap.low <= TRIALS[id_].lift <= gap.high for gap in gaps)
        assert covering >= binom.ppf(1e-4, SEEDS, 0.95)


def test_what_works_is_called_improved_and_what_does_nothing_is_not(effects):
    assert [found.effect("filter_open").verdict for found in effects].count("improved") >= SEEDS - 1
    nothing = [found.effect("kleur_knop").verdict for found in effects]
    assert "no_difference" in nothing
    assert sum(verdict in {"improved", "worse"} for verdict in nothing) <= binom.ppf(1 - 1e-4, SEEDS, 0.05)


def test_what_began_late_is_too_soon_with_the_days_left(effects):
    for found in effects:
        late = found.effect("filter_uitleg")
        assert late.verdict == "too_soon"
        assert late.reasons[0].code == "running"
        assert late.days_left in {7, 8}
        assert late.need > sum(late.n)


def test_people_are_divided_as_planned(effects):
    assert not any(one.split.alarm for found in effects for one in found.effects)


def test_the_verdict_can_be_written_down_on_the_map(shops, capsys):
    file = shops[0].folder / "maps" / "ring-kopen.reis.yaml"
    words = ["find", "--workspace", str(shops[0].folder), "--accept", "proof/ring-kopen/filter_open"]
    assert main(words) == 0
    capsys.readouterr()
    assert "verdict: improved" in file.read_text("utf-8")
    assert open_workspace(shops[0].folder).map().changes[1].verdict == "improved"
    assert [finding.title for finding in open_workspace(shops[0].folder).check() if finding.level == "error"] == []
    assert main(words) == 2, "it is on the map now"
