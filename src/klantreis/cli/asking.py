"""`asks`: what every question shares: a file with its columns or a map of a workspace, and how the answer is given."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, get_type_hints

import typer

from klantreis.analyses.fold import fold
from klantreis.analyses.result import Result
from klantreis.cli import columns, speak
from klantreis.errors import OptionError
from klantreis.journeys.model import Journeys
from klantreis.labels import Label, Language
from klantreis.map.model import JourneyMap
from klantreis.scenes.names import names_of, surveys_of

FILE, STORE, ANSWER = "The file", "Or a map of the workspace", "The answer"
OF_FILE: Mapping[str, tuple[Any, Any]] = {
    "person": (str | None, typer.Option(help="Column with the person (any stable code).")),
    "at": (list[str] | None, typer.Option(help="Column with the moment. Twice: with the date, and with the time.")),
    "event": (str | None, typer.Option(help="Column with the event's name, or always:NAME for one.")),
    "channel": (str | None, typer.Option(help="Column with the channel.")),
    "value": (str | None, typer.Option(help="Column with the value in money.")),
    "score": (str | None, typer.Option(help="Column with the score of an answer.")),
    "detail": (str | None, typer.Option(help="Column with words that tell which one: a search, a topic.")),
    "device": (str | None, typer.Option(help="Column with the device or cookie, for rows that name no person.")),
    "stitch": (
        bool,
        typer.Option("--stitch", help="With --device: give its earlier rows to who next logs in there within 30 days."),
    ),
    "session_gap": (str | None, typer.Option(help="With --grain session: the pause that ends one. Default: 30m.")),
    "decimal": (Literal[".", ","] | None, typer.Option(help="Decimal sign of a CSV file: . or , Default: the point.")),
    "delimiter": (str | None, typer.Option(help="Column separator of a CSV file. Default: found out.")),
    "encoding": (str | None, typer.Option(help="utf-8, cp1252, latin-1, utf-16.")),
    "time_zone": (str | None, typer.Option(help="Zone of moments that name none. Default: UTC.")),
    "dates": (list[str] | None, typer.Option(help="How moments are written, e.g. '%d-%m-%Y %H:%M'. May repeat.")),
    "grain": (str | None, typer.Option(help="What one journey is: person, session, or a column. Default: person.")),
}
OF_STORE: Mapping[str, Any] = {
    "workspace": columns.Workspace,
    "map_": columns.OneMap,
    "segment": columns.Segment,
    "since": columns.Since,
    "until": columns.Until,
}
Drawn = Annotated[Path | None, typer.Option("--svg", help="Also draw the answer, in this file.")]
OF_ANSWER: Mapping[str, Any] = {"language": columns.Said, "json": columns.Json, "svg": Drawn}
File = Annotated[
    Path | None,
    typer.Argument(help="CSV, Parquet, JSON Lines or XES; .gz allowed. Default: the workspace.", show_default=False),
]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question is asked of: the journeys, and the map they lie on when it is asked in a workspace."""

    data: Journeys
    map: JourneyMap | None = None
    others: tuple[JourneyMap, ...] = ()
    """The maps beside it."""

    def planned(self, name: str) -> Any:
        """Returns what `klantreis measure` gives under a name ('funnel'); None for a bare file, or an unknown name."""
        if self.map is None:
            return None
        from klantreis.measure import plan

        asked = plan(self.map, self.others)
        for step, analysis, options in (*asked.steps, *asked.further):
            if step == name:
                return fold(analysis, self.data, options)
        return None

    def of_map(self, name: str) -> Any:
        """Returns the same, for a question that only a map can ask.

        Raises OptionError for a bare file.
        """
        if self.map is None:
            raise OptionError(
                Label(
                    f"Alleen een kaart kan {name} vragen, en dit is een bestand.",
                    f"Only a map can ask for {name}, and this is a file.",
                ),
                mend=Label("Laat het bestand weg: --map van een werkmap.", "Leave the file out: --map of a workspace."),
            )
        return self.planned(name)


@dataclass(frozen=True, slots=True)
class Answer:
    """A Result, and how a person reads it in a terminal: `show(result, language, names)`; names: id -> words."""

    result: Result
    show: Callable[[Any, Language, Mapping[str, str]], None]


