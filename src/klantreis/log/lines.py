"""Lines and records of a text file: a quoted field may run over lines, so the two are not the same."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from klantreis.log.files import opened

CHUNK = 1 << 22
LONGEST_RECORD = 1 << 26


def lines_of(path: Path, delimiter: str, head: bool, records: Collection[int]) -> dict[int, int]:
    """Returns record -> the line it starts on, both from 1; blank lines are no records, the head is none either."""
    if not records:
        return {}
    if not _uneven(path):
        return {record: record + int(head) for record in records}
    wanted, last = set(records), max(records)
    found: dict[int, int] = {}
    record = -1 if head else 0
    for line, blank in _walk(path, delimiter):
        record += not blank
        if record in wanted and not blank:
            found[record] = line
        if record >= last:
            break
    return found


def blanks_of(path: Path, delimiter: str) -> list[int]:
    """Returns which rows of a file are blank lines, counting head, records and blank lines alike from 1."""
    if not _uneven(path):
        return []
    return [number for number, (_, blank) in enumerate(_walk(path, delimiter), start=1) if blank]


def lines_at(path: Path, positions: Collection[int]) -> dict[int, int]:
    """Returns byte position -> the line it is on, from 1."""
    found: dict[int, int] = {}
    ordered = sorted(positions)
    line, done = 1, 0
    with opened(path) as stream:
        for position in ordered:
            line += _newlines(stream.read(position - done))
            done = position
            found[position] = line
    return found


def without_lines(path: Path, copy: Path, lines: Collection[int]) -> Path:
    """Writes `copy`: the same file with these lines (from 1) left blank, so that every other line keeps its number."""
    with opened(path) as stream, copy.open("wb") as out:
        for number, line in enumerate(stream, start=1):
            out.write(b"\n" if number in lines else line)
    return copy


def whole(path: Path, line: int, delimiter: str) -> bool:
    """Says whether the record that starts on this line ends properly within 64 MB, whatever its size."""
    sign = re.escape(delimiter.encode())
    cell = re.compile(rb'(?:"[^"]*(?:""[^"]*)*"|(?!")[^\n' + sign + rb"]*)(" + sign + rb"|\r?\n|\Z)")
    with opened(path) as stream:
        for _ in range(line - 1):
            stream.readline()
        data = stream.read(LONGEST_RECORD)
    place = 0
    while (found := cell.match(data, place)) and found.group(1) == delimiter.encode():
        place = found.end()
    return found is not None


def _newlines(data: bytes) -> int:
    return data.count(b"\n")


def _uneven(path: Path) -> bool:
    """Says whether the file may hold blank lines or fields over several lines; False is certain."""
    tail = b"\n"
    with opened(path) as stream:
        while data := stream.read(CHUNK):
            joined = tail + data
            if b'"' in data or b"\n\n" in joined or b"\n\r\n" in joined:
                return True
            tail = data[-2:]
    return False


def _walk(path: Path, delimiter: str) -> Iterator[tuple[int, bool]]:
    """Yields the first line of each record, and whether it is only a blank line."""
    opens = re.compile(b"(?:^|" + re.escape(delimiter.encode()) + b') *"')
    inside = False
    with opened(path) as stream:
        for number, line in enumerate(stream, start=1):
            if not inside:
                yield number, not line.strip(b"\r\n\xef\xbb\xbf")
            if line.count(b'"') % 2 and (inside or opens.search(line)):
                inside = not inside
