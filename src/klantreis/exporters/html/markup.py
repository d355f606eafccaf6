"""Markup that is safe by the way it is made: every text is escaped unless it is `Markup` already."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

from klantreis.scenes.text import clean

_SIGNS = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#39;"))
_EMPTY = frozenset({"meta", "br", "hr", "link", "img", "input", "col"})


class Markup(str):
    """Text that is HTML already and is not escaped again."""

    __slots__ = ()


Part = str | None
"""What may stand inside an element: a text (escaped), `Markup` (as it is), or None (nothing)."""


def escaped(text: object) -> Markup:
    """Returns a text as harmless HTML: signs escaped, control signs and lone surrogates replaced; Markup as it is."""
    if isinstance(text, Markup):
        return text
    safe = clean(str(text))
    for sign, code in _SIGNS:
        safe = safe.replace(sign, code)
    return Markup(safe)


def joined(parts: Iterable[Part], between: Part = "") -> Markup:
    """Returns the parts one after another, escaped where needed, `between` in between; None and '' fall out."""
    return Markup(escaped(between or "").join(escaped(part) for part in parts if part))


def el(tag: str, *parts: Part, **attributes: object) -> Markup:
    """Returns an element with its parts inside.

    Attribute names lose a trailing underscore and read `-` for `_` (`class_`, `aria_label`); None and False are left
    out, True stands bare. An element that can hold nothing (`meta`, `br`) is not closed.
    """
    opened = f"<{tag}{''.join(_attribute(name, value) for name, value in attributes.items())}>"
    return Markup(opened if tag in _EMPTY else f"{opened}{joined(parts)}</{tag}>")


def link(target: str, *parts: Part, **attributes: object) -> Markup:
    """Returns a link to an anchor on this page."""
    return el("a", *parts, href=f"#{quote(anchor(target), safe='/~._-')}", **attributes)


def anchor(text: str) -> str:
    """Returns a text as an id: no white space or control signs, else unchanged."""
    return re.sub(r"\s+", "_", clean(text))


def _attribute(name: str, value: object) -> str:
    if value is None or value is False:
        return ""
    shown = name.rstrip("_").replace("_", "-")
    return f" {shown}" if value is True else f' {shown}="{escaped(value)}"'
