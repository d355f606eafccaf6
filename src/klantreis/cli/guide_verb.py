"""`klantreis guide`: the nine steps of a map, and the next one together."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from klantreis.cli import columns, guide_view, speak
from klantreis.documents import edited, read_text
from klantreis.errors import DocumentError, KlantreisError, OptionError
from klantreis.labels import LANGUAGES, Label, Language, plain
from klantreis.log.files import existing
from klantreis.map.guide import GuideStep, guide, next_step
from klantreis.map.guide_ask import Change
from klantreis.map.guide_walk import walked
from klantreis.map.read import SUFFIX, map_of
from klantreis.workspace import Workspace, open_workspace

MapFile = Annotated[
    Path | None,
    typer.Argument(help="A map: a *.reis.yaml file. Default: the workspace's only map.", show_default=False),
]
Which = Annotated[str | None, typer.Option("--map", help="Which map, by its id. Default: the workspace's only map.")]
Step = Annotated[int | None, typer.Option(min=1, max=9, help="Which of the nine to do. Default: the next one.")]
Only = Annotated[bool, typer.Option("--list", help="Only tell what is done and what is missing; ask nothing.")]
Ready = Annotated[bool, typer.Option("--library", help="List the ready-made touchpoints that step 3 knows by name.")]


def run(
    file: MapFile = None,
    workspace: columns.Workspace = None,
    map_: Which = None,
    step: Step = None,
    only: Only = False,
    ready: Ready = False,
    json: columns.Json = False,
    language: columns.Said = None,
) -> None:
    """Tell which of the nine steps of a map are done, and do the next one together.

    Each answer is written into the map at once; comments and order stay. Without a terminal, or with --list, nothing is
    asked.

    Example: klantreis guide maps/ring-kopen.reis.yaml
    Example: klantreis guide --map ring-kopen --list
    Example: klantreis guide --library
    """
    if ready:
        guide_view.ready_made(speak.language(language), json=json)
        return
    if file is not None and map_ is not None:
        raise OptionError(
            Label(
                "--map hoort bij een werkmap, en dit is een bestand.", "--map is of a workspace, and this is a file."
            ),
            mend=Label("Laat een van beide weg.", "Leave one of them out."),
        )
    file = existing(file, (".yaml", ".yml")) if file else _file_of(open_workspace(workspace), map_)
    text = read_text(file)
    read = map_of(text, file=str(file))
    said = speak.language(language, read.languages)
    steps = guide(read)
    if json:
        speak.as_json([_dict(one) for one in steps])
        return
    chosen = steps[step - 1] if step else next_step(read)
    asks = chosen is not None and not only and sys.stdin.isatty()
    _tell(steps, said, whole=not asks)
    if asks and chosen is not None:
        _walk(file, text, chosen, said)


def _file_of(shop: Workspace, id_: str | None) -> Path:
    """Returns the file of a workspace's map, of its only one without an id.

    Raises OptionError when there are more maps, or none, and for an id that no map has.
    """
    files = sorted((shop.folder / "maps").glob(f"*{SUFFIX}"))
    if id_ is not None:
        return Path(shop.map(id_).file or "")
    if len(files) == 1:
        return files[0]
    listed = ", ".join(f"maps/{one.name}" for one in files)
    raise OptionError(
        Label("Welke kaart?", "Which map?") if files else Label("De werkmap heeft geen kaart.", "There is no map yet."),
        where=str(shop.folder / "maps"),
        mend=Label(f"Noem er een: {listed}.", f"Name one: {listed}.")
        if files
        else Label("Zet er een bestand *.reis.yaml in.", "Put a *.reis.yaml file there."),
    )


def _walk(file: Path, text: str, chosen: GuideStep, said: Language) -> None:
    """Does a step, and as long as the person wants, the next that is not done; each answer is written at once."""
    asker = Terminal(said, file, text)
    while True:
        speak.out.print(
            f"\n[bold]{chosen.number}. {escape(chosen.label.text(said))}[/] {escape(chosen.why.text(said))}"
        )
        for gap in chosen.missing[:MOST]:
            speak.out.print(f"   [dim]{escape(gap.text.text(said))}[/]")
        before = asker.text
        for change in walked(map_of(asker.text, file=str(file)), chosen, asker):
            asker.put(change)
        if asker.text != before:
            speak.out.print(f"[green]✓[/] {TEXTS['kept'].text(said).format(file=escape(str(file)))}")
        steps = guide(map_of(asker.text, file=str(file)))
        again = int(asker.text == before)  # a step that nobody answered is not asked twice
        open_ = [one for one in steps if not one.done and one.number >= chosen.number + again]
        if all(one.done for one in steps):
            speak.out.print(TEXTS["done"].text(said))
        if not open_:
            return
        following = open_[0]
        question = TEXTS["on"].text(said).format(number=following.number, name=following.label.text(said))
        if str(typer.prompt(question, default="", show_default=False, prompt_suffix=" ")).strip().casefold() in STOP:
            return
        chosen = following


MOST = 5
STOP = {"n", "nee", "no", "q", "stop"}
TEXTS = {
    "kept": Label("Bewaard in {file}", "Kept in {file}"),
    "done": Label("Alle negen stappen zijn gedaan.", "All nine steps are done."),
    "on": Label(
        "Verder met stap {number}, {name}? [Enter = ja, n = stop]",
        "On to step {number}, {name}? [Enter = yes, n = stop]",
    ),
    "enough": Label("lege regel: klaar", "an empty line ends it"),
    "open": Label("{n} open", "{n} open"),
}


@dataclass(slots=True)
class Terminal:
    """Asks at the terminal, in one language, and keeps the map's text up to date."""

    language: Language
    file: Path
    text: str

    def one(self, question: Label, usual: str = "") -> str:
        """Returns one answer."""
        told = question.text(self.language)
        shown = f"{told} [{usual}]" if usual else told
        return str(typer.prompt(f"{shown}\n>", default=usual, show_default=False, prompt_suffix=" ")).strip()

    def many(self, question: Label) -> list[str]:
        """Returns lines up to an empty one."""
        speak.out.print(f"{escape(question.text(self.language))} ({TEXTS['enough'].text(self.language)})")
        lines: list[str] = []
        while line := sys.stdin.readline().strip():
            lines.append(line)
        return lines

    def wrong(self, change: Change) -> Label | None:
        """Returns what is wrong with an edit, None when the map can hold it."""
        try:
            map_of(edited(self.text, *change), file=str(self.file))
        except DocumentError as error:
            texts = (error.findings[0].title, error.findings[0].advice)
            return Label(*(". ".join(filter(None, (one.text(code) for one in texts))) for code in LANGUAGES))
        except KlantreisError as error:
            return plain(str(error))
        return None

    def say(self, text: Label) -> None:
        """Tells something."""
        speak.out.print(f"[yellow]![/] {escape(text.text(self.language))}")

    def put(self, change: Change) -> None:
        """Writes an edit into the file; one that the map cannot hold is told and left out."""
        why = self.wrong(change)
        if why is not None:
            self.say(why)
            return
        self.text = edited(self.text, *change)
        self.file.write_text(self.text, encoding="utf-8", newline="")


def _tell(steps: tuple[GuideStep, ...], said: Language, *, whole: bool) -> None:
    """Prints the nine steps; with what is missing when nothing is asked, else only how much."""
    for one in steps:
        mark = "[green]✓[/]" if one.done else "[yellow]○[/]"
        rest = "" if one.done or whole else f"  [dim]{TEXTS['open'].text(said).format(n=len(one.missing))}[/]"
        speak.out.print(f"{mark} {one.number}. {escape(one.label.text(said))}{rest}")
        for gap in one.missing[:MOST] if whole else ():
            speak.out.print(f"     [dim]{escape(gap.text.text(said))}[/]")
        if whole and len(one.missing) > MOST:
            speak.out.print(f"     [dim]… +{len(one.missing) - MOST}[/]")


def _dict(step: GuideStep) -> dict[str, object]:
    gaps = [{"id": gap.id, "text": {"nl": gap.text.nl, "en": gap.text.en}} for gap in step.missing]
    name = {"nl": step.label.nl, "en": step.label.en}
    return {"number": step.number, "key": step.key, "label": name, "done": step.done, "missing": gaps}
