import pytest

from klantreis.errors import SourceError
from klantreis.log.model import Roles

NONE = Roles(person="")
LOG = """<?xml version="1.0"?>
<log xmlns="http://www.xes-standard.org/">
  <global scope="event"><string key="concept:name" value="never"/></global>
  <trace>
    <string key="concept:name" value="case 1"/>
    <event>
      <string key="concept:name" value="ask &amp; tell"/>
      <date key="time:timestamp" value="2026-01-01T10:00:00.250+01:00"/>
      <list key="who"><values><string key="concept:name" value="inner"/></values></list>
    </event>
    <event>
      <string key="concept:name" value="pay"/>
      <date key="time:timestamp" value="2026-01-02T10:00:00Z"/>
      <float key="costs" value="1.5"><string key="unit" value="EUR"/></float>
    </event>
    <string key="city" value="Oss"/>
  </trace>
  <trace><event><string key="concept:name" value="lost"/></event></trace>
</log>
"""


def test_an_event_log_says_itself_what_is_what(desk) -> None:
    rows = desk.checked(desk.write("a.xes.gz", LOG), NONE)
    assert rows.properties == ("case:city", "costs")
    assert desk.select(rows, 'person, event, "at", "p.costs", "p.case:city", reason') == [
        ("case 1", "ask & tell", 1767258000250000, None, "Oss", None),
        ("case 1", "pay", 1767348000000000, "1.5", "Oss", None),
        (None, "lost", None, None, None, "no_person"),
    ]
    assert rows.lines(str(desk.folder / "a.xes.gz"), [1, 2, 3]) == {1: 6, 2: 11, 3: 18}


def test_roles_that_are_given_go_before_those_of_the_log(desk) -> None:
    rows = desk.checked(desk.write("a.xes", LOG), Roles(person="case:city", value="costs"))
    assert desk.select(rows, "person, value::DOUBLE", "WHERE reason IS NULL ORDER BY sequence") == [
        ("Oss", None),
        ("Oss", 1.5),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (LOG[:600], "cut short"),
        (LOG.replace("</event>", "</evnt>", 1), "not good XML|cut short"),
        ("<html><event/></html>", "not an XES log"),
        ("<log></log>", "no event"),
        ('<!DOCTYPE log [<!ENTITY a "b">]><log><trace><event/></trace></log>', "entities"),
        ("who,when\n", "not good XML|cut short"),
    ],
)
def test_what_is_no_event_log_is_refused(desk, text: str, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        desk.checked(desk.write("a.xes", text), NONE)
