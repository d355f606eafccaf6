"""The `sources` block of klantreis.yaml: which files, and which column plays which part. Mistakes come all at once.

    sources:
      web: {path: data/web.csv, person: visitor_id, at: ts, event: event, delimiter: ";", encoding: cp1252}
      orders:
        path: orders.csv.gz
        person: customer_unique_id
        events: {purchase: order_purchase_timestamp, delivered: order_delivered_customer_date}
        lookups: {customers: {path: customers.csv.gz, on: customer_id}}
      reviews: {path: reviews.csv, person: order_id, at: review_creation_date, event: {always: review}}
      till: {path: till.csv, person: Klant, at: [Datum, Tijd], event: {always: koop}}
      calls: {database: {env: SHOP_DATABASE}, table: calls, person: customer, at: called_on, event: {always: call}}

A source without `time_zone` has '' here: the workspace's zone is filled in by who reads the whole file.
"""

from __future__ import annotations

import codecs
from dataclasses import fields, replace
from pathlib import Path
from typing import Generic, Literal, TypeVar

from klantreis.documents import (
    TEXT,
    Choice,
    Either,
    Form,
    Keyed,
    Many,
    Misread,
    Node,
    Parsed,
    Reader,
    Reading,
    Record,
    Words,
    fits,
    suggestion,
)
from klantreis.documents.forms import Defs, Schema
from klantreis.documents.words import missing_key
from klantreis.labels import Label
from klantreis.log.config_database import database_of, safe_path, storage_of
from klantreis.log.config_moment import EVENT_MOMENT, MOMENT
from klantreis.log.files import ENDINGS, plain_ending
from klantreis.log.model import Lookup, Roles, Source, WideEvent
from klantreis.log.text import COMMON_ENCODINGS
from klantreis.spans import zones

T = TypeVar("T")
FORMATS: tuple[Literal["csv", "parquet", "jsonl", "xes"], ...] = ("csv", "parquet", "jsonl", "xes")
DECIMALS: tuple[Literal[".", ","], ...] = (".", ",")
DUPLICATES: tuple[Literal["drop", "keep"], ...] = ("drop", "keep")
ROLES = tuple(role.name for role in fields(Roles))
NAMED_DELIMITERS = {
    "tab": "\t",
    "\\t": "\t",
    "comma": ",",
    "komma": ",",
    "semicolon": ";",
    "puntkomma": ";",
    "pipe": "|",
}


class _Sources:
    """The block of sources by name, in the order of the file, which settles ties in time."""

    def read(self, node: Node, reading: Reading) -> tuple[Source, ...] | None:
        """Returns the sources; their folder is still open."""
        found = _KEYED.read(node, reading)
        return None if found is None else tuple(replace(source, order=order) for order, source in enumerate(found))

    def schema(self, defs: Defs) -> Schema:
        """An object of sources."""
        found = _KEYED.schema(defs)
        defs["source"] |= {"anyOf": [{"required": [key]} for key in ("path", "table", "query")]}
        return found


def _source(reader: Reader) -> Source:
    roles = {role: reader.text(role) or None for role in ROLES if role not in {"person", "at", "event"}}
    at, clock = reader.get("at", MOMENT, (None, None))
    event, always = reader.get("event", _EVENT, (None, None))
    path, database = reader.get("path", _PATH, ""), database_of(reader)
    if database is None and reader.at("path") is None:
        _mistake(reader, missing_key("path"))
    elif database is not None and path:
        _mistake(reader, _TWO_PLACES)
    source = Source(
        name=reader.id,
        path=path,
        folder=Path(),
        roles=Roles(person=reader.text("person"), at=at, event=event, **roles),
        clock=clock,
        event=always,
        events=tuple(WideEvent(name, day or "", time) for name, (day, time) in reader.get("events", _MOMENTS, ())),
        rename=reader.get("rename", _TEXTS, ()),
        lookups=reader.mapping("lookups", Record("lookup", _lookup)),
        ids=reader.get("ids", _TEXTS, ()),
        properties=reader.maybe("properties", Many(TEXT)),
        duplicates=reader.choice("duplicates", DUPLICATES, "drop"),
        format=reader.maybe("format", Choice(FORMATS)),
        database=database,
        storage=storage_of(reader),
    )
    written = _written(reader, source)
    _complete(reader, written)
    return written


def _written(reader: Reader, source: Source) -> Source:
    """Returns the source with what is said about how its files are written."""
    return replace(
        source,
        delimiter=reader.maybe("delimiter", _DELIMITER),
        encoding=reader.maybe("encoding", _ENCODING),
        decimal=reader.choice("decimal", DECIMALS, "."),
        header=reader.flag("header", True),
        columns=reader.texts("columns"),
        dates=reader.texts("dates"),
        time_zone=reader.get("time_zone", ZONE, ""),
    )


def _lookup(reader: Reader) -> Lookup:
    return Lookup(
        path=reader.text("path", required=True),
        on=reader.text("on", required=True),
        key=reader.text("key") or None,
        delimiter=reader.maybe("delimiter", _DELIMITER),
        encoding=reader.maybe("encoding", _ENCODING),
    )


