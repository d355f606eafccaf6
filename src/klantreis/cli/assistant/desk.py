"""The desk of an assistant: the tools it has at a workspace, and what it is refused."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from klantreis.cli.assistant import apart, maps, measures, writing
from klantreis.cli.assistant.questions import names
from klantreis.cli.assistant.tools import MAP, PARTS, SHOWN, Tool, fitting
from klantreis.errors import OptionError
from klantreis.labels import Label


@dataclass(frozen=True, slots=True)
class Desk:
    """A workspace, as far as an assistant may touch it: it reads; with `writes` it also changes maps and reports."""

    folder: Path
    writes: bool = False

    def tools(self, *, every: bool = False) -> list[Tool]:
        """Returns the tools that may be used; `every`: also those that need leave to write."""
        return [*_reading(self.folder), *_apart(), *(_writing(self.folder) if every or self.writes else ())]

    def called(self, tool: Tool, given: Any) -> dict[str, Any]:
        """Returns what a tool answers.

        Raises OptionError for an argument that is off, or a tool that writes where only reading is allowed; and
        whatever the tool raises.
        """
        if tool.writes and not self.writes:
            raise OptionError(
                Label(
                    f"{tool.name} verandert bestanden, en deze assistent mag alleen lezen.",
                    f"{tool.name} changes files, and this assistant may only read.",
                ),
                where=tool.name,
                mend=Label(
                    "De eigenaar kan het toestaan: klantreis mcp --allow-writes. Of doe het zelf, met de "
                    "opdrachtregel.",
                    "The owner can allow it: klantreis mcp --allow-writes. Or do it by hand, with the command line.",
                ),
            )
        return tool.does(**fitting(tool, given))


def _reading(folder: Path) -> list[Tool]:
    every = {**MAP, "description": "Only this map, by its id. Default: all of them."}
    asked = {"type": "string", "enum": list(names()), "description": "The name of a question."}
    options = {"type": "object", "description": "The options of the question, by their names; see questions."}
    recipe = {"type": "object", "description": "The recipe of an answer: its cite.recipe."}
    form = {"type": "string", "enum": ["text", "json"], "default": "text", "description": "As written, or as data."}
    return [
        Tool(
            "list_maps",
            "List the maps",
            "The journey maps of this workspace, with the ids of phases, segments, scenarios and KPIs. Begin here.",
            partial(maps.list_maps, folder),
        ),
        Tool(
            "read_map",
            "Read a map",
            "One map as its owner wrote it, or as data.",
            partial(maps.read_map, folder),
            {"map": MAP, "form": form},
        ),
        Tool(
            "check",
            "Check the maps",
            "Mistakes in the maps and what could be better, each with its place and how to mend it.",
            partial(maps.check, folder),
            {"map": every, "rows": SHOWN},
        ),
        Tool(
            "findings",
            "What stands out",
            "What stands out on a map, most important first: evidence with n and interval, advice, a proposed edit.",
            partial(maps.findings, folder),
            {"map": MAP, "rows": SHOWN},
        ),
        Tool(
            "questions",
            "What can be asked",
            "Every question that can be measured; of one of them, the JSON Schema of its options.",
            measures.known,
            {"question": asked},
        ),
        Tool(
            "measure",
            "Measure",
            "Asks one question of one map, for everybody, a segment or a period. Gives numbers with n and intervals, "
            "and in cite the period, the version of the data and the command that gives the same numbers again.",
            partial(measures.measure, folder),
            {"question": asked, "map": MAP, "options": options, **PARTS, "rows": SHOWN},
            ("question",),
        ),
        Tool(
            "measure_again",
            "Measure again",
            "Asks again what a recipe tells, and says whether the data is still what it was.",
            partial(measures.measured_again, folder),
            {"recipe": recipe, "rows": SHOWN},
            ("recipe",),
        ),
        Tool(
            "report",
            "Where the report is",
            "The files with the report of a map, and when they were written.",
            partial(maps.report, folder),
            {"map": MAP},
        ),
    ]


def _apart() -> list[Tool]:
    return [
        Tool(
            "power",
            "How many people a test needs",
            "How many people a test needs before it starts, and how long that takes. Asks nothing of the data: take "
            "the base from a measure.",
            apart.power,
            apart.POWER,
            ("base",),
        ),
        Tool(
            "credit",
            "Credit for paths",
            "Divides conversions over the channels of paths that were counted elsewhere and that you have; for the "
            "journeys of a map, measure attribution.",
            apart.credit,
            {**apart.PATHS, "rows": SHOWN},
            ("paths",),
        ),
    ]


def _writing(folder: Path) -> list[Tool]:
    finding = {"type": "string", "description": "The id of a finding, from findings."}
    language = {"type": "string", "enum": ["nl", "en"], "default": "nl", "description": "The language of the report."}
    return [
        Tool(
            "accept_finding",
            "Accept a finding",
            "Carries out the edit that a finding proposes, in the file of its map.",
            partial(writing.accept_finding, folder),
            {"finding": finding},
            ("finding",),
            writes=True,
        ),
        Tool(
            "finding_to_opportunity",
            "Make it an opportunity",
            "Puts a finding on its map as an opportunity, under the barrier that it is about.",
            partial(writing.finding_to_opportunity, folder),
            {"finding": finding},
            ("finding",),
            writes=True,
        ),
        Tool(
            "write_report",
            "Write the report",
            "Writes the report of a map: one HTML file that opens anywhere.",
            partial(writing.write_report, folder),
            {"map": MAP, "language": language},
            writes=True,
        ),
    ]
