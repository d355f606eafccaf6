"""Requests and answers as lines of JSON (JSON-RPC 2.0): one message a line, in and out."""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from klantreis.errors import DocumentError, KlantreisError
from klantreis.findings import finding_dict

UNREADABLE, NO_REQUEST, NO_METHOD, MISUSED, BROKEN = -32700, -32600, -32601, -32602, -32603
MISTAKES = 20
"""How many mistakes of a document an error names."""


class Refused(Exception):
    """A request that cannot be served: a code of JSON-RPC, words, and what a program may want to know."""

    def __init__(self, code: int, words: str, data: Any = None) -> None:
        super().__init__(words)
        self.code, self.words, self.data = code, words, data


def serve(
    lines: Iterable[bytes], write: Callable[[bytes], object], answer: Callable[[str, Mapping[str, Any]], Any]
) -> None:
    """Answers every request on `lines` with one line to `write`, in their order, until the lines end.

    `answer(method, params)` gives the result, or raises Refused or a KlantreisError. What asks for no answer gets none.
    """
    for line in lines:
        if line.strip():
            said = _said(line, answer)
            if said is not None:
                write(json.dumps(said, ensure_ascii=True, allow_nan=False, default=str).encode() + b"\n")


def error_dict(error: KlantreisError) -> dict[str, Any]:
    """Returns what is wrong, where, and how to mend it, a code that stays the same, and the mistakes of a document."""
    told: dict[str, Any] = {"code": error.code, "what": error.what, "where": error.where, "mend": error.mend}
    if isinstance(error, DocumentError):
        told["findings"] = [finding_dict(one) for one in error.findings[:MISTAKES]]
    return told


def error_text(error: KlantreisError) -> str:
    """Returns the same in words: what, where, how to mend it, and the mistakes of a document, each with its place."""
    lines = [str(error)]
    for one in error.findings[:MISTAKES] if isinstance(error, DocumentError) else ():
        place = ":".join(str(part) for part in (one.place.file, one.place.line, one.place.column) if part)
        lines.append("  ".join(part for part in (place, one.title.text("en"), one.advice.text("en")) if part))
    return "\n".join(lines)


def _said(line: bytes, answer: Callable[[str, Mapping[str, Any]], Any]) -> dict[str, Any] | None:
    try:
        message = json.loads(line)
    except (ValueError, RecursionError):
        return _refusal(None, Refused(UNREADABLE, "This line is not JSON."))
    if not isinstance(message, dict) or "method" not in message:
        known = isinstance(message, dict) and ("result" in message or "error" in message)
        return None if known else _refusal(None, Refused(NO_REQUEST, "This is no request: one object, with a method."))
    if "id" not in message:
        return None
    method, params, number = message["method"], message.get("params", {}), message["id"]
    if not isinstance(method, str) or not isinstance(params, dict):
        return _refusal(number, Refused(NO_REQUEST, "A request has a method, and its params are an object."))
    return _answered(number, lambda: answer(method, params))


def _answered(number: Any, ask: Callable[[], Any]) -> dict[str, Any]:
    try:
        return {"jsonrpc": "2.0", "id": number, "result": ask()}
    except Refused as refused:
        return _refusal(number, refused)
    except KlantreisError as error:
        return _refusal(number, Refused(MISUSED, str(error), error_dict(error)))
    except Exception as error:  # noqa: BLE001 - one request that breaks must not end the talk; its trace goes to the log
        traceback.print_exc(file=sys.stderr)
        return _refusal(number, Refused(BROKEN, f"{type(error).__name__}: {error}"))


def _refusal(number: Any, refused: Refused) -> dict[str, Any]:
    error: dict[str, Any] = {"code": refused.code, "message": refused.words}
    if refused.data is not None:
        error["data"] = refused.data
    return {"jsonrpc": "2.0", "id": number, "error": error}
