"""What tests of exporters share: maps of the examples, Mermaid's own parser, and one text in every field."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from klantreis.labels import Label
from klantreis.map.read import map_of
from klantreis.report import Report

ROOT = Path(__file__).resolve().parents[2]
MADE = datetime(2026, 11, 21, 8, 14, tzinfo=UTC)
MERMAID = Path(os.environ.get("KLANTREIS_MERMAID", ROOT / ".venv-mermaid"))
EXAMPLES = sorted(path.name.removesuffix(".reis.yaml") for path in (ROOT / "examples/maps").glob("*.reis.yaml"))


def example(name):
    """An example map as a report, nothing measured."""
    return Report(map_of((ROOT / f"examples/maps/{name}.reis.yaml").read_text("utf-8")), None, (), MADE)


def seen_by_mermaid(texts):
    """What Mermaid's own parser makes of diagrams; a dict with 'error' for one that it refuses."""
    node = shutil.which("node")
    if node is None or not (MERMAID / "node_modules" / "mermaid").is_dir():
        pytest.skip(f"NOT RUN: node with mermaid in {MERMAID} is not there, so Mermaid's own parser was not asked")
    told = subprocess.run(
        [node, str(Path(__file__).with_name("mermaid_parse.mjs")), str(MERMAID)],
        input=json.dumps(texts), capture_output=True, text=True, check=True,
    )  # fmt: skip
    return json.loads(told.stdout)


def everywhere(noun, text):
    """The same noun with one text in every label that holds one."""
    if isinstance(noun, Label):
        return Label(text, text) if noun else noun
    if isinstance(noun, tuple):
        return tuple(everywhere(part, text) for part in noun)
    if is_dataclass(noun):
        return replace(
            noun, **{one.name: everywhere(getattr(noun, one.name), text) for one in fields(noun) if one.init}
        )
    return noun
