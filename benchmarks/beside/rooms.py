"""An environment of its own for each tool that is no part of this project, made once in the user's cache."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

NEEDS = {
    "retentioneering": ("retentioneering==5.2.4", "pyarrow"),
    "pm4py": ("pm4py==2.7.23.11", "pyarrow"),
}
"""What each tool is installed as; others are in the environment that runs the benchmark."""


def cache() -> Path:
    """Returns the folder of the environments, unless another is named."""
    return Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "klantreis-benchmarks"


def python_for(tool: str, folder: Path) -> Path:
    """Returns the Python that has a tool, installing it when it is not there yet.

    Raises CalledProcessError when it cannot be installed.
    """
    if tool not in NEEDS:
        return Path(sys.executable)
    room = folder / tool
    python, done = room / "bin" / "python", room / "installed"
    wanted = "\n".join(NEEDS[tool])
    if not done.exists() or done.read_text() != wanted:
        print(f"Installing {tool} into {room}", file=sys.stderr)
        venv.create(room, clear=True, with_pip=_uv() is None)
        installer = [_uv(), "pip", "install", "--python", python] if _uv() else [python, "-m", "pip", "install"]
        subprocess.run([*map(str, installer), "--quiet", *NEEDS[tool]], check=True)
        done.write_text(wanted)
    return python


def _uv() -> str | None:
    beside = Path(sys.executable).with_name("uv")
    return str(beside) if beside.exists() else shutil.which("uv")
