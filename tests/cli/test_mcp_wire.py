"""What goes over the pipes: lines that are no request, requests that are cancelled, and what gets no answer."""

from __future__ import annotations

import io
import json
import threading

import pytest

from klantreis.cli.assistant.wire import serve


def said(lines, answer=lambda method, params: {}) -> list[dict]:
    """What is answered to lines, given as bytes or one by one."""
    out: list[bytes] = []
    serve(io.BytesIO(lines) if isinstance(lines, bytes) else lines, out.append, answer)
    return [json.loads(one) for one in out]


@pytest.mark.parametrize(
    ("line", "code", "id_"),
    [
        (b"{", -32700, {}),
        (b"\xff\xfe", -32700, {}),
        (b"[" * 100_000, -32700, {}),
        (b"[]", -32600, {}),
        (b"7", -32600, {}),
        (b'{"id": 1}', -32600, {"id": 1}),
        (b'{"id": "a", "method": 5}', -32600, {"id": "a"}),
        (b'{"id": 1, "method": "x", "params": []}', -32600, {"id": 1}),
        (b'{"id": null, "method": "x"}', -32600, {}),
        (b'{"id": true, "method": "x"}', -32600, {}),
        (b'{"id": [1], "method": "x"}', -32600, {}),
        (b'{"id": NaN, "method": "x"}', -32600, {}),
    ],
)
def test_a_line_that_is_no_request_is_refused_by_its_id_and_without_one_when_it_has_none(line, code, id_):
    (answer,) = said(line + b"\n")
    assert answer["error"]["code"] == code
    assert {word: value for word, value in answer.items() if word == "id"} == id_


@pytest.mark.parametrize(
    "line",
    [
        b'{"method": "notifications/cancelled"}',
        b'{"method": "notifications/cancelled", "params": {"requestId": [1]}}',
        b'{"method": "notifications/cancelled", "params": {"requestId": "nobody"}}',
        b'{"method": "notifications/cancelled", "params": 7}',
        b'{"method": "no-such-notification"}',
        b'{"method": 5}',
        b'{"id": 1, "result": {}}',
        b"  ",
    ],
)
def test_what_asks_for_no_answer_gets_none(line):
    assert said(line + b"\n") == []


def request(id_, method="work") -> bytes:
    return json.dumps({"id": id_, "method": method}).encode()


def cancelled(id_) -> bytes:
    return json.dumps({"method": "notifications/cancelled", "params": {"requestId": id_}}).encode()


def test_a_request_that_waits_is_not_begun_when_it_is_cancelled():
    heard, begun = threading.Event(), []

    def lines():
        yield from (request(1), request(2), request("2"), cancelled(2), cancelled("other"))
        heard.set()

    def answer(method, params):
        begun.append(method)
        assert heard.wait(20)
        return {}

    assert [one["id"] for one in said(lines(), answer)] == [1, "2"]
    assert len(begun) == 2


def test_a_request_that_is_being_answered_gets_no_answer_when_it_is_cancelled_and_the_talk_goes_on():
    begun, heard = threading.Event(), threading.Event()

    def lines():
        yield request(1)
        assert begun.wait(20)
        yield cancelled(1)
        heard.set()
        yield from (request(2), cancelled(1), request(1))

    def answer(method, params):
        begun.set()
        assert heard.wait(20)
        return {}

    assert [one["id"] for one in said(lines(), answer)] == [2, 1]


def test_the_greeting_cannot_be_cancelled():
    heard = threading.Event()

    def lines():
        yield from (request(1, "initialize"), cancelled(1))
        heard.set()

    def answer(method, params):
        assert heard.wait(20)
        return {}

    assert [one["id"] for one in said(lines(), answer)] == [1]


def test_an_input_that_breaks_says_so():
    def lines():
        yield request(1)
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        said(lines())


def test_one_request_that_breaks_does_not_end_the_talk(capsys):
    def broken(method, params):
        if method == "bad":
            raise ZeroDivisionError("by zero")
        return {"well": True}

    first, second = said(b'{"id": 1, "method": "bad"}\n{"id": 2, "method": "good"}\n', broken)
    assert first["error"] == {"code": -32603, "message": "ZeroDivisionError: by zero"}
    assert second["result"] == {"well": True}
    assert "Traceback" in capsys.readouterr().err
