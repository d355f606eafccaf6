"""The keys of a source that is no file here: a database, or objects in storage. A password in the document is refused.

sources:
  orders:
    database: {env: SHOP_DATABASE}          # the variable that holds postgresql://reader:...@host/shop
    table: shop.orders
    grows_by: created_at
    person: customer_id
  old:    {database: {module: sqlite3, file: old.sqlite}, query: "SELECT * FROM clicks", person: who, ...}
  clicks: {path: "s3://shop/clicks/*.parquet", endpoint: https://storage.example.nl, person: who, ...}
"""

from __future__ import annotations

import re
from dataclasses import replace

from klantreis.documents import Form, Misread, Node, Parsed, Reader, Reading, Record, Words, fits
from klantreis.documents.forms import TEXT_SCHEMA, Defs, Schema
from klantreis.labels import Label
from klantreis.log.model import POSTGRESQL, Database, Storage

Given = tuple[tuple[str, object], ...]
WHERE = ("env", "url", "service", "file")
SECRET = re.compile(r"pass(word|wd|phrase)?$|pwd$|secret|token|credential|private_?key|api_?key|account_?key", re.I)
PASSWORD = re.compile(r"//[^/@\s]*:[^\s]*@|(?:^|[\s?&;])(?:ssl)?(?:password|passwd|pwd)\s*=", re.I)
VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
MODULE = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*")


def database_of(reader: Reader) -> Database | None:
    """Returns the database that a source names, with its table or query; None for a source of files."""
    found = reader.maybe("database", DATABASE)
    told = Database(
        table=reader.text("table"),
        query=reader.text("query"),
        grows_by=reader.text("grows_by"),
        overlap_seconds=_seconds(reader, "overlap", Database().overlap_seconds),
    )
    at = next((key for key in ("table", "query", "grows_by") if reader.at(key) is not None), None)
    if found is None:
        if at is not None and reader.at("database") is None:
            reader.reading.mistake(reader.node, _NO_DATABASE, at_key=True)
            return told
        return None if reader.at("database") is None else told
    if bool(told.table) == bool(told.query):
        reader.reading.mistake(reader.node, _BOTH if told.table else _NEITHER, at_key=True)
    names = ("table", "query", "grows_by", "overlap_seconds")
    return replace(found, **{name: getattr(told, name) for name in names})


def storage_of(reader: Reader) -> Storage:
    """Returns where s3:// is, as a source says."""
    return Storage(endpoint=reader.get("endpoint", Parsed(_endpoint, ("https://storage.example.nl",)), ""),
                   region=reader.text("region"))  # fmt: skip


def safe_path(text: str) -> str:
    """Returns a path as it is; raises Misread when it is an address with a password in it."""
    if "://" in text and "@" in text.split("://", 1)[1].split("/", 1)[0]:
        raise Misread(SECRET_WRITTEN)
    return text


def _database(reader: Reader) -> Database:
    for key in ("password", "passwd", "secret", "token"):
        reader.get(key, _NEVER, None)
    options, secrets = reader.get("options", _Options(), ((), ()))
    found = Database(
        module=reader.get("module", Parsed(_module, (POSTGRESQL, "sqlite3", "adbc_driver_snowflake")), POSTGRESQL),
        env=reader.get("env", Parsed(_variable, ("SHOP_DATABASE",)), ""),
        url=reader.get("url", Parsed(_url, ("postgresql://reader@db.example.nl/shop",)), ""),
        service=reader.text("service"),
        file=reader.get("file", Parsed(safe_path, ("shop.sqlite",)), ""),
        options=options,
        secrets=secrets,
        timeout_seconds=_seconds(reader, "timeout", Database().timeout_seconds),
    )
    if sum(reader.at(key) is not None for key in WHERE) > 1:
        reader.reading.mistake(reader.node, _ONE_PLACE, at_key=True)
    return found


def _seconds(reader: Reader, key: str, default: float) -> float:
    found = reader.seconds(key)
    return default if found is None else found


