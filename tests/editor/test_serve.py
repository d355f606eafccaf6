"""A real server on a real port: one browser comes in, changes are in the file at once, nothing else gets through."""

from __future__ import annotations

import http.client
import re
import stat
import threading
import urllib.parse
from collections.abc import Callable
from pathlib import Path

import pytest

from klantreis.editor.desk import Outcome
from klantreis.editor.door import Answer, Asked, answered
from klantreis.editor.parts import Shown
from klantreis.editor.serve import Editor, kept_open, writable
from klantreis.errors import OptionError

Serving = Callable[..., Editor]


class Visitor:
    """A browser without a script: one cookie, one page."""

    def __init__(self, editor: Editor) -> None:
        self.port, self.cookie, self.page = editor.keys.port, "", ""
        self.editor = editor

    def ask(self, method: str, path: str, body: str | None = None, **headers: str) -> tuple[int, str]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        usual = {"Cookie": self.cookie, "Host": f"127.0.0.1:{self.port}"}
        if body is not None:
            usual |= {
                "Origin": f"http://127.0.0.1:{self.port}", "Content-Type": "application/x-www-form-urlencoded",
            }  # fmt: skip
        given = usual | {name.replace("_", "-"): value for name, value in headers.items()}
        line.request(method, path, body, {name: value for name, value in given.items() if value})
        answer = line.getresponse()
        self.headers = dict(answer.getheaders())
        text = answer.read().decode()
        line.close()
        return answer.status, text

    def enter(self) -> Visitor:
        assert self.ask("GET", self.editor.address.partition(str(self.port))[2])[0] == 303
        self.cookie = self.headers["Set-Cookie"].partition(";")[0]
        self.look()
        return self

    def look(self) -> str:
        self.page = self.ask("GET", "/")[1]
        return self.page

    def version(self) -> str:
        return str(re.findall(r'data-version="(\w+)"', self.page)[0])

    def post(self, **fields: str) -> int:
        """Posts a form, and goes on to the page that comes after."""
        body = urllib.parse.urlencode({"version": self.version(), "act": "save"} | fields)
        status, text = self.ask("POST", "/", body)
        self.page = self.look() if status == 303 else text
        return status

    def said(self) -> str:
        found = re.search(r'id="said"[^>]*>(.*?)</p>', self.page)
        return found[1] if found else ""


def test_a_change_is_in_the_file_at_once_and_all_of_it_can_be_undone(file: Path, serving: Serving) -> None:
    before = file.read_bytes()
    one = Visitor(serving(file)).enter()
    assert one.post(step="kassa", feel="2", word="blij") == 303
    assert "word: {nl: blij, en: a pity about the money}" in file.read_text("utf-8")
    assert one.said().startswith("Bewaard. Gevoel bij &#39;Ik betaal&#39;: +2 Enthousiast.")
    assert one.post(step="ijsje", feel="1") == 303
    after = file.read_bytes()
    assert [one.post(act="undo"), one.post(act="undo")] == [303, 303]
    assert file.read_bytes() == before
    assert [one.post(act="redo"), one.post(act="redo")] == [303, 303]
    assert file.read_bytes() == after
    assert one.post(act="redo") == 303
    assert one.said() == "Er is niets om opnieuw te doen."
    one.post(act="undo")
    one.post(step="kassa", feel="0")
    one.post(act="redo")
    assert one.said() == "Er is niets om opnieuw te doen."


def test_a_file_that_changed_meanwhile_is_refused_with_both_texts(file: Path, serving: Serving) -> None:
    one = Visitor(serving(file)).enter()
    theirs = file.read_text("utf-8").replace("jammer van het geld", "duur")
    file.write_text(theirs, "utf-8")
    assert one.post(step="kassa", feel="2") == 409
    assert file.read_text("utf-8") == theirs
    assert "-      word: {nl: duur, en: a pity about the money}" in one.page
    assert "+      feel: 2" in one.page
    assert one.post(step="kassa", feel="2") == 303
    assert "feel: 2\n      word: {nl: duur" in file.read_text("utf-8")


