"""The terminal's door: one file a verb, of which only the one that is asked for is loaded."""

from __future__ import annotations

import _thread
import gc
import importlib
import io
import os
import sys
import threading
import warnings
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TextIO

import typer

from klantreis import __version__
from klantreis.cli.help import Command, DutchCommand, DutchGroup, Group, told
from klantreis.cli.misreading import misread
from klantreis.cli.tongue import ordered, spoken
from klantreis.cli.verbs import VERBS
from klantreis.errors import KlantreisError, OptionError, Remark, StoreError, did_you_mean, reason
from klantreis.labels import Label, Language, paragraph

OK, FOUND, MISUSED, BROKEN, STOPPED = 0, 1, 2, 3, 130
"""Exit codes: well; something was found that was asked to fail on; wrong input; store trouble; stopped by Ctrl-C."""

ABOUT = Label(
    "Teken, meet en verbeter de klantreis.\n\nBegin met: klantreis demo",
    "Map, measure and improve the customer journey.\n\nBegin with: klantreis demo",
)
STOPPED_BY_HAND = Label("Gestopt. Wat al bewaard was, is heel.", "Stopped. What was stored before is whole.")

GARBAGE = 100_000
"""So many new objects, a few MB, come between two looks for circles of garbage; Python's own number is 700."""

SOON = 0.05
"""Seconds after which a Ctrl-C that was lost is heard again."""

TROUBLE = {"store", "query"}
"""Codes of errors that are not about what was asked, but about the store, the disk or the engine."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the terminal's door and returns the exit code; `arguments` default to the command line's."""
    if arguments is None:
        briefly()
        sys.unraisablehook = _stop_unheard
    words = list(sys.argv[1:] if arguments is None else arguments)
    sys.stdout, sys.stderr = (stream or _nowhere() for stream in (sys.stdout, sys.stderr))
    for stream in (sys.stdout, sys.stderr):
        _every_sign(stream)
    try:
        code = _answered(words)
        sys.stdout.flush()
    except KeyboardInterrupt:
        sys.stderr.write(f"\n{STOPPED_BY_HAND.text(spoken(words))}\n")
        return STOPPED
    except BrokenPipeError:
        return _nobody_reads()
    except SystemExit as left:
        # What prints leaves by itself when nobody reads on.
        if not isinstance(left.__context__, BrokenPipeError):
            raise
        return _nobody_reads()
    return code


def _nowhere() -> TextIO:
    """Returns what takes the place of a stream that was closed before the start (`>&-`): nobody reads it."""
    return Path(os.devnull).open("w", encoding="utf-8")


def briefly() -> None:
    """Looks for circles of garbage less often in this process, which ends with its answer.

    Most of what is read, of maps and Parts, stays to the end; looking through it again and again took 5 to 10 % of a
    command.
    """
    gc.set_threshold(GARBAGE, *gc.get_threshold()[1:])


def _stop_unheard(lost: sys.UnraisableHookArgs) -> None:
    """Hears Ctrl-C again where Python had to let it go: in the middle of putting away what nobody uses any more.

    A moment later, as here too it would be let go.
    """
    if issubclass(lost.exc_type, KeyboardInterrupt):
        threading.Timer(SOON, _thread.interrupt_main).start()
    else:
        sys.__unraisablehook__(lost)


def _every_sign(stream: object) -> None:
    """Lets a stream of an old code page, as a pipe of Windows is, take '✓' and '−': a file or a program gets UTF-8.

    A window, and whoever set PYTHONIOENCODING, keeps its own code page; a sign that is not in it becomes '?'.
    """
    if not isinstance(stream, io.TextIOWrapper) or "utf" in stream.encoding.lower():
        return
    if stream.isatty() or "PYTHONIOENCODING" in os.environ:
        stream.reconfigure(errors="replace")
    else:
        stream.reconfigure(encoding="utf-8")


def app(verb: str | None = None, said: Language = "en") -> typer.Typer:
    """Returns the typer application; with `verb`, only that one is loaded, the others are lines of help.

    `said` is the language in which it tells of itself.
    """
    group, command = (DutchGroup, DutchCommand) if said == "nl" else (Group, Command)
    door = typer.Typer(
        name="klantreis",
        cls=group,
        help=ABOUT.text(said),
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode="rich",
        pretty_exceptions_enable=False,
    )
    for name, (panel, line) in VERBS.items():
        if name == verb:
            module = importlib.import_module(f"klantreis.cli.{name}_verb")
            loose = {"ignore_unknown_options": True} if getattr(module, "PASSED_ON", False) else {}
            help_ = told(line.text("nl"), module.run) if said == "nl" else None
            door.command(name, cls=command, help=help_, context_settings=loose)(module.run)
        else:
            door.command(name, cls=command, help=line.text(said), rich_help_panel=panel.text(said))(_not_loaded)
    return door


def _answered(words: list[str]) -> int:
    verb, asked = ordered(words)
    if words[:1] in (["--version"], ["-V"]):
        sys.stdout.write(f"klantreis {__version__}\n")
        return OK
    try:
        if verb is not None and verb not in VERBS:
            raise OptionError(
                Label(f"De opdracht {verb!r} is er niet.", f"There is no {verb!r}."),
                mend=paragraph(did_you_mean(verb, VERBS), Label("Zie: klantreis --help", "See: klantreis --help")),
            )
        with warnings.catch_warnings():
            warnings.showwarning = partial(_warned, words)
            return ran(app(verb, spoken(words)), asked or ["--help"], verb)
    except KlantreisError as error:
        _complain(error, words)
        return BROKEN if error.code in TROUBLE else MISUSED
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        _complain(_of_the_system(error), words)
        return BROKEN


def ran(door: typer.Typer, words: list[str], verb: str | None) -> int:
    """Runs a verb and returns the exit code; what is wrong is raised, words that were misread as OptionError."""
    try:
        answer = typer.main.get_command(door).main(args=words, prog_name="klantreis", standalone_mode=False)
    except typer.Abort as stopped:
        raise KeyboardInterrupt from stopped
    except typer.Exit as leave:
        answer = leave.exit_code
    except Exception as error:
        if not hasattr(error, "format_message") or not hasattr(error, "exit_code"):
            raise
        raise misread(error, verb) from error
    if answer == STOPPED:
        raise KeyboardInterrupt
    return answer if isinstance(answer, int) else OK


def _of_the_system(error: OSError) -> StoreError:
    return StoreError(
        reason(error).each(lambda text: f"{text[:1].upper()}{text[1:]}."),
        where=str(error.filename or ""),
        mend=Label(
            "Kijk of er ruimte is, en of je daar mag lezen en schrijven.",
            "Look whether there is room, and whether you may read and write there.",
        ),
    )


def _complain(error: KlantreisError, words: Sequence[str]) -> None:
    from klantreis.cli.speak import complain

    complain(error, spoken(words))


def _warned(
    words: Sequence[str], message: Warning | str, category: object, filename: str, lineno: int,
    file: object = None, line: object = None,
) -> None:  # fmt: skip
    del category, filename, lineno, file, line
    told = message.text.text(spoken(words)) if isinstance(message, Remark) else message
    sys.stderr.write(f"! {told}\n")


def _nobody_reads() -> int:
    """Ends without a word when what we print to is gone: `klantreis paths ... | head`."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return OK


def _not_loaded() -> None:
    """Stands for a verb that this call does not use."""
