"""What a workspace may say of the checks: a level or off by name, and the few numbers they know."""

from __future__ import annotations

from typing import get_args

from klantreis.documents import Choice, Reader, Record
from klantreis.findings import Level
from klantreis.map.checks import CHECKS
from klantreis.map.checks.contract import USUAL, Options

LEVELS_OR_OFF = (*(level for level in get_args(Level) if level != "insight"), "off")


def _options(reader: Reader) -> Options:
    asked = {check.name: reader.maybe(check.name, Choice(LEVELS_OR_OFF)) for check in CHECKS}
    return Options(
        levels={name: level for name, level in asked.items() if level is not None},
        most_phases=reader.whole("most_phases", 1) or USUAL.most_phases,
        most_steps=reader.whole("most_steps", 1) or USUAL.most_steps,
        smallest_image=reader.whole("smallest_image", 1) or USUAL.smallest_image,
        company_words=reader.texts("company_words"),
    )


OPTIONS = Record("checks", _options)
"""`checks: {phase-without-kpi: warning, company-language: off, most_steps: 10}` in a document."""
