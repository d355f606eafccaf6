"""Barriers at a step: added, put in other words, weighed anew and deleted, wherever they are written."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest

from klantreis.documents.read import read_text
from klantreis.editor.acts import done
from klantreis.editor.change import Change
from klantreis.errors import OptionError
from klantreis.map.read import map_of

IKEA = read_text(Path(__file__).resolve().parents[2] / "examples/maps/ikea-stoel.reis.yaml")
SMALL = """klantreis: 1
id: klein
title: Klein
phases:
  kopen:
    label: Kopen
    betalen:
      do: Ik betaal
      barrier:
        - {kind: time, severity: abandon}   # de rij
        - {kind: time, text: Nog een rij}
    weg: {do: Ik ga, barrier: {label: De deur}}
barriers:
  pas: {at: betalen, label: Geen pas}
opportunities:
  scan: {solves: betalen_time_2}
"""


def did(text: str, act: str, step: str = "betalen", **given: str) -> tuple[str, str]:
    new, what, _ = done(text, Change(step, given, act), "nl")
    map_of(new)
    return new, what.text("nl")


def difference(before: str, after: str) -> list[str]:
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line for line in lines if line[0] in "+-"]


def test_a_new_barrier_stands_among_the_barriers_with_its_step() -> None:
    new, what = did(SMALL, "barrier", label="De pin doet het niet", severity="abandon")
    assert difference(SMALL, new) == [
        "+   de_pin_doet_het_niet:", "+     at: betalen", "+     label: De pin doet het niet",
        "+     severity: abandon",
    ]  # fmt: skip
    assert what == "Barrière bij 'Ik betaal': “De pin doet het niet” (haakt af)."
    new, _ = did(IKEA, "barrier", "kassa", label="De rij", severity="trivial")
    assert "\nbarriers:\n  de_rij:\n    at: kassa\n    label: {nl: De rij}\n    severity: trivial\n" in new
    assert map_of(did(SMALL, "barrier", label="Pas", severity="trivial")[0]).barriers[-1].id == "pas_2"


def test_a_barrier_is_changed_where_it_stands() -> None:
    assert difference(SMALL, did(SMALL, "weigh", barrier="betalen_time_2", label="Weer een rij")[0]) == [
        "-         - {kind: time, text: Nog een rij}", "+         - {kind: time, text: Weer een rij}",
    ]  # fmt: skip
    new, what = did(SMALL, "weigh", barrier="weg_other", severity="trivial")
    assert "weg: {do: Ik ga, barrier: {label: De deur, severity: trivial}}" in new
    assert what == "Ernst van De deur: klein."
    new, _ = did(SMALL, "weigh", barrier="pas", label="Pas kwijt", severity="abandon")
    assert "pas: {at: betalen, label: Pas kwijt, severity: abandon}" in new
    new, _ = did(IKEA, "weigh", "rondgang", barrier="rondgang_time", label="te druk")
    assert "text: {nl: te druk, en: long and crowded}" in new
    new, _ = did(SMALL, "weigh", barrier="betalen_time", label="Lang wachten")
    assert "- {kind: time, severity: abandon, label: Lang wachten}   # de rij" in new
    assert did(SMALL, "weigh", barrier="pas", label="Geen pas", severity="workaround") == (SMALL, "")


def test_a_barrier_that_goes_leaves_the_others_what_they_are_called() -> None:
    new, what = did(SMALL, "clear", barrier="betalen_time")
    assert [one.id for one in map_of(new).barriers] == ["betalen_time_2", "weg_other", "pas"]
    assert "        - {kind: time, text: Nog een rij, id: betalen_time_2}" in new
    assert what == "Barrière 'Het duurt te lang' is verwijderd."
    assert "weg: {do: Ik ga}" in did(SMALL, "clear", "weg", barrier="weg_other")[0]
    assert map_of(did(SMALL, "clear", barrier="pas")[0]).barriers[-1].id == "weg_other"


def test_what_cannot_be_done_is_told() -> None:
    with pytest.raises(OptionError, match="opportunities scan"):
        did(SMALL, "clear", barrier="betalen_time_2")
    for act, given in (
        ("barrier", {"label": " "}), ("barrier", {"label": "x", "severity": "erg"}), ("clear", {"barrier": "nee"}),
        ("weigh", {"barrier": "pas", "label": ""}), ("weigh", {"barrier": "pas", "severity": "erg"}),
    ):  # fmt: skip
        with pytest.raises(OptionError):
            did(SMALL, act, **given)
