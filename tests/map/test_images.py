"""Images of a map: pixels beside the map are taken, all else gives a reason and no image."""

from __future__ import annotations

import os
import struct
from pathlib import Path

import pytest

from klantreis.map.check import check
from klantreis.map.images import LARGEST, image_of, images_of
from klantreis.map.read import map_of, read_map
from pixels import PNG, chunk, png

WEBP = b"RIFF\x1a\x00\x00\x00WEBP"


def jpeg(width: int, height: int) -> bytes:
    """The head of a JPEG: a comment segment, then the frame header (ITU-T T.81)."""
    frame = struct.pack(">HBHHB", 8, 8, height, width, 0)
    return b"\xff\xd8\xff\xfe\x00\x04hi\xff\xc0" + frame + b"\xff\xda\x00\x02"


def with_image(folder: Path, name: str = "beeld/doos.png", more: str = "") -> Path:
    (folder / "beeld").mkdir(exist_ok=True)
    file = folder / "m.reis.yaml"
    step = f"open: {{do: Ik open, image: {{file: {name}, alt: Een doos}}}}"
    file.write_text(f"klantreis: 1\nid: m\ntitle: M\nphases:\n  gebruik: {{{step}}}\n{more}", encoding="utf-8")
    return file


def test_the_three_kinds_are_known_by_their_bytes_with_their_size() -> None:
    vp8x = WEBP + b"VP8X\x0a\x00\x00\x00" + b"\x00" * 4 + (639).to_bytes(3, "little") + (479).to_bytes(3, "little")
    vp8 = WEBP + b"VP8 \x0a\x00\x00\x00" + b"\x00\x00\x00\x9d\x01\x2a" + struct.pack("<HH", 320, 200)
    lossless = WEBP + b"VP8L\x0a\x00\x00\x00\x2f" + (99 | 49 << 14).to_bytes(4, "little") + b"\x00" * 8
    made = {"png": png(30, 20), "jpeg": jpeg(640, 480), "vp8x": vp8x, "vp8": vp8, "lossless": lossless}
    found = {name: image_of(data) for name, data in made.items()}
    sizes = {name: (one.media, one.width, one.height) for name, one in found.items() if one}
    assert sizes == {
        "png": ("image/png", 30, 20),
        "jpeg": ("image/jpeg", 640, 480),
        "vp8x": ("image/webp", 640, 480),
        "vp8": ("image/webp", 320, 200),
        "lossless": ("image/webp", 100, 50),
    }


def test_a_photo_of_few_pixels_is_reported_by_its_file_whatever_the_map_says(tmp_path: Path) -> None:
    # Requirement A6.
    said = "assets: {kop: {file: beeld/kop.png, alt: Een kop, width: 4000, height: 3000}}\n"
    map_ = read_map(with_image(tmp_path, more=said))

    def small() -> list[str | None]:
        return sorted(one.place.id or "" for one in check(map_) if one.rule == "image-too-small")

    (tmp_path / "beeld" / "doos.png").write_bytes(png(30, 20))
    (tmp_path / "beeld" / "kop.png").write_bytes(png(799, 20))
    assert len(small()) == 2
    for name in ("doos", "kop"):
        (tmp_path / "beeld" / f"{name}.png").write_bytes(png(800, 2))
    assert small() == []
    (tmp_path / "beeld" / "kop.png").unlink()
    assert small() == []


def test_an_image_beside_the_map_is_read(tmp_path: Path) -> None:
    map_ = read_map(with_image(tmp_path))
    (tmp_path / "beeld" / "doos.png").write_bytes(png(30, 20))
    found = images_of(map_)
    assert [(name, one.width, one.media) for name, one in found.known.items()] == [("open_image", 30, "image/png")]
    assert found.findings == ()


