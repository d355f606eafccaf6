"""Each number in a report can be had again with the command printed under it."""

import json
from pathlib import Path

from reproduced import chapters, unexplained


def test_the_commands_of_each_chapter_give_its_numbers(shop, ask):
    written = json.loads(ask("report", "--map", "ring-kopen", "--language", "en", "--json").out)
    page = Path(written[0]["path"]).read_text("utf-8")

    def run(command):
        assert command.startswith("klantreis ")
        return json.loads(ask(*command.split()[1:], "--json").out)

    assert unexplained(page, run) == []
    measured = {id_: one.commands for id_, one in chapters(page).items()}
    assert [id_ for id_ in ("head", "map", "funnel", "paths", "times", "kpis", "quality") if not measured[id_]] == []


def test_more_findings_than_are_listed_are_asked_by_their_number(shop, ask, monkeypatch):
    from klantreis.exporters.html import shapes

    monkeypatch.setattr(shapes, "LISTED", 2)
    written = json.loads(ask("report", "--map", "ring-kopen", "--language", "en", "--json").out)
    (command,) = chapters(Path(written[0]["path"]).read_text("utf-8"))["first"].commands
    assert command.startswith("klantreis find --top ")
    assert int(command.split()[3]) > 2
