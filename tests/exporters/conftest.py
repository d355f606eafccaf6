"""A report made by hand for the exporters: one jewellery shop, invented figures that hang together."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from klantreis.analyses.coverage import Association, Behaviour, Coverage, Seen
from klantreis.analyses.emotion import Emotion, Feeling
from klantreis.analyses.fit import Deviation, Fit, PhaseFit
from klantreis.analyses.funnel import Funnel, FunnelStep
from klantreis.analyses.kpis import Kpis, KpiValue
from klantreis.analyses.paths import Edge, Node, Paths, Variant
from klantreis.analyses.results import Results
from klantreis.analyses.times import Duration, Times
from klantreis.journeys.model import About, Names
from klantreis.labels import Label, plain
from klantreis.map.model import (
    Barrier,
    Channel,
    JourneyMap,
    JourneyRule,
    Kpi,
    Matcher,
    Opportunity,
    Persona,
    Phase,
    Scenario,
    Segment,
    Step,
    Survey,
    Target,
    Touchpoint,
)
from klantreis.map.path import Choice, Maybe, Sequence, Visit
from klantreis.report import Report
from klantreis.stats.intervals import Estimate, share
from ring_findings import findings

DAY = 86_400.0
MAY, OCTOBER = 1_777_586_400_000_000, 1_793_487_540_000_000
"""1 May and 31 October 2026 in Dutch time, in microseconds."""

MADE = datetime(2026, 11, 21, 8, 14, tzinfo=UTC)

PHASES = (
    ("bewustwording", Label("Bewustwording", "Awareness"), 24180),
    ("overweging", Label("Overweging", "Consideration"), 17655),
    ("besluit", Label("Besluit", "Decision"), 9120),
    ("aankoop", Label("Aankoop", "Purchase"), 2684),
    ("ervaring", Label("Ervaring na aankoop", "Experience"), 2641),
    ("loyaliteit", Label("Loyaliteit", "Loyalty"), 712),
)
# id, phase, what the customer does, thinks, assumed feeling, contact moment, channel, people
STEPS = (
    (
        "social",
        "bewustwording",
        "Ik zie een ring op Instagram",
        "Mooi, is dit iets voor mij?",
        1,
        "Instagram-post",
        "social",
        11240,
    ),
    (
        "zoeken",
        "bewustwording",
        "Ik zoek naar zilveren ringen",
        "Waar vind ik iets moois?",
        0,
        "Zoekmachine",
        "search",
        12940,
    ),
    ("filter", "overweging", "Ik filter op materiaal en prijs", "Fijn overzicht", 1, "Filter", "web", 6905),
    ("product", "besluit", "Ik bekijk de ring", "Hoe bereken ik mijn ringmaat?", 1, "Productpagina", "web", 9120),
    ("mandje", "besluit", "Ik leg de ring in mijn mandje", "Toch maar proberen", 1, "Winkelmandje", "web", 3842),
    ("afrekenen", "aankoop", "Ik vul mijn gegevens in", "Moet ik een account maken?", 0, "Afrekenen", "web", 3105),
    ("betaald", "aankoop", "Ik betaal met iDEAL", "Dat ging snel", 1, "Betaling", "web", 2684),
    ("bezorgd", "ervaring", "Mijn pakje komt", "Het zou er gisteren zijn", 1, "Bezorging", "parcel", 2641),
    ("uitpakken", "ervaring", "Ik maak het doosje open", "Wat mooi ingepakt!", 2, "Uitpakken", "parcel", 2590),
    ("tip", "loyaliteit", "Ik tip een vriendin", "Zij vindt hem ook prachtig", 2, "Aanbeveling", "social", 712),
)
FEELINGS = (
    ("social", 0.7, 412, 0.12),
    ("filter", 0.6, 240, 0.14),
    ("product", -0.3, 640, 0.09),
    ("afrekenen", -0.6, 277, 0.14),
    ("betaald", 0.8, 455, 0.10),
    ("bezorgd", -1.2, 366, 0.13),
    ("uitpakken", 1.6, 512, 0.07),
)


def about(**more: object) -> About:
    given = {"first": MAY, "last": OCTOBER, "grain": "journey", "map": "ring", "version": "3f9c2a77d1"}
    return About(Names((), ()), time_zone="Europe/Amsterdam", **{**given, **more})


def ring() -> JourneyMap:
    phases = tuple(
        Phase(
            id_,
            label,
            expected_seconds=2 * DAY if id_ == "aankoop" else None,
            steps=tuple(
                Step(
                    row[0],
                    plain(row[2]),
                    plain(row[3]),
                    feel=row[4],
                    touchpoints=(row[0],),
                    mot="confirmed" if row[0] == "uitpakken" else "none",
                )
                for row in STEPS
                if row[1] == id_
            ),
        )
        for id_, label, _ in PHASES
    )
    touchpoints = tuple(Touchpoint(row[0], plain(row[5]), row[1], row[6], Matcher(row[0])) for row in STEPS)
    touchpoints += (
        Touchpoint("folder", Label(en="Printed flyer"), "bewustwording", "post"),
        Touchpoint("chat", plain("Chat"), "besluit", "web", Matcher("chat_open")),
        Touchpoint("maathulp", Label("Maathulp", "Size help"), "besluit", "web", Matcher("size_help"), planned=True),
    )
    path = Sequence(
        (
            Choice((Visit("social"), Visit("zoeken"))),
            Maybe(Visit("filter")),
            Visit("product"),
            Visit("mandje"),
            Visit("afrekenen"),
            Visit("betaald"),
            Visit("bezorgd"),
            Visit("uitpakken"),
        )
    )
    return JourneyMap(
        "ring",
        Label("Een ring kopen zonder te passen", "Buying a ring without trying it on"),
        "purchase",
        status="published",
        owner="webshopteam",
        languages=("nl", "en"),
        phases=phases,
        touchpoints=touchpoints,
        personas=(Persona("lisa", plain("Lisa"), goal=plain("Een ring die past")),),
        segments=(
            Segment("nieuw", Label("Nieuwe klanten", "New customers"), "customer.orders = 0"),
            Segment("bestaand", Label("Bestaande klanten", "Existing customers"), "customer.orders >= 1"),
        ),
        channels=(Channel("social", plain("Sociale media"), "social"), Channel("web", plain("Webwinkel"), "web")),
        scenarios=(Scenario("ideaal", Label("Zoals bedacht", "As designed"), "ideal", path),),
        surveys=(
            Survey("tevreden", Label("Hoe tevreden ben je?", "How happy are you?")),
            Survey("aanraden", Label("Raad je ons aan?", "Would you recommend us?"), 0, 10, kind="NPS"),
        ),
        barriers=(
            Barrier(
                "maat",
                Label("Twijfel over de maat", "Doubt about the size"),
                "product",
                "doubt",
                "abandon",
                plain("Hoe bereken ik mijn ringmaat?"),
            ),
            Barrier("laat", plain("Pakje later dan beloofd"), "bezorgd", "time"),
        ),
        opportunities=(
            Opportunity("maatpagina", plain("Maathulp op de productpagina"), ("maat",), "page", 5, 2, 4, "testing"),
        ),
        kpis=(
            Kpi(
                "mandje",
                plain("Product → mandje"),
                "conversion",
                phase="besluit",
                start="product",
                end="mandje",
                target=Target(">=", 0.5, ">= 50%"),
                by=("nieuw", "bestaand"),
                owner="webshopteam",
            ),
            Kpi("optijd", plain("Op tijd bezorgd"), "share", at="bezorgd", target=Target(">=", 0.95, ">= 95%")),
            Kpi(
                "tijd",
                plain("Tijd om af te rekenen"),
                "median_minutes",
                phase="aankoop",
                target=Target("<=", 240, "<= 4 min"),
            ),
            Kpi("eindgevoel", plain("Eindgevoel"), "survey_mean", survey="tevreden", target=Target(">=", 4, ">= 4")),
            Kpi("retour", plain("Retour binnen 14 dagen"), "share", phase="ervaring"),
        ),
        journey=JourneyRule(("social", "zoeken"), (), 45 * DAY, within_seconds=60 * DAY, goal=("betaald",)),
    )


def funnel(scale: float = 1.0) -> Funnel:
    counts = [round(people * scale) for _, _, people in PHASES]
    mature = [round(count * 0.9) for count in counts]
    steps = tuple(
        FunnelStep(
            id_,
            counts[spot],
            mature[spot],
            share(mature[spot], mature[0]),
            share(mature[spot], mature[max(0, spot - 1)]),
            *((1800.0 * spot, 5400.0 * spot, DAY * spot, 3 * DAY * spot) if spot else (None,) * 4),
        )
        for spot, (id_, _, _) in enumerate(PHASES)
    )
    return Funnel(
        about(), steps, round(60 * DAY * 1e6), counts[0] + 12, counts[0] - mature[0], 9 * DAY, grain="journey"
    )


def paths() -> Paths:
    ids = [row[0] for row in STEPS]
    people = {row[0]: row[7] for row in STEPS}
    nodes = tuple(Node(id_, people[id_] * 2, people[id_], people[id_], 0, 0, people[id_] // 9) for id_ in ids)
    edges = [Edge("start", "social", 11240, 11240, 0.46), Edge("start", "zoeken", 12940, 12940, 0.54)]
    for one, other in pairwise(ids):
        count = min(people[one], people[other])
        edges.append(Edge(one, other, count, count, count / people[one], 900, 600, 4000))
        edges.append(Edge(one, "end", people[one] // 3, people[one] // 3, 0.3))
    edges += [Edge("product", "product", 2900, 2100, 0.14, 60, 30, 200), Edge("mandje", "product", 900, 800, 0.2)]
    counts = (6800, 4100, 2950, 1200, 640, 12)
    routes = (
        ("social",),
        ("zoeken", "product"),
        ("zoeken", "filter", "product"),
        ("social", "product", "product", "product"),
        tuple(ids),
        ("zoeken", "filter", "product", "mandje", "afrekenen", "betaald", "bezorgd", "uitpakken", "tip"),
    )
    variants = tuple(
        Variant(route, count, share(count, 24192), sum(counts[: spot + 1]) / 24192)
        for spot, (route, count) in enumerate(zip(routes, counts, strict=True))
    )
    return Paths(about(), 24192, 21344, 101000, nodes, tuple(edges), variants, 1834)


def fit() -> Fit:
    n = 24192
    deviations = (
        Deviation("filter", "missing", "overweging", 900, 900, 880, share(900, n), ("p3f9c2a1b-1", "p77aa01cd-2")),
        Deviation("product", "repeat", "besluit", 4100, 2900, 2800, share(2900, n), ("p00aa12bc-1",)),
        Deviation("mandje", "missing", "besluit", 8100, 8100, 7600, share(8100, n)),
        Deviation("chat", "ad_hoc", "besluit", 310, 300, 290, share(300, n)),
        Deviation("betaald", "failed", "aankoop", 60, 58, 58, share(58, n)),
        Deviation("bezorgd", "out_of_order", None, 8, 4, 4, share(4, n)),
    )
    phases = (PhaseFit("overweging", 900, 900), PhaseFit("besluit", 12500, 10100), PhaseFit("aankoop", 70, 62))
    return Fit(about(), "ideaal", n, 2418, 2100, share(2100, n), 0.7134, 0.6625, 13470, deviations, phases)


def times() -> Times:
    phases = tuple(
        Duration(
            "phase",
            id_,
            None,
            n,
            60,
            DAY * spot * 0.4 + 300,
            DAY * spot + 900,
            DAY * spot * 2 + 4000,
            DAY * (spot * 4 + 1),
            9e6,
        )
        for spot, (id_, _, n) in enumerate(PHASES)
    )
    between = (
        Duration("between", "product", "mandje", 3842, 5, 40, 190, 3000, 40000, 9e5),
        Duration("between", "afrekenen", "betaald", 2684, 20, 95, 228, 400, 1900, 9e4, exact=False),
    )
    return Times(
        about(), Duration("journey", None, None, 24192, 5, DAY, 3 * DAY, 9 * DAY, 20 * DAY, 90 * DAY), phases, between
    )


def emotion() -> Emotion:
    def mean(value: float, n: int, half: float) -> Estimate:
        return Estimate(value, n, value - half, value + half)

    felt = tuple(
        Feeling(id_, "tevreden", mean(value, n, half), mean(value + 3, n, half), (), True, 30, top_two=share(n // 2, n))
        for id_, value, n, half in FEELINGS
    )
    few = Feeling("tip", "tevreden", mean(1.4, 12, 0.9), mean(4.4, 12, 0.9), (), False, 30)
    nps = Feeling(
        "betaald",
        "aanraden",
        mean(0.9, 310, 0.2),
        mean(8.1, 310, 0.2),
        (),
        True,
        30,
        False,
        nps=Estimate(0.23, 310, 0.14, 0.32),
    )
    return Emotion(
        about(), (*felt, few, nps), mean(0.31, 1911, 0.04), mean(0.22, 1911, 0.05), 3214, 17, (("tevreden", 3),)
    )


def coverage() -> Coverage:
    goes_with = Association(0.41, 0.37, 0.46, share(610, 8470), share(2074, 15722))
    behaviours = (
        Behaviour(
            "site_search",
            10210,
            8600,
            8470,
            share(8600, 24192),
            (("ringmaat", 4100), ("maat 54", 820)),
            "filter",
            "product",
            goes_with,
            ("p3f9c2a1b-1",),
        ),
        Behaviour("faq_open", 120, 110, 109, share(110, 24192)),
    )
    seen = tuple(Seen(row[0], row[7] * 2, row[7], row[7], OCTOBER) for row in STEPS)
    return Coverage(about(), 24192, 21344, share(101000, 111330), behaviours, (*seen, Seen("chat", 0, 0, 0, None)))


def kpis() -> Kpis:
    values = (
        KpiValue("mandje", share(3842, 9120), "share", "missed", 0.5, ">="),
        KpiValue("mandje", share(2402, 6200), "share", "missed", 0.5, ">=", "nieuw"),
        KpiValue("mandje", share(1440, 2920), "share", "unsure", 0.5, ">=", "bestaand"),
        KpiValue("optijd", share(2308, 2641), "share", "missed", 0.95, ">="),
        KpiValue("tijd", Estimate(228, 2684, 219, 237), "seconds", "met", 240, "<="),
        KpiValue("eindgevoel", Estimate(4.06, 698, 3.98, 4.14), "score", "unsure", 4, ">="),
        KpiValue("retour", Estimate(None, 0), "share", "unknown", reason=Label("Geen herkenner", "No matcher")),
    )
    return Kpis(about(), values)


def results(scale: float = 1.0, **more: object) -> Results:
    return Results(
        about(),
        funnel(scale),
        paths(),
        {"ideaal": fit()},
        times(),
        coverage(),
        emotion(),
        kpis(),
        counts={
            "read": 111340,
            "stored": 111330,
            "duplicate": 7,
            "rejected": 3,
            "web.read": 111000,
            "web.stored": 110990,
            "web.duplicate": 7,
            "web.rejected": 3,
            "post.read": 340,
            "post.stored": 340,
            "post.duplicate": 0,
            "post.rejected": 0,
        },
        overlaps=(("chat_open", "chat", "product", 14),),
        outside=210,
        values={"per_success": 82.5},
        **more,
    )


def report_of() -> Report:
    measured = results(
        segments={
            "nieuw": results(0.68, segments={}),
            "bestaand": results(0.32, segments={}),
        }
    )
    return Report(ring(), measured, findings(), MADE, "sieradenwinkel")


@pytest.fixture
def report() -> Report:
    """The measured report."""
    return report_of()


@pytest.fixture
def unmeasured() -> Report:
    """The same map before any data came."""
    return replace(report_of(), results=None, findings=())


@pytest.fixture
def blank() -> Report:
    """A map in which nothing was filled in at all."""
    return Report(JourneyMap("leeg", Label()), None, (), MADE)