HOSTILE = {
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "html": b"<!doctype html><script>alert(1)</script>",
    "gif": b"GIF89a\x01\x00\x01\x00",
    "empty": b"",
    "pdf": b"%PDF-1.7",
    "cut head": PNG + b"\x00\x00\x00\rIHDR\x00",
    "no pixels": png(1, 1).replace(struct.pack(">II", 1, 1), struct.pack(">II", 0, 5)),
    "bomb": PNG + chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 6, 0, 0, 0)),
    "wide bomb": PNG + chunk(b"IHDR", struct.pack(">IIBBBBB", 2_000_000, 1, 8, 6, 0, 0, 0)),
    "jpeg without end": b"\xff\xd8\xff" + b"\xff" * 5000,
    "jpeg without frame": b"\xff\xd8\xff\xe0\x00\x02\xff\xda",
    "jpeg of empty segments": b"\xff\xd8" + b"\xff\xe0\x00\x00" * 5000,
    "webp of nothing": WEBP + b"\x00" * 20,
    "too large": b"\x89PNG\r\n\x1a\n" + b"\x00" * LARGEST,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_harmless_image_gives_a_reason_and_no_image(name: str, tmp_path: Path) -> None:
    map_ = read_map(with_image(tmp_path))
    (tmp_path / "beeld" / "doos.png").write_bytes(HOSTILE[name])
    found = images_of(map_)
    assert found.known == {}
    assert [one.rule for one in found.findings] == ["image.not_shown"]
    assert found.findings[0].place.line == 5
    assert found.findings[0].detail.text("nl").startswith("Want ")


@pytest.mark.parametrize("target", ["/etc/passwd", "/dev/zero", "..", "/proc/self/environ", "doos.png"])
def test_a_link_never_leads_out_of_the_folder_or_round(target: str, tmp_path: Path) -> None:
    map_ = read_map(with_image(tmp_path))
    (tmp_path / "beeld" / "doos.png").symlink_to(target)
    assert images_of(map_).known == {}
    assert len(images_of(map_).findings) == 1


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    map_ = read_map(with_image(tmp_path))
    os.mkfifo(tmp_path / "beeld" / "doos.png")
    assert images_of(map_).known == {}


def test_a_file_that_is_not_there_is_said_and_an_address_is_left_alone(tmp_path: Path) -> None:
    file = with_image(tmp_path)
    assert "er niet" in images_of(read_map(file)).findings[0].detail.text("nl")
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("file: beeld/doos.png", "url: 'https://example.org/doos.png'"), encoding="utf-8")
    assert images_of(read_map(file)).findings == ()


def test_all_images_together_have_a_bound(tmp_path: Path) -> None:
    big = png() + b"\x00" * (LARGEST - 200)
    (tmp_path / "beeld").mkdir()
    steps = ""
    for number in range(8):
        (tmp_path / "beeld" / f"{number}.png").write_bytes(big)
        steps += f"    s{number}: {{do: Stap, image: beeld/{number}.png}}\n"
    file = tmp_path / "m.reis.yaml"
    file.write_text(f"klantreis: 1\nid: m\ntitle: M\nphases:\n  gebruik:\n{steps}", encoding="utf-8")
    found = images_of(read_map(file))
    assert len(found.known) == 6
    assert len(found.findings) == 2


def test_an_asset_without_a_text_is_told_once_with_every_place_that_uses_it() -> None:
    # Requirement A6.
    text = """\
klantreis: 1
id: doos
title: Doos
assets: {doos: {file: doos.png, width: 120, height: 80}}
phases:
  gebruik:
    actions: {post: {do: Wij delen hem, asset: doos}}
    zien: {do: Ik zie de doos, image: doos}
    uitpakken: {do: Ik pak uit, image: doos}
touchpoints: {tip: {phase: gebruik, channel: email, content: doos}}
"""
    found = [one for one in check(map_of(text)) if one.rule.startswith("image")]
    assert [one.place.id for one in found] == ["doos", "doos"]
    assert all(one.detail.nl.endswith("Gebruikt bij: zien, uitpakken, tip, post.") for one in found)
    assert all(one.detail.en.endswith("Used at: zien, uitpakken, tip, post.") for one in found)
