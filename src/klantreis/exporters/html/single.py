"""A page with one view of a map and nothing else: the picture, the same as a table, and the map as a list."""

from __future__ import annotations

from klantreis.exporters.contract import View, scene_of
from klantreis.exporters.html.markup import el, joined
from klantreis.exporters.html.page import document
from klantreis.exporters.html.pictures import picture
from klantreis.exporters.html.preview import BARE, Preview
from klantreis.exporters.html.reader import Reader
from klantreis.exporters.html.sections import contents, journey
from klantreis.exporters.html.sections.walk import walk
from klantreis.scenes.views import ViewName


def single(reader: Reader, view: ViewName, shown: Preview = BARE) -> str:
    """Returns one view of the report's map as a page of its own, which asks nothing of the network.

    It runs no script, unless it asks for votes. The map itself reads as a list on a narrow screen, as in the report;
    other views scroll in a region of their own.
    """
    scene = scene_of(reader.report, View(language=reader.language, view=view))
    drawn = picture(reader, scene, kind="map-picture" if view == "map" else "")
    listed = journey.as_list(reader) if view == "map" else None
    walked = walk(reader) if view == "map" else None
    title = reader.say("title.map") if view == "map" else scene.title
    body = joined([el("h2", title, id="view-title"), walked, drawn, listed])
    main = el("main", el("section", body, class_="chapter", aria_labelledby="view-title"), id="content", tabindex="-1")
    skip = el("a", reader.say("skip"), href="#content", class_="skip")
    page = el("body", skip, contents.head(reader), main, contents.foot(reader), id="top")
    return document(reader, page, shown)
