"""Every text the report adds of its own, in Dutch and English: whole sentences with named gaps.

A text between backquotes is set as code. `what.<x>` explains a section, `empty.<x>` says why there is nothing and
`empty.<x>.do` what to do about it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from klantreis.exporters.html.words import feelings, flow, ground, page, votes
from klantreis.labels import Label

WORDS: Mapping[str, Label] = MappingProxyType(
    {
        key: Label(nl=nl, en=en)
        for pairs in (page.PAIRS, flow.PAIRS, feelings.PAIRS, ground.PAIRS, votes.PAIRS)
        for key, (nl, en) in pairs.items()
    }
)
