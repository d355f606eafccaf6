"""The thin server around the editor: a socket on this machine only, and the one file it reads and writes."""

from __future__ import annotations

import secrets
import sys
import tempfile
import threading
import webbrowser
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from klantreis.documents import read_text
from klantreis.documents.put import put_whole
from klantreis.editor.desk import Clash, Desk, Outcome
from klantreis.editor.door import HEADERS, MOST, Answer, Asked, Keys, admitted, answered, refused
from klantreis.editor.parts import Shown
from klantreis.editor.words import both
from klantreis.errors import KlantreisError, OptionError, reason
from klantreis.labels import Label, Language
from klantreis.report import Report

BOM = "\ufeff"
PATIENCE = 20.0
"""Seconds that a browser may hold a line without asking anything."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What is edited: the file, how a report is made of its text, in which language, and the commands that come next.

    `report_of` raises DocumentError for a text that is no map.
    """

    file: Path
    report_of: Callable[[str], Report]
    language: Language
    next: Mapping[str, str]


def writable(file: Path) -> None:
    """Raises OptionError when a map cannot be written, so that nobody starts to edit in vain."""
    try:
        with file.open("ab"), tempfile.NamedTemporaryFile(dir=file.resolve().parent):
            pass
    except OSError as error:
        raise _unwritten(file, error) from error


class Editor(ThreadingHTTPServer):
    """The server: one request at a time reaches the file; what was done is kept here and nowhere else."""

    daemon_threads = True

    def __init__(self, opened: Opened) -> None:
        """Listens on a free port of this machine. Raises OSError when there is none."""
        super().__init__(("127.0.0.1", 0), _Handler)
        self.opened, self.desk, self.lock = opened, Desk(), threading.Lock()
        self.keys = Keys(self.server_address[1], secrets.token_urlsafe(32), secrets.token_urlsafe(32))

    @property
    def address(self) -> str:
        """Where the page is, with the token that lets one browser in."""
        return f"http://127.0.0.1:{self.keys.port}/?token={self.keys.token}"

    def answer(self, asked: Asked) -> Answer:
        """Returns the answer to a request, the file written when it asks so."""
        with self.lock:
            at_the_door, self.keys = admitted(asked, self.keys, self.opened.language)
            if at_the_door is not None:
                return at_the_door
            shown = self._shown()
            answer, outcome = answered(asked, shown)
            if outcome.write is not None:
                answer, outcome = self._written(shown, answer, outcome)
            self.desk = outcome.desk
            return answer

    def _shown(self) -> Shown:
        """The file as it is now."""
        opened = self.opened
        shown = Shown("", None, self.desk, opened.language, str(opened.file), opened.next)
        try:
            text = _read(opened.file)
            return replace(shown, text=text, report=opened.report_of(text))
        except KlantreisError as error:
            return replace(shown, text=_raw(opened.file), error=error)

    def _written(self, shown: Shown, answer: Answer, outcome: Outcome) -> tuple[Answer, Outcome]:
        """Writes the text, unless the file became another in between."""
        file, text = self.opened.file, outcome.write or ""
        try:
            data = file.read_bytes()
            if _decoded(data) != shown.text:
                now = self._shown()
                return refused(replace(now, clash=Clash(None, both("elsewhere"), text)))
            put_whole(file, (BOM.encode() if data.startswith(BOM.encode()) else b"") + text.encode("utf-8"))
        except OSError as error:
            return refused(replace(shown, error=_unwritten(file, error)))
        return answer, outcome

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Tells of what went wrong, but not of a browser that hung up."""
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


def kept_open(editor: Editor, *, browser: bool) -> None:
    """Serves until Ctrl-C; with `browser` the page is opened in one."""
    if browser:
        threading.Thread(target=webbrowser.open, args=(editor.address,), name="browser", daemon=True).start()
    try:
        editor.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        editor.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "Klantreis", ""
    timeout = PATIENCE
    server: Editor

    def do_GET(self) -> None:
        """Answers what is asked; whether it may be asked so is told at the door."""
        self._answer()

    def do_HEAD(self) -> None:
        """Answers as GET does, without the body."""
        self._answer()

    def do_POST(self) -> None:
        """Answers a change."""
        self._answer()

    def log_message(self, *args: object) -> None:
        """Says nothing: the terminal is of who started the editor."""

    def _answer(self) -> None:
        length = self.headers.get("Content-Length", "0")
        known = length.isdecimal() and "Transfer-Encoding" not in self.headers
        if not known or int(length) > MOST:
            self.close_connection = True
            self._send(Answer(413 if known else 411))
            return
        body = self.rfile.read(int(length))
        path, _, query = self.path.partition("?")
        headers = {name.casefold(): value for name, value in self.headers.items()}
        self._send(self.server.answer(Asked(self.command, path, query, headers, body)))

    def _send(self, answer: Answer) -> None:
        data = answer.body.encode("utf-8", "replace")
        self.send_response(answer.status)
        for name, value in (
            *HEADERS,
            *answer.headers,
            ("Content-Type", answer.kind),
            ("Content-Length", str(len(data))),
        ):
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)


def _read(file: Path) -> str:
    try:
        return _decoded(file.read_bytes())
    except (OSError, UnicodeDecodeError):
        return read_text(file)


def _decoded(data: bytes) -> str:
    return data.decode("utf-8").removeprefix(BOM)


def _raw(file: Path) -> str:
    """What there is of a file that cannot be read as a map."""
    try:
        return file.read_bytes().decode("utf-8-sig", "replace")
    except OSError:
        return ""


def _unwritten(file: Path, error: OSError) -> OptionError:
    return OptionError(
        Label(
            f"{file} is niet te schrijven: {reason(error).text('nl')}.",
            f"{file} cannot be written: {reason(error).text('en')}.",
        ),
        mend=Label(
            "Kijk wie er in het bestand en in zijn map mag schrijven.",
            "Look who may write in the file and in its folder.",
        ),
    )
