"""A full disk, a kill, Ctrl-C, two at once, a folder one may not write in: what was stored before stays whole."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time

import duckdb
import pytest

MANY = 120_000


@pytest.fixture
def big(workspace):
    """A workspace with a first load's worth of events, and enough to be interrupted in."""
    folder = workspace()
    duckdb.sql(
        f"COPY (SELECT 'u' || (i % 5000) AS who, TIMESTAMP '2026-01-01' + INTERVAL (i) SECOND AS \"when\", "
        f"CASE WHEN i % 3 = 0 THEN 'buy' ELSE 'view' END AS what FROM range({MANY}) t(i)) "
        f"TO '{folder / 'big.csv'}' (FORMAT csv, HEADER)"
    )
    return folder


def whole(run, folder, *, stored):
    """The doctor finds nothing wrong, and so many events are stored."""
    doctor = json.loads(run("doctor", "--json", "--workspace", folder).out)
    assert doctor["findings"] == []
    counts = doctor["counts"]
    assert counts["read"] == counts["stored"] + counts["duplicate"] + counts["rejected"]
    assert counts["stored"] in (stored if isinstance(stored, tuple) else (stored,))
    return counts


def test_a_kill_at_any_moment_leaves_the_old_or_the_new_state(big, run, begin):
    assert run("load").code == 0
    (big / "web.csv").write_bytes((big / "big.csv").read_bytes())
    chance = random.Random(1)
    for turn in range(10):
        running = begin("load")
        time.sleep(0.4 + chance.random() * (0.4 + turn * 0.1))
        running.send_signal(signal.SIGKILL)
        running.communicate()
        whole(run, big, stored=(3, 3 + MANY))
    assert run("load").code == 0
    whole(run, big, stored=3 + MANY)
    again = json.loads(run("load", "--again", "--json").out)["sources"][0]
    assert (again["stored"], again["duplicate"]) == (0, MANY)


@pytest.mark.parametrize("seconds", [0.7, 1.0, 1.3])
def test_ctrl_c_during_a_load_is_130_and_leaves_the_store_whole(seconds, big, run, begin):
    assert run("load").code == 0
    (big / "web.csv").write_bytes((big / "big.csv").read_bytes())
    running = begin("load")
    time.sleep(seconds)
    running.send_signal(signal.SIGINT)
    _, err = running.communicate()
    assert "Traceback" not in err
    # Python may die of the signal itself after our words; a shell calls that 130 too.
    assert running.returncode in {0, 130, -signal.SIGINT}
    # On a machine that is busy the signal may come while Python itself starts; then nobody is there to say it.
    died_starting = (running.returncode, err) == (-signal.SIGINT, "")
    assert ("What was stored before is whole." in err) == (running.returncode != 0 and not died_starting)
    whole(run, big, stored=(3, 3 + MANY))
    assert run("load").code == 0
    whole(run, big, stored=3 + MANY)


def test_two_loads_at_once_do_not_mix(big, run):
    from klantreis.journeys.lock import writing

    assert run("load").code == 0
    (big / "web.csv").write_bytes((big / "big.csv").read_bytes())
    with writing(big / ".klantreis"):
        answer = subprocess.run(
            [sys.executable, "-m", "klantreis", "load", "--workspace", str(big)],
            capture_output=True,
            text=True,
            check=False,
        )
    assert (answer.returncode, answer.stdout) == (3, "")
    assert f"Another process (number {os.getpid()}) is writing to this store." in answer.stderr
    assert "Wait until it is done" in answer.stderr
    whole(run, big, stored=3)


def test_a_full_disk_is_3_and_the_old_state_stays(big, run, begin):
    assert run("load").code == 0
    (big / "web.csv").write_bytes((big / "big.csv").read_bytes())
    # A file may not grow past 100 kB: the system says no in the middle of a write, as a full disk does.
    full = begin("load", before=["bash", "-c", 'trap "" XFSZ; ulimit -f 100; exec "$@"', "bash"])
    out, err = full.communicate()
    assert (full.returncode, out) == (3, ""), err
    assert "The disk is full" in err
    assert "Make room" in err
    assert "Traceback" not in err
    whole(run, big, stored=3)
    assert run("load").code == 0
    whole(run, big, stored=3 + MANY)


@pytest.mark.skipif(os.geteuid() != 0, reason="NOT RUN: a small disk can only be made by root")
def test_a_really_full_disk_is_3_and_the_old_state_stays(big, run):
    disk = big / "disk"
    disk.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", disk], capture_output=True, check=False)
    if made.returncode != 0:
        pytest.skip("NOT RUN: no small disk could be mounted here")
    try:
        (big / ".klantreis").symlink_to(disk / "store")
        (disk / "store").mkdir()
        assert run("load").code == 0
        (big / "web.csv").write_bytes((big / "big.csv").read_bytes())
        answer = run("load")
        assert (answer.code, answer.out) == (3, "")
        assert "The disk is full" in answer.err
        whole(run, big, stored=3)
    finally:
        subprocess.run(["umount", disk], check=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="NOT RUN: only root can become somebody who may not write")
def test_a_workspace_one_may_only_read_is_told_so(big, begin):
    nobody = ["setpriv", "--reuid=65534", "--clear-groups"]
    for path in [*big.parents, big]:
        if path.stat().st_uid == 0 and not path.stat().st_mode & 0o005:
            path.chmod(path.stat().st_mode | 0o055)
    for verb in ("load", "report"):
        run_ = begin(verb, before=nobody)
        out, err = run_.communicate()
        if "setpriv" in err or "No module named" in err or "Permission denied: '/root" in err:
            pytest.skip("NOT RUN: nobody cannot run this Python here")
        assert (run_.returncode, out) == (3, ""), err
        assert "ermission" in err
        assert "Traceback" not in err


def test_a_long_run_shows_a_bar_on_a_terminal_only(big):
    columns = ["--person", "who", "--at", "when", "--event", "what"]
    command = [sys.executable, "-m", "klantreis", "paths", str(big / "big.csv"), *columns, "--json"]
    quiet = subprocess.run(command, capture_output=True, text=True, check=True)
    assert quiet.stderr == ""
    json.loads(quiet.stdout)
