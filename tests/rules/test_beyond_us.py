"""Row E15: what is not ours to change is seen, explained, and left out of the ranking."""

from dataclasses import replace

from klantreis.labels import Label
from klantreis.map.model import Barrier
from klantreis.map.stages import Step
from klantreis.rules import all_findings, barrier, headlines

from .test_barrier import DOUBT, nodes


def choosing(shop, influence):
    """The shop with the step at the product ours, or not."""
    steps = (Step("s2", Label(nl="Ik kies"), touchpoints=("product",), influence=influence),)
    phases = tuple(replace(phase, steps=steps) if phase.id == "choose" else phase for phase in shop.phases)
    return replace(shop, phases=phases, barriers=(DOUBT,))


def found(shop, changed, influence):
    return all_findings(choosing(shop, influence), changed(paths=nodes(420)), rules=(barrier,))


def test_a_barrier_of_ours_leads_the_ranking(shop, changed):
    (one,) = found(shop, changed, "own")
    assert one.level == "warning"
    assert headlines((one,)) == (one,)


def test_a_barrier_that_is_partly_ours_leads_it_too(shop, changed):
    (one,) = found(shop, changed, "shared")
    assert one.level == "warning"


def test_a_barrier_that_is_not_ours_is_seen_with_its_numbers_and_says_why_it_is_not_ranked(shop, changed):
    (one,) = found(shop, changed, "none")
    assert one.evidence[0].value == 0.6
    assert headlines((one,)) == ()
    assert "daarom telt dit niet mee in de volgorde" in one.detail.text("nl")
    assert "left out of the ranking" in one.detail.text("en")


def test_another_barrier_on_the_same_map_keeps_its_place(shop, changed):
    map_ = choosing(shop, "none")
    ours = Barrier("slow", Label(nl="Traag", en="Slow"), "cart", "time", "abandon")
    stopped = tuple(replace(n, ends=420) if n.id in {"product", "cart"} else n for n in nodes(140)["nodes"])
    results = changed(paths={"nodes": stopped})
    both = all_findings(replace(map_, barriers=(DOUBT, ours)), results, rules=(barrier,))
    assert [one.place.id for one in both] == ["slow", "size"]
    assert [one.place.id for one in headlines(both)] == ["slow"]
