"""Writes to the store's folder so that a power cut or a kill leaves what was there before, or what comes after."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any

from klantreis.errors import QueryError, StoreError, reason
from klantreis.labels import Label

CHUNK = 1 << 20
WINDOWS = os.name == "nt"
TRIES, PAUSE = 60, 0.05
"""How often, and how many seconds apart, Windows is asked to replace a file that somebody reads."""
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
FULL_WORDS = ("no space left", "disk full", "file too large", "quota", "could not write", "failed to write")


def checksum(path: Path) -> str:
    """Returns the BLAKE2b hash of a file's bytes."""
    digest = hashlib.blake2b(digest_size=16)
    with path.open("rb") as stream:
        while piece := stream.read(CHUNK):
            digest.update(piece)
    return digest.hexdigest()


def settle(path: Path) -> None:
    """Returns when the bytes of a file, or the names in a folder, are on the disk itself."""
    if path.is_dir() and WINDOWS:
        return  # Windows cannot flush a folder; its renames are journalled
    handle = os.open(path, os.O_RDWR if WINDOWS else os.O_RDONLY)  # Windows flushes only what may be written
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def settle_all(folder: Path) -> None:
    """Settles every file and folder under `folder`, and the names above it; nothing when it is not there."""
    if not folder.is_dir():
        return
    for inner in sorted(folder.rglob("*")):
        settle(inner)
    for above in (folder, *list(folder.parents)[:3]):
        settle(above)


def replace_json(path: Path, content: object) -> None:
    """Puts `content` in the place of a JSON file at once: a reader meets the old or the new text, never half.

    A dataclass in it is told by its fields.
    """
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), default=told_of)
    replace_bytes(path, text.encode())


def replace_bytes(path: Path, content: bytes) -> None:
    """Puts bytes in the place of a file at once, on the disk itself."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    fresh.write_bytes(content)
    settle(fresh)
    _put(fresh, path)
    settle(path.parent)


def told_of(value: Any) -> dict[str, Any]:
    """Returns the fields of a dataclass by name; what they hold stays as it is."""
    return {one.name: getattr(value, one.name) for one in fields(value)}


def _put(fresh: Path, path: Path) -> None:
    """Puts a file in the place of another; on Windows it waits, some seconds at most, for who reads that one."""
    for _ in range(TRIES if WINDOWS else 0):
        try:
            fresh.replace(path)
            return
        except PermissionError:
            time.sleep(PAUSE)
    fresh.replace(path)


def sweep(folder: Path, kept: Iterable[Path | str]) -> list[Path]:
    """Removes every file under `folder` that is not one of `kept`, and the folders that are empty then.

    Returns what could not be removed: on Windows a file that somebody reads stays until a next sweep.
    """
    named, top = {str(path) for path in kept}, str(folder)
    stayed: list[Path] = []
    for inner, folders, files in os.walk(top, topdown=False):  # names as texts: there may be tens of thousands
        gone = [name for name in files if f"{inner}{os.sep}{name}" not in named]
        links = [name for name in folders if f"{inner}{os.sep}{name}" not in named and Path(inner, name).is_symlink()]
        for path in [Path(inner, name) for name in (*gone, *links)]:
            try:
                path.unlink(missing_ok=True)
            except PermissionError:
                if not WINDOWS:
                    raise
                stayed.append(path)
        if inner != top and len(gone) == len(files) and not any(Path(inner).iterdir()):
            Path(inner).rmdir()
    return stayed


@contextmanager
def guarded(folder: Path, partial: Path | None = None) -> Iterator[None]:
    """Turns a full disk or a missing permission into a StoreError, and takes away what was half written."""
    try:
        yield
    except BaseException as error:
        if partial is not None:
            shutil.rmtree(partial, ignore_errors=True)
        told = _told(error, folder)
        if told is None:
            raise
        raise told from error


def _told(error: BaseException, folder: Path) -> StoreError | None:
    if not isinstance(error, OSError | QueryError):
        return None
    words = str(error.what if isinstance(error, QueryError) else error).lower()
    full = isinstance(error, OSError) and error.errno in FULL
    if full or (isinstance(error, QueryError) and any(word in words for word in FULL_WORDS)):
        what = Label(
            "De schijf is vol: de nieuwe gebeurtenissen konden niet bewaard worden.",
            "The disk is full: the new events could not be stored.",
        )
        mend = Label(
            "Maak ruimte en draai het opnieuw; wat al bewaard was, is nog heel.",
            "Make room and run it again; what was stored before is still whole.",
        )
    elif isinstance(error, PermissionError) or ("permission denied" in words and str(folder).lower() in words):
        what = Label("Je mag niet in de opslag schrijven.", "There is no permission to write in the store.")
        mend = Label(
            f"Geef jezelf het recht om in {folder} te schrijven; wat al bewaard was, is nog heel.",
            f"Give yourself the right to write in {folder}; what was stored before is still whole.",
        )
    elif isinstance(error, OSError):
        what = Label(
            f"De opslag kon niet beschreven worden: {reason(error).text('nl')}.",
            f"The store could not be written: {reason(error).text('en')}.",
        )
        mend = Label("Wat al bewaard was, is nog heel.", "What was stored before is still whole.")
    else:
        return None
    where = getattr(error, "filename", None) or folder
    return StoreError(what, where=str(where), mend=mend)
