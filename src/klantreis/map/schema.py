"""The published JSON Schema of a map: `python -m klantreis.map.schema` writes it again after a change of the format."""

from __future__ import annotations

import json
from pathlib import Path

from klantreis.map.read import schema

FILE = Path(__file__).parent.parent / "schemas" / "map.schema.json"


def schema_text() -> str:
    """Returns the JSON Schema as it is published: indented, one key a line."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FILE.write_text(schema_text(), encoding="utf-8")