def _complete(reader: Reader, source: Source) -> None:
    """Notes what a source lacks, or says twice."""
    if not source.path and source.database is None:
        return
    by_itself = source.format == "xes" or ENDINGS.get(plain_ending(Path(source.path))) == "xes"
    roles = source.roles
    if not roles.person and not roles.device and not source.ids and not by_itself:
        _mistake(reader, _lacks("person", "visitor_id"))
    for kind, column in source.ids:
        if kind in ROLES:
            _mistake(reader, _own_key(kind, column))
    if source.events and (roles.at or roles.event or source.event):
        _mistake(reader, _TWICE)
    wide = reader.at("events")
    if source.events or by_itself or (wide is not None and wide.entries):  # what is misread there is told already
        return
    if not roles.at and reader.at("at") is None:
        _mistake(reader, _lacks("at", "timestamp"))
    if not roles.event and not source.event:
        _mistake(reader, _lacks("event", "event_name"))


def _mistake(reader: Reader, said: Words) -> None:
    reader.reading.mistake(reader.node, said, at_key=True)


def _lacks(role: str, example: str) -> Words:
    meaning = _MEANING[role]
    return Words(
        Label(f"De bron zegt niet welke kolom `{role}` is", f"The source does not say which column is `{role}`"),
        meaning,
        Label(f"Voeg toe: {role}: {example}", f"Add: {role}: {example}"),
    )


_MEANING = {
    "person": Label(
        "Daarin staat van wie de gebeurtenis is. Weet de bron dat niet zelf: noem een `device` of `ids`.",
        "It holds whose event it is. When the source does not know by itself: name a `device` or `ids`.",
    ),
    "at": Label(
        "Daarin staat wanneer het was. Met een kolom per gebeurtenis: gebruik `events`.",
        "It holds when it was. With a column for each event: use `events`.",
    ),
    "event": Label(
        "Daarin staat wat er gebeurde. Is elke rij dezelfde gebeurtenis: event: {always: review}.",
        "It holds what happened. When every row is the same event: event: {always: review}.",
    ),
}


def _own_key(kind: str, column: str) -> Words:
    return Words(
        Label(f"`{kind}` is geen soort id: het is een eigen sleutel", f"`{kind}` is no kind of id: it has its own key"),
        advice=Label(f"Zet het naast `path`: {kind}: {column}", f"Put it beside `path`: {kind}: {column}"),
    )


_TWO_PLACES = Words(
    Label("`path` staat naast `database`", "`path` stands beside `database`"),
    advice=Label("Maak er twee bronnen van, of kies er een.", "Make two sources of it, or choose one."),
)
_TWICE = Words(
    Label("`events` staat naast `at` of `event`", "`events` stands beside `at` or `event`"),
    advice=Label(
        "Kies: `events` met een tijdkolom per gebeurtenis, of `at` en `event`.",
        "Choose: `events` with a time column for each event, or `at` and `event`.",
    ),
)


def _always(reader: Reader) -> tuple[str | None, str | None]:
    return reader.text("column") or None, reader.text("always", required=True) or None


def _column(name: str) -> tuple[str | None, str | None]:
    return name, None


class _Pairs(Generic[T]):
    """A block of one form by key: `{purchase: order_purchase_timestamp}`."""

    def __init__(self, form: Form[T]) -> None:
        self.form = form

    def read(self, node: Node, reading: Reading) -> tuple[tuple[str, T], ...] | None:
        """Returns (key, what stands there) in the order of the document."""
        if not fits(node, reading, "mapping"):
            return None
        read = [(key.source, self.form.read(value, reading)) for key, value in node.entries]
        return tuple((key, value) for key, value in read if value is not None)

    def schema(self, defs: Defs) -> Schema:
        """An object of that form."""
        return {"type": "object", "additionalProperties": self.form.schema(defs)}


def _delimiter(text: str) -> str:
    sign = NAMED_DELIMITERS.get(text.casefold(), text)
    if len(sign) == 1:
        return sign
    raise Misread(
        Words(
            Label(f"Scheidingsteken {text!r} is niet één teken", f"Delimiter {text!r} is not one sign"),
            advice=Label(
                'Bijvoorbeeld: delimiter: ";" of delimiter: tab', 'For example: delimiter: ";" or delimiter: tab'
            ),
        )
    )


def _encoding(text: str) -> str:
    try:
        codecs.lookup(text)
    except LookupError:
        raise Misread(
            Words(
                Label(f"Tekencodering {text!r} bestaat niet", f"Encoding {text!r} does not exist"),
                advice=suggestion(text, COMMON_ENCODINGS),
            )
        ) from None
    return text


def _zone(text: str) -> str:
    if text in zones():
        return text
    raise Misread(
        Words(
            Label(f"Tijdzone {text!r} bestaat niet", f"Time zone {text!r} does not exist"),
            advice=suggestion(text, sorted(zones())),
        )
    )


_PATH = Parsed(safe_path, ("data/web.csv", "s3://shop/clicks/*.parquet"))
_DELIMITER = Parsed(_delimiter, (";", "tab"))
_ENCODING = Parsed(_encoding, ("utf-8", "cp1252"))
ZONE = Parsed(_zone, ("Europe/Amsterdam",))
_EVENT: Form[tuple[str | None, str | None]] = Either(
    (
        ("text", Parsed(_column, ("event_name",))),
        ("mapping", Record("event", _always)),
    )
)
_TEXTS: Form[tuple[tuple[str, str], ...]] = _Pairs(TEXT)
_MOMENTS: Form[tuple[tuple[str, tuple[str | None, str | None]], ...]] = _Pairs(EVENT_MOMENT)
_KEYED = Keyed(Record("source", _source), "source")
SOURCES: Form[tuple[Source, ...]] = _Sources()
"""The form of the whole block: `reader.get("sources", SOURCES, ())`."""
