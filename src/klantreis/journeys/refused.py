"""Takes the rows of one person from the lists of refused rows."""

from __future__ import annotations

import csv
import json
import os
import re
import sys
from collections.abc import Collection
from pathlib import Path


def without_rows(folder: Path, ids: Collection[str]) -> int:
    """Removes from every list in `folder` the rows in which one of these ids stands; returns how many went.

    A field must be the id, whatever the capitals; in a row that could not be split, the id must stand there as a word.
    Rather too many than too few: the lists are there to mend a file by.
    """
    sought = {one.strip().casefold() for one in ids if one.strip()}
    if not sought or not folder.is_dir():
        return 0
    csv.field_size_limit(sys.maxsize)
    return sum(_cleaned(path, sought) for path in sorted(folder.glob("*.csv")))


def _cleaned(path: Path, sought: set[str]) -> int:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        head, *rows = list(csv.reader(stream))
    kept = [row for row in rows if not _theirs(dict(zip(head, row, strict=False)), sought)]
    if len(kept) < len(rows):
        fresh = path.with_suffix(f".{os.getpid()}.new")
        with fresh.open("w", encoding="utf-8-sig", newline="") as out:
            csv.writer(out).writerows([head, *kept])
        fresh.replace(path)
    return len(rows) - len(kept)


def _theirs(row: dict[str, str], sought: set[str]) -> bool:
    seen = row.get("seen", "").removeprefix("'")
    try:
        fields = json.loads(row.get("fields", "") or "{}")
    except ValueError:
        fields = {"row": row.get("fields", "")}
    texts = [str(value) for value in fields.values() if value is not None]
    if row.get("reason") == "bad_row":
        whole = " ".join([seen, *texts]).casefold()
        return any(re.search(rf"(?<!\w){re.escape(one)}(?!\w)", whole) for one in sought)
    return any(text.strip().casefold() in sought for text in (seen, *texts))
