"""The launcher at the root: makes the environment when needed, once, and then becomes the program.

The whole runs below use a stand-in for uv that makes a bare environment and writes down what it was asked; nothing
comes from the network.
"""

from __future__ import annotations

import ast
import io
import os
import shutil
import signal
import subprocess
import sys
import time
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = ROOT / "klantreis"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-in for uv is a Unix script")

FAKE_UV = """#!{python}
import os, pathlib, subprocess, sys, time
words = [word for word in sys.argv[1:] if word != "--quiet"]
step = "venv" if words[0] == "venv" else "project" if "-e" in words else "packages"
with open({calls!r}, "a") as calls:
    calls.write(step + "\\n")
time.sleep(float(os.environ.get("SLOW_" + step.upper(), "0")))
if os.environ.get("FAIL") == step:
    sys.exit("the disk is full of " + step)
if step == "venv":
    subprocess.check_call([sys.executable, "-m", "venv", "--without-pip", words[-1]])
if step == "project":
    venv = pathlib.Path(words[words.index("--python") + 1]).parent.parent
    site = next(venv.glob("lib/python*/site-packages"))
    (site / "klantreis.pth").write_text(os.path.join(words[-1], "src"))
"""

PROGRAM = """
import os, signal, sys, time
try:
    print("klantreis runs with", sys.argv[1:], flush=True)
    if sys.argv[1:] == ["sleep"]:
        time.sleep(30)
except KeyboardInterrupt:
    print("stopped kindly", flush=True)
    sys.exit(42)
sys.exit(7)
"""


