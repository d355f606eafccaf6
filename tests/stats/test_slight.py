"""Slight complex numbers against numpy's own functions of complex numbers."""

from __future__ import annotations

import numpy as np
import pytest

from klantreis.stats import slight

STEP = 1e-30


@pytest.mark.parametrize(("ours", "numpys"), [(slight.log, np.log), (slight.exp, np.exp), (slight.log1p, np.log1p)])
def test_a_value_and_its_slope_are_those_of_numpy(ours, numpys):
    x = np.concatenate([np.geomspace(1e-12, 1e-1, 50), np.linspace(0.5, 300, 500)])
    height = np.linspace(-3, 3, len(x)) * STEP
    found, wanted = ours(x + 1j * height), numpys(x + 1j * height)
    np.testing.assert_allclose(found.real, numpys(x), rtol=1e-15)
    np.testing.assert_allclose(found.real, wanted.real, rtol=1e-14, atol=1e-15)
    np.testing.assert_allclose(found.imag, wanted.imag, rtol=1e-13, atol=1e-44)


def test_real_numbers_stay_real():
    x = np.array([0.5, 1.0, 2.0])
    for ours, numpys in ((slight.log, np.log), (slight.exp, np.exp), (slight.log1p, np.log1p)):
        assert np.array_equal(ours(x), numpys(x))
        assert not np.iscomplexobj(ours(x))


def test_what_is_far_too_large_is_infinite_and_no_error():
    with np.errstate(over="ignore", invalid="ignore"):
        assert slight.exp(np.array([800.0 + 1e-30j])).real[0] == np.inf
