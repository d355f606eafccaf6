"""How a time is written, seen on one of them, so that advice about it can be followed."""

from __future__ import annotations

import duckdb
import pytest

from klantreis.log.forms import USUAL, form, forms

TIMES = [
    ("03/04/2026", "%d/%m/%Y"),
    ("3-4-2026", "%d-%m-%Y"),
    ("03.04.2026 9:05", "%d.%m.%Y %H:%M"),
    ("03-04-2026T09:05:01", "%d-%m-%YT%H:%M:%S"),
    ("03-04-2026 09:05:01.250", "%d-%m-%Y %H:%M:%S.%f"),
    ("3/4/2026 9:05 PM", "%d/%m/%Y %I:%M %p"),
    ("3/4/2026 9:05:01am", "%d/%m/%Y %I:%M:%S%p"),
]


@pytest.mark.parametrize(("text", "written"), TIMES)
def test_a_time_is_read_by_the_form_that_is_seen_in_it(text, written):
    assert form(text) == written
    for one in forms(text):
        ((moment,),) = duckdb.sql(f"SELECT try_strptime('{text}', '{one}')").fetchall()
        assert moment is not None, one


def test_a_second_number_that_is_no_month_puts_the_month_in_front():
    assert (form("04/20/2026"), form("20/04/2026")) == ("%m/%d/%Y", "%d/%m/%Y")


@pytest.mark.parametrize("text", ["", "20 april 2026", "2026-04-20", "1-2-2026 of zo", "1-2/2026"])
def test_what_is_not_seen_gives_the_usual_example(text):
    assert (forms(text), form(text)) == (USUAL, USUAL[0])
