"""Smooth lines that never overshoot: monotone cubic interpolation.

Fritsch & Carlson 1980, "Monotone Piecewise Cubic Interpolation", SIAM J. Numer. Anal. 17(2): between two points the
line stays between their values, so a drawn dip or peak is always a measured one.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from klantreis.scenes.model import Command, Path

Point = tuple[float, float]


def slopes(points: Sequence[Point]) -> list[float]:
    """Returns the slope of the line at each point; x must rise. One point has slope 0."""
    if len(points) < 2:
        return [0.0] * len(points)
    secants = [(y2 - y1) / (x2 - x1) for (x1, y1), (x2, y2) in pairwise(points)]
    tangents = [secants[0], *((a + b) / 2 if a * b > 1e-18 else 0.0 for a, b in pairwise(secants)), secants[-1]]
    for spot, secant in enumerate(secants):
        if abs(secant) < 1e-9:
            tangents[spot] = tangents[spot + 1] = 0.0
            continue
        one, other = tangents[spot] / secant, tangents[spot + 1] / secant
        reach = (one * one + other * other) ** 0.5
        if reach > 3:
            tangents[spot], tangents[spot + 1] = 3 * one / reach * secant, 3 * other / reach * secant
    return tangents


def smooth(points: Sequence[Point], *, first: int = 0, last: int | None = None) -> Path:
    """Returns the line through points[first] to points[last] as a path, its slopes taken from all points."""
    end = len(points) - 1 if last is None else last
    if end <= first:
        return (("M", points[first]),) if points else ()
    steep = slopes(points)
    path: list[tuple[Command, tuple[float, ...]]] = [("M", points[first])]
    for spot in range(first, end):
        (x1, y1), (x2, y2) = points[spot], points[spot + 1]
        third = (x2 - x1) / 3
        path.append(("C", (x1 + third, y1 + steep[spot] * third, x2 - third, y2 - steep[spot + 1] * third, x2, y2)))
    return tuple(path)


def height_at(path: Path, x: float) -> float | None:
    """Returns the y of a smooth line at `x`; None left or right of it.

    `smooth` puts control points at thirds, so x runs evenly along each piece.
    """
    x0 = y0 = 0.0
    for _, values in path:
        if len(values) == 6 and x0 <= x <= values[4]:
            t = (x - x0) / (values[4] - x0) if values[4] > x0 else 0.0
            one, two, end = values[1], values[3], values[5]
            return (1 - t) ** 3 * y0 + 3 * t * (1 - t) ** 2 * one + 3 * t * t * (1 - t) * two + t**3 * end
        if values:
            x0, y0 = values[-2], values[-1]
    return None


def ribbon(upper: Sequence[Point], lower: Sequence[Point]) -> Path:
    """Returns the closed area between two lines over the same x positions."""
    if not upper:
        return ()
    there, back = smooth(upper), smooth(lower)
    turned: list[tuple[Command, tuple[float, ...]]] = [("L", lower[-1])]
    for spot in range(len(back) - 1, 0, -1):
        x1, y1, x2, y2 = back[spot][1][:4]
        turned.append(("C", (x2, y2, x1, y1, *lower[spot - 1])))
    return (*there, *turned, ("Z", ()))


def sampled(path: Path, step: float = 4) -> list[Point]:
    """Returns spots along a path, about `step` pixels of x apart, to see what a label would cover."""
    found: list[Point] = []
    x0 = y0 = 0.0
    for command, values in path:
        if len(values) == 6:
            x1, y1, x2, y2, x3, y3 = values
            count = max(2, round(max(abs(x3 - x0), abs(y3 - y0)) / step))
            cx, cy = 3 * (x1 - x0), 3 * (y1 - y0)
            bx, by = 3 * (x2 - x1) - cx, 3 * (y2 - y1) - cy
            ax, ay = x3 - x0 - cx - bx, y3 - y0 - cy - by
            times = [number / count for number in range(1, count + 1)]
            found += [(((ax * t + bx) * t + cx) * t + x0, ((ay * t + by) * t + cy) * t + y0) for t in times]
        elif command == "L":
            x3, y3 = values
            count = max(1, round(max(abs(x3 - x0), abs(y3 - y0)) / step))
            shares = [number / count for number in range(1, count + 1)]
            found += [(x0 + (x3 - x0) * share, y0 + (y3 - y0) * share) for share in shares]
        elif values:
            found.append((values[0], values[1]))
        if values:
            x0, y0 = values[-2], values[-1]
    return found
