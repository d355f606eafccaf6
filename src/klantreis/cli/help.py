"""The help of the terminal: without '<bool>' at what is only on or off, and in Dutch, of which typer has no frame."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from typer.core import TyperCommand, TyperGroup

FRAME: Mapping[str, str] = {
    "ARGUMENTS_PANEL_TITLE": "Woorden",
    "OPTIONS_PANEL_TITLE": "Opties",
    "COMMANDS_PANEL_TITLE": "Opdrachten",
    "DEFAULT_STRING": "[standaard: {}]",
    "REQUIRED_LONG_STRING": "[moet erbij]",
}
"""What the help is framed with, by its name in typer, which has no other way to say it in another language."""
TEXTS = Path(__file__).with_name("help.nl.txt")
"""What options, panels and paragraphs say: pairs of lines, the text as it stands in the code and the same in Dutch."""
USAGE: Mapping[str, str] = {
    "Usage:": "Gebruik:",
    "[OPTIONS]": "[OPTIES]",
    "COMMAND [ARGS]...": "OPDRACHT [WOORDEN]...",
    "Example:": "Voorbeeld:",
}


class _Told:
    """What a command and the group of them share when they tell of themselves."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Prints the help; an option that is only on or off takes no word, so none is shown behind it."""
        for one in self.get_params(ctx):  # type: ignore[attr-defined]
            if getattr(one, "is_flag", False):
                one.metavar = ""
        super().format_help(ctx, formatter)  # type: ignore[misc]


class _Dutch(_Told):
    """What they share in Dutch."""

    def get_usage(self, ctx: Any) -> str:
        """Returns the line that tells how a command is called."""
        return _dutch(super().get_usage(ctx))  # type: ignore[misc]

    def get_help_option(self, ctx: Any) -> Any:
        """Returns the option that asks for help."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "Toon deze uitleg."
        return option

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Prints the help."""
        known = texts()
        for one in self.params:  # type: ignore[attr-defined]
            one.help = known.get(one.help or "", one.help)
            one.rich_help_panel = known.get(one.rich_help_panel or "", one.rich_help_panel)
        with _framed():
            super().format_help(ctx, formatter)


class Command(_Told, TyperCommand):
    """A verb."""


class Group(_Told, TyperGroup):
    """All verbs."""


class DutchCommand(_Dutch, TyperCommand):
    """A verb, in Dutch."""


class DutchGroup(_Dutch, TyperGroup):
    """All verbs, in Dutch."""


def texts() -> dict[str, str]:
    """Returns the texts of the help: English -> Dutch."""
    pairs = (pair.partition("\n") for pair in TEXTS.read_text("utf-8").strip().split("\n\n"))
    return {english: dutch for english, _, dutch in pairs}


def told(line: str, run: Callable[..., Any]) -> str:
    """Returns the help of a verb: its Dutch line, and what its docstring tells further, examples and all."""
    known = texts()
    return "\n\n".join([line, *(known.get(" ".join(one.split()), _dutch(one)) for one in further(run))])


def further(run: Callable[..., Any]) -> list[str]:
    """Returns what the docstring of a verb tells after its first line, by paragraph, the examples in one."""
    return inspect.cleandoc(run.__doc__ or "").split("\n\n")[1:]


def _dutch(text: str) -> str:
    for english, dutch in USAGE.items():
        text = text.replace(english, dutch)
    return text


@contextmanager
def _framed() -> Iterator[None]:
    """Lets typer frame what it prints in Dutch, for as long as it prints."""
    from typer import rich_utils  # heavy: only who asks for help waits for it

    before = {name: getattr(rich_utils, name) for name in FRAME}
    try:
        for name, text in FRAME.items():
            setattr(rich_utils, name, text)
        yield
    finally:
        for name, text in before.items():
            setattr(rich_utils, name, text)
