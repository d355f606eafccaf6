"""Writes src/klantreis/__init__.pyi, the types of the lazy names of `import klantreis`: `python tools/face.py`."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

import klantreis  # noqa: E402

STUB = ROOT / "src/klantreis/__init__.pyi"


def stub() -> str:
    """Returns the stub: each name of the face from the module that it is loaded from."""
    lines = sorted(f"from {module} import {name} as {name}\n" for name, module in klantreis._FACE.items())
    return "# Made by tools/face.py: the names that `__init__.py` loads when they are first used.\n" + "".join(
        [*lines, "\n__version__: str\n"]
    )


if __name__ == "__main__":
    STUB.write_text(stub(), encoding="utf-8")