def asks(verb: Callable[..., Answer]) -> Callable[..., None]:
    """Returns a verb that reads a file, or a map of the workspace, asks `verb(asked, ...)`, and gives its answer.

    The options of `verb` stay in front; after them come those of the file, the workspace and the answer.
    """
    own = get_type_hints(verb, include_extras=True)
    given = inspect.signature(verb).parameters
    asked = [one.replace(annotation=own[one.name]) for one in list(given.values())[1:]]
    shared = [_optional(name, hint) for name, hint in _shared().items()]
    required = [one for one in asked if one.default is inspect.Parameter.empty]
    rest = [one for one in asked if one not in required]

    def run(**options: Any) -> None:
        _answer(verb, {name: options.pop(name) for name in [one.name for one in asked]}, options)

    parameters = [_optional("file", File), *(one.replace(kind=KEYWORD) for one in (*required, *rest)), *shared]
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {one.name: one.annotation for one in parameters}
    run.__doc__, run.__name__, run.__module__ = verb.__doc__, verb.__name__, verb.__module__
    run.question = verb  # type: ignore[attr-defined] # whoever asks without a terminal reads its options here
    return run


KEYWORD = inspect.Parameter.KEYWORD_ONLY
SWITCHES = frozenset({"json", "stitch"})


def _optional(name: str, hint: Any) -> inspect.Parameter:
    default = False if name in SWITCHES else None
    return inspect.Parameter(name, KEYWORD, default=default, annotation=hint)


def _shared() -> dict[str, Any]:
    file = {name: _panel(Annotated[kind, option], FILE) for name, (kind, option) in OF_FILE.items()}
    store = {name: _panel(hint, STORE) for name, hint in OF_STORE.items()}
    return file | store | {name: _panel(hint, ANSWER) for name, hint in OF_ANSWER.items()}


def _panel(hint: Any, panel: str) -> Any:
    """Returns a hint of typer's whose option stands in a panel of the help."""
    kind, option = hint.__origin__, hint.__metadata__[0]
    inside = {slot: getattr(option, slot) for slot in ("default", "param_decls", "help", "show_default")}
    decls = inside.pop("param_decls") or ()
    default = inside.pop("default")
    return Annotated[
        kind, typer.Option(*([default] if isinstance(default, str) else []), *decls, **inside, rich_help_panel=panel)
    ]


def _answer(verb: Callable[..., Answer], own: dict[str, Any], shared: dict[str, Any]) -> None:
    file, json, svg = shared.pop("file"), shared.pop("json"), shared.pop("svg")
    of_store = {name: shared.pop(name) for name in OF_STORE}
    language = shared.pop("language")
    given = {name: value for name, value in shared.items() if value not in (None, [], False)}
    with speak.progress("reading") as tell:
        if file is not None:
            # A question that can list customers lists them by their own ids.
            said, asked = _of_file(file, given | {"ids": "per_customer" in own}, of_store, language)
        else:
            said, asked = _of_store(given, of_store, language, tell)
        tell(1, 2, "and counting")
        answer = verb(asked, **own)
    if svg is not None:
        from klantreis.verbs.picture import picture  # draws: what only asks, waits for no drawing

        picture(answer.result, map_=asked.map, language=said).save(svg)
    rows = {} if file is None else {"quality": columns.quality(asked.data.counts)}
    if json:
        speak.as_json(answer.result.to_dict() | rows)
        return
    answer.show(answer.result, said, {**surveys_of(asked.map, said), **names_of(asked.map, said)})
    for counts in rows.values():
        speak.quality(counts, said)
    if svg is not None:
        speak.line(str(svg))


def _of_file(
    file: Path, given: dict[str, Any], of_store: dict[str, Any], language: str | None
) -> tuple[Language, Asked]:
    for name, value in of_store.items():
        if value is not None:
            word = name.strip("_")
            raise OptionError(
                Label(
                    f"--{word} hoort bij een werkmap, en {str(file)!r} is een bestand.",
                    f"--{word} is of a workspace, and {str(file)!r} is a file.",
                ),
                mend=Label("Laat een van beide weg.", "Leave one of them out."),
            )
    said = speak.language(language)
    bare = columns.opened(file, said, **given)
    return said, Asked(bare.journeys)


def _of_store(
    given: dict[str, Any], of_store: dict[str, Any], language: str | None, tell: Any
) -> tuple[Language, Asked]:
    if given:
        word = next(iter(given)).replace("_", "-")
        raise OptionError(
            Label(
                f"--{word} hoort bij een bestand, en er is geen bestand genoemd.",
                f"--{word} is of a file, and no file was named.",
            ),
            mend=Label(
                "Noem een bestand; in een werkmap staat het in klantreis.yaml.",
                "Name a file; a workspace says it in klantreis.yaml.",
            ),
        )
    from klantreis.workspace import open_workspace

    shop = open_workspace(of_store["workspace"])
    map_ = shop.map(of_store["map_"])
    part = shop.slice(map_, segment=of_store["segment"], since=of_store["since"], until=of_store["until"], tell=tell)
    return speak.language(language, shop.languages), Asked(part, map_, tuple(shop.beside(map_)))
