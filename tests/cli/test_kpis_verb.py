"""`klantreis kpis --add`: a KPI set on a map in one action."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from klantreis.cli import kpis_verb
from klantreis.documents import edited


def test_a_set_is_added_answered_at_once_and_added_only_once(shop: Path, ask: Callable[..., Any]) -> None:
    file = shop / "maps" / "ring-kopen.reis.yaml"
    before = file.read_text(encoding="utf-8")
    told = ask("kpis", "--map", "ring-kopen", "--add", "awareness", "--language", "nl")
    assert told.code == 0
    assert "eerste_bezoek_weg" in told.out
    assert "merk_gezocht: match: {event: search_visit" in told.out
    after = file.read_text(encoding="utf-8")
    assert all(line in after.splitlines() for line in before.splitlines())
    found = json.loads(ask("kpis", "--map", "ring-kopen", "--json").out)
    values = {one["kpi"]: one for one in found["kpis"]}
    assert 0 < values["eerste_bezoek_weg"]["estimate"]["value"] < 1
    assert values["zoekt_op_naam"]["estimate"]["value"] is None  # nobody said which event it is
    assert "merk_gezocht" in values["zoekt_op_naam"]["why"]
    again = ask("kpis", "--map", "ring-kopen", "--add", "awareness", "--json")
    assert json.loads(again.out)["added"] == {}
    assert file.read_text(encoding="utf-8") == after


def test_a_kpi_is_called_as_the_map_calls_it_also_when_a_touchpoint_has_its_id(
    shop: Path, ask: Callable[..., Any]
) -> None:
    for language, words in (("nl", "Contacten"), ("en", "Contacts")):
        ask("kpis", "--map", "ring-kopen", "--add", "conversion")
        told = ask("kpis", "--map", "ring-kopen", "--language", language)
        assert words in told.out
        assert "contacten_vooraf" not in told.out


def test_a_map_is_called_complete_only_with_a_target_in_every_phase(shop: Path, ask: Callable[..., Any]) -> None:
    # Requirement B4.
    file = shop / "maps" / "ring-kopen.reis.yaml"
    told = ask("kpis", "--map", "ring-kopen", "--language", "nl").out
    said = " ".join(told.split())
    assert "Nog niet compleet: 5 van 7 fasen met een KPI met doel. Zonder: Bewustwording, Loyaliteit." in said
    text = file.read_text(encoding="utf-8")
    for phase in ("bewustwording", "loyaliteit"):
        text = edited(text, ["kpis", f"doel_{phase}"], {"phase": phase, "metric": "people", "target": ">= 9"})
    file.write_text(text, encoding="utf-8")
    assert (
        "Compleet: elke fase heeft een KPI met een doel." in ask("kpis", "--map", "ring-kopen", "--language", "nl").out
    )
    assert "Complete: each phase has a KPI with a target." in ask("kpis", "--map", "ring-kopen", "--language", "en").out


def test_a_file_has_no_map_to_add_to(shop: Path, ask: Callable[..., Any]) -> None:
    told = ask("kpis", "web.csv", "--add", "awareness")
    assert told.code == 2
    assert "--map" in told.err


def test_an_unknown_set_changes_nothing(shop: Path, ask: Callable[..., Any]) -> None:
    file = shop / "maps" / "ring-kopen.reis.yaml"
    before = file.read_bytes()
    assert ask("kpis", "--map", "ring-kopen", "--add", "bekendheid").code == 2
    assert file.read_bytes() == before


def test_who_asks_without_a_terminal_cannot_write() -> None:
    import inspect

    assert "add" not in inspect.signature(kpis_verb.run.question).parameters  # type: ignore[attr-defined]
