"""Arrays as they are mapped from files, and who differs because time went by."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantreis.journeys import opening
from klantreis.journeys.woven import LAST

JOURNEYS = st.lists(st.lists(st.integers(0, 30), max_size=4).map(sorted), max_size=12)


@pytest.mark.parametrize("kind", ["i1", "u1", "i4", "u4", "i8", "u8", "f8"])
@pytest.mark.parametrize("many", [0, 1, 1000])
def test_an_array_is_mapped_as_it_was_written_and_may_be_written_to(tmp_path: Path, kind: str, many: int) -> None:
    path = tmp_path / "a.npy"
    wanted = np.arange(many).astype(kind)
    np.save(path, wanted)
    found = opening._array(path)
    assert found.dtype == wanted.dtype
    assert found.tolist() == wanted.tolist()
    found[:] = 1  # in memory only
    assert np.load(path).tolist() == wanted.tolist()


@pytest.mark.parametrize("array", [np.ones((2, 3)), np.array(["a", "bc"]), np.ones(3, dtype=">i8")])
def test_an_array_of_another_kind_is_mapped_too(tmp_path: Path, array: np.ndarray) -> None:
    path = tmp_path / "a.npy"
    np.save(path, array)
    found = opening._array(path)
    assert (found.dtype, found.shape) == (array.dtype, array.shape)
    assert found.tolist() == array.tolist()


def test_an_array_that_was_cut_short_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.npy"
    np.save(path, np.arange(1000))
    path.write_bytes(path.read_bytes()[:-8])
    with pytest.raises(ValueError, match="mmap length"):
        opening._array(path)


@given(JOURNEYS, st.lists(st.integers(0, 12), max_size=2), st.integers(5, 30), st.integers(0, 10))
def test_a_journey_differs_when_a_time_after_a_touch_is_over_since(
    journeys: list[list[int]], windows: list[int], end: int, more: int
) -> None:
    arrays = {
        "at": np.array([at for journey in journeys for at in journey], np.int64),
        "start": np.cumsum([0, *map(len, journeys)]).astype(np.int64),
        "person": np.arange(len(journeys)),
        LAST: np.array([max(journey, default=-1) for journey in journeys], np.int64),
    }
    ends = (end, end + more)
    found = opening._ripened(arrays, tuple(windows), ends)
    wanted = [any(ends[0] <= at + window <= ends[1] for at in journey for window in windows) for journey in journeys]
    assert found.tolist() == wanted
