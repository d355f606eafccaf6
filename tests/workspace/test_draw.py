"""A map is drawn in the phases that are asked for."""

from pathlib import Path

import pytest

from klantreis.errors import OptionError
from klantreis.workspace import drawn_alone
from klantreis.workspace.exchange import report_of_file

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "maps" / "ikea-stoel.reis.yaml"


def test_a_map_is_shown_in_another_phase_model() -> None:
    own, other = (drawn_alone(report_of_file(EXAMPLE, model)) for model in (None, "funnel-3"))
    assert "Afweging" in own
    assert "Beslissing" not in own
    assert "Beslissing" in other


def test_an_unknown_phase_model_is_named_with_the_nearest() -> None:
    with pytest.raises(OptionError, match="funel-3") as told:
        report_of_file(EXAMPLE, model="funel-3")
    assert "funnel-3" in told.value.mend
