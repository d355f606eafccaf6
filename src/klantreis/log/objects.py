"""Objects in storage that speaks S3: which ones a path means, and copies of them to read as any file.

A copy is made a piece at a time in the scratch folder, which needs room for what is read. Who may read is up to the
usual places of S3: the variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, AWS_PROFILE, or the machine itself.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from klantreis.errors import MissingPart, SourceError, did_you_mean
from klantreis.labels import Label
from klantreis.log.columns import needed
from klantreis.log.files import ENDINGS, no_room, where
from klantreis.log.model import Source
from klantreis.log.secrets import masked
from klantreis.plugins import install_line

SCHEME = "s3://"
PIECE = 4 << 20
"""Bytes that are in memory at a time."""
PATIENCE_SECONDS = 20
VARIABLES = ("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_ACCESS_KEY_ID")
FAULTS = {
    "NO_SUCH_BUCKET": (
        Label("De opslag heeft geen {bucket!r}: {said}", "The storage has no {bucket!r}: {said}"),
        Label(
            "Kijk naar de naam achter s3://, en naar `endpoint` en `region`.",
            "Look at the name behind s3://, and at `endpoint` and `region`.",
        ),
    ),
    "ACCESS_DENIED": (
        Label("Je mag dit niet lezen: {said}", "You may not read this: {said}"),
        _RIGHTS := Label(
            "Kijk naar de AWS_…-variabelen of AWS_PROFILE van deze computer.",
            "Look at the AWS_… variables or AWS_PROFILE of this machine.",
        ),
    ),
    "INVALID_ACCESS_KEY_ID": (
        _STRANGER := Label("De opslag kent je niet: {said}", "The storage does not know you: {said}"),
        _RIGHTS,
    ),
    "SIGNATURE_DOES_NOT_MATCH": (_STRANGER, _RIGHTS),
    "NETWORK_CONNECTION": (
        Label("De opslag is niet te bereiken: {said}", "The storage cannot be reached: {said}"),
        Label(
            "Kijk naar `endpoint`, of zonder dat naar AWS_ENDPOINT_URL, en of deze computer daarheen mag.",
            "Look at `endpoint`, or without it at AWS_ENDPOINT_URL, and whether this machine may go there.",
        ),
    ),
}
REFUSED = (
    Label("De opslag weigerde: {said}", "The storage refused: {said}"),
    Label(
        "Er is nu niets bewaard; wat al bewaard was, is nog heel.",
        "Nothing of this load was stored; what was stored before is still whole.",
    ),
)


@dataclass(frozen=True, slots=True)
class Object:
    """One object: `key` with its bucket before it, its size in bytes, and when it was put there (nanoseconds, UTC)."""

    key: str
    size: int
    changed_ns: int

    @property
    def shown(self) -> str:
        """The object as a path."""
        return f"{SCHEME}{self.key}"


def remote(source: Source) -> bool:
    """Says whether a source's path is in storage, not on this machine."""
    return source.database is None and source.path.startswith(SCHEME)


def objects_of(source: Source) -> tuple[Object, ...]:
    """Returns the objects that a source's path means, by name, at least one.

    Raises:
        MissingPart: the library for it is not installed.
        SourceError: no such bucket or object, nothing that fits, no rights, or storage that cannot be reached.
    """
    pattern = source.path.removeprefix(SCHEME)
    fixed = re.split(r"[*?\[]", pattern, maxsplit=1)[0]
    with _told(source):
        if fixed != pattern:
            return _fitting(source, pattern, fixed.rpartition("/")[0])
        storage = _storage(source)
        (info,) = storage.get_file_info([pattern.rstrip("/")])
        if info.is_file:
            return (_object(info),)
        listed = _listed(storage, pattern.rstrip("/"))
    wanted = source.format or "parquet"
    found = tuple(one for one in listed if _kind(one.key) == wanted)
    if found:
        return found
    if listed:
        ending = "".join(PurePosixPath(listed[0].key).suffixes) or ".csv"
        raise SourceError(
            Label(
                f"{source.path!r} is een map zonder {wanted}-bestanden.",
                f"{source.path!r} is a folder without {wanted} files.",
            ),
            where=where(source),
            mend=Label(
                f"Zeg welke bestanden erin: path: {source.path.rstrip('/')}/*{ending}",
                f"Say which files in it: path: {source.path.rstrip('/')}/*{ending}",
            ),
        )
    raise _nothing(source, _beside(source, pattern))


def fetched(
    source: Source, objects: Sequence[Object], scratch: Path, tell: Callable[[int, int | None], None] | None = None
) -> dict[str, Path]:
    """Returns where in `scratch` a copy of each object stands, by how the object is shown.

    Of Parquet only the columns that the source uses are asked. `tell(bytes, all)` is called while they come.

    Raises:
        SourceError: the connection was lost, or an object changed while it was read.
    """
    copies: dict[str, Path] = {}
    total, done = sum(one.size for one in objects), 0
    with _told(source):
        storage = _storage(source)
        for one in objects:
            copy = scratch / f"{source.order}-objects" / one.key
            copy.parent.mkdir(parents=True, exist_ok=True)
            if not (_kind(one.key) == "parquet" and _narrowed(storage, source, one, copy)):
                _copied(storage, one, copy)
            (after,) = storage.get_file_info([one.key])
            if not after.is_file or _object(after) != one:
                raise SourceError(
                    Label("Het object veranderde terwijl het gelezen werd.", "The object changed while it was read."),
                    where=where(source, one.shown),
                    mend=Label(
                        "Draai het opnieuw; er is nu niets bewaard.", "Run it again; nothing of this load was stored."
                    ),
                )
            copies[one.shown] = copy
            done += one.size
            if tell is not None:
                tell(done, total)
    return copies


