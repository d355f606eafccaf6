"""What a notebook without HTML, a REPL and `print` show of an answer."""

import pytest

import klantreis
from klantreis import demo
from klantreis.analyses.result import tabled
from klantreis.errors import OptionError
from klantreis.findings import Finding, Place
from klantreis.labels import Label

EVENTS = """who,at,what
a,2026-01-01 10:00,view
a,2026-01-01 10:05,cart
b,2026-01-02 10:00,view
"""


@pytest.fixture
def journeys(tmp_path):
    (tmp_path / "e.csv").write_text(EVENTS, "utf-8")
    return klantreis.read(tmp_path / "e.csv", person="who", at="at", event="what")


def test_journeys_are_printed_as_one_line_and_not_as_their_arrays(journeys):
    assert repr(journeys) == "Journeys: 2 journeys of 2 people, 3 events, 2026-01-01 to 2026-01-02"
    assert repr(journeys.buckets[0]) == "Bucket: 2 journeys, 3 touches"


def test_journeys_of_nothing_name_no_period(tmp_path):
    (tmp_path / "e.csv").write_text("who,at,what\n", "utf-8")
    empty = klantreis.read(tmp_path / "e.csv", person="who", at="at", event="what")
    assert repr(empty) == "Journeys: 0 journeys of 0 people, 0 events"


def test_a_result_is_printed_as_its_table(journeys):
    funnel = klantreis.funnel(journeys, "view,cart")
    shown = repr(funnel).splitlines()
    assert shown[0] == "Funnel, 2026-01-01 to 2026-01-02: 2 rows"
    assert shown[1].split()[:3] == ["step", "people", "mature"]
    assert [line.split()[:2] for line in shown[2:4]] == [["view", "2"], ["cart", "1"]]
    assert str(funnel) == repr(funnel)


def test_a_wide_or_long_table_is_cut_and_says_so(journeys):
    shown = repr(klantreis.funnel(journeys, ",".join(["view"] + ["cart"] * 14))).splitlines()
    assert max(map(len, shown)) <= 120
    assert shown[-1].startswith("… 5 more rows and ")
    assert shown[-1].endswith(" more columns: to_frame() has all")


def test_a_long_table_in_a_notebook_says_how_long_it_is():
    rows = [{"step": step} for step in range(1, 1052)]
    assert tabled(rows).endswith("<td>50</td></tr></tbody></table><p>50 of 1,051 rows: to_frame() has all.</p>")
    assert tabled(rows[:50]).endswith("<td>50</td></tr></tbody></table>")


@pytest.mark.parametrize("kind", ["pandas", "polars", "arrow"])
def test_the_plan_of_a_test_is_a_frame_and_a_table_as_any_answer_is(kind):
    plan = klantreis.power(0.05, per_day=400)
    frame = plan.to_frame(kind)
    assert list(getattr(frame, "column_names", None) or frame.columns) == ["lift", "people", "days"]
    assert frame.shape == (5, 3)
    shown = repr(plan).splitlines()
    assert shown[0] == "Plan: 62,435 people, 157 days for a lift of 10% on 0.05"
    assert shown[1].split() == ["lift", "people", "days"]
    assert plan._repr_html_().startswith("<p>62,435 people, 157 days for a lift of 10% on 0.05</p><table>")
    assert "<td>62435</td>" in plan._repr_html_()
    with pytest.raises(OptionError, match="Did you mean 'polars'"):
        plan.to_frame("polar")


@pytest.mark.filterwarnings("ignore:No event")
def test_an_answer_of_nothing_says_so(journeys):
    nothing = klantreis.sankey(journeys, "somewhere else")
    assert repr(nothing).splitlines()[1:] == ["Nothing measured."]


def test_numbers_are_short(journeys):
    assert "0.09453" in repr(klantreis.funnel(journeys, "view,cart"))


def test_large_numbers_are_written_out_in_text_and_in_html(tmp_path):
    (tmp_path / "e.csv").write_text("who,at,what\na,2026-01-01,view\na,2026-01-07 01:33:20,cart\n", "utf-8")
    times = klantreis.times(tmp_path / "e.csv", person="who", at="at", event="what")
    assert "524000" in repr(times)
    assert "524000" in tabled(times.rows())
    assert "e+05" not in repr(times) + tabled(times.rows())


def test_a_map_a_report_and_all_that_was_measured_are_one_line_each(tmp_path):
    shop = demo.make(tmp_path / "shop", journeys=1000)
    shop.load()
    (report,) = shop.reports("retour")
    assert repr(report.map) == f"JourneyMap 'retour': {report.map.title.text('en')!r}, 6 phases, 3 touchpoints"
    assert repr(report) == f"Report of 'retour': {len(report.findings)} findings, made {report.made:%Y-%m-%d}"
    assert repr(report.results).startswith(f"Results of 'retour': {report.results.paths.journeys} journeys of ")
    assert "\n" not in repr(report.results)
    assert repr(shop) == f"Workspace {shop.settings.name!r} in {shop.folder}"


def test_a_finding_is_one_line():
    found = Finding("barrier", "warning", Place("ring", "doubt"), Label("Twijfel", "Doubt"), Label("Lang.", "Long."))
    assert repr((found,)) == "(Finding 'barrier/ring/doubt', warning: 'Doubt',)"


@pytest.mark.parametrize(("said", "title"), [("nl", "Trechter"), ("en", "Funnel")])
def test_a_picture_speaks_the_language_of_the_environment_when_nobody_says_which(journeys, said, title, monkeypatch):
    monkeypatch.setenv("KLANTREIS_LANGUAGE", said)
    funnel = klantreis.funnel(journeys, "view,cart")
    assert repr(klantreis.picture(funnel)).startswith(f"Picture: {title}, ")
    assert klantreis.picture(funnel, language="nl").scene.title == "Trechter"
    assert f'lang="{said}"' in funnel._repr_html_()