class Copy:
    """A copy of the project with a tiny program, tiny locks and a stand-in for uv, in a folder with spaces."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "a copy of klantreis"
        self.calls = folder / "calls"
        self.bin = folder / "bin"
        package = self.path / "src" / "klantreis"
        package.mkdir(parents=True)
        self.bin.mkdir()
        shutil.copy(SCRIPT, self.path / "klantreis")
        (package / "__init__.py").write_text("")
        (package / "__main__.py").write_text(PROGRAM)
        for name in ("requirements.lock", "requirements-dev.lock", "pyproject.toml"):
            (self.path / name).write_text(f"# {name}\n")
        self.write_program("uv", FAKE_UV.format(python=sys.executable, calls=str(self.calls)))

    def write_program(self, name: str, text: str) -> Path:
        path = self.bin / name
        path.write_text(text)
        path.chmod(0o755)
        return path

    def start(self, *args: str, **environ: str) -> subprocess.Popen[str]:
        clean = {name: value for name, value in os.environ.items() if name != "KLANTREIS_VENV"}
        return subprocess.Popen(
            [sys.executable, str(self.path / "klantreis"), *args],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=self.path.parent,
            env={**clean, "PATH": f"{self.bin}{os.pathsep}{os.defpath}", **environ},
        )

    def run(self, *args: str, **environ: str) -> tuple[int, str, str]:
        process = self.start(*args, **environ)
        out, err = process.communicate(timeout=60)
        return process.returncode, out, err

    def steps(self) -> list[str]:
        """What the stand-in was asked since the last time this was read."""
        if not self.calls.exists():
            return []
        words = self.calls.read_text().split()
        self.calls.unlink()
        return words

    def wait_for(self, step: str) -> None:
        until = time.monotonic() + 30
        while time.monotonic() < until:
            if self.calls.exists() and step in self.calls.read_text().split():
                return
            time.sleep(0.02)
        raise AssertionError(f"{step} never began")


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path)


@pytest.fixture
def launcher() -> ModuleType:
    loader = SourceFileLoader("klantreis_launcher", str(SCRIPT))
    spec = spec_from_loader(loader.name, loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


EVERYTHING = ["venv", "packages", "project"]


# Whole runs


def test_a_first_run_prepares_and_then_becomes_the_program(copy: Copy) -> None:
    code, out, err = copy.run("demo", "two words")
    assert out == "klantreis runs with ['demo', 'two words']\n"
    assert code == 7
    assert copy.steps() == EVERYTHING
    assert "Preparing Klantreis" in err
    assert "3 of 3" in err


def test_the_program_hears_how_it_was_called(launcher: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launcher.shutil, "which", lambda _: None)
    environ: dict[str, str] = {}
    launcher.tell_how_called(environ, "./klantreis")
    assert environ == {"KLANTREIS_COMMAND": "./klantreis"}
    monkeypatch.setattr(launcher.shutil, "which", lambda _: str(SCRIPT))
    launcher.tell_how_called(environ, str(SCRIPT))
    assert environ == {}


def test_the_next_run_prepares_nothing_and_says_nothing(copy: Copy) -> None:
    copy.run("demo")
    copy.steps()
    assert copy.run("demo") == (7, "klantreis runs with ['demo']\n", "")
    assert copy.steps() == []


def test_a_changed_lock_makes_the_environment_anew(copy: Copy) -> None:
    copy.run("demo")
    copy.steps()
    (copy.path / "requirements.lock").write_text("# other libraries\n")
    copy.run("demo")
    assert copy.steps() == EVERYTHING


def test_a_changed_pyproject_only_links_the_project_again(copy: Copy) -> None:
    copy.run("demo")
    copy.steps()
    (copy.path / "pyproject.toml").write_text("# one more entry point\n")
    copy.run("demo")
    assert copy.steps() == ["project"]


def test_test_adds_what_tests_need_and_demo_keeps_it(copy: Copy) -> None:
    copy.run("demo")
    copy.steps()
    assert copy.run("test", "-x")[1] == "klantreis runs with ['test', '-x']\n"
    assert copy.steps() == ["packages", "project"]
    copy.run("demo")
    assert copy.steps() == []


def test_two_first_runs_at_once_prepare_once_and_both_run(copy: Copy) -> None:
    first = copy.start("demo", SLOW_PACKAGES="1")
    copy.wait_for("packages")
    second = copy.run("demo")
    out, err = first.communicate(timeout=60)
    assert copy.steps() == EVERYTHING
    assert (first.returncode, out) == (7, "klantreis runs with ['demo']\n")
    assert second[:2] == (7, "klantreis runs with ['demo']\n")
    assert "waiting for it" in second[2]
    assert "waiting for it" not in err


def test_a_build_that_was_killed_is_not_taken_for_a_whole_one(copy: Copy) -> None:
    first = copy.start("demo", SLOW_PACKAGES="0.5")
    copy.wait_for("packages")
    first.kill()
    first.communicate(timeout=60)
    copy.steps()
    # The installer that was left behind still holds the builder's lock, so nothing is pulled from under it.
    code, out, err = copy.run("demo")
    assert "waiting for it" in err
    assert copy.steps() == EVERYTHING
    assert (code, out) == (7, "klantreis runs with ['demo']\n")


def test_ctrl_c_reaches_the_program(copy: Copy) -> None:
    copy.run("demo")
    process = copy.start("sleep")
    assert process.stdout is not None
    assert process.stdout.readline() == "klantreis runs with ['sleep']\n"
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=30)
    assert (out, process.returncode) == ("stopped kindly\n", 42)


def test_ctrl_c_while_preparing_leaves_no_stamp(copy: Copy) -> None:
    process = copy.start("demo", SLOW_PACKAGES="30")
    copy.wait_for("packages")
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "starts the preparation again" in err
    copy.steps()
    copy.run("demo")
    assert copy.steps() == EVERYTHING


def test_klantreis_venv_moves_the_environment(copy: Copy, tmp_path: Path) -> None:
    copy.run("demo", KLANTREIS_VENV=str(tmp_path / "deep" / "else where"))
    assert (tmp_path / "deep" / "else where" / "pyvenv.cfg").exists()
    assert not (copy.path / ".venv").exists()


def test_a_folder_that_is_no_environment_is_left_alone(copy: Copy, tmp_path: Path) -> None:
    photos = tmp_path / "photos"
    photos.mkdir()
    (photos / "holiday.jpg").write_text("sun")
    code, _, err = copy.run("demo", KLANTREIS_VENV=str(photos))
    assert code == 1
    assert "is no Python environment" in err
    assert (photos / "holiday.jpg").read_text() == "sun"


def test_a_copy_without_its_locks_says_so(copy: Copy) -> None:
    (copy.path / "requirements.lock").unlink()
    code, _, err = copy.run("demo")
    assert code == 1
    assert "requirements.lock" in err
    assert "whole copy" in err


# Which Python


def test_the_launcher_is_readable_for_old_pythons() -> None:
    tree = ast.parse(SCRIPT.read_text(encoding="ascii"), feature_version=(3, 6))
    unknown_to_2_7 = (ast.JoinedStr, ast.AnnAssign, ast.Nonlocal, ast.YieldFrom, ast.AsyncFunctionDef, ast.NamedExpr)
    for node in ast.walk(tree):
        assert not isinstance(node, unknown_to_2_7), ast.unparse(node)
        assert not (isinstance(node, ast.Raise) and node.cause), ast.unparse(node)
        assert not (isinstance(node, ast.arguments) and node.kwonlyargs), ast.unparse(node)
        assert not (isinstance(node, ast.arg) and node.annotation), ast.unparse(node)


def test_without_which_names_are_looked_for_along_path(launcher: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(launcher.shutil, "which")
    assert launcher.newer_python(("no-such-python", sys.executable)) == sys.executable


def test_an_old_python_alone_gets_a_plain_message(
    launcher: ModuleType, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(launcher, "OLDEST", (99, 1))
    assert launcher.main(["demo"]) == 1
    assert "needs Python 99.1 or later" in capfd.readouterr().err


def test_an_old_python_hands_over_to_the_first_that_works(
    launcher: ModuleType, copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy.write_program("python3.13", "#!/bin/sh\nexit 127\n")
    good = copy.write_program("python3.12", f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    monkeypatch.setenv("PATH", str(copy.bin))
    monkeypatch.setattr(launcher, "become", list)
    assert launcher.hand_over(["demo", "--open"]) == [str(good), str(SCRIPT), "demo", "--open"]


def test_the_environment_is_built_with_the_python_outside_of_it(launcher: ModuleType) -> None:
    place = launcher.find_place({})
    assert place.venv == str(ROOT / ".venv")
    assert not place.python.startswith(place.venv + os.sep)


def test_a_python_that_cannot_make_environments_gets_the_apt_line(
    launcher: ModuleType, copy: Copy, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    bare = copy.write_program("bare-python", "#!/bin/sh\nexit 1\n")
    venv = str(tmp_path / "venv")
    place = launcher.Place(str(copy.path), venv, str(bare), venv + ".lock", venv + ".log")
    with pytest.raises(launcher.Trouble, match="sudo apt-get install python3-venv"):
        launcher.ready(place, "run")


def test_a_folder_left_behind_by_a_removed_package_is_no_ensurepip(
    launcher: ModuleType, copy: Copy, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    empty = "import sys, types; sys.modules['ensurepip'] = types.ModuleType('ensurepip')"
    (tmp_path / "sitecustomize.py").write_text(empty)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(launcher.Trouble, match="its venv or ensurepip part is missing"):
        launcher.ready(place_of(launcher, copy), "run")


def test_a_terminal_sees_each_second_pass_and_a_log_does_not(
    launcher: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [100.0]
    monkeypatch.setattr(launcher.time, "time", lambda: clock[0])
    told = {}
    for terminal in (True, False):
        heard = io.StringIO()
        monkeypatch.setattr(heard, "isatty", lambda terminal=terminal: terminal)
        monkeypatch.setattr(launcher.sys, "stderr", heard)
        with launcher.Beat("busy") as beat:
            for _ in range(32):
                clock[0] += 0.5
                beat()
        told[terminal] = heard.getvalue()
    assert told[True].count("\r") == 17
    assert "still busy after 1 second\r" in told[True]
    assert "\n" not in told[True]
    assert told[False] == "          still busy after 15 seconds\n"


# When it goes wrong


def place_of(launcher: ModuleType, copy: Copy) -> tuple[str, ...]:
    venv = str(copy.path / ".venv")
    place: tuple[str, ...] = launcher.Place(str(copy.path), venv, sys.executable, venv + ".lock", venv + ".log")
    return place


def test_a_failed_step_shows_its_words_and_leaves_no_stamp(
    launcher: ModuleType, copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = place_of(launcher, copy)
    monkeypatch.setenv("PATH", f"{copy.bin}{os.pathsep}{os.defpath}")
    monkeypatch.setattr(launcher.Pip, "is_usable", lambda *_: False)
    launcher.ready(place, "run")
    monkeypatch.setenv("FAIL", "packages")
    with pytest.raises(launcher.Trouble, match=r"(?s)the disk is full of packages.*Its full words are in"):
        launcher.ready(place, "dev")
    assert launcher.read_stamp(str(copy.path / ".venv")) is None


def test_when_uv_fails_pip_starts_from_nothing(launcher: ModuleType, capfd: pytest.CaptureFixture[str]) -> None:
    taken: list[str] = []

    class Tool:
        def __init__(self, name: str, fails: bool) -> None:
            self.name, self.fails = name, fails

        def make_environment(self) -> None:
            taken.append(f"{self.name} environment")

        def install_packages(self, lock: str) -> None:
            taken.append(f"{self.name} {lock}")
            if self.fails:
                raise launcher.Trouble("no connection")

        def link_project(self) -> None:
            taken.append(f"{self.name} project")

    launcher.try_each([Tool("uv", True), Tool("pip", False)], ("packages", "project"), "some.lock")
    assert taken == ["uv some.lock", "pip environment", "pip some.lock", "pip project"]
    assert "no connection\nuv did not manage; trying pip." in capfd.readouterr().err


# The stamp


def stamp(launcher: ModuleType, **changes: str) -> tuple[str, ...]:
    plain = {"python": "3.11 /usr/bin/python3", "kind": "run", "run": "a", "dev": "b", "project": "c"}
    made: tuple[str, ...] = launcher.Stamp(**{**plain, **changes})
    return made


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock", "pyproject.toml"])
def test_the_stamp_changes_with_each_file(launcher: ModuleType, copy: Copy, name: str) -> None:
    place = launcher.find_place({})._replace(project=str(copy.path))
    before = launcher.wanted_stamp(place, "run")
    (copy.path / name).write_text("# changed\n")
    assert launcher.wanted_stamp(place, "run") != before


def test_the_stamp_does_not_change_with_line_ends(launcher: ModuleType, copy: Copy) -> None:
    place = launcher.find_place({})._replace(project=str(copy.path))
    before = launcher.wanted_stamp(place, "run")
    (copy.path / "requirements.lock").write_bytes(b"# requirements.lock\r\n")
    assert launcher.wanted_stamp(place, "run") == before


@pytest.mark.parametrize(
    ("found", "wanted", "steps"),
    [
        ({}, {}, ()),
        ({}, {"run": "new"}, ("environment", "packages", "project")),
        ({}, {"python": "3.12 /usr/bin/python3"}, ("environment", "packages", "project")),
        ({}, {"project": "new"}, ("project",)),
        ({}, {"dev": "new"}, ()),
        ({}, {"kind": "dev"}, ("packages", "project")),
        ({"kind": "dev"}, {"kind": "run"}, ()),
        ({"kind": "dev"}, {"kind": "run", "dev": "new"}, ("environment", "packages", "project")),
        ({"kind": "dev"}, {"kind": "run", "project": "new"}, ("project",)),
    ],
)
def test_only_what_no_longer_fits_is_done_again(
    launcher: ModuleType, found: dict[str, str], wanted: dict[str, str], steps: tuple[str, ...]
) -> None:
    assert launcher.steps_needed(stamp(launcher, **found), stamp(launcher, **wanted)) == steps


@pytest.mark.parametrize("text", ["", "{", "[]", '{"python": "3.11"}'])
def test_a_stamp_that_is_not_whole_counts_as_none(launcher: ModuleType, tmp_path: Path, text: str) -> None:
    Path(launcher.stamp_path(str(tmp_path))).write_text(text)
    assert launcher.read_stamp(str(tmp_path)) is None


def test_emptying_an_environment_can_be_taken_up_again(
    launcher: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("bin", "extra"):
        (tmp_path / "venv" / folder).mkdir(parents=True)
    (tmp_path / "venv" / "pyvenv.cfg").write_text("home = /usr/bin\n")

    def cut_off(path: str) -> None:
        raise KeyboardInterrupt(path)

    with monkeypatch.context() as patch:
        patch.setattr(launcher.shutil, "rmtree", cut_off)
        with pytest.raises(KeyboardInterrupt):
            launcher.clear(str(tmp_path / "venv"))
    launcher.clear(str(tmp_path / "venv"))
    assert list((tmp_path / "venv").iterdir()) == []
