"""Which part of a map's journeys is asked for."""

from __future__ import annotations

from datetime import date, datetime

import pandas
import pytest

from klantreis.errors import OptionError
from klantreis.workspace.choosing import moment

SUMMER = 1_780_264_800_000_000
"""The first second of June 2026 in Amsterdam."""


@pytest.mark.parametrize(
    "day", ["2026-06-01", date(2026, 6, 1), datetime(2026, 6, 1), pandas.Timestamp("2026-06-01")]
)  # fmt: skip
def test_a_day_is_a_text_or_a_date(day) -> None:
    assert moment(day, "Europe/Amsterdam") == SUMMER


def test_a_day_has_no_time_of_day() -> None:
    with pytest.raises(OptionError, match="'2026-06-01 14:30:00' is not a date") as refused:
        moment(datetime(2026, 6, 1, 14, 30), "UTC")
    assert refused.value.mend == "Write it as 2026-06-01."
