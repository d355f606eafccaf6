"""People over devices in a bare file: as said or linked, with coverage, and beside each other."""

import pytest

from klantreis import paths, read
from klantreis.errors import OptionError

ROWS = """user,dev,t,ev
,d1,2026-01-01T10:00:00Z,look
u1,d1,2026-01-02T10:00:00Z,buy
u2,d2,2026-01-02T10:00:00Z,buy
,d3,2026-01-03T10:00:00Z,look
,d2,2026-01-03T10:00:00Z,look
"""
COLUMNS = {"person": "user", "at": "t", "event": "ev", "device": "dev"}


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "visits.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def test_rows_without_a_person_are_of_their_device_unless_linked(file):
    apart = read(file, **COLUMNS)
    assert (apart.people, apart.counts["stored"]) == (5, 5)
    seen = apart.about.identity
    assert (seen.person, seen.by_device, seen.anonymous, seen.events) == (2, 0, 3, 5)


def test_linked_a_visit_goes_to_who_next_logs_in_there(file):
    linked = read(file, **COLUMNS, stitch=True)
    assert linked.people == 4  # the look on d1 is of u1; on d2 nobody logs in afterwards
    assert ("look", "buy") in {one.path for one in paths(linked).variants}
    assert ("look", "buy") not in {one.path for one in paths(read(file, **COLUMNS)).variants}
    seen = linked.about.identity
    assert (seen.person, seen.by_device, seen.anonymous, seen.share) == (2, 1, 2, pytest.approx(3 / 5))


def test_beyond_thirty_days_nothing_is_linked(tmp_path):
    path = tmp_path / "late.csv"
    path.write_text("user,dev,t,ev\n,d1,2026-01-01T10:00:00Z,look\nu1,d1,2026-01-31T10:00:01Z,buy\n", encoding="utf-8")
    assert read(path, **COLUMNS, stitch=True).people == 2


def test_a_row_with_neither_is_refused_and_counted(tmp_path):
    path = tmp_path / "nobody.csv"
    path.write_text(ROWS + ",,2026-01-05T10:00:00Z,look\nnull,unknown,2026-01-05T10:00:00Z,look\n", encoding="utf-8")
    found = read(path, **COLUMNS)
    counts = found.counts
    assert counts["read"] == counts["stored"] + counts["rejected"] == 7
    assert counts["rejected"] >= 1
    assert found.about.identity.person == 2


def test_without_a_device_everything_is_as_it_was_and_linking_is_refused(file):
    assert read(file, person="user", at="t", event="ev").about.identity is None
    with pytest.raises(OptionError, match="no column is the device"):
        read(file, person="user", at="t", event="ev", stitch=True)
