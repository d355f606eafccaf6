"""`klantreis guide --library`: what step 3 knows by name, without a workspace."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from klantreis.map.library import library


def test_every_ready_made_touchpoint_is_listed_with_how_it_can_be_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ask: Callable[..., Any]
) -> None:
    # Requirements A3, A4, A11 and D8.
    monkeypatch.chdir(tmp_path)
    dutch, english = (ask("guide", "--library", "--language", said) for said in ("nl", "en"))
    assert (dutch.code, english.code) == (0, 0)
    assert len(dutch.out.splitlines()) > len(library())
    assert "Wedstrijd" in dutch.out
    assert "Contest" in english.out
    listed = {one["id"]: one for one in json.loads(ask("guide", "--library", "--json").out)}
    assert listed["winactie"]["match"] == "contest_entered"
    assert listed["krant"]["plan"] == "qr"
    assert len(listed) == len(library())
