"""Themes: which colour each role has, on a light screen, on a dark screen, and on paper without colour.

Text roles keep at least 4.5:1 on the papers they stand on, lines and marks at least 3:1 (a test holds this). In the
print theme the good and the bad differ by shape, sign and word only, as they must in any theme.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from klantreis.scenes.model import Role

ThemeName = Literal["light", "dark", "print"]
Theme = Mapping[Role, str]

LIGHT: Theme = MappingProxyType({
    "paper": "#ffffff", "ink": "#1d2430", "muted": "#566072", "hairline": "#e3e6eb", "border": "#bcc4d0",
    "strong": "#838d9f", "panel": "#f5f6f8", "phase": "#e9edf3", "stream": "#a9bdd8", "left": "#e8edf5",
    "band": "#cddaeb", "measured": "#12233f", "observed": "#6f86a8", "assumed": "#566072", "good": "#1b5e9e",
    "problem": "#b04a0a", "decision": "#8a5a00", "decision-paper": "#fff7ea", "problem-paper": "#fdf3ec",
    "good-paper": "#eef4fb", "on-strong": "#ffffff", "one": "#12233f", "two": "#0b7268", "three": "#7a3e9d",
    "four": "#6b5d00",
})  # fmt: skip

DARK: Theme = MappingProxyType({
    "paper": "#12161d", "ink": "#eef1f6", "muted": "#a9b3c3", "hairline": "#262c37", "border": "#465063",
    "strong": "#717c8e", "panel": "#1b212b", "phase": "#232b38", "stream": "#4a6590", "left": "#202938",
    "band": "#2c3f5e", "measured": "#dfe8f6", "observed": "#8fa6c8", "assumed": "#a9b3c3", "good": "#7db8f2",
    "problem": "#f59b5f", "decision": "#e5b04d", "decision-paper": "#2b2415", "problem-paper": "#2d1f16",
    "good-paper": "#172536", "on-strong": "#12161d", "one": "#dfe8f6", "two": "#4fc3b4", "three": "#c79be8",
    "four": "#d3c35a",
})  # fmt: skip

PRINT: Theme = MappingProxyType({
    "paper": "#ffffff", "ink": "#111111", "muted": "#505050", "hairline": "#dcdcdc", "border": "#b0b0b0",
    "strong": "#858585", "panel": "#f4f4f4", "phase": "#e8e8e8", "stream": "#b4b4b4", "left": "#ececec",
    "band": "#d6d6d6", "measured": "#000000", "observed": "#767676", "assumed": "#505050", "good": "#1a1a1a",
    "problem": "#1a1a1a", "decision": "#3d3d3d", "decision-paper": "#fbfbfb", "problem-paper": "#fafafa",
    "good-paper": "#f4f4f4", "on-strong": "#ffffff", "one": "#000000", "two": "#5c5c5c", "three": "#333333",
    "four": "#606060",
})  # fmt: skip

THEMES: Mapping[ThemeName, Theme] = MappingProxyType({"light": LIGHT, "dark": DARK, "print": PRINT})
