"""The images of a map, read from the files beside it: pixels only, within bounds, never outside the folder of the map.

A picture is known by its first bytes, not by what its name ends in. What runs or reaches out (SVG, HTML) is not taken.
"""

from __future__ import annotations

import stat
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from klantreis.findings import Finding, Place
from klantreis.labels import Label
from klantreis.map.model import JourneyMap

Media = Literal["image/png", "image/jpeg", "image/webp"]
LARGEST, TOGETHER = 5_000_000, 30_000_000
"""Bytes that one image, and all of a map, may be."""
SIDE, PIXELS = 12_000, 40_000_000
"""Pixels that a side, and the whole of an image, may be."""


@dataclass(frozen=True, slots=True)
class Image:
    """An image as its file holds it; width and height in pixels."""

    media: Media
    data: bytes = field(repr=False)
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Images:
    """The images of a map by the name its steps and personas give them; a finding for each that cannot be shown."""

    known: Mapping[str, Image] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def images_of(map_: JourneyMap) -> Images:
    """Returns the images that the steps and personas of a map name and that lie as files in the folder of the map.

    A map that was not read from a file has none. An image that is not there, too large, or no PNG, JPEG or WebP gives
    a finding and no image. Raises nothing.
    """
    if map_.file is None:
        return Images()
    folder = Path(map_.file).parent
    files = {asset.id: asset.file for asset in map_.assets}
    urls = {asset.id for asset in map_.assets if asset.url and not asset.file}
    known: dict[str, Image] = {}
    found: list[Finding] = []
    room = TOGETHER
    users = {step.image: step.id for _, step in reversed(map_.steps()) if step.image}
    users |= {one.picture: one.id for one in reversed(map_.personas) if one.picture and one.picture not in users}
    for name in dict.fromkeys([*(step.image for _, step in map_.steps()), *(one.picture for one in map_.personas)]):
        if not name:
            continue
        if name in urls or name.startswith("https://"):
            continue
        file = files.get(name) or name
        image = _read(folder, file, min(room, LARGEST))
        if isinstance(image, Image):
            known[name] = image
            room -= len(image.data)
        else:
            place = map_.place(name if name in files else users[name])
            found.append(_not_shown(place, file, image))
    return Images(known, tuple(found))


def sizes(map_: JourneyMap) -> dict[str, tuple[int, int]]:
    """Returns width and height in pixels of the photos that lie as files in the folder of a map.

    By the id of the asset, or by the file that a step names. What cannot be read as an image is left out.
    """
    if map_.file is None:
        return {}
    folder = Path(map_.file).parent
    files = {asset.id: asset.file for asset in map_.assets if asset.kind == "photo" and asset.file}
    known = {asset.id for asset in map_.assets}
    files |= {step.image: step.image for _, step in map_.steps() if step.image and step.image not in known}
    read = {file: _read(folder, file, LARGEST) for file in set(files.values()) if not file.startswith("https://")}
    return {
        id_: (image.width, image.height) for id_, file in files.items() if isinstance(image := read.get(file), Image)
    }


def image_of(data: bytes) -> Image | None:
    """Returns the image that bytes hold; None when they are no PNG, JPEG or WebP with a size."""
    for media, size in (("image/png", _png(data)), ("image/jpeg", _jpeg(data)), ("image/webp", _webp(data))):
        if size and size[0] > 0 and size[1] > 0:
            return Image(media, data, *size)  # type: ignore[arg-type]
    return None


def _read(folder: Path, file: str, most: int) -> Image | Label:
    """The image in a file below a folder, or why there is none."""
    try:
        path = (folder / file).resolve()
        if not path.is_relative_to(folder.resolve()):
            return Label("het ligt buiten de map van de kaart", "it lies outside the folder of the map")
        if not stat.S_ISREG(path.stat().st_mode):
            return Label("het is geen gewoon bestand", "it is no ordinary file")
        with path.open("rb") as stream:
            data = stream.read(most + 1)
    except (OSError, ValueError, RuntimeError):
        return Label("het bestand is er niet of kan niet gelezen worden", "the file is not there or cannot be read")
    if len(data) > most:
        return Label(
            f"het is te groot: een beeld mag {LARGEST // 1_000_000} MB zijn, alle samen {TOGETHER // 1_000_000} MB",
            f"it is too large: one may be {LARGEST // 1_000_000} MB, all together {TOGETHER // 1_000_000} MB",
        )
    image = image_of(data)
    if image is None:
        return Label("het is geen PNG, JPEG of WebP", "it is no PNG, JPEG or WebP")
    if max(image.width, image.height) > SIDE or image.width * image.height > PIXELS:
        return Label(
            f"het heeft te veel beeldpunten: {image.width} × {image.height}",
            f"it has too many pixels: {image.width} × {image.height}",
        )
    return image


def _not_shown(place: Place, file: str, why: Label) -> Finding:
    return Finding(
        "image.not_shown",
        "warning",
        place,
        Label(f"Het beeld '{file}' wordt niet getekend", f"The image '{file}' is not drawn"),
        Label(
            f"Want {why.nl}. Er staat een lijst met zijn tekst.", f"For {why.en}. A frame with its text stands there."
        ),
        advice=Label(
            "Leg een PNG, JPEG of WebP naast de kaart, zoals beeld/doos.jpg.",
            "Put a PNG, JPEG or WebP beside the map, such as images/box.jpg.",
        ),
    )


def _png(data: bytes) -> tuple[int, int] | None:
    if data[:8] != b"\x89PNG\r\n\x1a\n" or data[12:16] != b"IHDR" or len(data) < 24:
        return None
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def _jpeg(data: bytes) -> tuple[int, int] | None:
    """Width and height from the frame header (ITU-T T.81, B.2.2)."""
    if data[:3] != b"\xff\xd8\xff":
        return None
    for start in _segments(data):
        marker = data[start + 1]
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC} and start + 9 <= len(data):
            height, width = struct.unpack(">HH", data[start + 5 : start + 9])
            return width, height
    return None


def _segments(data: bytes) -> Iterator[int]:
    """Where each segment of a JPEG begins, up to the scan."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        if data[at + 1] == 0xFF:
            at += 1
            continue
        yield at
        at += 2 + max(2, int.from_bytes(data[at + 2 : at + 4], "big"))


def _webp(data: bytes) -> tuple[int, int] | None:
    """Width and height of the three kinds of WebP (RFC 9649)."""
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP" or len(data) < 30:
        return None
    kind = data[12:16]
    if kind == b"VP8X":
        return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    if kind == b"VP8L" and data[20] == 0x2F:
        bits = int.from_bytes(data[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 " and data[23:26] == b"\x9d\x01\x2a":
        width, height = struct.unpack("<HH", data[26:30])
        return width & 0x3FFF, height & 0x3FFF
    return None
