"""From a finding to the one journey behind it: the command that is printed can be typed."""

import re

import pytest


@pytest.fixture
def command(made, ask, monkeypatch):
    """The first command that `find` prints for a journey."""
    monkeypatch.chdir(made)
    told = ask("find", "--map", "ring-kopen", "--language", "nl").out
    found = re.search(r"klantreis (draw --map ring-kopen --journey p[0-9a-f]{8}-\d+)$", told, re.MULTILINE)
    assert found
    return found[1].split()


@pytest.mark.parametrize("view", ["map", "compact", "print", "time"])
def test_the_command_of_a_finding_draws_the_journey_with_its_times(command, ask, tmp_path, view):
    out = tmp_path / "one.svg"
    answer = ask(*command, "--view", view, "--out", str(out), "--language", "en")
    assert answer.code == 0, answer.err
    drawn = out.read_text("utf-8")
    assert command[-1] in drawn
    assert "One journey" in drawn
    assert command[-1] in answer.out
    assert re.search(r"^ *1 .*2026 \d\d:\d\d +start$", answer.out, re.MULTILINE)


@pytest.mark.parametrize("more", [["--view", "matrix"], ["--view", "strengths"], ["--all"]])
def test_a_journey_fits_one_measured_map_only(command, ask, more):
    answer = ask(*command, *more)
    assert answer.code != 0
    assert "één gemeten kaart" in answer.err


def test_a_journey_is_not_drawn_on_a_file(made, ask, monkeypatch):
    monkeypatch.chdir(made)
    assert ask("draw", "maps/ring-kopen.reis.yaml", "--journey", "p3f9c2a1b-2").code != 0


def test_an_unknown_journey_says_where_names_are_found(made, ask, monkeypatch):
    monkeypatch.chdir(made)
    answer = ask("draw", "--map", "ring-kopen", "--journey", "p00000000-1")
    assert answer.code != 0
    assert "klantreis find" in answer.err
