"""`klantreis emotion`: how customers say they feel at each touchpoint."""

from __future__ import annotations

from klantreis.cli import views
from klantreis.cli.asking import Answer, Asked, asks


@asks
def run(asked: Asked) -> Answer:
    """How customers say they feel at each touchpoint, from -2 to +2, with n and 95 % intervals.

    Example: klantreis emotion --map ring-kopen
    """
    return Answer(asked.of_map("emotion"), views.emotion)
