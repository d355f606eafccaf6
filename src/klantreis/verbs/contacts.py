"""`contacts`: which touchpoint makes people call, chat or write, and who has to do so again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from klantreis.analyses import contacts as analysis
from klantreis.analyses.contacts import Contacts
from klantreis.analyses.fold import fold
from klantreis.errors import OptionError, did_you_mean
from klantreis.journeys.model import Journeys
from klantreis.kinds import held
from klantreis.labels import Label
from klantreis.map.model import JourneyMap
from klantreis.verbs.answers import answering, question
from klantreis.verbs.data import Data, listed, micros, opened

Names = str | Sequence[str] | None


@held
def contacts(
    data: Data,
    contact: Names = None,
    *,
    first: Names = None,
    within: str = "72h",
    again: str = "7d",
    outcome: Names = None,
    scale: str | None = None,
    reverse: bool = False,
    map_: JourneyMap | None = None,
    **columns: Any,
) -> Contacts:
    """Returns how many people make contact after each touchpoint, and how many have to do so again.

    `contact`: the events or channels that are a contact, 'call,chat' (None: the touchpoints by phone or chat of
    `map_`). `first`: where it may come from (None: all else). `within`: how soon a contact follows, to be charged to
    the last touch before it; `again`: within what time a next one is a repeat. `outcome`: what success is, to tell how
    many fewer reach it (None: the goal of `map_`). `scale`: of the column `score`, '1..5' or as for `emotion`,
    `reverse` when low is good: then how much lower they score is told too. Of a map its surveys are asked. `columns`:
    as for `read`.

    Raises OptionError when it is not said what a contact is, or nothing in the data is called so.
    """
    journeys = opened(data, **columns)
    named = listed(contact) or (analysis.service_of(map_) if map_ is not None else ())
    if not named:
        raise OptionError(
            Label("Er is niet gezegd wat een contact is.", "It was not said what a contact is."),
            where="contact",
            mend=Label(
                "Noem gebeurtenissen of kanalen: contact='call,chat', --contact call,chat.",
                "Name events or channels: contact='call,chat', --contact call,chat.",
            ),
        )
    for word in (*named, *(listed(first) or ())):
        _known(word, journeys)
    options = analysis.asked(map_, named) if map_ is not None else analysis.Options(contacts=named)
    if scale is not None:
        journeys = answering(journeys)
        options = replace(options, questions=(question(scale, reverse=reverse),))
    if outcome is not None:
        options = replace(options, outcome=listed(outcome) or ())
    options = replace(
        options,
        first=listed(first) or (),
        within=micros(within, "within") or 0,
        again=micros(again, "again") or 0,
    )
    answer: Contacts = fold(analysis, journeys, options)
    return answer


def _known(word: str, journeys: Journeys) -> None:
    names = journeys.about.names
    known = [*names.touchpoints, *names.events, *names.channels]
    if known and word not in known:
        raise OptionError(
            Label(
                f"Geen gebeurtenis of kanaal in de gegevens heet {word!r}.",
                f"No event or channel in the data is called {word!r}.",
            ),
            where="contact",
            mend=did_you_mean(word, sorted(set(known))) or Label("Noem er een die voorkomt.", "Name one that occurs."),
        )