def _storage(source: Source) -> Any:
    try:
        from pyarrow import fs
    except ImportError as error:
        raise MissingPart(
            Label(
                "Een pad in de opslag heeft 'pyarrow' nodig, en dat is niet geïnstalleerd.",
                "A path in storage needs 'pyarrow', which is not installed.",
            ),
            where=where(source),
            mend=install_line("s3"),
        ) from error
    given: dict[str, Any] = {"connect_timeout": PATIENCE_SECONDS, "request_timeout": 3 * PATIENCE_SECONDS}
    if source.storage.endpoint:
        given["endpoint_override"] = source.storage.endpoint
    if source.storage.region or source.storage.endpoint:
        # A service of one's own has no regions; without a name the library asks AWS.
        given["region"] = source.storage.region or os.environ.get("AWS_REGION") or "us-east-1"
    return fs.S3FileSystem(**given)


def _fitting(source: Source, pattern: str, folder: str) -> tuple[Object, ...]:
    listed = _listed(_storage(source), folder)
    form = re.compile(_form(pattern))
    found = tuple(one for one in listed if form.fullmatch(one.key))
    if found:
        return found
    raise _nothing(source, listed)


def _listed(storage: Any, folder: str) -> tuple[Object, ...]:
    """Returns all objects under a folder, by name; () when there is no such folder."""
    from pyarrow import fs

    try:
        infos = storage.get_file_info(fs.FileSelector(folder, recursive=True))
    except FileNotFoundError:
        return ()
    found = (_object(info) for info in infos if info.is_file and not info.path.endswith("/"))
    return tuple(sorted(found, key=lambda one: one.key))


def _object(info: Any) -> Object:
    return Object(info.path, int(info.size), int(info.mtime_ns or 0))


def _form(pattern: str) -> str:
    """Returns a glob as a regular expression: * and ? stay within a folder, ** goes through any."""
    parts = re.split(r"(\*\*/|\*\*|\*|\?|\[[^\]]+\])", pattern)
    known = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    classes = (part.replace("[!", "[^", 1) if part.startswith("[") and part.endswith("]") else None for part in parts)
    return "".join(known.get(part) or found or re.escape(part) for part, found in zip(parts, classes, strict=True))


def _kind(key: str) -> str | None:
    return ENDINGS.get(PurePosixPath(key.casefold().removesuffix(".gz")).suffix)


def _copied(storage: Any, one: Object, copy: Path) -> None:
    with storage.open_input_stream(one.key) as stream, copy.open("wb") as out:
        while piece := stream.read(PIECE):
            out.write(piece)


def _narrowed(storage: Any, source: Source, one: Object, copy: Path) -> bool:
    """Writes a copy with only the columns that the source uses; False when that are all, or it is no Parquet."""
    if source.properties is None:
        return False
    import pyarrow
    from pyarrow import parquet

    with storage.open_input_file(one.key) as stream:
        try:
            file = parquet.ParquetFile(stream)
        except pyarrow.ArrowInvalid:
            return False  # the reader tells what is wrong with it
        names = file.schema_arrow.names
        used = [name for name in names if name in needed(source, names)]
        if len(used) in {0, len(names)}:
            return False
        kept = pyarrow.schema([file.schema_arrow.field(name) for name in used])
        with parquet.ParquetWriter(copy, kept) as out:
            for batch in file.iter_batches(columns=used):
                out.write_batch(batch.select(used).cast(kept))
    return True


def _beside(source: Source, pattern: str) -> tuple[Object, ...]:
    return _listed(_storage(source), pattern.rstrip("/").rpartition("/")[0])


def _nothing(source: Source, listed: Sequence[Object]) -> SourceError:
    names = [one.shown for one in listed[:200]]
    return SourceError(
        Label(f"Geen object past bij {source.path!r}.", f"No object fits {source.path!r}."),
        where=where(source),
        mend=did_you_mean(source.path, names)
        or Label(
            "In die map staat niets. Kijk het pad nog eens na.",
            "There is nothing in that folder. Look at the path again.",
        ),
    )


@contextmanager
def _told(source: Source) -> Iterator[None]:
    """Turns what the library raises into an error of ours, without a secret in it."""
    said = ""
    try:
        yield
        return
    except OSError as error:
        said = masked(" ".join(str(error).split()), os.environ, VARIABLES)
    if (full := no_room(source, said)) is not None:
        raise full from None
    bucket = source.path.removeprefix(SCHEME).split("/", 1)[0]
    what, mend = next((words for code, words in FAULTS.items() if code in said), REFUSED)
    raise SourceError(
        what.each(lambda text: text.format(bucket=bucket, said=said[:400])),
        where=where(source, source.path),
        mend=mend,
    ) from None
