"""What is wrong with the words on the command line, in two languages: what typer finds, it says in English only."""

from __future__ import annotations

import re
from typing import Any

from klantreis.cli.help import texts
from klantreis.errors import OptionError, did_you_mean, nearest
from klantreis.labels import Label, paragraph

DUTCH = tuple(
    (re.compile(pattern), text)
    for pattern, text in (
        (r"Missing argument '(?P<name>.+)'\.", "{name} ontbreekt nog."),
        (r"Missing option '(?P<name>.+)'\.", "De optie {name} ontbreekt nog."),
        (
            r"Invalid value for '(?P<name>.+?)': '(?P<value>.*)' is not one of (?P<known>.+)\.",
            "'{value}' kan niet bij {name}. Kies uit {known}.",
        ),
        (r"Invalid value for '(?P<name>.+?)': .*valid integer.*", "Bij {name} hoort een heel getal."),
        (r"Invalid value for '(?P<name>.+?)': .*valid (number|float).*", "Bij {name} hoort een getal."),
        (r"Invalid value for '(?P<name>.+?)': .*greater than or equal to (?P<least>.+)", "{name} is minstens {least}."),
        (r"Invalid value for '(?P<name>.+?)': .*greater than (?P<least>.+)", "{name} moet meer zijn dan {least}."),
        (r"Invalid value for '(?P<name>.+?)': .*less than or equal to (?P<most>.+)", "{name} is hoogstens {most}."),
        (r"Invalid value for '(?P<name>.+?)': .*less than (?P<most>.+)", "{name} moet minder zijn dan {most}."),
        (
            r"Invalid value for '(?P<name>.+?)': (?P<value>.+) is not in the range (?P<range>.+)\.",
            "{value} kan niet bij {name}: het moet binnen {range} vallen.",
        ),
        (r"Option '(?P<name>.+)' requires .*", "Achter {name} hoort nog een waarde."),
        (r"Option '(?P<name>.+)' does not take a value\.", "Achter {name} hoort geen waarde."),
        (r"Got unexpected extra argument(?:\(s\)|s)? \((?P<words>.+)\)", "Dit hoort er niet bij: {words}"),
    )
)
"""What typer says -> the same in Dutch."""
UNKNOWN = "Deze opdracht is niet te lezen: {said}"


def misread(error: Any, verb: str | None) -> OptionError:
    """Returns what the reader of the command line found, in our own three parts; `error` is one of typer's."""
    told = f"klantreis {verb} --help" if verb else "klantreis --help"
    see = Label(f"Zie: {told}", f"See: {told}")
    if hasattr(error, "possibilities"):
        known, name = _options(error), error.option_name
        return OptionError(
            Label(f"De optie {name!r} is er niet.", f"There is no option {name!r}."),
            mend=paragraph(did_you_mean(name, known), see),
        )
    said = str(error.format_message()).replace(": Value error, ", ": ")
    about = getattr(getattr(error, "param", None), "help", None) if said.startswith("Missing") else None
    means = Label(texts().get(about, about), about) if about else Label()
    return OptionError(
        Label(_dutch(said), said), mend=paragraph(means, _meant(said), _extra(said, _options(error)), see)
    )


def _dutch(said: str) -> str:
    for pattern, text in DUTCH:
        found = pattern.fullmatch(said)
        if found is not None:
            return text.format(**found.groupdict())
    return UNKNOWN.format(said=said)


def _meant(said: str) -> Label:
    """Returns the nearest of the words that an option takes, empty when none comes near."""
    found = re.search(r"'([^']*)' is not one of (.+)\.", said)
    known = re.findall(r"'([^']*)'", found[2]) if found else []
    return did_you_mean(found[1], known) if found and nearest(found[1], known) else Label()


def _extra(said: str, known: list[str]) -> Label:
    """Returns where a word on its own may belong; empty where it may not."""
    found = re.fullmatch(r"Got unexpected extra argument(?:\(s\)|s)? \((?P<word>[\w-]+)\)", said)
    if found is None or "--map" not in known:
        return Label()
    return Label(f"Is het een kaart? Schrijf --map {found['word']}.", f"Is it a map? Write --map {found['word']}.")


def _options(error: Any) -> list[str]:
    given = error.ctx.command.params if error.ctx else []
    return [name for one in given for name in one.opts if name.startswith("--")]
