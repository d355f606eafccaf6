"""Drift and compare on the command line: the published shapes, words in both languages, and mistakes told."""

import json

import pytest

COLUMNS = ["--person", "who", "--at", "at", "--event", "event", "--channel", "by"]
ROWS = "who,at,event,by\n" + "".join(
    f"p{day}-{n},2026-{3 + day // 28:02d}-{1 + day % 28:02d} 10:{n:02d},{event},{'web' if n % 3 else 'shop'}\n"
    for day in range(84)
    for n in range(30)
    for event in ("look", "buy")[: 1 + (n % 3 == 0)]
)


@pytest.fixture
def events(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "events.csv").write_text(ROWS, "utf-8")
    return tmp_path / "events.csv"


def test_drift_of_a_file_is_of_the_published_shape(ask, events, validated):
    answer = ask("drift", events, *COLUMNS, "--goal", "buy", "--path", "look, buy", "--within", "1d", "--json")
    assert (answer.code, answer.err) == (0, "")
    found = json.loads(answer.out)
    assert validated("drift", found)
    assert {one["kind"] for one in found["series"]} == {"fit", "kpi"}
    assert not any(one["alarm"] for one in found["series"])


@pytest.mark.parametrize(("language", "said"), [("nl", "Geen alarm"), ("en", "No alarm")])
def test_drift_reads_in_both_languages(language, said, ask, events):
    answer = ask("drift", events, *COLUMNS, "--goal", "buy", "--within", "1d", "--language", language)
    assert answer.code == 0
    assert said in answer.out
    drawn = ask("drift", events, *COLUMNS, "--goal", "buy", "--svg", "d.svg", "--language", language)
    assert drawn.code == 0
    assert (events.parent / "d.svg").read_text("utf-8").startswith("<svg")


def test_an_unknown_goal_is_warned_of_with_the_nearest(ask, events):
    answer = ask("drift", events, *COLUMNS, "--goal", "bui", "--language", "en")
    assert "buy" in answer.err


def test_compare_needs_a_workspace(ask, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    answer = ask("compare", "--segment", "nieuw", "--language", "en")
    assert answer.code != 0
    assert "no workspace" in answer.err
