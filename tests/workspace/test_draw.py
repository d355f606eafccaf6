"""A map is drawn in the phases that are asked for."""

from pathlib import Path

import pytest

from klantreis.errors import OptionError
from klantreis.workspace import drawn_file

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "maps" / "ikea-stoel.reis.yaml"


def test_a_map_is_shown_in_another_phase_model() -> None:
    own, other = drawn_file(EXAMPLE)[1], drawn_file(EXAMPLE, model="funnel-3")[1]
    assert "Afweging" in own
    assert "Beslissing" not in own
    assert "Beslissing" in other


def test_an_unknown_phase_model_is_named_with_the_nearest() -> None:
    with pytest.raises(OptionError, match="funel-3") as told:
        drawn_file(EXAMPLE, model="funel-3")
    assert "funnel-3" in told.value.mend
