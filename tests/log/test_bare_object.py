"""One file in storage is asked as one on this machine, by the command and in a notebook."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

import klantreis
from klantreis import cli
from klantreis.errors import OptionError, SourceError
from servers import Storage, storage

LOG = "who,when,what\na,2026-01-01,x\na,2026-01-02,y\nb,2026-01-01,x\n"
COLUMNS = {"person": "who", "at": "when", "event": "what"}


@pytest.fixture(scope="module")
def objects() -> Iterator[Storage]:
    with pytest.MonkeyPatch.context() as environ, storage(environ) as found:
        environ.setenv("AWS_ENDPOINT_URL", found.endpoint)
        found.put("shop/days/web.csv", LOG.encode())
        found.put("shop/days/more.csv", LOG.replace("a,", "c,").encode())
        yield found


def test_the_command_reads_one_object(objects, capsys) -> None:
    words = [f"--{role}={column}" for role, column in COLUMNS.items()]
    code = cli.main(["funnel", "s3://shop/days/web.csv", *words, "--steps", "x,y", "--json"])
    told = json.loads(capsys.readouterr().out)
    assert code == 0
    assert [step["people"] for step in told["steps"]] == [2, 1]
    assert told["quality"]["read"] == 3


def test_a_notebook_reads_several_objects_and_tells_what_is_not_there(objects) -> None:
    journeys = klantreis.read("s3://shop/days/*.csv", **COLUMNS)
    assert journeys.counts["read"] == 6
    with pytest.raises(SourceError) as gone:
        klantreis.read("s3://shop/days/wep.csv", **COLUMNS)
    assert "s3://shop/days/web.csv" in str(gone.value)
    with pytest.raises(OptionError) as unnamed:
        klantreis.read("s3://shop/days/web.csv", at="when", event="what")
    assert "s3://shop/days/web.csv" in str(unnamed.value)
    assert "who" in str(unnamed.value)
