"""A proposed change as the lines of YAML it will be."""

from __future__ import annotations

from io import StringIO

from ruamel.yaml import YAML

from klantreis.findings import Edit


def yaml_text(edit: Edit) -> str:
    """Returns the change as YAML, every key of its path above the value. What is not plain data is shown as text."""
    data: object = _plain(edit.value)
    for key in reversed(edit.path):
        data = {key: data}
    writer = YAML(typ="safe", pure=True)
    writer.default_flow_style = False
    writer.allow_unicode = True
    writer.width = 80
    written = StringIO()
    writer.dump(data, written)
    return written.getvalue().removesuffix("...\n").rstrip("\n")


def _plain(value: object) -> object:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, dict):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return str(value)
