"""One writer at a time, on every system."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from klantreis.errors import StoreError
from klantreis.journeys import disk
from klantreis.journeys.lock import writing

WINDOWS = """
import fcntl, sys, types
from pathlib import Path

def locking(handle, how, size):
    fcntl.lockf(handle, how, size, 0, 1)  # from where the file stands, as Windows does it

lock = types.ModuleType("msvcrt")
lock.locking, lock.LK_NBLCK, lock.LK_UNLCK = locking, fcntl.LOCK_EX | fcntl.LOCK_NB, fcntl.LOCK_UN
sys.modules["msvcrt"], sys.platform = lock, "win32"

from klantreis.journeys.lock import writing

with writing(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""


def held(how: str, folder: Path) -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [sys.executable, "-c", how, str(folder)], stdin=pipe, stdout=pipe, stderr=pipe, text=True, bufsize=0
    )


@pytest.mark.skipif(os.name == "nt", reason="NOT RUN: here Windows itself is what the other tests run on")
def test_windows_locks_past_what_is_written_so_that_the_owner_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "lock").write_text("7", "ascii")  # of an earlier run, with a shorter number
    with held(WINDOWS, tmp_path) as first:
        assert first.stdout.readline() == "held\n"
        _, told = held(WINDOWS, tmp_path).communicate()
        assert f"number {first.pid}" in told
        first.communicate("\n")
    with held(WINDOWS, tmp_path) as third:
        assert third.communicate("\n")[0] == "held\n"


def test_who_holds_the_lock_is_told(tmp_path: Path) -> None:
    with writing(tmp_path), pytest.raises(StoreError, match=f"number {os.getpid()}"), writing(tmp_path):
        pass
    with writing(tmp_path):
        assert (tmp_path / "lock").read_text("ascii") == str(os.getpid())


def test_windows_waits_for_who_reads_a_file_and_leaves_what_is_in_use(tmp_path, monkeypatch):
    """Windows neither replaces nor removes a file that somebody has open."""
    path, tries = tmp_path / "manifest.json", iter([False, False, True])
    replaced, removed = Path.replace, Path.unlink

    def busy(self, other):
        if not next(tries):
            raise PermissionError(13, "in use")
        return replaced(self, other)

    def open_elsewhere(self, missing_ok=False):
        if self.name == "mapped.npy":
            raise PermissionError(13, "in use")
        removed(self, missing_ok)

    (tmp_path / "old").mkdir()
    for name in ("mapped.npy", "free.npy"):
        (tmp_path / "old" / name).touch()
    monkeypatch.setattr(Path, "replace", busy)
    monkeypatch.setattr(Path, "unlink", open_elsewhere)
    with pytest.raises(PermissionError):
        disk.sweep(tmp_path / "old", [])
    monkeypatch.setattr(disk, "PAUSE", 0)
    monkeypatch.setattr(disk, "settle", lambda path: None)
    monkeypatch.setattr(disk, "WINDOWS", True)
    disk.replace_json(path, {"one": 1})
    stayed = disk.sweep(tmp_path / "old", [])
    monkeypatch.undo()
    assert path.read_text("utf-8") == '{"one":1}'
    assert [one.name for one in stayed] == ["mapped.npy"]
    assert [one.name for one in (tmp_path / "old").iterdir()] == ["mapped.npy"]
