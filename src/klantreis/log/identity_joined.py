"""Ids that were seen together become one: union-find over links, in the order of time, two known persons never."""

from __future__ import annotations

from collections.abc import Iterable

Node = tuple[str, str]
"""(kind, value): ('person', 'c1'), ('i.email', 'a@b.nl')."""
Edge = tuple[int, Node, Node]
"""(moment it holds from, the one, the other)."""


def joined(edges: Iterable[Edge]) -> tuple[dict[Node, Node], frozenset[Edge]]:
    """Returns the name of every id in a link, and the links that would have made one of two known persons.

    A group's name is its person, else its smallest id. Links are taken from the oldest to the youngest, equals by
    their ids, so that the answer does not depend on the order in which they come. No links: ({}, nothing).
    """
    above: dict[Node, Node] = {}
    refused = set()
    for edge in sorted(set(edges)):
        one, other = (_top(above, node) for node in edge[1:])
        if one == other:
            continue
        if one[0] == other[0] == PERSON:
            refused.add(edge)
            continue
        top, under = (other, one) if _rank(other) < _rank(one) else (one, other)
        above[under] = top
    return {node: _top(above, node) for node in above}, frozenset(refused)


PERSON = "person"


def _rank(node: Node) -> tuple[bool, Node]:
    """A person stands above every other id."""
    return node[0] != PERSON, node


def _top(above: dict[Node, Node], node: Node) -> Node:
    path = []
    while above.setdefault(node, node) != node:
        path.append(node)
        node = above[node]
    for passed in path:
        above[passed] = node
    return node