class _Options:
    """A block of texts, each written out or `{env: VARIABLE}`: what is written out, and what is in the environment."""

    def read(self, node: Node, reading: Reading) -> tuple[Given, tuple[tuple[str, str], ...]] | None:
        """Returns (name, value) and (name, variable), in the order of the document."""
        if not fits(node, reading, "mapping"):
            return None
        plain: list[tuple[str, object]] = []
        secret: list[tuple[str, str]] = []
        for key, value in node.entries:
            if value.kind == "mapping":
                variable = _IN_ENVIRONMENT.read(value, reading)
                secret.append((key.source, variable or ""))
            elif SECRET.search(key.source) or PASSWORD.search(value.source):
                reading.mistake(value, SECRET_WRITTEN)
            elif fits(value, reading, "text", "number", "flag"):
                plain.append((key.source, value.source if value.kind == "text" else value.value))
        return tuple(plain), tuple(secret)

    def schema(self, defs: Defs) -> Schema:
        """An object of texts and variables."""
        inner = {"anyOf": [TEXT_SCHEMA, _IN_ENVIRONMENT.schema(defs)]}
        return {"type": "object", "additionalProperties": inner}


class _Never:
    """A key that may not stand in the document, whatever its value."""

    def read(self, node: Node, reading: Reading) -> None:
        """Notes the mistake."""
        reading.mistake(node, SECRET_WRITTEN)

    def schema(self, defs: Defs) -> Schema:
        """Nothing fits."""
        return {"not": {}}


def _module(text: str) -> str:
    if MODULE.fullmatch(text):
        return text
    raise Misread(
        Words(
            Label("Dit is geen naam van een Python-module", "This is no name of a Python module"),
            advice=Label("Bijvoorbeeld: module: sqlite3", "For example: module: sqlite3"),
        )
    )


def _variable(text: str) -> str:
    if VARIABLE.fullmatch(text):
        return text
    # The text is not repeated: whoever fills in the address itself here writes a password with it.
    raise Misread(
        Words(
            Label("`env` is geen naam van een omgevingsvariabele", "`env` is no name of an environment variable"),
            advice=Label(
                "Zet het adres in een variabele en noem die hier: env: SHOP_DATABASE",
                "Put the address in a variable and name it here: env: SHOP_DATABASE",
            ),
        )
    )


def _url(text: str) -> str:
    if PASSWORD.search(text):
        raise Misread(SECRET_WRITTEN)
    return text


def _endpoint(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s/]+/?", text):
        raise Misread(
            Words(
                Label("`endpoint` is geen adres", "`endpoint` is no address"),
                advice=Label(
                    "Bijvoorbeeld: endpoint: https://storage.example.nl",
                    "For example: endpoint: https://storage.example.nl",
                ),
            )
        )
    return safe_path(text).rstrip("/")


SECRET_WRITTEN = Words(
    Label("Een wachtwoord hoort niet in klantreis.yaml", "A password does not belong in klantreis.yaml"),
    Label(
        "Dit bestand wordt gedeeld en bewaard. Wijzig het wachtwoord als het al ergens staat.",
        "This file is shared and kept. Change the password when it was already somewhere.",
    ),
    Label(
        "Zet het adres in een omgevingsvariabele en noem die: database: {env: SHOP_DATABASE}. "
        "Of gebruik een service of pgpass van PostgreSQL.",
        "Put the address in an environment variable and name it: database: {env: SHOP_DATABASE}. "
        "Or use a service or pgpass of PostgreSQL.",
    ),
)
_NO_DATABASE = Words(
    Label("De bron zegt niet in welke database de tabel staat", "The source does not say which database has the table"),
    advice=Label("Voeg toe: database: {env: SHOP_DATABASE}", "Add: database: {env: SHOP_DATABASE}"),
)
_NEITHER = Words(
    Label("De bron zegt niet welke tabel", "The source does not say which table"),
    advice=Label("Voeg toe: table: shop.orders (of query: SELECT …)", "Add: table: shop.orders (or query: SELECT …)"),
)
_BOTH = Words(
    Label("`table` en `query` staan naast elkaar", "`table` and `query` stand beside each other"),
    advice=Label("Kies er een.", "Choose one."),
)
_ONE_PLACE = Words(
    Label("De database staat op meer dan één plek", "The database is in more than one place"),
    advice=Label("Kies een van: env, url, service, file.", "Choose one of: env, url, service, file."),
)
_NEVER: Form[None] = _Never()
_IN_ENVIRONMENT: Record[str] = Record(
    "variable", lambda reader: reader.get("env", Parsed(_variable, ("SHOP_PASSWORD",)), "", required=True)
)
DATABASE: Record[Database] = Record("database", _database)
