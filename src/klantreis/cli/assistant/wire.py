"""Requests and answers as lines of JSON (JSON-RPC 2.0): one message a line, in and out."""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from klantreis.cli.assistant.waiting import UNREAD, Waiting, number
from klantreis.errors import DocumentError, KlantreisError
from klantreis.findings import finding_dict
from klantreis.labels import Label, Language, plain

UNREADABLE, NO_REQUEST, NO_METHOD, MISUSED, BROKEN = -32700, -32600, -32601, -32602, -32603
MISTAKES = 20
"""How many mistakes of a document an error names."""


class Refused(Exception):
    """A request that cannot be served: a code of JSON-RPC, words, and what a program may want to know."""

    def __init__(self, code: int, words: Label, data: Any = None) -> None:
        super().__init__(words.text("en"))
        self.code, self.words, self.data = code, words, data


NOT_JSON = Refused(UNREADABLE, Label("Deze regel is geen JSON.", "This line is not JSON."))
NOT_ASKED = Refused(
    NO_REQUEST,
    Label("Dit is geen verzoek: één object, met een method.", "This is no request: one object, with a method."),
)
MISSHAPEN = Refused(
    NO_REQUEST,
    Label(
        "Een verzoek heeft een method, een id dat tekst of een getal is, en params als object.",
        "A request has a method, an id that is a text or a number, and its params as an object.",
    ),
)


def serve(
    lines: Iterable[bytes],
    write: Callable[[bytes], object],
    answer: Callable[[str, Mapping[str, Any]], Any],
    language: Language = "en",
) -> None:
    """Answers every request on `lines` with one line to `write`, in their order, until the lines end.

    `answer(method, params)` gives the result, or raises Refused or a KlantreisError, which is told in `language`. What
    asks for no answer gets none, and neither does what is cancelled before its answer is there.
    """
    waiting = Waiting(lines)
    for message in waiting:
        said = _said(message, answer, language)
        if waiting.wanted(message) and said is not None:
            write(json.dumps(said, ensure_ascii=True, allow_nan=False, default=str).encode() + b"\n")


def error_dict(error: KlantreisError, language: Language = "en") -> dict[str, Any]:
    """Returns what is wrong, where, and how to mend it, a code that stays the same, and the mistakes of a document."""
    told: dict[str, Any] = {"code": error.code}
    told |= zip(("what", "where", "mend"), error.parts(language), strict=True)
    if isinstance(error, DocumentError):
        told["findings"] = [finding_dict(one) for one in error.findings[:MISTAKES]]
    return told


def error_text(error: KlantreisError, language: Language = "en") -> str:
    """Returns the same in words: what, where, how to mend it, and the mistakes of a document, each with its place."""
    lines = [error.told(language)]
    for one in error.findings[:MISTAKES] if isinstance(error, DocumentError) else ():
        place = ":".join(str(part) for part in (one.place.file, one.place.line, one.place.column) if part)
        lines.append("  ".join(part for part in (place, one.title.text(language), one.advice.text(language)) if part))
    return "\n".join(lines)


def _said(message: Any, answer: Callable[[str, Mapping[str, Any]], Any], language: Language) -> dict[str, Any] | None:
    if message is UNREAD:
        return _refusal(None, NOT_JSON, language)
    asked = number(message)
    if not isinstance(message, dict) or "method" not in message:
        known = isinstance(message, dict) and ("result" in message or "error" in message)
        return None if known else _refusal(asked, NOT_ASKED, language)
    if "id" not in message:
        return None
    method, params = message["method"], message.get("params", {})
    if asked is None or not isinstance(method, str) or not isinstance(params, dict):
        return _refusal(asked, MISSHAPEN, language)
    return _answered(asked, lambda: answer(method, params), language)


def _answered(asked: str | float, ask: Callable[[], Any], language: Language) -> dict[str, Any]:
    try:
        return {"jsonrpc": "2.0", "id": asked, "result": ask()}
    except Refused as refused:
        return _refusal(asked, refused, language)
    except KlantreisError as error:
        told = Refused(MISUSED, plain(error.told(language)), error_dict(error, language))
        return _refusal(asked, told, language)
    except Exception as error:  # noqa: BLE001 - one request that breaks must not end the talk; its trace goes to the log
        traceback.print_exc(file=sys.stderr)
        return _refusal(asked, Refused(BROKEN, plain(f"{type(error).__name__}: {error}")), language)


def _refusal(asked: str | float | None, refused: Refused, language: Language) -> dict[str, Any]:
    """Returns an error; without an `id` when there is none to read: the protocol knows no id that is null."""
    error: dict[str, Any] = {"code": refused.code, "message": refused.words.text(language)}
    if refused.data is not None:
        error["data"] = refused.data
    return {"jsonrpc": "2.0", **({} if asked is None else {"id": asked}), "error": error}
