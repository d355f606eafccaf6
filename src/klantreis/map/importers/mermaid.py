"""mermaid: a map from a Mermaid `journey` diagram.

Why: many teams have one in a README. A section becomes a phase, a task a step, a score of 1 to 5 a feeling of -2 to +2,
an actor a persona. The text is read as Mermaid 11 reads it: front matter, directives and comments are left out, codes
such as #58; become their sign. Scores beyond 1 to 5 are brought back to the nearest, and told.

Example: `klantreis import reis.mmd --as ring-kopen`. It does not fit for other diagrams of Mermaid, such as flowcharts.
"""

from __future__ import annotations

import html
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from klantreis.errors import SourceError
from klantreis.findings import Finding
from klantreis.labels import Label
from klantreis.map.losses import lost
from klantreis.map.sketch import Sketch, Stop, harmless

name = "mermaid"
endings = (".mmd", ".mermaid", ".md")

_FRONT = re.compile(r"^([^\S\n\r]*)-{3}\s*[\n\r](.*?)[\n\r]\1-{3}\s*[\n\r]+", re.DOTALL)
_DIRECTIVE = re.compile(r"%%\{.*?\}%%", re.DOTALL)
_COMMENT = re.compile(r"\s*%%.*\n")
_ENTITY = re.compile(r"#(\w+);")
_UNFELT = re.compile(r" \((gevoel onbekend|feeling unknown)\)\s*$")


@dataclass(frozen=True, slots=True)
class Task:
    """One task, texts as they were written. A score that is no number is nan."""

    section: str
    task: str
    score: float
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Diagram:
    """A journey diagram as Mermaid's own parser sees it; `front` is the title in the front matter before it."""

    title: str = ""
    acc_title: str = ""
    acc_description: str = ""
    sections: tuple[str, ...] = ()
    tasks: tuple[Task, ...] = ()
    front: str = ""

    @property
    def actors(self) -> tuple[str, ...]:
        """Everybody in the tasks, once, in alphabetical order."""
        return tuple(sorted({person for task in self.tasks for person in task.people}))


def read(data: bytes, map_id: str) -> tuple[Sketch, tuple[Finding, ...]]:
    """Returns what a diagram holds; of a Markdown page, its first block of Mermaid with a journey.

    Raises SourceError when it is no journey diagram.
    """
    text, above = _block(re.sub(r"\r\n?", "\n", data.decode("utf-8-sig", "replace")))
    diagram = parsed(text, above)
    phases: dict[str, str] = {}
    stops: list[Stop] = []
    found: list[Finding] = []
    for section in diagram.sections:
        phases.setdefault(section, _named(section))
    for task in diagram.tasks:
        phases.setdefault(task.section, _named(task.section) or "Begin")
        stops.append(_stop(task, map_id, found))
    if len(diagram.sections) > len(set(diagram.sections)):
        found.append(
            _told(map_id, "Een sectie die terugkomt is één fase geworden", "A section that returns is one phase")
        )
    if len({task.people for task in diagram.tasks}) > 1:
        found.append(_told(map_id, "Wie bij welke stap hoort gaat niet mee", "Who belongs to which step stays behind"))
    if diagram.acc_title or diagram.acc_description:
        found.append(_told(map_id, "accTitle en accDescr gaan niet mee", "accTitle and accDescr stay behind"))
    personas = tuple(_named(actor) for actor in diagram.actors if actor)
    title = _named(diagram.title) or _named(diagram.front) or _named(diagram.acc_title) or map_id
    return Sketch(title, tuple(phases.items()), tuple(stops), personas), tuple(found)


def parsed(text: str, above: int = 0) -> Diagram:
    """Returns a diagram as Mermaid's parser reads it; `above` is how many lines of its file stand before it.

    Raises SourceError with the line when Mermaid would refuse the text.
    """
    whole = re.sub(r"\r\n?", "\n", text)
    front, text = _front(whole)
    lines = _statements(text, above + whole[: len(whole) - len(text)].count("\n"))
    title = acc_title = acc_description = section = ""
    sections: list[str] = []
    tasks: list[Task] = []
    for kind, first, second in lines:
        match kind:
            case "title":
                title = first
            case "accTitle":
                acc_title = first.strip()
            case "accDescr":
                acc_description = re.sub(r"\n\s+", "\n", first.strip())
            case "section":
                section = first
                sections.append(first)
            case "task":
                tasks.append(_task(section, first, second))
    return Diagram(title, acc_title, acc_description, tuple(sections), tuple(tasks), front)


_TOKENS = re.compile(
    r"(?P<skip>[\n\s]+|#[^\n]*|%(?!\{)[^\n]*)"
    r"|(?P<title>title\s[^#\n;]+)"
    r"|accTitle\s*:\s*(?P<accTitle>[^\n;#]*)"
    r"|accDescr\s*:\s*(?P<accDescr>[^\n;#]*)"
    r"|accDescr\s*\{\s*(?P<accBlock>[^}]*)\}"
    r"|(?P<section>section\s[^#:\n;]+)"
    r"|(?P<name>[^#:\n;]+)"
    r"|(?P<data>:[^#\n;]+)",
    re.IGNORECASE,
)


