"""Makes the bundled font from Inter: subset, tabular figures as the default, metrics as JSON.

    python tools/fonts.py /usr/share/fonts/opentype/inter src/klantreis/scenes/fonts

Needs fonttools and brotli (both in the dev environment) and the Debian package `fonts-inter` (or the same files).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FAMILY = "Klantreis Sans"
FACES = {"400": ("Inter-Regular", 400, False), "400i": ("Inter-Italic", 400, True)}
FACES |= {"600": ("Inter-SemiBold", 600, False), "700": ("Inter-Bold", 700, False)}
SIGNS = "‐‑‒–—―‘’‚“”„†‡•…‰‹›⁄€™−×÷±≈≠≤≥∞√∆→←↑↓↔↗↘↺↻▲▼●○◆◇■□△▽▷▶★☆✓✗①②③④⑤⑥⑦⑧⑨"
KEPT = [*range(0x20, 0x7F), *range(0xA0, 0x180), 0x0218, 0x0219, 0x021A, 0x021B, *map(ord, SIGNS)]


def main(source: Path, target: Path) -> None:
    """Writes a .woff2 and an .otf per face, and metrics.json for measuring text."""
    metrics = {}
    for key, (file, weight, italic) in FACES.items():
        font = TTFont(source / f"{file}.otf")
        use_tabular_figures(font)
        subset(font)
        rename(font, weight, italic)
        metrics[key] = advances(font)
        name = f"klantreis-sans-{key}"
        font.save(target / f"{name}.otf")
        font.flavor = "woff2"
        font.save(target / f"{name}.woff2")
    text = json.dumps(metrics, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    (target / "metrics.json").write_text(text + "\n", encoding="utf-8")


def use_tabular_figures(font: TTFont) -> None:
    """Points the digits at their tabular shapes, so that every program that draws them lines figures up."""
    table = font["GSUB"].table
    lookups = {
        index
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == "tnum"
        for index in record.Feature.LookupListIndex
    }
    swap: dict[str, str] = {}
    for index in lookups:
        for part in table.LookupList.Lookup[index].SubTable:
            swap |= getattr(part, "mapping", None) or part.ExtSubTable.mapping
    for cmap in font["cmap"].tables:
        for code, glyph in list(cmap.cmap.items()):
            if chr(code) in "0123456789+−-=±×%,.:":
                cmap.cmap[code] = swap.get(glyph, glyph) if chr(code).isdigit() or chr(code) in "+−±" else glyph


def subset(font: TTFont) -> None:
    """Keeps the signs we draw, without kerning: what is measured is then exactly what is drawn."""
    options = Options(layout_features=["mark", "ccmp"], hinting=False, desubroutinize=False, notdef_outline=True)
    options.name_IDs = [0, 1, 2, 4, 6, 13, 14]
    cutter = Subsetter(options)
    cutter.populate(unicodes=KEPT)
    cutter.subset(font)


def rename(font: TTFont, weight: int, italic: bool) -> None:
    """Gives the family a name of its own, so that an installed Inter with other widths is never taken for it."""
    style = {400: "Regular", 600: "SemiBold", 700: "Bold"}[weight] + (" Italic" if italic else "")
    basic = {"SemiBold": "Regular", "Regular Italic": "Italic"}.get(style, style)
    for name in font["name"].names:
        family = FAMILY + (" SemiBold" if weight == 600 else "")
        texts = {1: family, 2: basic, 4: f"{FAMILY} {style}", 6: f"{FAMILY}-{style}".replace(" ", "")}
        name.string = texts.get(name.nameID, name.toUnicode())
    font["name"].setName(FAMILY, 16, 3, 1, 0x409)
    font["name"].setName(style, 17, 3, 1, 0x409)
    cff = font["CFF "].cff
    cff.fontNames = [f"{FAMILY}-{style}".replace(" ", "")]
    top = cff.topDictIndex[0]
    top.FamilyName, top.FullName = FAMILY, f"{FAMILY} {style}"
    font["OS/2"].usWeightClass = weight


def advances(font: TTFont) -> dict[str, float]:
    """Returns the width of each sign in em, and the vertical measures under their names."""
    em = font["head"].unitsPerEm
    widths = {chr(code): round(font["hmtx"][glyph][0] / em, 4) for code, glyph in font.getBestCmap().items()}
    return widths


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
