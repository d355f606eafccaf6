"""Checks of images: whether everybody can know what is on them, and whether they are sharp enough."""

from __future__ import annotations

from collections.abc import Iterator

from klantreis.labels import Label, paragraph
from klantreis.map.checks.contract import Check, Options, Remark
from klantreis.map.images import sizes
from klantreis.map.model import JourneyMap

NO_USE = Label()


def image_without_alt(map_: JourneyMap, options: Options) -> Iterator[Remark]:
    """An image that says nothing to who cannot see it.

    Every photo and every persona's picture needs a text that tells what is on it. A step that names a file, not an
    asset, has nowhere to put that text.

    Fires:

        assets: {doos: beeld/doos.jpg}

    Does not fire:

        assets: {doos: {file: beeld/doos.jpg, alt: Een blauwe doos met een strik}}
    """
    assets = {asset.id: asset for asset in map_.assets}
    for asset in map_.assets:
        if asset.kind in {"photo", "video"} and not asset.alt:
            yield _no_alt(asset.id, _uses(map_, asset.id))
    for _, step in map_.steps():
        if step.image and step.image not in assets:
            yield _no_alt(step.id)
    for persona in map_.personas:
        if persona.picture and persona.picture not in assets and not persona.alt:
            yield _no_alt(persona.id)


def _uses(map_: JourneyMap, asset: str) -> Label:
    """Where an asset is used on the map, by id: steps, personas, touchpoints, needs, actions and opportunities."""
    said = [(step.id, step.image) for _, step in map_.steps()]
    said += [(one.id, one.picture) for one in map_.personas]
    said += [(touch.id, touch.content) for touch in map_.touchpoints]
    said += [(need.id, need.content) for need in map_.needs]
    said += [(action.id, action.asset) for phase in map_.phases for action in phase.actions]
    said += [(idea.id, name) for idea in map_.opportunities for name in idea.assets]
    spots = ", ".join(dict.fromkeys(id_ for id_, name in said if name == asset))
    return Label(f"Gebruikt bij: {spots}.", f"Used at: {spots}.") if spots else Label()


def _no_alt(id_: str, uses: Label = NO_USE) -> Remark:
    return Remark(
        id_,
        Label(f"Het beeld van '{id_}' heeft geen tekst", f"The image of '{id_}' has no text"),
        paragraph(
            Label("Wie het niet ziet, weet niet wat erop staat.", "Who cannot see it does not know what is on it."),
            uses,
        ),
        Label("Voeg 'alt: wat erop staat' toe.", "Add 'alt: what is on it'."),
    )


def image_too_small(map_: JourneyMap, options: Options) -> Iterator[Remark]:
    """A photo that will look coarse on a screen or in print.

    Its longest side is below `smallest_image` (800) pixels. What the file beside the map says of itself counts, else
    `width` and `height`; a photo of which neither is known is left alone.

    Fires:

        assets: {doos: {file: beeld/doos.jpg, alt: Een doos, width: 320, height: 240}}

    Does not fire:

        assets: {doos: {file: beeld/doos.jpg, alt: Een doos, width: 1600, height: 1200}}
    """
    measured = sizes(map_)
    for asset in map_.assets:
        side = max(measured.get(asset.id, (asset.width or 0, asset.height or 0)))
        if asset.kind == "photo" and 0 < side < options.smallest_image:
            yield _too_small(asset.id, side, options.smallest_image, _uses(map_, asset.id))
    known = {asset.id for asset in map_.assets}
    for _, step in map_.steps():
        side = max(measured.get(step.image or "", (0, 0)))
        if step.image not in known and 0 < side < options.smallest_image:
            yield _too_small(step.id, side, options.smallest_image)


def _too_small(id_: str, side: int, least: int, uses: Label = NO_USE) -> Remark:
    return Remark(
        id_,
        Label(f"De foto van '{id_}' is te klein", f"The photo of '{id_}' is too small"),
        paragraph(
            Label(
                f"De langste zijde is {side} beeldpunten; {least} is het minste.",
                f"Its longest side is {side} pixels; {least} is the least.",
            ),
            uses,
        ),
        Label("Neem een grotere.", "Take a larger one."),
    )


CHECKS = (Check("hint", image_without_alt), Check("hint", image_too_small))
