"""The door of kernels: plain Python while there is little to do, compiled code when there is much, the same answer."""

from __future__ import annotations

import importlib
import os
import pkgutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

import klantreis.analyses
from klantreis import kernels


def _halved(values: NDArray[np.int64]) -> int:
    total = 0
    for value in values:
        total += value // 2
    return total


@pytest.fixture
def bought(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Returns the names of what was compiled, in order; compiling gives the plain function back."""
    names: list[str] = []

    def note(function: object) -> object:
        names.append(getattr(function, "__name__", ""))
        return function

    monkeypatch.setattr(kernels, "compiled", note)
    monkeypatch.setattr(kernels, "_saved", lambda function: False)
    return names


def test_little_work_runs_as_plain_python(bought: list[str]) -> None:
    assert kernels.kernel(_halved)(np.arange(10)) == 20
    assert bought == []


def test_without_a_place_to_keep_machine_code_it_is_made_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("numba.core.caching.CacheImpl._locator_classes", [])
    assert kernels.compiled(_halved)(np.arange(10)) == 20


def test_much_work_at_once_is_compiled_at_once(bought: list[str]) -> None:
    kernels.kernel(_halved)(np.zeros(kernels.PRICE, np.int64))
    assert bought == ["_halved"]


def test_little_work_that_adds_up_is_compiled_and_stays_so(bought: list[str]) -> None:
    halved = kernels.kernel(_halved)
    for _ in range(5):
        halved(np.zeros(kernels.PRICE // 4, np.int64))
    halved(np.arange(3))
    assert bought == ["_halved"] * 3


def test_arrays_inside_a_tuple_are_work_as_well(bought: list[str]) -> None:
    def first_halved(log: tuple[tuple[NDArray[np.int64], int], int]) -> int:
        return _halved(log[0][0])

    kernels.kernel(first_halved)(((np.zeros(kernels.PRICE, np.int64), 3), 4))
    assert bought == ["first_halved"]


def test_the_environment_can_ask_for_compiled_code(bought: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KLANTREIS_KERNELS", "compiled")
    kernels.kernel(_halved)(np.arange(10))
    assert bought == ["_halved"]


def test_saved_machine_code_lowers_the_price(bought: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernels, "_saved", lambda function: True)
    kernels.kernel(_halved)(np.zeros(kernels.PRICE_AGAIN, np.int64))
    assert bought == ["_halved"]


STEP = """
from klantreis.kernels import inline
TIMES = {times}
@inline
def more(value):
    return value + {more}
"""
CALLER = """
from pathlib import Path
import numpy as np
from klantreis.kernels import compiled
from step import TIMES, more
def total(values):
    sum = 0
    for value in values:
        sum += TIMES * more(value)
    return sum
print(compiled(total)(np.arange(4)), len(list(Path("__pycache__").glob("caller.total*.nbi"))))
"""


def test_saved_machine_code_is_not_used_when_a_step_or_a_number_in_another_file_changed(tmp_path: Path) -> None:
    (tmp_path / "caller.py").write_text(CALLER)

    def told(times: int, more: int) -> str:
        (tmp_path / "step.py").write_text(STEP.format(times=times, more=more))
        return subprocess.run(
            [sys.executable, "-Bc", "import caller"], cwd=tmp_path, check=True, capture_output=True, text=True
        ).stdout

    assert [told(1, 0), told(1, 0), told(1, 5), told(2, 5)] == ["6 1\n", "6 1\n", "26 2\n", "52 3\n"]


def test_steps_of_one_name_in_two_files_are_told_apart() -> None:
    def saved(second: str) -> str:
        def made(module: str, source: str, **known: object) -> dict[str, Any]:
            found: dict[str, Any] = {"__name__": module, **known}
            exec(source, found)
            return found

        one = made("one", "def step(x): return x + 1\ndef first(x): return step(x)")
        two = made("two", f"def step(x): return {second}\ndef other(x): return step(x)")
        names = {"first": one["first"], "other": two["other"]}
        return kernels._saved_as(made("three", "def total(x): return first(x) + other(x)", **names)["total"])

    assert saved("x * 2") == saved("x * 2") != saved("x - 2")


def test_both_ways_give_the_same_answer() -> None:
    values = np.arange(-50, 1000)
    assert kernels.compiled(_halved)(values) == _halved(values)


def test_who_listens_hears_of_a_first_compilation_once(bought: list[str]) -> None:
    heard: list[tuple[str, bool]] = []
    halved = kernels.kernel(_halved)
    with kernels.preparing(lambda name, begins: heard.append((name, begins))):
        halved(np.arange(3))
        assert heard == []
        halved(np.zeros(kernels.PRICE, np.int64))
        halved(np.zeros(kernels.PRICE, np.int64))
    assert heard == [("_halved", True), ("_halved", False)]


def test_machine_code_that_was_saved_is_not_told_of(bought: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernels, "_saved", lambda function: True)
    heard: list[tuple[str, bool]] = []
    with kernels.preparing(lambda name, begins: heard.append((name, begins))):
        kernels.kernel(_halved)(np.zeros(kernels.PRICE, np.int64))
    assert (bought, heard) == (["_halved"], [])


def test_nobody_is_told_after_having_left(bought: list[str]) -> None:
    heard: list[tuple[str, bool]] = []
    with kernels.preparing(lambda name, begins: heard.append((name, begins))):
        pass
    kernels.kernel(_halved)(np.zeros(kernels.PRICE, np.int64))
    assert heard == []


def test_a_heavy_function_is_worth_compiling_sooner(bought: list[str]) -> None:
    few = np.zeros(kernels.PRICE // 10, np.int64)
    kernels.kernel(_halved)(few)
    assert bought == []
    kernels.heavy(10)(_halved)(few)
    assert bought == ["_halved"]


def test_a_step_that_counts_no_references_returns_no_array() -> None:
    for module in pkgutil.walk_packages(klantreis.analyses.__path__, "klantreis.analyses."):
        importlib.import_module(module.name)
    plain = {"None", "int", "bool", "float", "np.int64", "tuple[int, int]", "tuple[int, int, int]"}
    plain |= {"tuple[np.int64, np.int64]"}
    for step in kernels._INLINES:
        returned = step.__annotations__["return"]
        # `move` gives a number, and `bins` one of one, once compiled.
        assert step in kernels._MAKING or returned in plain or step.__name__ in {"move", "bins"}, (step, returned)


def _made(pair: tuple[NDArray[np.int64], NDArray[np.int64]], at: int) -> NDArray[np.int64]:
    return np.zeros(pair[0][at], np.int64)


def _made_too(pair: tuple[NDArray[np.int64], NDArray[np.int64]], at: int) -> NDArray[np.int64]:
    return np.zeros(pair[0][at], np.int64)


def _asks_for_one(one: NDArray[np.int64], other: NDArray[np.int64]) -> int:
    return _made((one, other), 0).size


def _asks_for_another(one: NDArray[np.int64], other: NDArray[np.int64]) -> int:
    return _made_too((one, other), 0).size


def test_a_step_that_makes_an_array_must_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    import numba

    few, made = np.array([3, 4]), _made_too
    monkeypatch.setattr(kernels, "_INLINES", [_made, made])
    monkeypatch.setattr(kernels, "_MAKING", [made])
    with pytest.raises(numba.core.errors.NumbaError):
        kernels.compiled(_asks_for_one)(few, few)
    assert kernels.compiled(_asks_for_another)(few, few) == 3


def _added(pair: tuple[NDArray[np.int64], NDArray[np.int64]], at: int) -> int:
    return int(pair[0][at] + pair[1][at])


def _adds(one: NDArray[np.int64], other: NDArray[np.int64]) -> int:
    return _added((one, other), 1)


def test_a_numba_without_its_private_option_compiles_the_same_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    import numba

    def njit(**options: Any) -> object:
        asked.append(options)
        return real(**options)

    real, asked = numba.njit, list[dict[str, bool]]()
    monkeypatch.setattr(numba, "njit", njit)
    monkeypatch.setattr(kernels, "_INLINES", [_added])
    monkeypatch.setattr(kernels, "_MAKING", [])
    monkeypatch.delattr(numba.core.options.DefaultOptions, "_nrt")
    assert kernels.compiled(_adds)(np.array([3, 4]), np.array([5, 6])) == 10
    assert not any("_nrt" in options for options in asked)


def test_a_step_that_makes_arrays_compiles_under_one_that_counts_no_references(tmp_path: Path) -> None:
    """On a machine where nothing was compiled before: else an earlier run's machine code hides what cannot compile."""
    told = (
        "import numpy as np; from klantreis.kernels import compiled; from klantreis.analyses.funnel.kernel import STEP;"
        "from klantreis.analyses.funnel.straight import straight;"
        "none = np.zeros(2, np.int64); touch = np.zeros(2, np.int32); units = np.array([0, 2]), np.empty(0, np.bool_);"
        "told = compiled(straight.__wrapped__)(np.ones(1, np.int64), touch, none, units, (1, 10, STEP, 0, 10));"
        "print(told.people, told.mature)"
    )
    here = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", told], env=here, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "[1] [1]", done.stderr[-500:]


def test_a_kernel_does_not_wait_for_scipy_and_who_needs_it_still_gets_it() -> None:
    told = (
        "import sys; import numpy as np; from klantreis.kernels import _compiler;"
        "numba = _compiler(); import numba.np.arraymath; print('scipy.linalg' in sys.modules, end=' ');"
        "dot = numba.njit(lambda one: np.dot(one, one)); print(dot(np.arange(3.0)), 'scipy.linalg' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "False 5.0 True", done.stderr[-500:]


def test_steps_stay_python_for_others_once_they_are_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    from klantreis.stats import bins

    monkeypatch.setenv("KLANTREIS_KERNELS", "compiled")
    counts, place = np.zeros(4, np.int64), np.zeros(1, np.int64)
    bins.tally(counts, place, np.array([0, 2]), np.array([1, 3]))
    assert counts.tolist() == [0, 1, 0, 1]
    assert bins.bins(np.array([1, 3])).tolist() == [1, 3]
