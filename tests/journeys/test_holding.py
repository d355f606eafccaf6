"""Rows that hold one of some codes are the same however many codes there are."""

from __future__ import annotations

import numpy as np
import pytest

from klantreis.journeys.model import FEW_CODES, holding


@pytest.mark.parametrize("codes", [[], [3], [-1, 3], [99], list(range(FEW_CODES)), list(range(FEW_CODES + 1))])
def test_rows_that_hold_a_code_are_found(codes: list[int]) -> None:
    column = np.random.default_rng(1).integers(-1, 20, 500).astype(np.int32)
    assert holding(column, codes).tolist() == [int(one) in codes for one in column]
    assert holding(column[:0], codes).tolist() == []
