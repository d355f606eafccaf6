"""Opinion on the command line: both shares, their difference in points with its sign, and what is said of too few."""

import json

import pytest

COLUMNS = ["--person", "who", "--at", "at", "--event", "event", "--score", "score"]
ASKED = ["--answers", "nps", "--scale", "0..10", "--orders", "order"]


@pytest.fixture
def bought(tmp_path, monkeypatch):
    """40 who scored 9 of whom 30 came back, 40 who scored 1 of whom 10 did."""
    monkeypatch.chdir(tmp_path)
    rows = ["who,at,event,score"]
    for n in range(80):
        rows += [f"p{n},2026-01-01 10:00,order,", f"p{n},2026-01-05 10:00,nps,{9 if n < 40 else 1}"]
        rows += [f"p{n},2026-02-01 10:00,order,"] if n < 30 or n >= 70 else []
    (tmp_path / "log.csv").write_text("\n".join(rows) + "\n", "utf-8")
    return tmp_path / "log.csv"


def test_the_difference_is_told_in_points_with_its_sign(ask, bought):
    told = ask("opinion", bought, *COLUMNS, *ASKED, "--language", "nl").out
    assert "75,0%" in told
    assert "25,0%" in told
    line = next(line for line in told.splitlines() if "verschil" in line)
    # statsmodels 0.15, confint_proportions_2indep(30, 40, 10, 40, method="newcomb")
    assert "+50 procentpunt (+29 tot +65)" in line
    assert "%" not in line


def test_a_low_score_can_be_the_good_one(ask, bought):
    told = json.loads(ask("opinion", bought, *COLUMNS, *ASKED, "--reverse", "--json").out)
    assert (told["content"]["value"], told["others"]["value"], told["verdict"]) == (0.25, 0.75, "weaker")


def test_who_answered_too_late_for_the_time_asked_is_left_out_and_counted(ask, bought):
    told = ask("opinion", bought, *COLUMNS, *ASKED, "--within", "40d", "--language", "en").out.split()
    assert "80 answers had not had the time yet." in " ".join(told)
    assert "(smaller group n = 0, need 25)" in " ".join(told)


def test_a_group_that_is_too_small_has_no_difference(ask, bought):
    told = ask("opinion", bought, *COLUMNS, *ASKED, "--least", "41", "--language", "nl").out.split()
    assert "(kleinste groep n = 40, nodig 41)" in " ".join(told)
    assert "verschil" not in told
