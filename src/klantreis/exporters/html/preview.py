"""What the preview of a link shows: the title, the curve in words, and, when there is an address, the card."""

from __future__ import annotations

from dataclasses import dataclass

from klantreis.exporters.html.markup import Markup, el
from klantreis.exporters.html.reader import Reader
from klantreis.scenes.card import HIGH, WIDE, card_scene

UNLISTED = el("meta", name="robots", content="noindex, nofollow, noarchive")
"""What asks search engines to leave a page out."""


@dataclass(frozen=True, slots=True)
class Preview:
    """Where on the web a report will stand, and where its card; None: nowhere, and nothing of the web is named.

    `unlisted`: only who was given the address may find it, so search engines are asked to leave it out.
    """

    address: str | None = None
    card: str | None = None
    unlisted: bool = False

    def tags(self, reader: Reader, title: str) -> list[Markup]:
        """Returns the elements for the head of the page."""
        report = reader.report
        curve = card_scene(report.map, report.results, report.findings, language=reader.language).description
        described = [UNLISTED] if self.unlisted else []
        described += [el("meta", name="description", content=curve)] if curve else []
        named = {"og:type": "article", "og:title": title, "og:description": curve, "og:site_name": report.workspace}
        named |= {"og:locale": "nl_NL" if reader.language == "nl" else "en_GB", "og:url": _web(self.address)}
        if _web(self.card):
            size = {"og:image:width": f"{2 * WIDE:.0f}", "og:image:height": f"{2 * HIGH:.0f}"}
            named |= {"og:image": _web(self.card), "og:image:type": "image/png", **size, "og:image:alt": curve or title}
            described.append(el("meta", name="twitter:card", content="summary_large_image"))
        return described + [el("meta", property=key, content=text) for key, text in named.items() if text]


BARE = Preview()
"""A report that stands nowhere on the web."""


def _web(address: str | None) -> str:
    """An address of https, else nothing: a preview names nothing that could run or that lies on this machine."""
    return address if address and address.startswith("https://") else ""
