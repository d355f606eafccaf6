"""Ranking: most people first, one remark per place and theme, ids that stay."""

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
from hypothesis import given
from hypothesis import strategies as st

from klantreis import findings as nouns
from klantreis.analyses.coverage import Behaviour
from klantreis.findings import Finding, Place, finding_dict
from klantreis.labels import Label, plain
from klantreis.map.model import Barrier
from klantreis.plugins import part, parts
from klantreis.rules import all_findings, headlines
from klantreis.rules.rank import THEMES, ranked
from klantreis.stats.intervals import share

from .conftest import node

SCHEMA = Path(nouns.__file__).parent / "schemas/finding.schema.json"

RULES = [part("rule", name) for name in parts("rule")]


def remark(rule, id_, people=0, money=None, level="warning"):
    return Finding(rule, level, Place("ring", id_), plain(rule), people=people, money=money)


def test_people_come_first_then_money_then_how_serious_and_hints_last():
    few, rich, serious, mild = (
        remark("leak", "a", 10),
        remark("leak", "b", 50, money=9),
        remark("leak", "c", 50),
        remark("leak", "d", 50, level="insight"),
    )
    hint = remark("low_emotion", "e", 99, level="hint")
    assert ranked([mild, hint, few, serious, rich]) == (rich, serious, mild, few, hint)


def test_ties_stand_in_the_order_of_their_ids():
    assert [f.place.id for f in ranked([remark("leak", "b"), remark("leak", "a")])] == ["a", "b"]


def test_one_place_and_theme_gives_one_remark_and_the_cause_wins():
    skipped, dead = remark("missed_touchpoint", "a", 500), remark("dead_matcher", "a")
    detour, loop = remark("detour", "a", 20), remark("loop", "a", 30)
    assert ranked([skipped, dead, detour, loop]) == (loop, dead)


@given(
    st.permutations(
        [remark(rule, id_, people) for rule in ("leak", "loop", "x") for id_, people in (("a", 1), ("b", 1))]
    )
)
def test_the_order_of_the_rules_does_not_matter(listed):
    assert ranked(listed) == ranked(sorted(listed, key=lambda f: f.id))


def test_headlines_take_one_of_each_theme_first():
    listed = ranked(
        [
            remark("leak", "a", 900),
            remark("leak", "b", 800),
            remark("barrier", "c", 400),
            remark("low_emotion", "g", 700, level="insight"),
            remark("low_emotion", "d", 100),
            remark("unmapped_behaviour", "e", 300),
            remark("low_emotion", "f", 999, level="hint"),
        ]
    )
    assert [f.place.id for f in headlines(listed)] == ["c", "d", "e"]
    assert [f.place.id for f in headlines(listed, 5)] == ["c", "d", "e", "a", "b"]
    assert headlines(()) == ()


def test_every_rule_has_a_theme():
    assert set(THEMES) == {rule.name for rule in RULES}


def doubting(shop, changed, people):
    drawn = replace(shop, barriers=(Barrier("size", Label(nl="Twijfel"), "product", "doubt", "abandon"),))
    behaviour = Behaviour("site_search", people, people, people, share(people, 1000), (("ringmaat", 9), ("maat", 9)))
    nodes = tuple(node(id_, 700, 400 if id_ == "product" else 90) for id_ in ("social", "filter", "product", "cart"))
    return all_findings(drawn, changed(paths={"nodes": nodes}, coverage={"behaviours": (behaviour,)}))


def test_all_rules_together_give_a_ranked_list_with_ids_that_stay(shop, changed):
    found, later = doubting(shop, changed, 350), doubting(shop, changed, 420)
    assert [f.id for f in found] == ["barrier/ring/size", "unmapped_behaviour/ring/site_search"]
    assert {f.id for f in found} == {f.id for f in later}
    assert [f.rule for f in later] == ["unmapped_behaviour", "barrier"]


def test_a_finding_as_plain_values_has_the_published_shape(shop, changed):
    schema = json.loads(SCHEMA.read_text("utf-8"))
    for finding in doubting(shop, changed, 350):
        jsonschema.validate(json.loads(json.dumps(finding_dict(finding))), schema)


def test_nothing_that_stands_out_gives_no_findings(shop, results):
    assert all_findings(shop, results) == ()


def test_journeys_stand_in_for_people_where_only_journeys_were_counted():
    counted = replace(remark("leak", "a"), journeys=40)
    assert [f.place.id for f in ranked([remark("leak", "b", 30), counted, remark("leak", "c", 50)])] == ["c", "a", "b"]
