"""Row B4: a map is complete when every phase has a KPI with a target."""

from __future__ import annotations

from klantreis.map.aims import judged, without_target
from klantreis.map.read import map_of

HEAD = "klantreis: 1\nid: ring\ntitle: Een ring\ntemplate: funnel-3\nphases: {beslissing: {kassa: {do: Ik betaal}}}\n"
SEEN = "gezien: {phase: orientatie, metric: people, target: '>= 9'}"
AIMED = f"kpis: {{{SEEN}, betaald: {{at: kassa, metric: people, target: '>= 1'}}"


def left(kpis: str) -> list[str]:
    return [phase.id for phase in without_target(map_of(HEAD + kpis))]


def test_a_map_without_kpis_lacks_a_target_in_every_phase() -> None:
    assert left("") == ["orientatie", "overweging", "beslissing"]


def test_a_kpi_counts_for_the_phase_it_names_or_that_of_its_place_and_only_with_a_target() -> None:
    assert left(f"{AIMED}, gewogen: {{phase: overweging, metric: people}}}}\n") == ["overweging"]
    assert list(judged(map_of(HEAD + AIMED + "}\n"))) == ["orientatie", "beslissing"]


def test_a_target_in_every_phase_makes_a_map_complete() -> None:
    assert left(f"{AIMED}, gewogen: {{phase: overweging, metric: people, target: '>= 5'}}}}\n") == []
