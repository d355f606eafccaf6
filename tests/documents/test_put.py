"""A file is there whole, or as it was; who may read it, and where a link leads, stay."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from klantreis.documents.put import put_whole


def test_a_file_keeps_its_permissions_and_a_link_keeps_leading_to_it(tmp_path: Path) -> None:
    file, link = tmp_path / "a.yaml", tmp_path / "b.yaml"
    file.write_bytes(b"oud")
    file.chmod(0o664)
    link.symlink_to(file)
    put_whole(link, b"nieuw")
    assert (link.is_symlink(), file.read_bytes(), stat.S_IMODE(file.stat().st_mode)) == (True, b"nieuw", 0o664)


def test_a_new_file_can_be_read_by_everybody(tmp_path: Path) -> None:
    put_whole(tmp_path / "a.yaml", b"x")
    assert stat.S_IMODE((tmp_path / "a.yaml").stat().st_mode) == 0o644


def test_what_goes_wrong_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"oud")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        put_whole(file, b"nieuw")
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("a.yaml", b"oud")]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="NOT RUN: the system lets us write everywhere here")
def test_what_may_not_be_written_is_not_replaced(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"oud")
    file.chmod(0o444)
    with pytest.raises(PermissionError):
        put_whole(file, b"nieuw")
