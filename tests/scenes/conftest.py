"""Maps and measurements made by hand for the pictures: a jewellery shop, a chair at IKEA, and a generated giant.

Figures are invented but hang together: phases shrink, intervals are Wilson's or Student's, sums add up.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from klantreis.analyses.coverage import Behaviour, Coverage, Seen
from klantreis.analyses.emotion import Emotion, Feeling
from klantreis.analyses.fit import Deviation, Fit
from klantreis.analyses.funnel import Funnel, FunnelStep
from klantreis.analyses.kpis import Kpis, KpiValue
from klantreis.analyses.paths import Edge, Node, Paths, Variant
from klantreis.analyses.results import Results
from klantreis.analyses.times import Duration, Times
from klantreis.findings import Edit, Finding, Measured, Place
from klantreis.journeys.model import About, Names
from klantreis.labels import Label, plain
from klantreis.map.model import (
    Barrier,
    Channel,
    JourneyMap,
    Kpi,
    Matcher,
    Opportunity,
    Persona,
    Phase,
    Scenario,
    Segment,
    Step,
    Target,
    Touchpoint,
)
from klantreis.map.path import Sequence, Visit
from klantreis.map.work import Change
from klantreis.scenes.model import Box, Group, Words, walk
from klantreis.scenes.pen import bounds
from klantreis.stats.intervals import Estimate, share


def whole(kind: type) -> type:
    """A result type that can be made even before its own `rows` and `to_dict` are written."""
    missing = {name: (lambda self: []) for name in getattr(kind, "__abstractmethods__", ())}
    return type(kind.__name__, (kind,), missing) if missing else kind


Coverage, Emotion, Fit, Funnel, Kpis, Paths, Times = map(whole, (Coverage, Emotion, Fit, Funnel, Kpis, Paths, Times))

MAY, OCTOBER = 1_777_586_400_000_000, 1_793_487_540_000_000
"""1 May and 31 October 2026 in Dutch time, in microseconds."""

RING = (
    # phase, id, what the customer does, thinks, assumed feel, (measured, n, half), channel, touchpoint, people
    ("bewustwording", "instagram", "Ik zie een ring op Instagram", "Mooi, is dit iets voor mij?", 0.5,
     (0.7, 412, 0.12), "social", "Instagram-post", 11240),
    ("bewustwording", "zoeken", "Ik zoek naar zilveren ringen", "Waar vind ik iets moois?", 0.2,
     (0.3, 198, 0.16), "search", "Zoekmachine", 12940),
    ("overweging", "filter", "Ik filter op materiaal en prijs", "Fijn overzicht", 0.5,
     (0.6, 240, 0.14), "web", "Filter", 6905),
    ("overweging", "vergelijk", "Ik vergelijk met een andere winkel", "Daar staat een maattabel bij", 0.0,
     None, "web", "Vergelijken", None),
    ("besluit", "product", "Ik bekijk de ring", "Hoe staat dit bij mij?", 0.7,
     (-0.3, 640, 0.09), "web", "Productpagina", 9120),
    ("besluit", "reviews", "Ik lees ervaringen van kopers", "Ze vallen klein uit, lees ik", 0.5,
     (0.5, 188, 0.17), "web", "Beoordelingen", 3310),
    ("besluit", "mandje", "Ik leg de ring in mijn mandje", "Toch maar proberen", 0.9,
     (0.6, 301, 0.12), "web", "Winkelmandje", 3842),
    ("aankoop", "gegevens", "Ik vul mijn gegevens in", "Moet ik een account maken?", 0.1,
     (-0.6, 277, 0.14), "web", "Afrekenen", 3105),
    ("aankoop", "betaal", "Ik betaal met iDEAL", "Dat ging snel", 0.5, (0.8, 455, 0.1), "betaal", "Betaling", 2684),
    ("ervaring", "wacht", "Ik wacht op het pakje", "Het zou er gisteren zijn", 0.3,
     (-1.2, 366, 0.13), "post", "Bezorging", 2641),
    ("ervaring", "doosje", "Ik maak het doosje open", "Wat mooi ingepakt!", 1.2,
     (1.6, 512, 0.07), "box", "Uitpakken", 2590),
    ("ervaring", "ruil", "De ring past niet, ik ruil hem", "Gelukkig is ruilen gratis", -0.4,
     (-0.7, 140, 0.22), "mail", "Retour", 391),
    ("loyaliteit", "tip", "Ik tip een vriendin", "Zij vindt hem ook prachtig", 1.3,
     (1.4, 96, 0.2), "person", "Aanbeveling", 712),
)  # fmt: skip
PHASES = (
    ("bewustwording", "Bewustwording", 24180), ("overweging", "Overweging", 17655), ("besluit", "Besluit", 9120),
    ("aankoop", "Aankoop", 2684), ("ervaring", "Ervaring na aankoop", 2641), ("loyaliteit", "Loyaliteit", 712),
)  # fmt: skip


def about(**more: object) -> About:
    """What hand-made results speak of."""
    given = {"first": MAY, "last": OCTOBER, "grain": "journey", "map": "sieraden-ring", "version": "3f9c2a77d1"}
    return About(Names((), ()), time_zone="Europe/Amsterdam", **{**given, **more})  # type: ignore[arg-type]


def ring_map() -> JourneyMap:
    """The jewellery shop of the target picture, as steps with touchpoints."""

    def step(row: tuple) -> Step:
        _, id_, do, thought, feel, _, _, _, _ = row
        mot = "confirmed" if id_ == "doosje" else "none"
        return Step(id_, plain(do), plain(thought), feel=feel, touchpoints=(f"t_{id_}",), mot=mot,
                    delight=id_ == "doosje", provenance="observed" if id_ == "vergelijk" else "assumed")  # fmt: skip

    phases = tuple(
        Phase(id_, plain(label), steps=tuple(step(row) for row in RING if row[0] == id_)) for id_, label, _ in PHASES
    )
    touchpoints = tuple(
        Touchpoint(f"t_{row[1]}", plain(row[7]), row[0], row[6], Matcher(row[1]) if row[8] else None) for row in RING
    )
    barriers = (
        Barrier(
            "maat", plain("Maat niet te vinden"), "filter", "findability", "workaround", plain("Welke maat heb ik?")
        ),
        Barrier(
            "past",
            plain("Twijfel: past hij mij?"),
            "product",
            "doubt",
            "abandon",
            plain("Hoe bereken ik mijn ringmaat?"),
        ),
        Barrier("account", plain("Verplicht account"), "gegevens", "effort", "abandon"),
        Barrier("laat", plain("Te laat bezorgd"), "wacht", "time", "workaround"),
    )
    opportunities = (
        Opportunity("tabel", plain("Maattabel vindbaar in zoeken"), ("maat",), "content", 4, 1, 3),
        Opportunity("maatblog", plain("Blog over ringmaten"), ("past",), "content", 2, 1, 3, "shipped"),
        Opportunity("maathulp", plain("Maathulp op productpagina"), ("past",), "page", 5, 2, 4, "testing"),
        Opportunity("gast", plain("Afrekenen als gast"), ("account",), "process", 4, 2, 4, "testing"),
        Opportunity("bericht", plain("Bericht bij vertraging"), ("laat",), "message", 3, 1, 3),
    )
    kpis = (
        Kpi("bereik", plain("Bereik doelgroep"), "share", phase="bewustwording", target=Target(">=", 0.35, ">= 35%")),
        Kpi(
            "zoek",
            plain("Zoekopdrachten zonder resultaat"),
            "share",
            phase="overweging",
            target=Target("<=", 0.1, "<= 10%"),
        ),
        Kpi(
            "mandje",
            plain("Product → mandje"),
            "conversion",
            at="product",
            target=Target(">=", 0.5, ">= 50%"),
            by=("nieuw",),
        ),
        Kpi(
            "afreken",
            plain("Tijd om af te rekenen"),
            "median_minutes",
            phase="aankoop",
            target=Target("<=", 180, "<= 3 min"),
        ),
        Kpi("optijd", plain("Op tijd bezorgd"), "share", at="wacht", target=Target(">=", 0.95, ">= 95%")),
        Kpi("tip", plain("Tipt door"), "share", phase="loyaliteit", target=Target(">=", 0.2, ">= 20%")),
    )
    return JourneyMap(
        "sieraden-ring", plain("Een ring kopen zonder te passen"), "purchase", phases=phases, touchpoints=touchpoints,
        personas=(Persona("lisa", plain("Lisa"), goal=plain("Een cadeau kopen dat past")),),
        channels=(Channel("social", plain("Social media"), "social"), Channel("box", plain("Pakket"), "box")),
        segments=(Segment("nieuw", plain("nieuw"), ""), Segment("bestaand", plain("bestaand"), "")),
        scenarios=(Scenario("ideaal", plain("de ideale reis"), "ideal", Sequence((Visit("t_product"),))),),
        barriers=barriers, opportunities=opportunities, kpis=kpis,
        changes=(
            Change("maathulp", plain("Maathulp op productpagina"), design="ab", metric="conversie",
                   window_seconds=28 * 86400, verdict="improved"),
            Change("gast", plain("Afrekenen als gast"), design="ab", metric="afrekentijd", window_seconds=14 * 86400),
            Change("maatblog", plain("Blog over ringmaten"), design="before_after", verdict="no_difference"),
        ),
    )  # fmt: skip


def mean(value: float, n: int, half: float) -> Estimate:
    return Estimate(value, n, value - half, value + half)


def ring_results() -> Results:
    """Everything measured for the ring."""
    n = {id_: people for id_, _, people in PHASES}
    order = [id_ for id_, _, _ in PHASES]
    steps = tuple(
        FunnelStep(id_, n[id_], n[id_], share(n[id_], n[order[0]]), share(n[id_], n[order[max(0, spot - 1)]]),
                   3600.0 * spot, 7200.0 * spot, 86400.0 * spot, 172800.0 * spot)
        for spot, id_ in enumerate(order)
    )  # fmt: skip
    feelings = tuple(
        Feeling(f"t_{row[1]}", "csat", mean(*row[5]), mean(row[5][0] + 3, *row[5][1:]), (), True, 30)
        for row in RING if row[5]
    )  # fmt: skip
    seen = tuple(Seen(f"t_{row[1]}", row[8] * 2, row[8], row[8], OCTOBER) for row in RING if row[8])
    kpi = (
        ("bereik", share(9914, 24180), "share", "met"), ("zoek", share(2372, 8470), "share", "missed"),
        ("mandje", share(3840, 9120), "share", "missed"), ("optijd", share(2308, 2641), "share", "missed"),
        ("afreken", Estimate(228, 2684, 219, 240), "seconds", "missed"), ("tip", share(192, 712), "share", "met"),
    )  # fmt: skip
    aims = {"bereik": 0.35, "zoek": 0.1, "mandje": 0.5, "afreken": 180, "optijd": 0.95, "tip": 0.2}
    values = tuple(KpiValue(id_, value, unit, verdict, aims[id_]) for id_, value, unit, verdict in kpi)
    values += tuple(
        KpiValue("mandje", share(k, m), "share", "missed", segment=name)
        for name, k, m in (("nieuw", 2400, 6200), ("bestaand", 1440, 2920))
    )
    deviations = (
        Deviation("t_filter", "missing", "overweging", 7300, 7300, 7000, share(7300, 24180)),
        Deviation("t_product", "repeat", "besluit", 4100, 2900, 2800, share(2900, 24180)),
        Deviation("t_reviews", "missing", "besluit", 9000, 9000, 9000, share(9000, 24180)),
        Deviation("t_gegevens", "failed", "aankoop", 700, 640, 640, share(640, 24180)),
    )
    fit = Fit(about(), "ideaal", 24180, 120, 2100, share(2100, 24180), 0.71, 0.66, 40000, deviations)
    behaviour = Behaviour("site_search", 10210, 8600, 8470, share(8470, 24180), (("ringmaat", 4100),), "t_filter")
    return Results(
        about(), Funnel(about(), steps, all_people=21344), ring_paths(), {"ideaal": fit}, ring_times(),
        Coverage(about(), 24180, 21344, share(88000, 101000), (behaviour,), seen),
        Emotion(about(), feelings, mean(0.31, 3900, 0.04), mean(0.22, 3900, 0.05), 4200, 12),
        Kpis(about(), values),
    )  # fmt: skip


def ring_paths() -> Paths:
    """A directly-follows graph with loops, jumps and small edges."""
    names = [f"t_{row[1]}" for row in RING if row[8]]
    people = {f"t_{row[1]}": row[8] for row in RING if row[8]}
    nodes = tuple(Node(name, people[name] * 2, people[name], people[name], 0, 0, people[name] // 9) for name in names)
    edges = [Edge("start", names[0], 11240, 11240, 0.46), Edge("start", names[1], 12940, 12940, 0.54)]
    for one, other in pairwise(names):
        count = min(people[one], people[other])
        edges.append(Edge(one, other, count, count, count / people[one], 900, 600, 4000))
        edges.append(Edge(one, "end", max(1, people[one] // 3), people[one] // 3, 0.3))
    edges += [
        Edge("t_product", "t_product", 2900, 2100, 0.14, 60, 30, 200), Edge("t_reviews", "t_product", 1700, 1500, 0.4),
        Edge("t_mandje", "t_product", 900, 800, 0.2), Edge("t_instagram", "t_product", 1400, 1400, 0.12),
        Edge("t_tip", "end", 700, 700, 0.99), Edge("t_ruil", "t_product", 40, 38, 0.1),
    ]  # fmt: skip
    variants = tuple(
        Variant(
            tuple(names[start : start + size]), 3000 // (rank + 1), share(3000 // (rank + 1), 24180), 0.1 + rank / 20
        )
        for rank, (start, size) in enumerate([(0, 2), (1, 3), (0, 5), (1, 7), (0, 9), (1, 12), (4, 3)])
    )
    return Paths(about(), 24180, 21344, 101000, nodes, tuple(edges), variants, 1834)


def ring_times() -> Times:
    """Durations per phase, and between touchpoints."""
    day = 86400.0
    phases = tuple(
        Duration(
            "phase",
            id_,
            None,
            n,
            60,
            day * spot * 0.4 + 300,
            day * spot + 900,
            day * spot * 2 + 4000,
            day * (spot * 4 + 1),
            9e6,
        )
        for spot, (id_, _, n) in enumerate(PHASES)
    )
    between = (Duration("between", "t_product", "t_mandje", 3100, 5, 40, 190, 3000, 40000, 9e5),)
    return Times(
        about(), Duration("journey", None, None, 24180, 5, day, 3 * day, 9 * day, 20 * day, 90 * day), phases, between
    )


def ring_findings() -> tuple[Finding, ...]:
    """What rules would say: a leak, late delivery, checkout, and an undrawn behaviour with its proposal."""

    def number(nl: str, value: float, unit: str, n: int, low: float, high: float) -> tuple[Measured, ...]:
        return (Measured(Label(nl=nl, en=nl), value, unit, n, low, high),)

    def place(id_: str) -> Place:
        return Place("sieraden-ring", id_)

    return (
        Finding("leak", "insight", place("product"), plain("Twijfel over maat op de productpagina"), people=5290,
                money=41300, evidence=number("vertrekt", 0.58, "share", 9120, 0.57, 0.59)),
        Finding("low-emotion", "insight", place("wacht"), plain("Bezorging later dan beloofd"), people=333,
                evidence=number("gevoel", -1.2, "score", 366, -1.33, -1.07)),
        Finding("leak", "insight", place("gegevens"), plain("Verplicht account bij afrekenen"), people=435,
                evidence=number("haakt af", 0.14, "share", 3105, 0.128, 0.153)),
        Finding("unmapped", "insight", place("site_search"), plain("8.470 mensen zoeken op ringmaat"),
                people=8470, evidence=number("zoekt op maat", 0.35, "share", 24180, 0.344, 0.356),
                edit=Edit(("touchpoints", "zoekmaat"), {"phase": "overweging", "match": {"event": "site_search"},
                          "label": "Ik zoek op ringmaat"}, plain("voeg toe"))),
    )  # fmt: skip


def ikea_map() -> JourneyMap:
    """The chair at IKEA of the articles: no data at all, every feeling assumed."""

    def step(id_: str, do: str, feel: float, **more: object) -> Step:
        word = plain(str(more.pop("word", "")))
        think = plain(str(more.pop("think", "")))
        return Step(id_, plain(do), think, feel=feel, word=word, **more)  # type: ignore[arg-type]

    phases = (
        Phase("orientatie", Label(nl="Oriëntatie", en="Orientation"), steps=(
            step("aankomst", "Ik kom aan", 1, word="enthousiast"),
            step("rondgang", "Ik loop door de winkel", -1, word="ongeduldig"))),
        Phase("afweging", Label(nl="Afweging", en="Weighing"), steps=(
            step("prijs", "Ik zie de prijs", 1, think="Dat valt mee"),
            step("proberen", "Ik probeer de stoel rustig uit", 2, mot="confirmed"),
            step("balletjes", "Ik eet Zweedse balletjes", 1, delight=True))),
        Phase("aankoop", Label(nl="Aankoop", en="Purchase"), steps=(
            step("magazijn", "Ik zoek het vak", -1, think="Welk vak was het ook alweer?"),
            step("kar", "Ik ben de kar vergeten", -2),
            step("gevonden", "Ik vind de stoel", 1),
            step("kassa", "Ik betaal", -1),
            step("ijsje", "Ik neem een ijsje", 2, delight=True, mot="suggested"))),
        Phase("gebruik", Label(nl="Gebruik", en="Use")),
        Phase("loyaliteit", Label(nl="Loyaliteit", en="Loyalty")),
    )  # fmt: skip
    barriers = (
        Barrier("druk", plain("lang en druk"), "rondgang", "time"),
        Barrier("vak", plain("vak niet te vinden"), "magazijn", "findability"),
        Barrier("karweg", plain("kar vergeten"), "kar", "effort"),
    )
    kpis = (
        Kpi("zoektijd", plain("zoektijd"), "median_minutes", at="magazijn", target=Target("<=", 5, "<= 5")),
        Kpi("eindgevoel", plain("eindgevoel"), "survey_mean", at="ijsje", target=Target(">=", 4, ">= 4")),
    )
    return JourneyMap(
        "ikea-stoel", Label(nl="Een stoel kopen bij IKEA", en="Buying a chair at IKEA"), "purchase", phases=phases,
        barriers=barriers, kpis=kpis, personas=(Persona("lisa", plain("Lisa"), goal=plain("Vandaag een stoel mee")),),
    )  # fmt: skip


LONG = "klanttevredenheidsonderzoeksresultaten bewustwordingsfase 😀 arbeidsongeschiktheidsverzekeringsmaatschappij"


def giant_map(phases: int, steps: int, *, label: str = "Ik bekijk stap") -> JourneyMap:
    """A map of `phases` by `steps`, with feelings that go up and down."""
    return JourneyMap(
        f"giant-{phases}-{steps}",
        plain("Een reis van " + "heel veel " * 3 + "stappen"),
        phases=tuple(
            Phase(f"p{p}", plain(f"Fase {p} {label[-24:]}"), steps=tuple(
                Step(f"s{p}_{s}", plain(f"{label} {s}"), plain("Zou dit kunnen?"), plain("Dat het snel gaat"),
                     feel=float((p * 7 + s * 5) % 5 - 2), word=plain("benieuwd"))
                for s in range(steps)))
            for p in range(phases)
        ),
        barriers=tuple(Barrier(f"b{p}", plain(label), f"s{p}_0") for p in range(phases) if steps),
    )  # fmt: skip


@pytest.fixture
def ring() -> tuple[JourneyMap, Results, tuple[Finding, ...]]:
    """The measured jewellery map."""
    return ring_map(), ring_results(), ring_findings()


@pytest.fixture
def ikea() -> JourneyMap:
    """The unmeasured IKEA map."""
    return ikea_map()


@pytest.fixture
def giant() -> Callable[..., JourneyMap]:
    """Makes maps of any size."""
    return giant_map


@pytest.fixture
def long_words() -> str:
    """Dutch compounds and an emoji."""
    return LONG


def _groups(scene, kind):
    return [part for part in walk(scene.elements) if isinstance(part, Group) and part.kind == kind]


def _texts(scene):
    return [part for part in walk(scene.elements) if isinstance(part, Words) and any(part.lines)]


def _said(scene):
    return " ".join(" ".join(text.lines) for text in _texts(scene))


def _sound(scene):
    """No two texts overlap; none leaves the page or the box it stands in."""
    rooms = sorted(((bounds(text), text) for text in _texts(scene)), key=lambda pair: pair[0].x)
    for spot, (room, text) in enumerate(rooms):
        assert room.x >= 0, text
        assert room.right <= scene.width + 0.5, text
        assert room.y >= 0, text
        assert room.bottom <= scene.height, text
        for other, its in rooms[spot + 1 :]:
            if other.x >= room.right:
                break
            assert not room.meets(other, -0.5), (text.lines, its.lines)
    for group in [part for part in walk(scene.elements) if isinstance(part, Group)]:
        boxes = [bounds(part) for part in group.children if isinstance(part, Box)]
        if group.kind in {"step", "phase", "barrier", "opportunity", "change", "badge", "node", "chip"} and boxes:
            box = max(boxes, key=lambda box: box.width * box.height)
            for text in (part for part in group.children if isinstance(part, Words) and any(part.lines)):
                room = bounds(text)
                assert box.x - 0.5 <= room.x, text
                assert room.right <= box.right + 0.5, text
                assert box.y - 0.5 <= room.y, text
                assert room.bottom <= box.bottom + 0.5, text


@pytest.fixture
def groups() -> Callable[..., list[Group]]:
    """Finds the groups of one kind in a scene."""
    return _groups


@pytest.fixture
def said() -> Callable[..., str]:
    """Reads all the words of a scene."""
    return _said


@pytest.fixture
def sound() -> Callable[..., None]:
    """Asserts that no two texts overlap and that none leaves its box or the page."""
    return _sound