def test_a_file_that_changes_while_it_is_saved_is_not_overwritten(
    file: Path, serving: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = Visitor(serving(file)).enter()

    def slow(asked: Asked, shown: Shown) -> tuple[Answer, Outcome]:
        found = answered(asked, shown)
        file.write_text("# van een ander\n" + file.read_text("utf-8"), "utf-8")
        return found

    monkeypatch.setattr("klantreis.editor.serve.answered", slow)
    assert one.post(step="kassa", feel="2") == 409
    assert "feel: 2\n      word: {nl: jammer" not in file.read_text("utf-8")
    assert "+      feel: 2" in one.page


def test_what_somebody_else_did_is_not_undone(file: Path, serving: Serving) -> None:
    one = Visitor(serving(file)).enter()
    one.post(step="kassa", feel="2")
    theirs = file.read_text("utf-8") + "# van een ander\n"
    file.write_text(theirs, "utf-8")
    assert one.post(act="undo") == 409
    assert "# van een ander" in one.page
    assert file.read_text("utf-8") == theirs


def test_mistakes_are_told_with_their_lines_and_the_page_goes_on_when_they_are_mended(
    file: Path, serving: Serving
) -> None:
    good = file.read_text("utf-8")
    one = Visitor(serving(file)).enter()
    file.write_text(good.replace("feel: -2", "feel: -3").replace("owner: winkelteam", "ower: winkelteam"), "utf-8")
    page = one.look()
    assert page.count("regel 11, kolom 1") == 1
    assert "regel 93, kolom" in page
    assert one.post(step="kassa", feel="1") == 422
    file.write_bytes(b"\xff\xfe")
    assert "geen UTF-8" in one.look()
    file.unlink()
    assert "kan niet gelezen worden" in one.look()
    file.write_text(good, "utf-8")
    assert "Ik betaal" in one.look()
    assert one.post(step="kassa", feel="1") == 303


def test_the_address_lets_one_browser_in_and_only_once(file: Path, serving: Serving) -> None:
    editor = serving(file)
    first = Visitor(editor).enter()
    assert "HttpOnly; SameSite=Strict" in first.headers.get("Set-Cookie", "") or first.cookie
    second = Visitor(editor)
    assert second.ask("GET", f"/?token={editor.keys.token}")[0] == 403
    assert second.ask("GET", "/")[0] == 403
    assert second.ask("GET", "/version", Cookie=f"{editor.keys.cookie}=nee")[0] == 403
    assert first.ask("GET", f"/?token={editor.keys.token}")[0] == 303


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "kwaad.example:80"}, 421),
        ({"Origin": "http://kwaad.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": ""}, 403),
        ({"Sec_Fetch_Site": "cross-site"}, 403),
        ({"Cookie": ""}, 403),
        ({"Content_Type": "text/plain"}, 415),
        ({"Content_Length": "70000"}, 413),
        ({"Transfer_Encoding": "chunked"}, 411),
    ],
)
def test_a_change_from_elsewhere_does_not_get_through(
    file: Path, serving: Serving, headers: dict[str, str], status: int
) -> None:
    before = file.read_bytes()
    one = Visitor(serving(file)).enter()
    body = urllib.parse.urlencode({"version": one.version(), "step": "kassa", "feel": "2"})
    assert one.ask("POST", "/", body, **headers)[0] == status
    assert file.read_bytes() == before


@pytest.mark.parametrize("path", ["/etc/passwd", "/../ikea-stoel.reis.yaml", "/ikea-stoel.reis.yaml", "/editor.py"])
def test_no_path_leads_to_a_file(file: Path, serving: Serving, path: str) -> None:
    assert Visitor(serving(file)).enter().ask("GET", path)[0] == 404


