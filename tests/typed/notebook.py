"""What an analyst writes in a notebook; the type checker reads it, and a test runs it in a folder with the demo."""

from typing import Any, assert_type

import klantreis
from klantreis.analyses.funnel import Funnel
from klantreis.analyses.kpis import Kpis
from klantreis.analyses.paths import Paths
from klantreis.analyses.result import Result
from klantreis.analyses.retention import Retention
from klantreis.analyses.steps import StepMatrix
from klantreis.verbs.picture import Picture
from klantreis.workspace import Workspace

journeys = klantreis.read("web.csv", person="user_id", at="timestamp", event="event")
assert_type(journeys, klantreis.Journeys)

funnel = klantreis.funnel(journeys, "view,cart,buy", within="7d", order="ordered")
assert_type(funnel, Funnel)
assert_type(funnel.steps[0].share.low, float | None)
assert_type(klantreis.paths(journeys, top=3), Paths)
assert_type(klantreis.retention(journeys, start="view", unit="day"), Retention)
assert_type(klantreis.steps(journeys, forward=2), StepMatrix)
assert_type(klantreis.picture(funnel, language="en"), Picture)
assert_type(funnel.recipe, dict[str, Any] | None)

again = klantreis.again(funnel.recipe or {}, journeys)
assert_type(again, Result)
assert again.to_dict() == funnel.to_dict()

shop = klantreis.open_workspace()
assert_type(shop, Workspace)
ring = shop.map("ring-kopen")
part = shop.slice(ring, segment="nieuw", since="2026-05-01")
assert_type(klantreis.kpis(ring, part), Kpis)
for finding in shop.reports("ring-kopen")[0].findings[:1]:
    assert_type(finding, klantreis.Finding)
