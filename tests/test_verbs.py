"""The face in Python: files, data frames and journeys give the same answers, and answers show themselves."""

from __future__ import annotations

import pandas
import polars
import pyarrow
import pytest

import klantreis
from klantreis.errors import OptionError, SourceError

COLUMNS = {"person": "who", "at": "when", "event": "what"}
ROWS = {
    "who": ["u", "u", "v", "NA", "u"],
    "when": ["2026-01-01T10:00:00Z", "2026-01-02T10:00:00Z", "2026-01-01T11:00:00Z", "2026-01-01T12:00:00Z", "soon"],
    "what": ["view", "buy", "view", "view", "view"],
}
FRAMES = {"pandas": pandas.DataFrame, "polars": polars.DataFrame, "arrow": pyarrow.table}


def asked(data):
    """The answers of all four verbs."""
    return [
        klantreis.funnel(data, "view,buy", **COLUMNS).to_dict(),
        klantreis.paths(data, **COLUMNS).to_dict(),
        klantreis.fit(data, "view, buy", **COLUMNS).to_dict(),
        klantreis.times(data, **COLUMNS).to_dict(),
    ]


@pytest.fixture
def file(tmp_path):
    pandas.DataFrame(ROWS).to_csv(tmp_path / "web.csv", index=False)
    return tmp_path / "web.csv"


def test_a_path_may_be_a_list_of_events_as_the_steps_of_a_funnel(file):
    one, other = (klantreis.fit(file, path, **COLUMNS) for path in (["view", ["buy", "pay"]], "view, buy|pay"))
    assert one.to_dict() == other.to_dict()
    assert one.conforming == 1


@pytest.mark.parametrize("kind", FRAMES)
def test_a_data_frame_gives_what_a_file_with_its_rows_gives(kind, file):
    assert asked(FRAMES[kind](ROWS)) == asked(file)
    counts = klantreis.read(FRAMES[kind](ROWS), **COLUMNS).counts
    assert (counts["read"], counts["rejected"]) == (5, 1)


def test_a_frame_with_moments_gives_the_same_as_one_with_texts():
    rows = pandas.DataFrame(ROWS).iloc[:4]
    assert asked(rows.assign(when=pandas.to_datetime(rows.when))) == asked(rows)


def test_a_frame_without_the_column_gives_the_nearest():
    with pytest.raises(SourceError, match="Did you mean 'who'"):
        klantreis.paths(pandas.DataFrame(ROWS), person="whoo", at="when", event="what")


def test_something_else_than_a_frame_is_told():
    with pytest.raises(OptionError, match="list") as caught:
        klantreis.paths([1, 2], **COLUMNS)
    assert "data frame" in caught.value.mend


def test_journeys_that_were_read_before_need_no_columns(file):
    journeys = klantreis.read(file, **COLUMNS)
    assert klantreis.paths(journeys).to_dict() == klantreis.paths(file, **COLUMNS).to_dict()
    with pytest.raises(OptionError, match="already read"):
        klantreis.paths(journeys, person="who")


def test_an_option_that_a_question_does_not_have_is_no_column_either(file):
    journeys = klantreis.read(file, **COLUMNS)
    for data in (journeys, file):
        with pytest.raises(OptionError, match="no option 'goal'"):
            klantreis.drivers(data, goal="buy")
    with pytest.raises(OptionError, match="Did you mean 'person'"):
        klantreis.paths(file, persn="who", at="when", event="what")


@pytest.mark.parametrize("verb", ["funnel", "paths", "fit", "times"])
def test_each_answer_is_a_frame_of_every_kind_and_a_table_in_a_notebook(verb, file):
    more = {"funnel": ["view,buy"], "fit": ["buy, view"]}.get(verb, [])
    result = getattr(klantreis, verb)(file, *more, **COLUMNS)
    rows = result.rows()
    assert rows
    assert result.to_frame().columns.tolist() == list(rows[0])
    assert result.to_frame("polars").columns == list(rows[0])
    assert result.to_frame("arrow").column_names == list(rows[0])
    assert len(result.to_frame()) == len(result.to_frame("polars")) == result.to_frame("arrow").num_rows == len(rows)
    shown = result._repr_html_()
    assert shown.count("<tr>") == 1 + min(50, len(rows))
    assert "<th scope='col'>" in shown


def test_an_empty_file_has_no_first_and_no_last_event(tmp_path):
    (tmp_path / "empty.csv").write_text("who,when,what\n")
    about = klantreis.paths(tmp_path / "empty.csv", **COLUMNS).to_dict()["about"]
    assert (about["first_event"], about["last_event"]) == (None, None)


@pytest.mark.parametrize("steps", [[], ()])
def test_a_funnel_of_no_steps_is_refused_with_an_example(file, steps):
    with pytest.raises(OptionError, match="A funnel needs steps") as refused:
        klantreis.funnel(file, steps, **COLUMNS)
    assert "a,b,c" in refused.value.mend


@pytest.mark.parametrize(
    ("ask", "mend"),
    [
        (lambda log: klantreis.funnel(log, "view,buy", entry="frist"), "Did you mean 'first'?"),
        (lambda log: klantreis.funnel(log, "view,buy", order="orderd"), "Did you mean 'ordered'?"),
        (lambda log: klantreis.funnel(log, "view,buy", ties="fil"), "Did you mean 'file'?"),
        (lambda log: klantreis.attribution(log, "buy", by="chanel"), "Did you mean 'channel'?"),
        (lambda log: klantreis.attribution(log, "buy", by="event", per="jouney"), "Did you mean 'journey'?"),
        (lambda log: klantreis.times(log).to_frame("polar"), "Did you mean 'polars'?"),
        (lambda log: klantreis.paths(log, top=0), "Give 1 or more."),
        (lambda log: klantreis.again(None, log), "Give result.recipe, or the dictionary of the whole result."),
    ],
)
def test_a_word_that_is_none_of_the_few_is_never_passed_over(ask, mend, file):
    with pytest.raises(OptionError) as error:
        ask(klantreis.read(file, **COLUMNS))
    assert error.value.mend == mend


def test_what_is_no_frame_or_holds_what_cannot_be_read_is_told():
    with pytest.raises(OptionError, match="A NoneType cannot be read as rows of columns"):
        klantreis.times(None, **COLUMNS)
    rows = pandas.DataFrame(ROWS).iloc[:4]
    with pytest.raises(OptionError, match=r"A column of type period\[D\] cannot be read"):
        klantreis.times(rows.assign(when=pandas.period_range("2026-01-01", periods=4)), **COLUMNS)
