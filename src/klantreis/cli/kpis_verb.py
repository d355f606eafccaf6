"""`klantreis kpis`: how each KPI of a map stands against its target; and add a ready-made set of them."""

from __future__ import annotations

import inspect
from typing import Annotated, Any

import typer

from klantreis.cli import kpis_view, speak
from klantreis.cli.asking import Answer, Asked, asks
from klantreis.cli.words import TEXTS, text
from klantreis.documents.flow import flow
from klantreis.errors import OptionError
from klantreis.labels import Label
from klantreis.map.kpi_sets import ORDER, kpi_set
from klantreis.workspace import open_workspace

Add = Annotated[
    str | None,
    typer.Option("--add", help=f"Put a ready-made KPI set on the map: {', '.join(ORDER)}."),
]


@asks
def _answer(asked: Asked) -> Answer:
    """KPIs against their targets, for everybody and for each segment. Or add a ready-made set of them to a map.

    Example: klantreis kpis --map ring-kopen
    Example: klantreis kpis --map ring-kopen --add awareness
    """
    return Answer(asked.of_map("kpis"), kpis_view.kpis_of(asked.map))


def run(**options: Any) -> None:
    """Asks, or with `--add` writes the set to the file of the map, comments and order kept."""
    name = options.pop("add")
    if name is None:
        _answer(**options)
        return
    if options["file"] is not None:
        raise OptionError(
            Label(
                "Een set wordt toegevoegd aan een kaart van de werkmap.", "A set is added to a map of the workspace."
            ),
            mend=Label("Laat het bestand weg: --map van een werkmap.", "Leave the file out: --map of a workspace."),
        )
    shop = open_workspace(options["workspace"])
    said = speak.language(options["language"], shop.languages)
    map_ = shop.map(options["map_"])
    chosen = kpi_set(name)
    file, added = shop.add(map_, chosen.edits(map_))
    if options["json"]:
        speak.as_json({"path": str(file), "set": name, "added": {part: list(ids) for part, ids in added.items()}})
    elif not added:
        speak.done(text("set_there", said, name, str(file)))
    else:
        speak.done(text("set_added", said, str(file), ", ".join(added.get("kpis", ()))))
        examples = chosen.examples(added.get("touchpoints", ()))
        if examples:
            speak.line(TEXTS["set_match"].text(said))
        for id_, match in examples:
            speak.line(f"  {id_}: match: {flow(match)}")
        speak.line(TEXTS["set_target"].text(said))


def _with_add() -> None:
    """Gives `run` the options of the question, with its own among them."""
    asked = inspect.signature(_answer)
    hint = inspect.Parameter("add", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=Add)
    first, *rest = asked.parameters.values()
    run.__signature__ = inspect.Signature([first, hint, *rest])  # type: ignore[attr-defined]
    run.__annotations__ = {one.name: one.annotation for one in (first, hint, *rest)}
    run.__doc__ = _answer.__doc__
    run.question = _answer.question  # type: ignore[attr-defined] # who asks without a terminal cannot write


_with_add()
