"""Runs one plain function over sorted arrays: as Python when there is little to do, compiled when there is much.

`@kernel` marks a function of numbers and numpy arrays that numba can compile. Small inputs run as plain Python,
so a first `klantreis funnel FILE` on a small file does not pay for loading a compiler; large inputs are compiled
once, without the GIL, and the machine code is cached beside the package (or in the user's cache folder).
Both ways run the same source, and tests hold them equal.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np

SMALL = 20_000
"""Inputs whose arrays hold fewer elements than this in total run as plain Python."""

Function = TypeVar("Function", bound=Callable[..., Any])


def kernel(function: Function) -> Function:
    """Returns `function` behind a door that picks plain Python or compiled code by the size of the arrays."""

    @functools.wraps(function)
    def run(*args: Any) -> Any:
        elements = sum(arg.size for arg in args if isinstance(arg, np.ndarray))
        if elements < SMALL and os.environ.get("KLANTREIS_KERNELS") != "compiled":
            return function(*args)
        return compiled(function)(*args)

    return cast(Function, run)


def inline(function: Function) -> Function:
    """Marks a small step that kernels call; it follows its caller into plain Python or compiled code.

    Needs numba only when a compiled kernel meets it, so it registers itself for numba lazily.
    """
    _INLINES.append(function)
    return function


_INLINES: list[Callable[..., Any]] = []


@functools.cache
def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """Returns `function` compiled by numba: no GIL, no Python objects, cached on disk."""
    import numba

    globals_ = function.__globals__
    for step in _INLINES:
        if globals_.get(step.__name__) is step:
            globals_[step.__name__] = numba.njit(nogil=True, cache=True)(step)
    return cast(Callable[..., Any], numba.njit(nogil=True, cache=True)(function))
