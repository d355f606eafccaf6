"""Rows that are made when somebody looks at them: ten thousand objects take longer than the columns they come from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar, overload

Row = TypeVar("Row")


class Later(Sequence[Row]):
    """So many rows, made by the first who asks for one; equal to a tuple of the same rows, and copied as one."""

    __slots__ = ("_made", "_make", "_size")

    def __init__(self, size: int, make: Callable[[], tuple[Row, ...]]) -> None:
        """Takes how many there are, which is told without making them, and what makes them all."""
        self._size, self._make = size, make
        self._made: tuple[Row, ...] | None = None

    def every(self) -> tuple[Row, ...]:
        """Returns all rows."""
        if self._made is None:
            self._made = self._make()
        return self._made

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, place: int | slice) -> Row | tuple[Row, ...]:
        return self.every()[place]

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[Row]:
        return iter(self.every())

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Later):
            return self.every() == other.every()
        return self.every() == other if isinstance(other, tuple) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.every())

    def __repr__(self) -> str:
        return repr(self.every())

    def __reduce__(self) -> tuple[Any, ...]:
        return tuple, (list(self.every()),)
