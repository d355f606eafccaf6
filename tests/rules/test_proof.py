"""A change's verdict as a finding: its level, its numbers, and the edit that writes it down."""

from dataclasses import replace

import pytest

from klantreis.analyses.effect import Effect, Effects, Reason
from klantreis.labels import Label
from klantreis.map.model import Change
from klantreis.rules import proof
from klantreis.scenes.numbers import measured
from klantreis.stats.intervals import Estimate

EFFECT = Effect(
    change="knop",
    kpi="koopt",
    design="ab",
    rung="A",
    verdict="improved",
    reasons=(Reason("interval", Label("Het interval ligt naast nul.", "The interval lies beside zero.")),),
    label=Label(nl="Knop", en="Button"),
    kpi_label=Label(nl="Kopers", en="Buyers"),
    treated=0.36,
    control=0.31,
    gap=Estimate(0.05, 400, 0.02, 0.08),
    n=(400, 410),
)


def said(shop, changed, *, known=None, **facts):
    drawn = replace(shop, changes=(Change("knop", Label(nl="Knop"), starts="2026-05-01", verdict=known),))
    results = changed()
    effects = Effects(results.about, (replace(EFFECT, **facts),))
    return list(proof.check(drawn, replace(results, more={"effect": effects})))


def test_an_improvement_has_its_number_and_writes_its_verdict_down(shop, changed):
    (found,) = said(shop, changed)
    assert found.id == "proof/ring/knop"
    assert (found.level, found.people) == ("insight", 810)
    assert found.title.text("nl") == "'Knop' werkt: Kopers verbeterde"
    assert "36,0% tegen 31,0%. Verschil 5,0 procentpunt (2,0 tot 8,0, 95%), n = 810" in found.detail.text("nl")
    assert measured(found.evidence[0], "nl") == "+5,0 procentpunt (+2,0 tot +8,0, n\u00a0=\u00a0810)"  # as in its words
    assert "Difference 5.0 percentage points" in found.detail.text("en")
    assert "Proof A" in found.detail.text("en")
    assert (found.edit.path, found.edit.value) == (("changes", "knop", "verdict"), "improved")
    assert said(shop, changed, known="improved")[0].edit is None


@pytest.mark.parametrize(
    ("facts", "level"),
    [
        ({"verdict": "worse"}, "warning"),
        ({"verdict": "no_difference"}, "insight"),
        ({"verdict": "too_soon"}, "hint"),
        ({"verdict": "too_soon", "reasons": (Reason("split_alarm", Label("x", "x")),)}, "warning"),
        ({"rung": "D"}, "hint"),
    ],
)
def test_a_level_follows_the_verdict_and_the_rung(shop, changed, facts, level):
    assert said(shop, changed, **facts)[0].level == level


def test_before_and_after_claims_nothing_and_proposes_nothing(shop, changed):
    (found,) = said(shop, changed, rung="D", design="before_after")
    assert found.title.text("nl") == "Sinds 'Knop' is Kopers anders"
    assert found.edit is None
    assert "geen uitspraak over oorzaak" in found.detail.text("nl")


def test_too_soon_proposes_nothing_and_a_change_to_come_says_nothing(shop, changed):
    assert said(shop, changed, verdict="too_soon")[0].edit is None
    assert said(shop, changed, verdict="too_soon", reasons=(Reason("not_started", Label("x", "x")),)) == []


def test_a_map_that_tried_nothing_has_nothing_to_prove(shop, changed):
    assert list(proof.check(shop, changed())) == []
