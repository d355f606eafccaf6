"""`klantreis guide`: the nine steps of a map, and the next one together."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from klantreis.cli import columns, speak
from klantreis.documents import edited, read_text
from klantreis.labels import Label, Language
from klantreis.map.guide import GuideStep, guide, next_step
from klantreis.map.guide_walk import walked
from klantreis.map.read import map_of

MapFile = Annotated[Path, typer.Argument(help="A map: a *.reis.yaml file.", show_default=False)]
Step = Annotated[int | None, typer.Option(min=1, max=9, help="Which of the nine to do. Default: the next one.")]
Only = Annotated[bool, typer.Option("--list", help="Only tell what is done and what is missing; ask nothing.")]


def run(
    file: MapFile, step: Step = None, only: Only = False, json: columns.Json = False, language: columns.Said = None
) -> None:
    """Tell which of the nine steps of a map are done, and do the next one together.

    Answers are written into the map; comments and order stay. Without a terminal, or with --list, nothing is asked.

    Example: klantreis guide maps/ring-kopen.reis.yaml
    """
    text = read_text(file)
    map_ = map_of(text, file=str(file))
    said = speak.language(language, map_.languages)
    steps = guide(map_)
    if json:
        speak.as_json([_dict(one) for one in steps])
        return
    _tell(steps, said)
    chosen = steps[step - 1] if step else next_step(map_)
    if chosen is None or only or not sys.stdin.isatty():
        return
    speak.out.print(f"\n[bold]{chosen.number}. {escape(chosen.label.text(said))}[/]  {escape(chosen.why.text(said))}")
    changed = text
    for path, value in walked(map_, chosen, Terminal(said)):
        changed = edited(changed, path, value)
    map_of(changed, file=str(file))
    if changed != text:
        file.write_text(changed, encoding="utf-8", newline="")
        speak.out.print(f"[green]✓[/] {escape(str(file))}")


@dataclass(frozen=True, slots=True)
class Terminal:
    """Asks at the terminal, in one language."""

    language: Language

    def one(self, question: Label, usual: str = "") -> str:
        """Returns one answer."""
        return str(typer.prompt(question.text(self.language), default=usual, show_default=bool(usual))).strip()

    def many(self, question: Label) -> list[str]:
        """Returns lines up to an empty one."""
        ends = "lege regel: klaar" if self.language == "nl" else "an empty line ends it"
        speak.out.print(f"{escape(question.text(self.language))} ({ends})")
        lines: list[str] = []
        while line := sys.stdin.readline().strip():
            lines.append(line)
        return lines


def _tell(steps: tuple[GuideStep, ...], said: Language) -> None:
    for one in steps:
        mark = "[green]✓[/]" if one.done else "[yellow]○[/]"
        speak.out.print(f"{mark} {one.number}. {escape(one.label.text(said))}")
        for gap in one.missing[:5]:
            speak.out.print(f"     [dim]{escape(gap.text.text(said))}[/]")
        if len(one.missing) > 5:
            speak.out.print(f"     [dim]… +{len(one.missing) - 5}[/]")


def _dict(step: GuideStep) -> dict[str, object]:
    gaps = [{"id": gap.id, "text": {"nl": gap.text.nl, "en": gap.text.en}} for gap in step.missing]
    name = {"nl": step.label.nl, "en": step.label.en}
    return {"number": step.number, "key": step.key, "label": name, "done": step.done, "missing": gaps}
