"""The closed list of KPI metrics, and that the measuring side knows the same list."""

from __future__ import annotations

from klantreis.analyses.kpi_asked import FAMILIES
from klantreis.map.metrics import METRICS


def test_every_metric_has_a_name_in_both_languages() -> None:
    assert all(metric.key == key and metric.label.nl and metric.label.en for key, metric in METRICS.items())


def test_what_a_map_may_ask_is_what_can_be_measured() -> None:
    assert set(METRICS) == set(FAMILIES)


def test_a_target_in_minutes_is_sixty_seconds_a_minute() -> None:
    assert (METRICS["median_minutes"].scale, METRICS["p90_weeks"].scale) == (60, 604_800)
