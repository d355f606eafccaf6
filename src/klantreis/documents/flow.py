"""Plain data as YAML on one line: bare words where they are safe, double quotes everywhere else."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence, Set

from klantreis.documents.parse import meaning
from klantreis.errors import OptionError
from klantreis.labels import Label

_BARE = re.compile(r"[\w~/.($+][\w ~/.()$+|=%^*?!&@\-]*")
_OLDER = {"y", "n", "yes", "no", "on", "off"}
"""Words that readers of older YAML take for true or false."""
_UNSEEN = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")


def flow(value: object) -> str:
    """Returns dict, list, text, number, true/false or None as YAML on one line; else raises OptionError."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(str(key))}: {flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Sequence):
        return "[" + ", ".join(flow(inner) for inner in value) + "]"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value) if math.isfinite(value) else _beyond(value)
    raise OptionError(
        Label(
            f"Een {type(value).__name__} kan niet in een document geschreven worden.",
            f"a {type(value).__name__} cannot be written into a document",
        )
    )


def plain_data(value: object) -> object:
    """Returns the value with tuples as lists and keys as text, the way it will be read back."""
    if isinstance(value, Mapping):
        return {str(key): plain_data(inner) for key, inner in value.items()}
    if isinstance(value, Sequence | Set) and not isinstance(value, str):
        return [plain_data(inner) for inner in value]
    return value


def _key(text: str) -> str:
    """A key keeps its spelling whatever it looks like, so only signs force quotes."""
    return text if _BARE.fullmatch(text) and text == text.strip() else _quoted(text)


def _text(text: str) -> str:
    bare = _BARE.fullmatch(text) and text == text.strip() and text.lower() not in _OLDER
    return text if bare and meaning(text)[0] == "text" else _quoted(text)


def _quoted(text: str) -> str:
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def _beyond(value: float) -> str:
    return ".nan" if math.isnan(value) else "-.inf" if value < 0 else ".inf"
