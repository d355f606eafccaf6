"""Work in a process of its own that is ended when it takes too much, and the peak of memory of a stretch of work."""

from __future__ import annotations

import os
import re
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

EVERY = 0.05
NO_MEMORY = 3
"""What a process ends with that asked for memory and did not get it."""


def watched(work: Callable[[], object], limits: tuple[int, int]) -> str:
    """Returns '' when the work was done in a copy of this process; else what stopped it.

    `limits`: seconds, which the work itself sets its alarm to, and gigabytes of memory.
    """
    sys.stdout.flush()
    pid = os.fork()
    if pid == 0:
        _do(work)
    over = False
    while True:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            break
        if _status("VmRSS", pid) > limits[1] * 1024:
            over = True
            os.kill(pid, signal.SIGKILL)
        time.sleep(EVERY)
    code = os.waitstatus_to_exitcode(status)
    if over:
        return f"> {limits[1]} GB"
    if code == -signal.SIGALRM:
        return f"> {limits[0]} s"
    return {0: "", -signal.SIGKILL: "out of memory", NO_MEMORY: "out of memory"}.get(code, "failed")


def fresh() -> None:
    """Lets `peak` begin anew, where the system can."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        return


def peak() -> int:
    """Returns the most memory this process held, in MB, since the last `fresh`; or since it began."""
    return _status("VmHWM", os.getpid()) or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _do(work: Callable[[], object]) -> None:
    code = 1
    try:
        work()
        code = 0
    except MemoryError:
        code = NO_MEMORY
    except BaseException:  # noqa: BLE001 - it is told, and the copy ends here whatever happens
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _status(what: str, pid: int) -> int:
    """Returns a line of what the system tells of a process, in MB; 0 when it does not tell."""
    try:
        found = re.search(rf"{what}:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return 0
    return int(found.group(1)) // 1024 if found else 0