def _statements(written: str, above: int) -> Iterator[tuple[str, str, str]]:
    """Statement after statement: its kind, its text, and of a task what stands behind the colon."""
    text, refused = _read_as(written, above)
    start = re.match(r"\s*journey\b", text, re.IGNORECASE)
    if start is None:
        raise SourceError(
            Label("Dit is geen journey-diagram van Mermaid.", "This is not a journey diagram of Mermaid."),
            mend=Label("Het begint met het woord 'journey'.", "It must begin with the word 'journey'."),
        )
    spot, waiting = start.end(), None
    while spot < len(text):
        token = _TOKENS.match(text, spot)
        if token is None:
            raise refused(spot)
        kind, said = str(token.lastgroup), token[str(token.lastgroup)]
        if kind == "data" and waiting is not None:
            yield "task", waiting, said[1:]
            waiting = None
        elif waiting is not None and not (kind == "skip" and "\n" not in said):
            raise refused(spot)
        elif kind == "name":
            waiting = said
        elif kind == "data":
            raise refused(spot)
        elif kind != "skip":
            shorter = {"title": said[6:], "section": said[8:]}.get(kind, said)
            yield ("accDescr" if kind == "accBlock" else kind), shorter, ""
        spot = token.end()
    if waiting is not None and waiting.strip():
        raise refused(len(text))


def _read_as(written: str, above: int) -> tuple[str, Callable[[int], SourceError]]:
    """The text as Mermaid's grammar gets it, and the error for a spot in it, with its line in the file."""
    text, moves = written, []
    for pattern, put in ((_DIRECTIVE, ""), (_COMMENT, "\n"), (_ENTITY, _held)):
        text, moved = _replaced(pattern, put, text)
        moves.append(moved)

    def refused(spot: int) -> SourceError:
        for moved in reversed(moves):
            spot += next((gone for at, gone in reversed(moved) if at <= spot), 0)
        line = above + written.count("\n", 0, spot) + 1
        said = " ".join(written[written.rfind("\n", 0, spot) + 1 :].split("\n", 1)[0].split())[:60]
        return SourceError(
            Label("Mermaid kan dit diagram niet lezen.", "Mermaid cannot read this diagram."),
            where=Label(f"regel {line}: {said}", f"line {line}: {said}"),
            mend=Label("Een taak schrijf je als: naam: score: wie.", "A task is written as: name: score: actors."),
        )

    return text, refused


def _replaced(
    pattern: re.Pattern[str], put: str | Callable[[re.Match[str]], str], text: str
) -> tuple[str, list[tuple[int, int]]]:
    """A text with each match replaced; from which spot on it is how many signs shorter than it was."""
    parts, moved, end, gone = [], [], 0, 0
    for found in pattern.finditer(text):
        new = put if isinstance(put, str) else put(found)
        parts += [text[end : found.start()], new]
        end, gone = found.end(), gone + len(found[0]) - len(new)
        moved.append((end - gone, gone))
    return "".join((*parts, text[end:])), moved


def _task(section: str, said: str, data: str) -> Task:
    pieces = data.split(":")
    people = tuple(person.strip() for person in pieces[1].split(",")) if len(pieces) > 1 else ()
    return Task(section, said, _number(pieces[0]), people)


def _number(text: str) -> float:
    """A number as JavaScript reads one: '' is 0, what is no number is nan."""
    plain = text.strip()
    if not plain:
        return 0.0
    return float(plain) if re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", plain, re.IGNORECASE) else math.nan


def _stop(task: Task, map_id: str, found: list[Finding]) -> Stop:
    label = _named(task.task)
    unfelt = _UNFELT.search(label)
    if unfelt:
        label = label[: unfelt.start()]
    score = task.score
    feel = None if unfelt or math.isnan(score) else min(5.0, max(1.0, score)) - 3
    if not unfelt and not 1 <= score <= 5:
        nl = "is geen getal en blijft achter" if math.isnan(score) else f"({score:g}) is teruggebracht tot 1-5"
        en = "is not a number and stays behind" if math.isnan(score) else f"({score:g}) is brought back to 1-5"
        found.append(_told(map_id, f"De score van '{label}' {nl}", f"The score of '{label}' {en}"))
    return Stop(task.section, "", label or "–", feel=feel)


def _front(text: str) -> tuple[str, str]:
    """The title in the front matter, and the text without it."""
    front = _FRONT.match(text)
    if front is None:
        return "", text
    title = re.search(r"^title:[ \t]*(.*)$", front[2], re.MULTILINE)
    return (title[1].strip().strip("\"'") if title else ""), text[front.end() :]


def _held(found: re.Match[str]) -> str:
    """A code such as #58; as signs of our own, which the grammar lets pass, as Mermaid does."""
    mark = "\ufb02\u00b0\u00b0" if found[1].isdecimal() else "\ufb02\u00b0"
    return f"{mark}{found[1]}\u00b6\u00df"


def _named(text: str) -> str:
    """A name as people read it: codes as their sign, no spaces at either end."""

    def sign(found: re.Match[str]) -> str:
        code = f"#{found[1]}" if found[1].isdecimal() else found[1]
        read = html.unescape(f"&{code};")
        return read if read != f"&{code};" else f"#{found[1]};"

    return harmless(re.sub("\ufb02\u00b0{1,2}(\\w+?)\u00b6\u00df", sign, text))


def _block(text: str) -> tuple[str, int]:
    """The diagram, of a Markdown page its first block with a journey, and how many lines stand above it."""
    fenced = re.search(r"^```+\s*mermaid\s*\n(.*?journey.*?)^```", text, re.DOTALL | re.MULTILINE)
    return (fenced[1], text.count("\n", 0, fenced.start(1))) if fenced else (text, 0)


def _told(map_id: str, nl: str, en: str) -> Finding:
    return lost("import.mermaid", map_id, Label(nl, en))
