"""How a time is written, as `dates` of a source says it: '%d-%m-%Y %H:%M', seen on one time of it."""

from __future__ import annotations

import re

USUAL = ("%d-%m-%Y %H:%M", "%m/%d/%Y %H:%M")
"""What is shown when one time does not tell how it is written: day first, and month first."""
MONTHS = 12
_WRITTEN = re.compile(
    r"(?P<first>\d{1,2})(?P<sign>[-/.])(?P<second>\d{1,2})(?P=sign)\d{4}"
    r"(?:(?P<between>[T ]+)\d{1,2}:\d{2}(?P<seconds>:\d{2}(?P<part>\.\d{1,6})?)?(?P<half> ?[AaPp][Mm])?)?"
)


def forms(text: str) -> tuple[str, str]:
    """Returns how a time is written when its day stands first, and when its month does; as `USUAL` when not seen."""
    seen = _WRITTEN.fullmatch(text.strip())
    if seen is None:
        return USUAL
    sign, clock = seen["sign"], ""
    if seen["between"]:
        half = seen["half"] and seen["half"][:-2] + "%p"
        parts = ("%I" if half else "%H", ":%M", seen["seconds"] and ":%S", seen["part"] and ".%f", half)
        clock = seen["between"] + "".join(filter(None, parts))
    return f"%d{sign}%m{sign}%Y{clock}", f"%m{sign}%d{sign}%Y{clock}"


def form(text: str) -> str:
    """Returns how a time is written: month first when its second number can be no month, else day first."""
    seen = _WRITTEN.fullmatch(text.strip())
    return forms(text)[seen is not None and int(seen["second"]) > MONTHS]
