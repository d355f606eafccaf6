"""What to say of a load, or a store, with nothing in it: why, most likely, and what to look at first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from klantreis.findings import Finding, Measured, Place
from klantreis.journeys.store import Store
from klantreis.labels import Label
from klantreis.log.model import Source

RULE = "nothing-stored"


def unusable(store: Store, counts: Sequence[tuple[str, int, int]], said: Sequence[Finding]) -> tuple[Finding, ...]:
    """Returns an error for each source of which no row was ever stored; a warning where all of this load was refused.

    `counts`: (source, rows read, rows refused) of this load; `said`: what was said of their rows.
    """
    stored = {source: (read, kept) for source, read, kept, _, _ in store.log().sources}
    return tuple(_unusable(stored, counts, said))


def _unusable(
    stored: dict[str, tuple[int, int]], counts: Sequence[tuple[str, int, int]], said: Sequence[Finding]
) -> Iterator[Finding]:
    for source, read, rejected in counts:
        ever, kept = stored.get(source, (0, 0))
        if ever and not kept:
            yield _finding(source, read or ever, said)
        elif read and rejected == read:
            title = Label(
                nl=f"{source}: van wat nieuw is, is geen enkele rij te gebruiken",
                en=f"{source}: of what is new not one row can be used",
            )
            yield replace(_finding(source, read, said), level="warning", title=title)


def _finding(source: str, rows: int, said: Sequence[Finding]) -> Finding:
    own = [one for one in said if one.rule == "rejected-rows" and (one.place.id or "").startswith(f"{source}.")]
    top = own[0] if own else None
    dateless = next((one for one in said if one.rule == "time-only"), None)
    why = top.title if top is not None else None
    detail, advice = _AGAIN
    if top is not None and why is not None:
        detail = Label(nl=f"{why.nl}. {top.detail.nl}", en=f"{why.en}. {top.detail.en}")
        advice = dateless.advice if dateless is not None and top.place.id == f"{source}.bad_time" else top.advice
    return Finding(
        rule=RULE,
        level="error",
        place=Place(
            id=source, file=None if top is None else top.place.file, line=None if top is None else top.place.line
        ),
        title=Label(nl=f"{source}: geen enkele rij is te gebruiken", en=f"{source}: not one row can be used"),
        detail=detail,
        advice=advice,
        evidence=(Measured(Label(nl="rijen", en="rows"), float(rows), "count", rows),),
    )


_AGAIN = (
    Label(nl="Bij een eerdere lading is elke rij geweigerd.", en="In an earlier load every row was refused."),
    Label(
        nl="klantreis load --again zegt weer waarom; de rijen staan in .klantreis/rejected/",
        en="klantreis load --again tells again why; the rows are in .klantreis/rejected/",
    ),
)


def no_rows(source: Source) -> Finding:
    """Returns what to say of a source that could be read, and had a head and no rows."""
    return Finding(
        rule="no-rows",
        level="warning",
        place=Place(id=source.name, file=source.shown),
        title=Label(nl=f"{source.name} heeft een kop maar geen rijen", en=f"{source.name} has a header but no rows"),
        advice=Label(
            nl="Kijk of de export wel klaar was, en laad opnieuw.",
            en="See whether the export was finished, and load again.",
        ),
    )
