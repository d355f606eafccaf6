"""html: the whole report as one file that opens anywhere, in Dutch or English.

Why: a marketer must be able to open it, print it and pass it on, without an account, a network or a script. The file
holds its own fonts, pictures and style; a strict content policy stands in its head. Every picture has a table beside
it, every number its n, period and interval, and it reads on a phone, on paper and aloud.

Options: `language` nl or en (default nl); `address` where on the web the report will stand and `card` the address of
its picture, for the preview of a link; without them it names no address at all. `view` report (default), or one view of
the map with its table and no more; `unlisted` asks search engines to leave the page out. `votes` asks at each step of
the walk whether it is recognisable, by a script of its own that the policy allows; `reply_to` is the mail address that
the answers may go to.

Example: `klantreis report --map ring-kopen --language en`. It does not fit where a program must read the numbers: take
json.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal

from klantreis.exporters.contract import refuse_vast
from klantreis.exporters.html.page import page
from klantreis.exporters.html.preview import Preview
from klantreis.exporters.html.reader import Ask, reader_of
from klantreis.exporters.html.single import single
from klantreis.labels import Language
from klantreis.report import Report
from klantreis.scenes.views import ViewName

name = "html"
suffix = ".html"


@dataclass(frozen=True, slots=True)
class Options:
    """How to write the report; see the page above."""

    language: Language = "nl"
    address: str | None = None
    card: str | None = None
    view: ViewName | Literal["report"] = "report"
    unlisted: bool = False
    votes: bool = False
    reply_to: str | None = None


def html(
    report: Report,
    *,
    language: Language = "nl",
    address: str | None = None,
    card: str | None = None,
    view: ViewName | Literal["report"] = "report",
    unlisted: bool = False,
    votes: bool = False,
    reply_to: str | None = None,
) -> str:
    """Returns the report, or only one view of its map, as one HTML document in `language`.

    A report without results shows the map and says in each chapter what to do to fill it. `address` and `card` are what
    the preview of a link names; addresses that are not https are left out. `unlisted`: search engines are asked to
    leave the page out. `votes`: it asks whether each step is recognisable, and answers may go to `reply_to`.
    """
    refuse_vast(report)
    ask = Ask(reply_to) if votes else None
    reader, shown = reader_of(report, language, ask), Preview(address, card, unlisted)
    return page(reader, shown) if view == "report" else single(reader, view, shown)


def export(report: Report, options: Options = Options()) -> bytes:
    """Returns the report as the bytes of one UTF-8 file."""
    asked = {one.name: getattr(options, one.name) for one in fields(options)}
    return html(report, **asked).encode()
