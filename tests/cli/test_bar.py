"""The bar of long work: when it appears, what it says, and how long a stage still takes."""

from __future__ import annotations

import time

import numpy as np
import pytest

from klantreis import kernels
from klantreis.cli import speak


def test_a_bar_appears_when_a_call_takes_long(monkeypatch, capsys):
    monkeypatch.setattr(speak, "PATIENCE", 0.01)
    monkeypatch.setattr(speak, "err", speak.Console(stderr=True, force_terminal=True, width=80))
    with speak.progress("reading") as tell:
        time.sleep(0.3)
        tell(1, 2, "and counting")
    assert "Reading" in capsys.readouterr().err


def test_the_bar_says_that_kernels_are_prepared_while_they_are(monkeypatch, capsys):
    monkeypatch.setattr(speak, "PATIENCE", 0.01)
    monkeypatch.setattr(speak, "err", speak.Console(stderr=True, force_terminal=True, width=80))
    monkeypatch.setattr(kernels, "compiled", lambda function: lambda *args: time.sleep(0.3))
    monkeypatch.setenv("KLANTREIS_LANGUAGE", "nl")
    with speak.progress("reading") as tell:
        tell(1, 2, "and counting")
        kernels.kernel(lambda values: None)(np.zeros(kernels.PRICE))
        while_preparing = capsys.readouterr().err
        time.sleep(0.3)
        after = capsys.readouterr().err
    assert "Rekenkernen voorbereiden (eenmalig)…" in while_preparing
    assert "Lezen · and counting" in after


def test_the_bar_speaks_the_language_that_was_asked_and_names_measures_in_words(monkeypatch, capsys):
    monkeypatch.setattr(speak, "PATIENCE", 0.01)
    monkeypatch.setattr(speak, "err", speak.Console(stderr=True, force_terminal=True, width=80))
    monkeypatch.setenv("KLANTREIS_LANGUAGE", "en")
    monkeypatch.setattr(speak.sys, "argv", ["klantreis", "measure", "--language", "nl"])
    with speak.progress("measure") as tell:
        time.sleep(0.1)
        tell(1, 2, "channel_mix")
    assert "Meten · kanalen" in capsys.readouterr().err


@pytest.fixture
def clock(monkeypatch):
    """The time that a bar of progress reads, on a terminal that shows it at once; a test moves it."""
    monkeypatch.setattr(speak, "PATIENCE", 0.01)
    monkeypatch.setattr(speak, "err", speak.Console(stderr=True, force_terminal=True, width=100))
    now = [100.0]
    monkeypatch.setattr(speak.time, "monotonic", lambda: now[0])
    return now


def test_the_bar_says_how_long_a_stage_still_takes(clock, capsys):
    with speak.progress("load") as tell:
        tell(0, 10, "web")
        clock[0] += 30
        tell(2, 10, "web")
        time.sleep(0.3)
        assert "about 2:00 left" in capsys.readouterr().err
        tell(0, 3, "ring-kopen")
        time.sleep(0.3)
        assert "left" not in capsys.readouterr().err.split("ring-kopen")[-1]
        clock[0] += 30
        tell(1, 3, "ring-kopen")
        time.sleep(0.3)
        assert "about 1:00 left" in capsys.readouterr().err


def test_how_long_a_cluster_took_to_begin_is_no_measure_of_the_work(clock, capsys):
    with speak.progress("load") as tell:
        tell(0, 10, "web")
        clock[0] += 60
        tell(0, 10, "web (Spark)")
        clock[0] += 30
        tell(2, 10, "web (Spark)")
        time.sleep(0.3)
        assert "about 2:00 left" in capsys.readouterr().err


def test_a_measure_counts_from_the_first_look_at_the_cluster_on(clock, capsys):
    with speak.progress("measure") as tell:
        tell(0, 10, "funnel")
        clock[0] += 60
        tell(0, 10, "funnel")
        for _ in range(2):  # further looks at which nothing is done yet are part of the work
            clock[0] += 15
            tell(0, 10, "funnel")
        tell(2, 10, "funnel")
        time.sleep(0.3)
        assert "about 2:00 left" in capsys.readouterr().err


def test_what_reading_the_program_took_counts_as_silence(monkeypatch, capsys):
    monkeypatch.setattr(speak, "PATIENCE", 0.6)
    monkeypatch.setattr(speak, "err", speak.Console(stderr=True, force_terminal=True, width=80))
    monkeypatch.setattr(speak.time, "process_time", lambda: 0.5)
    with speak.progress("reading"):
        time.sleep(0.4)
    assert "Reading" in capsys.readouterr().err


def test_no_bar_appears_when_a_call_is_quick(monkeypatch, capsys):
    monkeypatch.setattr(speak, "err", speak.Console(stderr=True, force_terminal=True, width=80))
    with speak.progress("reading"):
        pass
    assert capsys.readouterr().err == ""
