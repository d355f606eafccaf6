"""The messages that wait, read while one is answered, so that a request can be cancelled before its answer is given."""

from __future__ import annotations

import json
import math
import threading
from collections.abc import Iterable, Iterator, Mapping
from queue import Empty, SimpleQueue
from typing import Any

UNREAD = object()
"""Stands for a line that is no JSON."""
CANCELLED = "notifications/cancelled"
FIRST = "initialize"
"""The one request that cannot be cancelled."""

NAP = 1.0

Key = tuple[bool, Any]


class Waiting:
    """Reads lines as they come; gives their messages in order, but for requests that were cancelled meanwhile.

    A cancelled request that is being answered goes on (a measure stops nowhere halfway), but `wanted` says that nobody
    waits for its answer any more. A cancellation of what is not asked, or is answered already, is passed over.
    """

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._lines = lines
        self._read: SimpleQueue[tuple[Any, BaseException | None, bool]] = SimpleQueue()
        self._lock = threading.Lock()
        self._open: set[Key] = set()
        self._dropped: set[Key] = set()

    def __iter__(self) -> Iterator[Any]:
        threading.Thread(target=self._reads, name="klantreis-mcp-reader", daemon=True).start()
        while True:
            try:
                message, error, ended = self._read.get(timeout=NAP)  # Windows hears a Ctrl-C only in between
            except Empty:
                continue
            if error is not None:
                raise error
            if ended:
                return
            if self._still(message):
                yield message

    def wanted(self, message: Any) -> bool:
        """Says whether who asked still waits for the answer; a message counts as answered from here on."""
        with self._lock:
            key = _key(message)
            dropped = key in self._dropped
            if key is not None:
                self._open.discard(key)
                self._dropped.discard(key)
            return not dropped

    def _still(self, message: Any) -> bool:
        key = _key(message)
        with self._lock:
            dropped = key is not None and key in self._dropped
        return self.wanted(message) if dropped else True

    def _reads(self) -> None:
        try:
            for line in self._lines:
                if line.strip():
                    self._heard(_message(line))
        except BaseException as error:  # noqa: BLE001 - who answers raises it, where somebody sees it
            self._read.put((None, error, False))
        self._read.put((None, None, True))

    def _heard(self, message: Any) -> None:
        if isinstance(message, Mapping) and message.get("method") == CANCELLED and "id" not in message:
            params = message.get("params")
            key = _key({"id": params.get("requestId")}) if isinstance(params, Mapping) else None
            with self._lock:
                if key in self._open:
                    self._dropped.add(key)
            return
        key = _key(message)
        if key is not None and message.get("method") != FIRST:
            with self._lock:
                self._open.add(key)
        self._read.put((message, None, False))


def number(message: Any) -> str | int | float | None:
    """Returns the id of a request; None when it has none that may be one: a text or a number."""
    found = message.get("id") if isinstance(message, Mapping) else None
    if isinstance(found, str):
        return found
    return found if isinstance(found, int | float) and not isinstance(found, bool) and math.isfinite(found) else None


def _key(message: Any) -> Key | None:
    found = number(message)
    return None if found is None else (isinstance(found, str), found)


def _message(line: bytes) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return UNREAD
