"""A small shop and results made by hand, so that each test shows only what it is about."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from klantreis.analyses.coverage import Coverage, Seen
from klantreis.analyses.emotion import Emotion
from klantreis.analyses.fit import Deviation, Fit, Kind
from klantreis.analyses.funnel import Funnel, FunnelStep
from klantreis.analyses.kpis import Kpis
from klantreis.analyses.paths import Node, Paths
from klantreis.analyses.results import Results
from klantreis.analyses.times import Times
from klantreis.journeys.model import About, Names
from klantreis.labels import Label
from klantreis.map.model import JourneyMap, JourneyRule, Matcher, Phase, Scenario, Step, Touchpoint
from klantreis.map.path import Sequence, Visit
from klantreis.stats.intervals import share

NAMES = Names(("social", "filter", "product", "cart", "paid", "card"), ("social", "product_view", "order_paid"))
ABOUT = About(names=NAMES, last=100 * 86_400_000_000, map="ring")


def touch(id_: str, phase: str, nl: str, **more: Any) -> Touchpoint:
    return Touchpoint(id_, Label(nl=nl, en=f"the {id_}"), phase, **({"matcher": Matcher(f"e_{id_}")} | more))


@pytest.fixture
def shop() -> JourneyMap:
    """Look (social, filter) → choose (product, cart) → buy (paid) → stay (card)."""
    return JourneyMap(
        id="ring",
        title=Label(nl="Een ring kopen", en="Buying a ring"),
        file="maps/ring.reis.yaml",
        phases=(
            Phase("look", Label(nl="Kijken", en="Look"), ("CO",), steps=(Step("s1", Label(nl="Ik kijk"), feel=1.0),)),
            Phase(
                "choose",
                Label(nl="Kiezen", en="Choose"),
                ("DE",),
                steps=(Step("s2", Label(nl="Ik kies"), feel=1.0, touchpoints=("product",)),),
            ),
            Phase("buy", Label(nl="Kopen", en="Buy"), ("BU",)),
            Phase("stay", Label(nl="Blijven", en="Stay"), ("LO",)),
        ),
        touchpoints=(
            touch("social", "look", "Instagram"),
            touch("filter", "look", "Filter"),
            touch("product", "choose", "Productpagina"),
            touch("cart", "choose", "Mandje"),
            touch("paid", "buy", "Betaling"),
            touch("card", "stay", "Spaarkaart"),
        ),
        scenarios=(
            Scenario(
                "ideal",
                Label(nl="Zoals bedacht", en="As designed"),
                "ideal",
                Sequence(tuple(Visit(id_) for id_ in ("social", "filter", "product", "cart", "paid"))),
            ),
        ),
        journey=JourneyRule(goal=("paid",)),
    )


def step(id_: str, people: int, before: int) -> FunnelStep:
    return FunnelStep(id_, people, people, share(people, 1000), share(people, before))


def node(id_: str, journeys: int, ends: int, repeats: int = 0) -> Node:
    return Node(id_, journeys + repeats, journeys, journeys, 0, ends, repeats)


def fit(kind: Kind, journeys: int, of: int = 1000, touchpoint: str = "filter") -> dict[str, Any]:
    deviation = Deviation(touchpoint, kind, "look", journeys, journeys, journeys, share(journeys, of), ("p1-1",))
    return {"fits": {"ideal": Fit(ABOUT, "ideal", journeys=of, deviations=(deviation,))}}


@pytest.fixture
def results() -> Results:
    """1,000 journeys look, 700 choose, 490 buy, 300 stay; nothing else stands out."""
    steps = (step("look", 1000, 1000), step("choose", 700, 1000), step("buy", 490, 700), step("stay", 300, 490))
    seen = tuple(Seen(id_, 500, 250 if id_ == "paid" else 400, 390, ABOUT.last) for id_ in NAMES.touchpoints)
    return Results(
        about=ABOUT,
        funnel=Funnel(ABOUT, steps=steps, all_people=1000),
        paths=Paths(ABOUT, nodes=tuple(node(id_, 700, 140) for id_ in NAMES.touchpoints)),
        fits={},
        times=Times(ABOUT),
        coverage=Coverage(ABOUT, journeys=1000, people=980, touchpoints=seen),
        emotion=Emotion(ABOUT),
        kpis=Kpis(ABOUT),
        values={"per_success": 80.0},
    )


@pytest.fixture
def changed(results: Results) -> Callable[..., Results]:
    """Returns the results with some parts changed: `changed(coverage={"touchpoints": ()})`."""

    def change(**parts: dict[str, Any]) -> Results:
        return replace(
            results,
            **{
                name: replace(getattr(results, name), **fields)
                if isinstance(fields, dict) and name not in PLAIN
                else fields
                for name, fields in parts.items()
            },
        )

    return change


PLAIN = {"fits", "values"}
