"""Which sources the workers of a cluster read, and what is said of those that are read here."""

from __future__ import annotations

from klantreis.engines.base import Engine, Share, Workers
from klantreis.errors import OptionError
from klantreis.findings import Finding, Place
from klantreis.journeys.arrive import Arrived
from klantreis.journeys.store import Store
from klantreis.journeys.tables import of_spark
from klantreis.labels import Label
from klantreis.log.model import Source
from klantreis.log.pieces import parted
from klantreis.log.readers.database import markless
from klantreis.log.reading import Asked


def by_workers(
    store: Store, engine: Engine, source: Source, workers: Workers | None, asked: Asked, *, tell: Share | None = None
) -> tuple[Arrived | None, tuple[Finding, ...]]:
    """Returns what came of a source that workers loaded; None when it is to be read here, and what to say of that.

    `asked`: only these files of the source, and how far a table that grows was read. `tell` hears
    which share is done. Raises OptionError for a table of
    Spark without workers that see the store.
    """
    if workers is None or not workers.shared:
        if of_spark(source):
            raise OptionError(
                Label(
                    "Een tabel die Spark kent, wordt gelezen door de computers van een cluster, en die zien "
                    "de opslag niet.",
                    "A table that Spark knows is read by the machines of a cluster, and those do not see the store.",
                ),
                where=Label(f"bron {source.name!r}", f"source {source.name!r}"),
                mend=Label(
                    "Schrijf in klantreis.yaml: engine: spark, en spark: {files: shared}",
                    "Write in klantreis.yaml: engine: spark, and spark: {files: shared}",
                ),
            )
        return None, ()
    # A file of one piece is read here at once; of others it is said that they cannot be shared out.
    since = None if asked.now is None else (asked.mark, asked.now)
    found = store.arrive(engine, source, workers, only=asked.files, since=since, share=tell)
    if found is not None and source.database is not None and source.database.grows_by and found.mark is None:
        return found, (markless(source, source.database),)
    return found, () if found is not None or parted(source) else (_here(source),)


def _here(source: Source) -> Finding:
    return Finding(
        rule="read-here",
        level="hint",
        place=Place(id=source.name, file=source.path or None),
        title=Label(
            nl=f"{source.name} is op deze machine gelezen, niet op het cluster",
            en=f"{source.name} was read on this machine, not on the cluster",
        ),
        detail=Label(
            nl="Workers lezen CSV, JSON Lines en Parquet op een gedeelde schijf, en tabellen van Spark.",
            en="Workers read CSV, JSON Lines and Parquet on a shared disk, and tables of Spark.",
        ),
        advice=Label(
            nl="Duurt het te lang: exporteer naar Parquet op de gedeelde schijf.",
            en="If it takes too long: export to Parquet on the shared disk.",
        ),
    )
