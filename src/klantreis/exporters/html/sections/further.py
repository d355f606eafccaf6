"""What plugged-in analyses tell of this map: each as its picture, with the same as a table."""

from __future__ import annotations

from klantreis.analyses.result import Result
from klantreis.exporters.html.markup import Markup, anchor, el, escaped, joined
from klantreis.exporters.html.pictures import WIDE, picture
from klantreis.exporters.html.reader import Reader
from klantreis.exporters.html.shapes import Section, again
from klantreis.plugins import part
from klantreis.scenes.pictured import pictured, result_scene


def section(reader: Reader) -> Section | None:
    """Returns the chapter of further measures; None when no analysis tells more of this map."""
    more = {} if reader.results is None else reader.results.more
    shown = {name: result for name, result in more.items() if pictured(result) and not result.silent}
    if not shown:
        return None
    body = joined(_answer(reader, name, result) for name, result in shown.items())
    gist = reader.say("gist.further", n=reader.number(len(shown)))
    return Section("further", reader.say("title.further"), reader.say("question.further"), gist, body)


def _answer(reader: Reader, name: str, result: Result) -> Markup:
    scene = result_scene(result, language=reader.language, map_=reader.report.map, width=WIDE)
    verb = getattr(part("analysis", name), "verb", name)
    parts = [el("h3", escaped(scene.title), class_="heard"), picture(reader, scene), again(reader, (verb,))]
    return el("section", *parts, id=anchor(f"further-{name}"))
