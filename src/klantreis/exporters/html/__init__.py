"""html: the whole report as one file that opens anywhere, in Dutch or English.

Why: a marketer must be able to open it, print it and pass it on, without an account, a network or a script. The file
holds its own fonts, pictures and style; a strict content policy stands in its head. Every picture has a table beside
it, every number its n, period and interval, and it reads on a phone, on paper and aloud.

Options: `language` nl or en (default nl); `address` where on the web the report will stand and `card` the address of
its picture, for the preview of a link; without them it names no address at all.

Example: `klantreis report --map ring-kopen --language en`. It does not fit where a program must read the numbers: take
json.
"""

from __future__ import annotations

from dataclasses import dataclass

from klantreis.exporters.contract import refuse_vast
from klantreis.exporters.html.page import page
from klantreis.exporters.html.preview import Preview
from klantreis.exporters.html.reader import reader_of
from klantreis.labels import Language
from klantreis.report import Report

name = "html"
suffix = ".html"


@dataclass(frozen=True, slots=True)
class Options:
    """How to write the report; see the page above."""

    language: Language = "nl"
    address: str | None = None
    card: str | None = None


def html(report: Report, *, language: Language = "nl", address: str | None = None, card: str | None = None) -> str:
    """Returns the report as one HTML document in `language`.

    A report without results shows the map and says in each chapter what to do to fill it. `address` and `card` are what
    the preview of a link names; addresses that are not https are left out.
    """
    refuse_vast(report)
    return page(reader_of(report, language), Preview(address, card))


def export(report: Report, options: Options = Options()) -> bytes:
    """Returns the report as the bytes of one UTF-8 file."""
    return html(report, language=options.language, address=options.address, card=options.card).encode()
