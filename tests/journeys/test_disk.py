"""What is written is on the disk itself before anything names it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from klantreis.journeys import disk
from klantreis.journeys.manifest import read_manifest
from stored import MAP, log


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Path]]:
    """What was settled and what was put in place, in that order; a file may have another name later."""
    told: list[tuple[str, Path]] = []
    replace = Path.replace

    def settled(handle: int) -> None:
        told.append(("settled", Path(f"/proc/self/fd/{handle}").readlink()))

    def put(self: Path, other: Path) -> Path:
        told.append(("put", Path(other)))
        return replace(self, other)

    monkeypatch.setattr(os, "fsync", settled)
    monkeypatch.setattr(Path, "replace", put)
    return told


pytestmark = pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="NOT RUN: no /proc tells what is settled")


def test_a_text_is_settled_before_it_is_put_in_place_and_its_folder_after(done, tmp_path):
    path = tmp_path / "manifest.json"
    disk.replace_json(path, {"one": 1})
    (first, fresh), second, third = done
    assert (first, fresh.parent, fresh.suffix) == ("settled", tmp_path, ".new")
    assert (second, third) == (("put", path), ("settled", tmp_path))
    assert json.loads(path.read_text("utf-8")) == {"one": 1}


def test_all_that_a_manifest_names_is_settled_before_it(done, engine, store, rows, source):
    later = [{"person": "u1", "at": 5000, "event": "paid"}]
    for write in (
        lambda: store.append(engine, rows(log()), source()),
        lambda: store.place(engine, MAP),
        lambda: store.append(engine, rows(later), source()),
        lambda: store.place(engine, MAP),
        lambda: store.tidy(engine),
        lambda: store.forget(engine, "u2"),
    ):
        write()
        last = max(at for at, step in enumerate(done) if step == ("put", store.folder / "manifest.json"))
        before = {path for what, path in done[:last] if what == "settled"}
        named = {store.folder / file.path for file in read_manifest(store.folder).files()}
        assert named
        assert named | {path.parent for path in named} <= before
