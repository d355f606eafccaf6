"""The terminal's door: one file a verb, of which only the one that is asked for is loaded."""

from __future__ import annotations

import importlib
import sys
import warnings
from collections.abc import Sequence

import typer

from klantreis import __version__
from klantreis.cli.verbs import VERBS
from klantreis.errors import KlantreisError, did_you_mean

OK, FOUND, MISUSED, BROKEN, STOPPED = 0, 1, 2, 3, 130
"""Exit codes: well; something was found that was asked to fail on; wrong input; store trouble; stopped by Ctrl-C."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the terminal's door and returns the exit code; `arguments` default to the command line's."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    verb = next((word for word in words if not word.startswith("-")), None)
    try:
        if words[:1] in (["--version"], ["-V"]):
            sys.stdout.write(f"klantreis {__version__}\n")
            return OK
        if verb is not None and verb not in VERBS:
            return _unknown(verb)
        return _run(app(verb), words or ["--help"])
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped. What was stored before is whole.\n")
        return STOPPED
    except BrokenPipeError:
        sys.stderr.close()
        return OK


def app(verb: str | None = None) -> typer.Typer:
    """Returns the typer application; with `verb`, only that one is loaded, the others are lines of help."""
    door = typer.Typer(
        name="klantreis",
        help="Map, measure and improve the customer journey.\n\nBegin with: klantreis demo",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode="rich",
        pretty_exceptions_enable=False,
    )
    for name, (panel, line) in VERBS.items():
        if name == verb:
            module = importlib.import_module(f"klantreis.cli.{name}_verb")
            door.command(name, rich_help_panel=panel)(module.run)
        else:
            door.command(name, help=line, rich_help_panel=panel)(_not_loaded)
    return door


def _run(door: typer.Typer, words: list[str]) -> int:
    from klantreis.cli.speak import complain, warn

    warnings.showwarning = warn
    try:
        answer = typer.main.get_command(door).main(args=words, prog_name="klantreis", standalone_mode=False)
    except KlantreisError as error:
        complain(error)
        return BROKEN if error.code == "store" else MISUSED
    except typer.Abort as stopped:
        raise KeyboardInterrupt from stopped
    except typer.Exit as leave:
        return int(leave.exit_code)
    except Exception as error:
        if not hasattr(error, "format_message") or not hasattr(error, "exit_code"):
            raise
        sys.stderr.write(f"klantreis: {error.format_message()}\nSee: klantreis {words[0]} --help\n")
        return int(error.exit_code)
    return answer if isinstance(answer, int) else OK


def _unknown(verb: str) -> int:
    sys.stderr.write(f"klantreis: there is no {verb!r}. {did_you_mean(verb, VERBS)}\nSee: klantreis --help\n")
    return MISUSED


def _not_loaded() -> None:
    """Stands for a verb that this call does not use."""
