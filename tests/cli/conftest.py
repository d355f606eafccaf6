"""A small shop, the files that the examples in the help speak of, and the door to knock on."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from klantreis import cli
from klantreis.demo import make

SCHEMAS = Path(cli.__file__).parents[1] / "schemas"
COLUMNS = ["--person", "user_id", "--at", "timestamp", "--event", "event"]


class Answer(NamedTuple):
    """What a verb left behind."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A loaded shop of a thousand customers; copied for each test that may change it."""
    folder = tmp_path_factory.mktemp("made") / "shop"
    make(folder, journeys=1000).load()
    (folder / "reis.mmd").write_text("journey\n  section Kiezen\n    Ik zoek: 2: Lisa\n", encoding="utf-8")
    for name in ("base", "mine", "theirs"):
        shutil.copy(folder / "maps" / "retour.reis.yaml", folder / f"{name}.yaml")
    (folder / "web.csv").write_text(WEB, encoding="utf-8")
    (folder / "answers.txt").write_text(ANSWERS, encoding="utf-8")
    (folder / "path-counts.csv").write_text(COUNTS, encoding="utf-8")
    (folder / "orders.xes.gz").write_bytes(gzip.compress(XES.encode()))
    return folder


@pytest.fixture
def shop(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shop, and we are in it."""
    folder = tmp_path / "shop"
    shutil.copytree(made, folder)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Answer]:
    """Calls the door with words and returns exit code, output and errors."""
    monkeypatch.delenv("KLANTREIS_LANGUAGE", raising=False)
    monkeypatch.delenv("KLANTREIS_COMMAND", raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")

    def asked(*words: object) -> Answer:
        capsys.readouterr()
        code = cli.main([str(word) for word in words])
        return Answer(code, *capsys.readouterr())

    return asked


@pytest.fixture(scope="session")
def validated() -> Callable[[str, Any], Any]:
    """Returns a value when it has the published shape of this name; schemas refer to each other by file name."""
    schemas = {path.name: json.loads(path.read_text("utf-8")) for path in SCHEMAS.glob("*.schema.json")}
    registry: Registry[Any] = Registry().with_resources(
        (name, Resource.from_contents(schema)) for name, schema in schemas.items()
    )

    def valid(name: str, value: Any) -> Any:
        Draft202012Validator(schemas[f"{name}.schema.json"], registry=registry).validate(value)
        return value

    return valid


@pytest.fixture(autouse=True)
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """The window of the terminal is 80 wide."""
    from klantreis.cli import speak

    monkeypatch.setattr(speak.out, "width", 80)
    monkeypatch.setattr(speak.err, "width", 80)


WEB = "user_id,session_id,timestamp,event\n" + "".join(
    f"u{person},s{person}-{visit},2026-03-{visit + 1:02}T{person % 24:02}:0{turn}:00Z,{event}\n"
    for person in range(40)
    for visit in range(2)
    for turn, event in enumerate(["view", "cart", "buy"][: 1 + (person + visit) % 3])
)
ANSWERS = "klantreis-votes=1;\nmap=ring-kopen;\nversion=0;\nviewer=k7q2m9xw4r;\nstep:filter=yes;\ncomment=\nend=;\n"
COUNTS = """path,total_conversions,total_conversion_value,total_null
mail > web > shop,1,10.5,0
mail,0,0,1
web > shop,0,0,1
"""
EVENT = (
    '<event><string key="concept:name" value="{}"/><date key="time:timestamp" value="2026-03-0{}T10:00:00Z"/></event>'
)
TRACES = [["ordered", "paid", "packed", "billed", "sent"], ["ordered", "sent"]]
XES = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1.0" xmlns="http://www.xes-standard.org/">'
    + "".join(
        f'<trace><string key="concept:name" value="{number}"/>'
        + "".join(EVENT.format(name, day + 1) for day, name in enumerate(trace))
        + "</trace>"
        for number, trace in enumerate(TRACES)
    )
    + "</log>"
)
