"""Which column probably plays which part, by its name, in Dutch and in English."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from klantreis.log.model import Roles

WORDS: Mapping[str, tuple[str, ...]] = {
    "person": tuple(
        (
            "case:concept:name person person_id persoon klant klantnummer klant_id klantid customer "
            "customer_unique_id customer_id customerid user_id userid user user_pseudo_id gebruiker gebruiker_id "
            "visitor visitor_id bezoeker bezoeker_id client_id contact_id member_id distinct_id anonymous_id "
            "case_id caseid case zaak zaaknummer dossier email"
        ).split()
    ),
    "at": tuple(
        (
            "time:timestamp timestamp at ts time tijd tijdstip datum datumtijd date datetime event_time "
            "event_timestamp occurred_at created_at created date_time moment when completetimestamp start_time "
            "invoicedate order_date contactdate"
        ).split()
    ),
    "event": tuple(
        (
            "concept:name event event_name event_type gebeurtenis activity activiteit action actie stap step name "
            "naam type status page pagina"
        ).split()
    ),
    "id": tuple("event_id eventid message_id messageid uuid insert_id".split()),
    "channel": tuple("channel kanaal medium platform device source bron".split()),
    "session": tuple("session session_id sessionid sessie sessie_id user_session visit_id".split()),
    "value": tuple("value waarde amount bedrag revenue omzet price prijs total totaal order_value".split()),
    "score": tuple("score rating cijfer nps csat review_score rapportcijfer beoordeling".split()),
    "detail": tuple("detail query search_query search_term zoekterm zoekopdracht comment opmerking".split()),
}
"""Role -> names it often has, the surest first."""
NEEDED = ("person", "at", "event")


@dataclass(frozen=True, slots=True)
class Guess:
    """`roles`: None unless person, time and event were all found; `found`: role -> column; `missing`: roles.

    `columns` are all columns that were looked at.
    """

    roles: Roles | None
    found: Mapping[str, str]
    missing: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


def guess_roles(columns: Collection[str]) -> Guess:
    """Returns the most likely column for each part; each column plays one part at most.

    Exact names go before near ones, and person, time and event before the rest. A guess is for a person to confirm.
    """
    found: dict[str, str] = {}
    free = list(columns)
    for search in (_exact, _near):
        for role in WORDS:
            if role not in found and (column := search(role, free)) is not None:
                found[role] = column
                free.remove(column)
    missing = tuple(role for role in NEEDED if role not in found)
    return Guess(None if missing else Roles(**found), found, missing, tuple(columns))


def _exact(role: str, free: list[str]) -> str | None:
    plain = {_plain(name): name for name in reversed(free)}
    return next((plain[_plain(word)] for word in WORDS[role] if _plain(word) in plain), None)


def _near(role: str, free: list[str]) -> str | None:
    """Returns a column whose name holds or resembles one of the words; only for what cannot be missed."""
    if role not in NEEDED:
        return None
    words = [_plain(word) for word in WORDS[role] if len(_plain(word)) >= 4]
    for name in free:
        parts = {_plain(part) for part in re.split(r"[^A-Za-z0-9]+|(?<=[a-z])(?=[A-Z])", name)}
        if parts & set(words):
            return name
    return next((name for name in free if difflib.get_close_matches(_plain(name), words, n=1, cutoff=0.85)), None)


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.casefold())
