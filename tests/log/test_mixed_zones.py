"""Times of which some name a zone and others do not are read each as they say, and told of."""

import pytest

from klantreis.log.model import Roles

ROLES = Roles(person="who", at="at", event="what")
MIXED = "who,at,what\na,2026-07-01 10:00:00,x\nb,2026-07-01T10:00:00+02:00,x\nc,2026-07-01T08:00:00Z,x\n"


def found(desk, rows: str, zone: str = "Europe/Amsterdam"):
    return desk.checked(desk.write("a.csv", rows), ROLES, time_zone=zone)


def test_some_times_with_a_zone_and_some_without_are_told_with_how_they_were_read(desk) -> None:
    rows = found(desk, MIXED)
    assert len({at for (at,) in desk.select(rows, '"at"')}) == 1
    (said,) = rows.findings
    assert (said.rule, said.level, said.evidence[0].n) == ("mixed-zones", "warning", 3)
    assert said.title.text("en") == "Column 'at': 2 of the first 3 times name a time zone, the others do not"
    assert "Europe/Amsterdam" in said.detail.text("nl")


@pytest.mark.parametrize("times", [("2026-07-01T10:00Z", "2026-07-01T10:00+02"), ("2026-07-01 10:00", "2026-07-01")])
def test_times_of_one_kind_are_not_remarked(desk, times: tuple[str, ...]) -> None:
    rows = "".join(f"a,{time},x\n" for time in times)
    assert found(desk, f"who,at,what\n{rows}").findings == ()