def test_only_this_machine_is_listened_to_and_the_page_may_do_little(file: Path, serving: Serving) -> None:
    editor = serving(file)
    assert editor.server_address[0] == "127.0.0.1"
    one = Visitor(editor).enter()
    policy = one.headers["Content-Security-Policy"]
    assert "default-src 'none'; script-src 'self'; style-src 'self'" in policy
    assert "unsafe" not in policy
    assert (one.headers["X-Frame-Options"], one.headers["Cache-Control"]) == ("DENY", "no-store")
    assert one.headers["Server"].strip() == "Klantreis"


def test_a_map_that_cannot_be_written_is_told_before_and_after(
    file: Path, serving: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = Visitor(serving(file)).enter()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("klantreis.editor.serve.put_whole", full)
    assert one.post(step="kassa", feel="2") == 422
    assert "is niet te schrijven: de schijf is vol" in one.page
    monkeypatch.setattr("tempfile.NamedTemporaryFile", full)
    with pytest.raises(OptionError, match="cannot be written: No space left"):
        writable(file)


def test_the_file_keeps_its_mark_its_rights_and_its_link(file: Path, tmp_path: Path, serving: Serving) -> None:
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    file.chmod(0o640)
    link = tmp_path / "link.reis.yaml"
    link.symlink_to(file)
    assert Visitor(serving(link)).enter().post(step="kassa", feel="2") == 303
    assert link.is_symlink()
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert file.read_bytes().startswith(b"\xef\xbb\xbf#")
    assert [path.name for path in tmp_path.iterdir()] == ["ikea-stoel.reis.yaml", "link.reis.yaml"]


def test_a_map_without_steps_says_what_to_do(file: Path, serving: Serving) -> None:
    file.write_text("klantreis: 1\nid: leeg\ntitle: Leeg\ntemplate: nl-5\n", "utf-8")
    assert "Deze kaart heeft nog geen stappen." in Visitor(serving(file)).enter().page


def test_more_steps_than_can_be_drawn_still_have_their_forms(file: Path, serving: Serving) -> None:
    steps = "".join(f"    s{number}: {{do: x}}\n" for number in range(1001))
    file.write_text(f"klantreis: 1\nid: veel\ntitle: Veel\nphases:\n  een:\n    label: Een\n{steps}", "utf-8")
    page = Visitor(serving(file)).enter().page
    assert "1001 stappen zijn niet te tekenen" in page
    assert 'id="feel-s1000"' in page


def test_odd_cookies_of_others_and_odd_forms_do_no_harm(file: Path, serving: Serving) -> None:
    one = Visitor(serving(file)).enter()
    odd = f'json={{"a": "b"}}; ;=; {one.cookie}; é=1'
    assert one.ask("GET", "/", Cookie=odd)[0] == 200
    many = "&".join(f"a{number}=1" for number in range(99))
    assert one.ask("POST", "/", many)[0] == 400
    assert one.ask("POST", "/", "act=%ff%fe&step=%00")[0] == 422
    assert one.post(step="kassa", feel="7") == 422
    assert "is geen gevoel" in one.page


def test_what_stands_in_the_map_does_nothing_on_the_page(file: Path, serving: Serving) -> None:
    attack = '"><script>alert(1)</script>'
    one = Visitor(serving(file)).enter()
    assert one.post(step="kassa", word=attack, think="</textarea><script>x</script>") == 303
    assert "<script>" not in one.page.replace('<script type="module" src="/editor.js"></script>', "")
    assert one.post(step="<script>", feel="1") == 422
    assert "<script>" not in one.page.replace('<script type="module" src="/editor.js"></script>', "")


def test_it_stops_with_ctrl_c_and_lets_the_port_go(
    file: Path, serving: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    editor = Editor(serving(file).opened)

    def stop(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Editor, "serve_forever", stop)
    kept_open(editor, browser=True)
    for thread in threading.enumerate():
        if thread.name == "browser":
            thread.join(2)
    assert opened == [editor.address]
    assert editor.fileno() == -1
