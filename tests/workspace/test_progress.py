"""Progress is honest: a source weighs what its bytes do, and what is told never goes back."""

from __future__ import annotations

import time
from dataclasses import replace
from types import SimpleNamespace

import pytest

from klantreis.journeys.store import Store
from klantreis.log.model import Roles, Source
from klantreis.workspace import open_workspace, progress
from klantreis.workspace.load import load


def source(folder, name, rows):
    lines = "".join(f"u{row},2026-01-01,seen {row}\n" for row in range(rows))
    (folder / f"{name}.csv").write_text("person,at,event\n" + lines, encoding="utf-8")
    return Source(name=name, path=f"{name}.csv", folder=folder, roles=Roles(person="person", at="at", event="event"))


def test_a_source_weighs_what_its_bytes_do_and_nothing_goes_back(tmp_path):
    told = []
    sources = [source(tmp_path, "large", 900), source(tmp_path, "small", 100)]
    load(Store(tmp_path / "store"), sources, tell=lambda done, all_, word: told.append((done / all_, word)))
    shares = [share for share, _ in told]
    began = next(share for share, word in told if word == "small")
    assert began == pytest.approx(0.9, abs=0.02)
    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_a_source_without_bytes_here_is_taken_for_the_mean(tmp_path):
    one = source(tmp_path, "here", 50)
    gone = replace(one, path="s3://bucket/rows.csv")
    told = []
    sizes = progress.sizes_of([one, gone], lambda done, all_, word: told.append(done / all_))
    sizes.of(1, "gone").come(50, 100)
    assert told == pytest.approx([0.5, 0.625])


def test_the_engine_is_asked_while_it_works(monkeypatch):
    monkeypatch.setattr(progress, "OFTEN", 0.01)
    told = []
    one = progress.Told(lambda done, all_, word: told.append(done / all_), "web", 0, 10, 10)
    shares = iter([0.5, 0.2, 0.9])
    engine = SimpleNamespace(progress=lambda: next(shares, 0.0))
    with progress.watched(engine, one, (0.2, 1.0)):
        time.sleep(0.2)
    assert told[:2] == pytest.approx([0.2, 0.2 + 0.8 * 0.95 * 0.5])
    assert told == sorted(told)
    assert told[-1] == 1


def test_writing_reports_is_told_of_each(tmp_path):
    (tmp_path / "klantreis.yaml").write_text("name: shop\n", encoding="utf-8")
    (tmp_path / "maps").mkdir()
    for id_ in "ab":
        text = f"klantreis: 1\nid: {id_}\ntitle: X\nphases: {{all: {{look: {{match: look}}}}}}\n"
        (tmp_path / "maps" / f"{id_}.reis.yaml").write_text(text, encoding="utf-8")
    told = []
    open_workspace(tmp_path).report(tell=lambda *words: told.append(words))
    assert told == [(0, 2, "writing"), (1, 2, "writing")]
