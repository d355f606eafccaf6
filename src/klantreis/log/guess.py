"""Which column probably plays which part, by its name, in Dutch and in English, and by what its first rows hold."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from klantreis.log.clock import DATED
from klantreis.log.glance import Kind, commas, kind_of
from klantreis.log.model import Roles, WideEvent

WORDS: Mapping[str, tuple[str, ...]] = {
    "person": tuple(
        (
            "case:concept:name person person_id persoon klant klantnummer klantnr klant_id klantid customer "
            "customer_unique_id customer_id customerid user_id userid user user_pseudo_id gebruiker gebruiker_id "
            "visitor visitor_id bezoeker bezoeker_id client_id contact_id member_id distinct_id anonymous_id "
            "case_id caseid case zaak zaaknummer dossier email wie who"
        ).split()
    ),
    "at": tuple(
        (
            "time:timestamp timestamp at ts time tijd tijdstip datum datumtijd date datetime event_time "
            "event_timestamp occurred_at created_at created date_time moment when wanneer completetimestamp start_time "
            "invoicedate order_date contactdate"
        ).split()
    ),
    "event": tuple(
        (
            "concept:name event event_name event_type gebeurtenis activity activiteit action actie stap step name "
            "naam type status page pagina wat what"
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


STRONG = ("event", "gebeurtenis", "activity", "activiteit", "action", "actie")
"""What the name of a column with events has in it; a status tells where an order is now, not what happened when."""
MONEY = ("bedrag", "omzet", "waarde", "prijs", "totaal", "amount", "revenue", "price", "total", "value")
NEVER = re.compile(
    r"(?i)geboorte|birth|gewijzigd|bijgewerkt|updated|modified|changed|export|verwacht|estimated|expected"
)
"""Dates that are not something the customer went through."""
TOLD = (
    ("besteld", ("bestel", "orderdatum", "ordertijd", "besteldatum")),
    ("betaald", ("betaal", "betaling")),
    ("verzonden", ("verzend", "verzending")),
    ("geleverd", ("lever", "levering", "bezorg")),
    ("geretourneerd", ("retour",)),
)
"""Event -> what is left of the name of its column without 'datum'; others keep that as their name."""
NUMBERED = re.compile(r"(?i)(order|bestel|factuur|invoice|transacti|bon).*(nr|nummer|number|id|no|code)\W*")
"""The number of an order; by it an order that is exported again, with one more date, is the same order."""
TAIL = re.compile(r"(?i)([ _\-](at|on|op|ts)|[ _\-]?(datum|tijdstip|tijd|timestamp|datetime|date|time))$")
HEAD = re.compile(r"(?i)^(datum|tijdstip|date|time)[ _\-]?")


@dataclass(frozen=True, slots=True)
class Guess:
    """`roles`: None unless person, time and event were all found; `found`: role -> column; `missing`: roles.

    `clock`: the column with the time of day, when the one of `at` holds the date. `events`: instead of `at` and
    `event`, the columns of a table with a date for each event. `decimal`: ',' when amounts have a comma before the
    cents. `columns` are all columns that were looked at.
    """

    roles: Roles | None
    found: Mapping[str, str]
    missing: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    clock: str | None = None
    events: tuple[WideEvent, ...] = ()
    decimal: str = "."


def guess_roles(columns: Collection[str], cells: Mapping[str, Sequence[str]] | None = None) -> Guess:
    """Returns the most likely column for each part; each column plays one part at most.

    Exact names go before near ones, and person, time and event before the rest. With `cells`, the filled cells of some
    rows (see `glance`), dates and times of day are told apart and paired, and a table with several dates and no column
    of events gets an event of each date. A guess is for a person to confirm.
    """
    told = cells or {}
    kinds = {name: kind_of(told.get(name, ())) for name in columns}
    dates = [name for name in columns if kinds[name] in {"date", "moment"}]
    events = tuple(_with_clock(wide, kinds) for wide in _milestones(dates, columns))
    free = [name for name in columns if name not in {part for wide in events for part in (wide.at, wide.clock)}]
    found = _found(free, kinds, frozenset({"at", "event"} if events else ()))
    if events and "id" not in found:
        found |= _numbered(free, told)
    date, clock = (None, None) if events else _halves(found, kinds, dates)
    if date is not None:
        found["at"] = date
    if clock is not None:
        found = {role: name for role, name in found.items() if role == "at" or name != clock}
    needed = ("person",) if events else NEEDED
    missing = tuple(role for role in needed if role not in found)
    decimal = "," if "value" in found and commas(told.get(found["value"], ())) else "."
    roles = None if missing else Roles(**found)
    return Guess(roles, found, missing, tuple(columns), clock, events, decimal)


def _found(free: list[str], kinds: Mapping[str, Kind], without: frozenset[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for search in (_exact, _near):
        for role in WORDS:
            if role not in found and role not in without and (column := search(role, free)) is not None:
                found[role] = column
                free.remove(column)
    if "value" not in found:
        amount = next((name for name in free if _money(name) and kinds[name] in {"money", "number"}), None)
        found |= {} if amount is None else {"value": amount}
    return found


def _numbered(free: Sequence[str], cells: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Returns the column with the number of the order as the id, {} when there is none without repeats."""
    for name in free:
        if NUMBERED.fullmatch(name) and len(set(cells[name])) == len(cells[name]) > 0:
            return {"id": name}
    return {}


def _halves(found: Mapping[str, str], kinds: Mapping[str, Kind], dates: Sequence[str]) -> tuple[str | None, str | None]:
    """Returns the column of the date and of the time of day, where those stand apart; (None, None) where not."""
    at = found.get("at")
    clock = at if at is not None and kinds[at] == "clock" else None
    clock = clock or next((name for name, kind in kinds.items() if kind == "clock"), None)
    if clock is None or (at is not None and kinds[at] not in {"clock", "date"}):
        return None, None
    if at is not None and kinds[at] == "date":
        return at, clock
    days = [name for name in dates if kinds[name] == "date"]
    day = next((name for name in days if DATED.search(name)), next(iter(days), None))
    return (None, None) if day is None else (day, clock)


def _milestones(dates: Sequence[str], columns: Collection[str]) -> tuple[WideEvent, ...]:
    """Returns an event for each date of a table that has two or more and no column that says what happened."""
    if any(word in _plain(name) for name in columns for word in (*STRONG, "conceptname")):
        return ()
    kept = [name for name in dates if not NEVER.search(name)]
    events: dict[str, WideEvent] = {}
    for column in kept:
        name = _event_of(column)
        events[name if name not in events else column] = WideEvent(name if name not in events else column, column)
    return tuple(events.values()) if len(events) > 1 else ()


def _with_clock(wide: WideEvent, kinds: Mapping[str, Kind]) -> WideEvent:
    """Returns the event with the time of day that stands beside its date: called the same but for that word."""
    if kinds[wide.at] != "date":
        return wide
    event = _event_of(wide.at)
    beside = (name for name, kind in kinds.items() if kind == "clock" and _event_of(name) == event)
    return replace(wide, clock=next(beside, None))


def _event_of(column: str) -> str:
    """Returns what happened, told by the name of the column with its date."""
    bare = column.strip()
    while (shorter := TAIL.sub("", HEAD.sub("", bare))) and shorter != bare:
        bare = shorter
    known = next((event for event, names in TOLD if {_plain(bare), _plain(column)} & {*names}), None)
    return known or re.sub(r"\W+", "_", bare).strip("_").lower() or column


def _money(name: str) -> bool:
    return any(word in _plain(name) for word in MONEY)


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
