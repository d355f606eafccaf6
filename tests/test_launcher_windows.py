"""The launcher's branches for Windows, tried elsewhere: its lock, its paths, and running without becoming.

`msvcrt` is played by a stand-in that keeps to what its page says: a byte of an open file is locked for one holder at a
time, and who comes second gets an OSError. A run on Windows itself this is not.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

SCRIPT = Path(__file__).resolve().parent.parent / "klantreis"


@pytest.fixture
def launcher(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    loader = SourceFileLoader("klantreis_launcher", str(SCRIPT))
    spec = spec_from_loader(loader.name, loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    monkeypatch.setattr(module, "ON_WINDOWS", True)
    return module


@pytest.fixture
def locked(monkeypatch: pytest.MonkeyPatch) -> set[tuple[int, int]]:
    """Which (file, byte) is locked now, as msvcrt would have it."""
    held: set[tuple[int, int]] = set()

    def locking(number: int, mode: int, size: int) -> None:
        assert (mode, size) == (2, 1)
        spot = (os.fstat(number).st_ino, os.lseek(number, 0, os.SEEK_CUR))
        if spot in held:
            raise OSError(13, "Permission denied")
        held.add(spot)

    monkeypatch.setitem(sys.modules, "msvcrt", SimpleNamespace(LK_NBLCK=2, locking=locking))
    return held


def test_one_of_two_gets_the_lock_on_the_same_byte(
    launcher: ModuleType, locked: set[tuple[int, int]], tmp_path: Path
) -> None:
    file = tmp_path / "lock"
    file.write_text("left by an earlier run")
    with file.open("a+") as mine, file.open("a+") as other:
        assert launcher.try_lock(mine)
        assert not launcher.try_lock(other)
    assert {byte for _, byte in locked} == {0}


def test_the_second_run_says_that_it_waits(
    launcher: ModuleType,
    locked: set[tuple[int, int]],
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    place = SimpleNamespace(venv=str(tmp_path / "venv"), lock_file=str(tmp_path / "lock"))
    naps: list[float] = []

    def nap(seconds: float) -> None:
        naps.append(seconds)
        assert len(naps) < 3, "it waits though the lock is free"
        locked.clear()

    monkeypatch.setattr(launcher.time, "sleep", nap)
    with Path(place.lock_file).open("a+") as first:
        assert launcher.try_lock(first)
        with launcher.sole_builder(place):
            assert "waiting for it" in capfd.readouterr().err


def test_the_python_of_an_environment_is_where_windows_has_it(launcher: ModuleType) -> None:
    assert launcher.venv_python("shop") == str(Path("shop", "Scripts", "python.exe"))


def test_a_step_is_started_without_sharing_the_lock(
    launcher: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[dict[str, object]] = []

    def started(command: list[str], **how: object) -> SimpleNamespace:
        asked.append(how)
        return SimpleNamespace(wait=lambda: 0)

    monkeypatch.setattr(launcher.subprocess, "Popen", started)
    assert launcher.Runner(SimpleNamespace(log_file=str(tmp_path / "log")), None).succeeds(["pip"])
    assert "pass_fds" not in asked[0]


def test_the_program_runs_to_its_end_and_its_exit_code_is_ours(launcher: ModuleType) -> None:
    assert launcher.become([sys.executable, "-c", "raise SystemExit(7)"]) == 7


def test_ctrl_c_is_left_to_the_program(launcher: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    answers: list[Callable[[], int]] = [_interrupted, lambda: 42]
    monkeypatch.setattr(subprocess, "Popen", lambda _: SimpleNamespace(wait=lambda: answers.pop(0)()))
    assert launcher.become(["klantreis"]) == 42
    assert answers == []


def _interrupted() -> int:
    raise KeyboardInterrupt
