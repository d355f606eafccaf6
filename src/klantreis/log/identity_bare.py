"""Whose the events of a bare file are when it names a device: as said, or linked by the rules of a workspace."""

from __future__ import annotations

from klantreis.engines.base import Engine, Query
from klantreis.log.identity import Recognised, Rules
from klantreis.log.identity_stitch import DEVICE, recognised, stitch


def whose(engine: Engine, rows: Query, *, linked: bool) -> tuple[Query, Recognised]:
    """Returns the checked rows with the name of whose they are as `person`, and how they came by it.

    `linked` False: the person a row names, else its device. True: what happens on a device goes to who next logs in
    there within 30 days, as in a workspace (see `log.identity_stitch`). Rows that name neither are refused.
    """
    last = rows.steps[-1][0]
    keyed = rows.then("keyed", f'SELECT *, "sequence" AS key, \'\' AS source FROM "{last}" WHERE reason IS NULL')
    found = stitch(engine, keyed, (DEVICE,), Rules(stitch=linked))
    seen = recognised(engine, found)
    engine.table("whose_row", found.events.then("row_names", 'SELECT key, "#name" AS name FROM named'))
    joined = rows.then(
        "by_name",
        f"""SELECT every.* REPLACE (whose_row.name AS person,
            CASE WHEN every.reason IS NULL AND whose_row.name IS NULL THEN 'no_person' ELSE every.reason END AS reason)
        FROM "{last}" AS every LEFT JOIN whose_row ON every."sequence" = whose_row.key ORDER BY every."sequence" """,
    )
    return joined, seen
