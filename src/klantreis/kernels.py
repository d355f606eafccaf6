"""Runs one plain function over sorted arrays: as Python when there is little to do, compiled when there is much.

`@kernel` marks a function of numbers and numpy arrays that numba can compile. A function runs as plain Python until
it has handled as many elements as its compilation is worth, and compiled from then on: whoever rents until the rent
equals the price never pays more than twice the least (Karlin et al. 1988, "Competitive snoopy caching"). So a first
`klantreis funnel FILE` on a small file does not wait for a compiler, and a large log is compiled at its first bucket,
without the GIL; the machine code is cached beside the package (or in the user's cache folder), which lowers the price
for the next run. Who shows progress can hear when that is about to happen for the first time (`preparing`). Both ways
run the same source, and tests hold them equal.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import importlib
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FunctionType
from typing import Any, TypeVar, cast

PRICE = 1_000_000
"""Elements that plain Python handles in the time it takes to compile one function: about a second."""

PRICE_AGAIN = 300_000
"""The same when its machine code was saved by an earlier run: loading the compiler, which others may then use too."""

PRICE_LOADED = 20_000
"""The same when the compiler is loaded as well."""

Function = TypeVar("Function", bound=Callable[..., Any])


def kernel(function: Function) -> Function:
    """Returns `function` behind a door that picks plain Python or compiled code by how much it has had to do.

    KLANTREIS_KERNELS=compiled in the environment compiles at once, whatever the size.
    """
    return heavy(1)(function)


def heavy(times: int) -> Callable[[Function], Function]:
    """Returns `kernel` for functions that as plain Python take `times` as long per element as most do."""
    return functools.partial(_door, times=times)


def _door(function: Function, times: int) -> Function:
    handled = 0

    @functools.wraps(function)
    def run(*args: Any) -> Any:
        nonlocal handled
        if handled >= PRICE:
            return compiled(function)(*args)
        handled += times * _elements(args)
        if handled < _price(function) and os.environ.get("KLANTREIS_KERNELS") != "compiled":
            return function(*args)
        handled = PRICE  # bought, and it stays bought
        if _saved(function):
            return compiled(function)(*args)
        with _told(function.__qualname__):
            return compiled(function)(*args)

    return cast(Function, run)


@contextmanager
def preparing(hear: Callable[[str, bool], None]) -> Iterator[None]:
    """Calls `hear(name, True)` before a function is compiled for the first time, `hear(name, False)` when that is done.

    While the block lasts; from whichever thread compiles. Machine code that an earlier run saved is not told of.
    """
    _HEARERS.append(hear)
    try:
        yield
    finally:
        _HEARERS.remove(hear)


@contextmanager
def _told(name: str) -> Iterator[None]:
    told = tuple(_HEARERS)
    for hear in told:
        hear(name, True)
    try:
        yield
    finally:
        for hear in told:
            hear(name, False)


_HEARERS: list[Callable[[str, bool], None]] = []


def inline(function: Function) -> Function:
    """Marks a small step that kernels call; it follows its caller into plain Python or compiled code.

    Needs numba only when a compiled kernel meets it, so it registers itself for numba lazily. Compiled, it counts no
    references to arrays: with a tuple of arrays among its arguments, counting took four to nine times as long as all
    else. So it may neither make an array nor return one; see `inline_making`.
    """
    _INLINES.append(function)
    return function


def inline_making(function: Function) -> Function:
    """Marks a step as `inline` does, which makes arrays or returns them."""
    _MAKING.append(function)
    return inline(function)


def inline_always(function: Function) -> Function:
    """Marks a step as `inline` does, which is put where it is called whatever its size.

    For what is done at every touch and is handed a dozen arrays: handing them on took as long as all else. A little
    more to compile.
    """
    _ALWAYS.append(function)
    return inline(function)


_INLINES: list[Callable[..., Any]] = []
_MAKING: list[Callable[..., Any]] = []
_ALWAYS: list[Callable[..., Any]] = []


@functools.cache
def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """Returns `function` compiled by numba: no GIL, no Python objects, cached on disk."""
    return cast(Callable[..., Any], _machine()(_with_steps(function)))


def _machine(**hidden: Any) -> Any:
    numba = _compiler()

    def made(function: Callable[..., Any]) -> Any:
        try:
            return numba.njit(nogil=True, cache=True, **hidden)(function)
        except RuntimeError:
            # Neither beside the file nor in the home may anything be written, so each run compiles for itself.
            return numba.njit(nogil=True, **hidden)(function)

    return made


@functools.cache
def _compiler() -> Any:
    """Returns numba, imported without SciPy: where that is installed, half of what the first kernel waits for.

    It asks once whether BLAS is there, for a quicker inner product in `np.convolve`, which no kernel uses and which
    works without. Whatever needs BLAS itself, such as `np.dot`, asks again.
    """
    import numba

    with _ONE_AT_A_TIME, contextlib.suppress(ImportError, AttributeError):
        if "numba.np.arraymath" not in sys.modules and "scipy.linalg" not in sys.modules:
            linear: Any = importlib.import_module("numba.np.linalg")
            asks, linear.ensure_blas = linear.ensure_blas, _no_blas
            try:
                importlib.import_module("numba.np.arraymath")
            finally:
                linear.ensure_blas = asks
    return numba


def _no_blas() -> None:
    raise ImportError("BLAS is not looked for")


_ONE_AT_A_TIME = threading.Lock()


@functools.cache
def _compiled_step(step: Callable[..., Any]) -> Any:
    # Told in so many words: a step that says nothing takes it from whoever calls it.
    hidden = {"_nrt": step in _MAKING} if _knows_lean() else {}
    if step in _ALWAYS:
        hidden["forceinline"] = True
    return _machine(**hidden)(_with_steps(step))


def _knows_lean() -> bool:
    """Says whether this numba still has its own, private option for code without reference counts.

    Such code may not make an array. Without the option the same steps are slower, and right.
    """
    numba = _compiler()
    return hasattr(getattr(getattr(numba.core, "options", None), "DefaultOptions", None), "_nrt")


def _with_steps(function: Callable[..., Any]) -> Callable[..., Any]:
    """Returns the function with the steps that it calls, and those that they call, as machine code.

    Its module keeps them as Python: somebody else may call one with a whole array, which machine code does not take.

    It has a name that changes with what is compiled into it: saved machine code is found by name, and numba makes it
    anew when the function's own file changes: not when a step or a number from another file does, and then an
    installation that is brought up to date would go on as before.
    """
    code, known = function.__code__, function.__globals__
    steps = {name: _compiled_step(known[name]) for name in code.co_names if _is_step(known.get(name))}
    named = FunctionType(code, {**known, **steps}, function.__name__, function.__defaults__, function.__closure__)
    named.__qualname__, named.__module__ = _saved_as(function), function.__module__
    return named


def _is_step(value: Any) -> bool:
    return isinstance(value, FunctionType) and value in _INLINES


def _saved_as(function: Callable[..., Any]) -> str:
    digest = hashlib.blake2b(digest_size=6)
    for part in _made_of(function, set()):
        digest.update(part)
    return f"{function.__qualname__}_{digest.hexdigest()}"


def _made_of(function: Callable[..., Any], told: set[tuple[str, str]]) -> Iterator[bytes]:
    """Yields what tells apart the steps that a function calls, theirs, and every number and array that they name."""
    for name in sorted(function.__code__.co_names):
        value = function.__globals__.get(name)
        if isinstance(value, FunctionType) and (value.__module__, value.__qualname__) not in told:
            told.add((value.__module__, value.__qualname__))
            yield value.__code__.co_code + repr(value.__code__.co_consts).encode()
            yield from _made_of(value, told)
        elif isinstance(value, int | float | str | tuple):
            yield f"{name} {value}".encode()
        elif value is not None and not isinstance(value, type) and hasattr(value, "tobytes"):
            yield name.encode() + value.tobytes()


def _elements(args: tuple[Any, ...]) -> int:
    """Returns how many elements the arrays hold, also those inside tuples; numbers have none or 1."""
    return sum(_elements(arg) if isinstance(arg, tuple) else getattr(arg, "size", 0) for arg in args)


def _price(function: Callable[..., Any]) -> int:
    if not _saved(function):
        return PRICE
    return PRICE_LOADED if "numba" in sys.modules else PRICE_AGAIN


@functools.cache
def _saved(function: Callable[..., Any]) -> bool:
    """Says whether machine code of this function stands beside its file; elsewhere it is not looked for."""
    code = function.__code__
    file = Path(code.co_filename)
    saved = f"{file.stem}.{_saved_as(function)}-{code.co_firstlineno}.*.nbi"
    return any((file.parent / "__pycache__").glob(saved))
