"""Writes docs/reference/command-line.md from the help of the verbs: `python tools/command_line.py`."""

from __future__ import annotations

import importlib
import inspect
import re
import sys
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

import typer  # noqa: E402

from klantreis.cli import app  # noqa: E402
from klantreis.cli.verbs import VERBS  # noqa: E402

PAGE = ROOT / "docs/reference/command-line.md"
HEAD = """\
# The command line

Made from the help of the verbs by `tools/command_line.py`; `klantreis VERB --help` says the same.

Results go to the output, words about them and errors to the error stream. With `--json` the output is one JSON
document and nothing else; [its words are fixed](json.md). An error says what is wrong, where, and how to mend it.

| Exit code | Means |
|---|---|
| 0 | well |
| 1 | something was found at the level of `--fail-on`, or `doctor` found something broken |
| 2 | wrong input: an option, a document, a file; a source of which no row can be used |
| 3 | trouble with the store, the disk or the engine |
| 130 | stopped by Ctrl-C; what was stored before is whole |

The language of what is shown is that of `--language`, else of `KLANTREIS_LANGUAGE` (nl or en), else the first one of
the workspace, else the machine's.
Help and errors are told in it too; long help texts are English. It may be named before the verb:
`klantreis --language nl check`.
"""


def page() -> str:
    """Returns the page as Markdown: a chapter for each verb, in the order of `klantreis --help`."""
    return HEAD + "".join(_chapter(verb) for verb in VERBS)


def _chapter(verb: str) -> str:
    command: Any = typer.main.get_command(app(verb)).commands[verb]  # type: ignore[attr-defined]
    told = inspect.cleandoc(command.help or "")
    words = re.sub(r"^Example: .*$", "", told, flags=re.MULTILINE).strip()
    examples = re.findall(r"^Example: (.*)$", told, re.MULTILINE)
    hints = get_type_hints(importlib.import_module(f"klantreis.cli.{verb}_verb").run)
    rows = "".join(_row(one, _choices(hints[one.name])) for one in command.params if one.name != "help")
    shown = "\n".join(examples)
    return (
        f"\n## klantreis {verb}\n\n{words}\n\n```sh\n{shown}\n```\n\n| Word | Means | Default |\n|---|---|---|\n{rows}"
    )


def _row(parameter: Any, choices: list[str]) -> str:
    names = ", ".join(f"`{name}`" for name in [*parameter.opts, *parameter.secondary_opts])
    means = (getattr(parameter, "help", "") or "").split(" Default: ")
    default = means[1].rstrip(".") if len(means) > 1 else _default(parameter)
    unsaid = [choice for choice in choices if choice not in means[0]]
    listed = f" {', '.join(f'`{choice}`' for choice in choices)}." if unsaid else ""
    return f"| {names} | {_safe(means[0])}{listed} | {_safe(default)} |\n"


def _choices(hint: Any) -> list[str]:
    """Returns the words that may be given, [] when any may."""
    if get_origin(hint) is Literal:
        return [str(word) for word in get_args(hint)]
    return [word for part in get_args(hint) for word in _choices(part)]


def _default(parameter: Any) -> str:
    if parameter.required:
        return "must be given"
    value = parameter.default
    return "" if value in (None, False) else f"`{value}`"


def _safe(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
