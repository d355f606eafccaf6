"""Documents: YAML 1.2 to frozen nouns and back; every mistake at once, with file, line, column and the nearest word.

How to read a kind of document:

    from klantreis.documents import Many, Reader, Record, TEXT, read_document

    def shop(reader: Reader) -> Shop:
        return Shop(
            name=reader.text("name", required=True),
            title=reader.label("title"),                      # a text, or {nl: ..., en: ...}
            currency=reader.choice("currency", ("EUR", "USD"), "EUR"),
            wait_seconds=reader.seconds("wait"),              # '14 days', None when absent
            share=reader.number("share", 0, 1),               # None when absent
            sources=reader.mapping("sources", Record("source", source), defines="source"),
            main=reader.ref("main", "source"),                # an id that `sources` must define
        )

    def source(reader: Reader) -> Source:                     # reader.id is the key it stands under
        return Source(reader.id, reader.text("path", required=True), reader.texts("columns"))

    shop = read_document(Path("klantreis.yaml"), Record("shop", shop))

A wrong value is noted and its default used, so reading goes on; a key nobody asked for is a mistake; `read_document`
raises `DocumentError` whose `findings` hold every mistake in the order of the file. For what is not in `Reader` use
`reader.get(key, form, default)` with a form: `Text Labelled Flag Number Choice Span Ref Many Keyed Either Parsed
Mapped Anything Record`. `Parsed(function)` reads a text with a grammar of its own: the function returns the value or
raises `Misread(Words(title, detail, advice))`. For anything else, write a class with `read(node, reading)` and
`schema(defs)`; say mistakes with `reading.mistake(node, Words(...))`. A mistake that only shows when everything has
been read is noted in the root function with `reader.reading.mistake(reader.at("key"), Words(...))`.

`schema_of(record, title)` gives the JSON Schema of the same document, from the same code.
"""

from klantreis.documents.edit import edited
from klantreis.documents.forms import (
    Anything,
    Choice,
    Flag,
    Form,
    Labelled,
    Misread,
    Number,
    Parsed,
    Ref,
    Span,
    Text,
    fits,
)
from klantreis.documents.groups import Either, Keyed, Many, Mapped
from klantreis.documents.nodes import Node, Spot, plain
from klantreis.documents.parse import Limits, parsed, read_text
from klantreis.documents.read import read_document, read_document_text
from klantreis.documents.reader import FLAG, LABEL, NUMBER, SPAN, TEXT, Reader, Record, schema_of
from klantreis.documents.reading import Reading
from klantreis.documents.words import Words, suggestion

__all__ = [
    "FLAG",
    "LABEL",
    "NUMBER",
    "SPAN",
    "TEXT",
    "Anything",
    "Choice",
    "Either",
    "Flag",
    "Form",
    "Keyed",
    "Labelled",
    "Limits",
    "Many",
    "Mapped",
    "Misread",
    "Node",
    "Number",
    "Parsed",
    "Reader",
    "Reading",
    "Record",
    "Ref",
    "Span",
    "Spot",
    "Text",
    "Words",
    "edited",
    "fits",
    "parsed",
    "plain",
    "read_document",
    "read_document_text",
    "read_text",
    "schema_of",
    "suggestion",
]
