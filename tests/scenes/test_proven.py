"""The verdict of a change or an offer on its card, as it was measured."""

from dataclasses import replace

import pytest

from klantreis.analyses.effect import Effect, Effects, Reason, asked_by
from klantreis.labels import Label, plain
from klantreis.map.about import Asset
from klantreis.map.model import JourneyMap
from klantreis.map.read import map_of
from klantreis.map.work import Change, Offer, Opportunity
from klantreis.scenes.journey import journey_scene
from klantreis.stats.intervals import Estimate

WHY = Reason("running", Label("Nog 12 dagen.", "12 more days."))
EFFECT = Effect(
    "knop",
    "koopt",
    "ab",
    "A",
    "improved",
    (),
    gap=Estimate(0.05, 400, 0.02, 0.08),
    treated=0.36,
    control=0.31,
    n=(400, 410),
)


@pytest.fixture
def card(ring, groups, sound):
    """What a card says: `card('change', effect)`."""
    map_, results, findings = ring

    def said(kind, *effects, verdict=None, language="nl", density="comfortable"):
        at = map_.touchpoints[0].id
        own = replace(
            map_,
            changes=(Change("knop", plain("Knop in kleur"), at=at, design="ab", starts="2026-05-01", verdict=verdict),),
            offers=(Offer("korting", plain("Korting"), at, kpi="koopt", starts="2026-05-01", ends="2026-05-31"),),
        )
        more = {"effect": Effects(results.about, effects)} if effects else {}
        scene = journey_scene(own, replace(results, more=more), findings, language=language, density=density)
        sound(scene)
        (found,) = groups(scene, kind)
        return found.label.replace("\u00a0", " ")

    return said


@pytest.mark.parametrize("density", ["comfortable", "compact", "print"])
def test_a_change_says_what_was_measured_and_on_which_rung(card, density):
    told = card("change", EFFECT, density=density)
    assert "verbeterd" in told
    assert "+5,0 procentpunt (+2,0 tot +8,0), n = 810" in told
    assert "A · het lot bepaalde wie het kreeg" in told


@pytest.mark.parametrize(("verdict", "word"), [("no_difference", "no difference"), ("worse", "worse")])
def test_every_verdict_has_its_word(card, verdict, word):
    assert f". {word}." in card("change", replace(EFFECT, verdict=verdict), language="en")


def test_too_soon_says_why(card):
    soon = replace(EFFECT, verdict="too_soon", reasons=(WHY,), gap=Estimate(None, 0), always=Estimate(None, 0))
    assert "te vroeg. Nog 12 dagen." in card("change", soon)


def test_what_was_written_down_stands_until_it_is_measured(card):
    soon = replace(EFFECT, verdict="too_soon", reasons=(WHY,), gap=Estimate(None, 0))
    assert "slechter" in card("change", soon, verdict="worse")
    assert "verbeterd" in card("change", EFFECT, verdict="worse")
    assert "loopt" in card("change")


def test_an_offer_says_it_too_with_the_days_it_held(card):
    told = card("offer", replace(EFFECT, change="korting", rung="D", design="before_after", verdict="worse"))
    assert "slechter" in told
    assert "31 mei 2026" in told
    assert "geen uitspraak over oorzaak" in told
    assert "+5,0" not in card("offer", EFFECT)  # the change's numbers are not the offer's


@pytest.mark.parametrize(
    ("days", "window"),
    [
        ("starts: 2026-05-01, ends: 2026-05-31", 31),
        ("starts: 2026-05, ends: 2026-05", 31),
        ("starts: 2026-05-01, ends: 2026-05-01", 1),
        ("starts: 2026, ends: 2026", 365),
        ("starts: 2026-05-31, ends: 2026-05-01", None),
        ("starts: 2026-05-01", None),
    ],
)
def test_an_offer_is_judged_before_and_after_on_its_own_kpi(days, window):
    asked = asked_by(offered(f"{{label: Off, at: a, kpi: sold, {days}}}"))
    (change,) = asked.changes
    assert (change.id, change.metric, change.design) == ("off", "sold", "before_after")
    assert change.window_seconds == (None if window is None else window * 86_400)


@pytest.mark.parametrize("offer", ["{label: Off, at: a, kpi: sold}", "{label: Off, at: a, starts: 2026-05-01}"])
def test_an_offer_without_a_kpi_or_a_first_day_is_not_judged(offer):
    assert asked_by(offered(offer)) is None


def offered(offer: str) -> JourneyMap:
    return map_of(
        f"""
        klantreis: 1
        id: shop
        title: Shop
        languages: [en]
        phases: {{one: {{a: {{match: a}}, b: {{match: b}}}}}}
        kpis: {{sold: {{metric: conversion, from: a, to: b, label: Sold}}}}
        offers: {{off: {offer}}}
        """
    )


@pytest.mark.parametrize(("language", "word"), [("nl", "verbeterd"), ("en", "improved")])
@pytest.mark.parametrize("density", ["comfortable", "compact"])
def test_a_barrier_tells_what_came_of_each_change_that_tests_something_for_it(ring, groups, language, word, density):
    # Requirement B12.
    map_, results, findings = ring
    barrier, other = map_.barriers[:2]
    ideas = tuple(Opportunity(id_, plain(id_.title()), solves=(barrier.id,)) for id_ in ("knop", "reviews"))
    changes = (Change("knop", plain("Knop in kleur")), Change("tweede", Label(), tests="reviews", verdict="worse"))
    own = replace(map_, opportunities=ideas, changes=changes)
    more = {"effect": Effects(results.about, (EFFECT,))}
    scene = journey_scene(own, replace(results, more=more), findings, language=language, density=density)
    heard = {one.id: one.label for one in groups(scene, "barrier")}
    worse = {"nl": "slechter", "en": "worse"}[language]
    assert f"Knop in kleur: {word}" in heard[barrier.id]
    assert f"Reviews: {worse}" in heard[barrier.id]
    assert "Knop" not in heard[other.id]


def test_an_opportunity_says_who_is_on_its_photos_by_their_tags(ring, said):
    # Requirement B12.
    map_, results, findings = ring
    photos = tuple(
        Asset(f"foto_{tags[0]}", Label(), file="x.jpg", tags=tags) for tags in (("donkere huid", "man"), ("man",))
    )
    idea = Opportunity("fotos", plain("Foto's"), solves=(map_.barriers[0].id,), assets=tuple(one.id for one in photos))
    own = replace(map_, opportunities=(idea,), assets=photos)
    assert "in beeld: donkere huid, man" in " ".join(said(journey_scene(own, results, findings, language="nl")).split())
