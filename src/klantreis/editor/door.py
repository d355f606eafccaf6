"""From request to answer, as a pure function: who may come in, and what comes of what they ask.

Whoever listens on the machine can reach the port, and so can every page in the browser. So: only the own host name
(no other name that leads here), only from the own page, and only with the key that the first visit put in a cookie.
No path of a request ever leads to a file.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib import resources
from urllib.parse import parse_qs

from klantreis.editor import desk as desks
from klantreis.editor.acts import GIVEN
from klantreis.editor.change import Change
from klantreis.editor.desk import Outcome
from klantreis.editor.page import closed, page
from klantreis.editor.parts import Shown, spot_of
from klantreis.exporters.html.page import page_style
from klantreis.labels import Language

MOST = 65_536
"""The most bytes of a request."""
HEADERS = (
    ("Content-Security-Policy",
     "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; font-src data:; connect-src 'self'; "
     "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cache-Control", "no-store"),
)  # fmt: skip
HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request; names of headers in small letters."""

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = ()  # type: ignore[assignment]
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back."""

    status: int
    body: str = ""
    kind: str = HTML
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Keys:
    """Who may come in: the port we are on, the token of the first visit, and the secret that the cookie holds after."""

    port: int
    token: str
    secret: str
    used: bool = False

    @property
    def cookie(self) -> str:
        """What the cookie is called: a browser does not tell the ports of a machine apart."""
        return f"klantreis-{self.port}"


def admitted(asked: Asked, keys: Keys, language: Language) -> tuple[Answer | None, Keys]:
    """Returns None for who may come in, else the answer at the door; and the keys after it."""
    own = {f"127.0.0.1:{keys.port}", f"localhost:{keys.port}"}
    host = asked.headers.get("host", "")
    if host not in own:
        return Answer(421, closed(language)), keys
    if asked.method not in {"GET", "HEAD", "POST"}:
        return Answer(405, "", headers=(("Allow", "GET, HEAD, POST"),)), keys
    foreign = asked.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}
    origin = asked.headers.get("origin")
    if asked.method == "POST" and (foreign or origin != f"http://{host}"):
        return Answer(403, closed(language)), keys
    if origin not in {None, f"http://{host}"}:
        return Answer(403, closed(language)), keys
    if _same(_cookie(asked, keys.cookie), keys.secret):
        token = asked.path == "/" and asked.query and asked.method == "GET"
        return (Answer(303, headers=(("Location", "/"),)) if token else None), keys
    given = parse_qs(asked.query).get("token", [""])[0]
    if asked.method == "GET" and asked.path == "/" and not keys.used and _same(given, keys.token):
        cookie = f"{keys.cookie}={keys.secret}; Path=/; HttpOnly; SameSite=Strict"
        return Answer(303, headers=(("Location", "/"), ("Set-Cookie", cookie))), replace(keys, used=True)
    return Answer(403, closed(language)), keys


def answered(asked: Asked, shown: Shown) -> tuple[Answer, Outcome]:
    """Returns the answer to somebody who may come in, and what comes of it: the desk after it, the text to write.

    `shown` is the file as it is now. Nothing is written here; when writing fails, ask for `refused`.
    """
    nothing = Outcome(shown.desk)
    if asked.method == "POST" and asked.path == "/":
        return _posted(asked, shown)
    assets = {"/editor.js": _script, "/look.css": _style}
    if asked.method != "POST" and asked.path in assets:
        return assets[asked.path](), nothing
    if asked.method != "POST" and asked.path == "/version":
        return Answer(200, desks.version(shown.text), "text/plain; charset=utf-8"), nothing
    if asked.method != "POST" and asked.path == "/":
        return Answer(200, page(shown)), Outcome(desks.seen(shown.desk, shown.text))
    return Answer(404, closed(shown.language)), nothing


def refused(shown: Shown) -> tuple[Answer, Outcome]:
    """Returns the page that says why something was not done, with the file as it is."""
    return Answer(409 if shown.clash else 422, page(shown)), Outcome(desks.seen(shown.desk, shown.text))


def _posted(asked: Asked, shown: Shown) -> tuple[Answer, Outcome]:
    kind = asked.headers.get("content-type", "").partition(";")[0].strip().casefold()
    if kind != "application/x-www-form-urlencoded":
        return Answer(415, closed(shown.language)), Outcome(shown.desk)
    try:
        fields = parse_qs(asked.body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=20)
    except ValueError:
        return Answer(400, closed(shown.language)), Outcome(shown.desk)
    given = {name: values[-1] for name, values in fields.items()}
    outcome = _done(given, shown)
    if outcome.clash or outcome.error:
        return refused(replace(shown, desk=outcome.desk, clash=outcome.clash, error=shown.error or outcome.error))
    return Answer(303, headers=(("Location", spot_of(outcome.step)),)), outcome


def _done(given: Mapping[str, str], shown: Shown) -> Outcome:
    act = given.get("act", "save")
    if act in {"undo", "redo"}:
        return (desks.undo if act == "undo" else desks.redo)(shown.desk, shown.text)
    fields = {name: given[name] for name in GIVEN if name in given}
    change = Change(given.get("step", ""), fields, act)
    return desks.save(shown.desk, shown.text, given.get("version", ""), change, shown.language)


def _script() -> Answer:
    return Answer(200, _file("editor.js"), "text/javascript; charset=utf-8")


def _style() -> Answer:
    return Answer(200, f"{page_style()}\n{_file('editor.css')}", "text/css; charset=utf-8")


def _file(name: str) -> str:
    return (resources.files("klantreis.editor") / name).read_text(encoding="utf-8")


def _cookie(asked: Asked, name: str) -> str:
    """What a cookie holds; others on this machine may have left odd ones beside it."""
    pairs = (pair.strip().partition("=") for pair in asked.headers.get("cookie", "").split(";"))
    return next((value for key, _, value in pairs if key == name), "")


def _same(given: str, kept: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), kept.encode())
