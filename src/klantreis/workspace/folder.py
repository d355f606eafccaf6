"""`Workspace`: a folder on disk that can be checked, loaded, measured, drawn and reported on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from klantreis.analyses import paths
from klantreis.analyses.fold import fold
from klantreis.analyses.results import Results
from klantreis.errors import OptionError
from klantreis.exporters.svg import Options as Drawing
from klantreis.exporters.svg import ThemeChoice, export, svg
from klantreis.findings import Edit, Finding
from klantreis.journeys.model import Journeys
from klantreis.journeys.slices import sliced
from klantreis.journeys.store import Store
from klantreis.journeys.trail import Trail, trail_of
from klantreis.kinds import held
from klantreis.labels import Label, Language
from klantreis.map.beside import beside
from klantreis.map.model import JourneyMap
from klantreis.map.read import SUFFIX
from klantreis.measure import measured
from klantreis.report import Report
from klantreis.scenes.model import Scene
from klantreis.scenes.portfolio import Entry, portfolio_scene
from klantreis.scenes.views import ViewName
from klantreis.workspace import edits
from klantreis.workspace.checking import checked_files
from klantreis.workspace.choosing import all_maps, chosen, moment, with_segment
from klantreis.workspace.drawing import ALONE, in_model, known_persona
from klantreis.workspace.load import Loaded, Tell, load
from klantreis.workspace.only import only
from klantreis.workspace.paper import Paper, Written, written
from klantreis.workspace.reporting import from_folder, known_to_be_measured, report_of, sharable
from klantreis.workspace.scratch import scratch_engine
from klantreis.workspace.settings import FILE, Settings, read_settings
from klantreis.workspace.sharing import shared
from klantreis.workspace.since import NOTHING, Told
from klantreis.workspace.votes import recognised
from klantreis.workspace.workers import workers_of


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder with `klantreis.yaml`, `maps/*.reis.yaml` and, once loaded, a store in `.klantreis/`."""

    folder: Path
    settings: Settings
    store: Store = field(init=False)

    def __post_init__(self) -> None:
        """Places the store in the folder."""
        object.__setattr__(self, "store", Store(self.folder / ".klantreis", self.settings.identity))

    def __repr__(self) -> str:
        return f"Workspace {self.settings.name!r} in {self.folder}"

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the workspace, the preferred one first."""
        return self.settings.languages

    def maps(self) -> tuple[JourneyMap, ...]:
        """Returns all maps, by file name. Raises DocumentError with the mistakes of all of them together."""
        return all_maps(self.folder / "maps")

    @held
    def map(self, id_: str | None = None) -> JourneyMap:
        """Returns one map; without an id the one with the most touchpoints. Raises OptionError with the nearest id."""
        return chosen(self.maps(), id_, self.folder / "maps")

    @held
    def beside(self, map_: JourneyMap) -> list[JourneyMap]:
        """Returns the other maps: what they know is no unknown behaviour on this one."""
        return [other for other in self.maps() if other.id != map_.id]

    def check(self) -> tuple[Finding, ...]:
        """Returns every mistake and everything that could be better in the maps."""
        return checked_files(sorted((self.folder / "maps").glob(f"*{SUFFIX}")), self.settings.checks)

    @held
    def load(self, *, again: bool = False, tell: Tell | None = None) -> Loaded:
        """Reads what is new of the sources into the store and places the log on every map.

        Repeated, it changes nothing. `again`: reads all of every source, also what did not change since.
        """
        maps = self.maps()
        workers = workers_of(self.settings.engine, self.settings.spark)
        loaded = load(self.store, self.settings.sources, again=again, tell=tell, workers=workers)
        for map_ in maps:
            self._place(map_, tell)
        return loaded

    @held
    def journeys(self, map_: JourneyMap, *, tell: Tell | None = None) -> Journeys:
        """Returns the journeys of a map; loads first when nothing was loaded, places anew when the map changed."""
        if self.settings.sources and not self.store.log().sources:
            self.load(tell=tell)
        if not self.store.current(map_, time_zone=self.settings.time_zone):
            self._place(map_, tell)
        settings = self.settings
        journeys = self.store.open_journeys(map_, time_zone=settings.time_zone, currency=settings.currency)
        names = ("read", "stored", "duplicate", "rejected")
        per_source = {
            f"{source}.{name}": count
            for source, *counts in self.store.log().sources
            for name, count in zip(names, counts, strict=True)
        }
        workers = workers_of(settings.engine, settings.spark)
        return replace(journeys, counts={**journeys.counts, **per_source}, workers=workers, parts=self.store.parts())

    @held
    def measure(
        self,
        id_: str | None = None,
        *,
        segment: str | None = None,
        since: str | date | None = None,
        until: str | date | None = None,
        tell: Tell | None = None,
    ) -> Results:
        """Returns everything measured for a map, or for one segment or period of it ('2026-06-01', until exclusive)."""
        map_ = self.map(id_)
        part = self.slice(map_, segment=segment, since=since, until=until, tell=tell)
        return self._measured(map_, part, tell)

    @held
    def slice(
        self,
        map_: JourneyMap,
        *,
        segment: str | None = None,
        since: str | date | None = None,
        until: str | date | None = None,
        tell: Tell | None = None,
    ) -> Journeys:
        """Returns the journeys of a map, of one segment or period of it ('2026-06-01', until exclusive)."""
        journeys, zone = self.journeys(map_, tell=tell), self.settings.time_zone
        return sliced(journeys, segment=segment, since=moment(since, zone), until=moment(until, zone))

    @held
    def reports(
        self,
        id_: str | None = None,
        *,
        model: str | None = None,
        segment: str | None = None,
        tell: Tell | None = None,
    ) -> tuple[Report, ...]:
        """Returns a report of each map, or of one, the largest first; `model`: as for `draw`, `segment`: `report`."""
        maps = [self.map(id_)] if id_ is not None else sorted(self.maps(), key=lambda map_: -len(map_.touchpoints))
        if segment is not None:
            maps = with_segment(maps, segment)
            known_to_be_measured(self.settings)
        made = datetime.now(UTC)
        return tuple(self._report(in_model(map_, model), made, tell, segment) for map_ in maps)

    @held
    def report(
        self,
        id_: str | None = None,
        *,
        segment: str | None = None,
        language: Language = "nl",
        address: str | None = None,
        tell: Tell | None = None,
    ) -> list[Written]:
        """Writes the report of each map, or of one, to `reports/`; returns what was written, the largest map first.

        `segment`: only its journeys, of each map that has it. `address`: where on the web the reports will stand, for
        the preview of a link. Raises OptionError for an unknown segment, for one that is too small to share or leaves
        too few others, and for an address that is none.
        """
        reports = self.reports(id_, segment=segment, tell=tell)
        paper = Paper(self.folder / "reports", language, address, segment)
        return written(reports, map(self.shared, reports), self.maps(), paper, tell)

    def shared(self, report: Report, before: Told = NOTHING) -> Report:
        """Returns a report as it may be given to others: without groups smaller than `privacy: {least: 10}` says.

        That of a segment tells no number either that the report of everybody would lead to such a group with, and none
        that such a group could be had with from the numbers told `before`. Files are named from the workspace on.
        """
        segment = None if report.results is None else report.results.about.segment
        everybody = None if segment is None else self._results(self.map(report.map.id), None)
        return shared(from_folder(report, self.folder), self.settings.least, everybody=everybody, before=before)

    @held
    def draw(
        self,
        id_: str | None = None,
        *,
        language: Language = "nl",
        theme: ThemeChoice = "light",
        view: ViewName = "map",
        model: str | None = None,
        persona: str | None = None,
        segment: str | None = None,
        tell: Tell | None = None,
        files: Mapping[str, str] = ALONE,
        journey: str | None = None,
        **part: Any,
    ) -> tuple[str, str]:
        """Returns the id of a map and a view of it as SVG; `model` shows it in another phase model ('funnel-3').

        `persona`: as this persona feels it where nothing was measured, with only their needs. `segment`: as for
        `report`. `files`: where other maps are drawn together with this one, by their id. `journey`: the pseudonym of
        one to draw on it. `part`: `only`, `owner` and `ours`, as for the exporter svg.
        Raises OptionError with the nearest id.
        """
        map_ = in_model(self.map(id_), model)
        asked = Drawing(language=language, theme=theme, view=view, persona=known_persona(map_, persona), **part)
        (report,) = self.reports(map_.id, model=model, segment=segment, tell=tell)
        report = replace(report, beside=beside(map_, self.maps(), files))
        if journey is not None:
            return map_.id, export(replace(report, trail=self.trail(map_, journey, tell=tell)), asked).decode()
        return map_.id, export(self.shared(report), asked).decode()

    @held
    def trail(self, map_: JourneyMap, journey: str, *, tell: Tell | None = None) -> Trail:
        """Returns one journey of a map, touch by touch, by the pseudonym that findings and examples give it."""
        return trail_of(self.journeys(map_, tell=tell), journey)

    @held
    def portfolio(
        self, words: str = "", *, language: Language = "nl", theme: ThemeChoice = "light", tell: Tell | None = None
    ) -> str:
        """Returns all maps under each other in one phase model, as SVG; `words`: only those that fit ('retour').

        As every picture that is drawn to a file it tells nothing of groups that are too small.
        """
        return svg(self.shared_portfolio(words, language=language, tell=tell), theme=theme)

    def shared_portfolio(self, words: str = "", *, language: Language = "nl", tell: Tell | None = None) -> Scene:
        """Returns the picture of all maps as it may be given to others: without groups that are too small."""
        made = datetime.now(UTC)
        reports = [self.shared(self._report(map_, made, tell)) for map_ in self._fitting(words)]
        return portfolio_scene([Entry(one.map, one.results) for one in reports], language=language)

    def _fitting(self, words: str) -> list[JourneyMap]:
        return sorted(only(self.maps(), words), key=lambda map_: -len(map_.touchpoints))

    @held
    def accept(self, findings: Sequence[Finding], id_: str) -> tuple[Path, Label]:
        """Carries out the edit that a finding proposes; returns the file and what was done."""
        finding = edits.chosen(findings, id_)
        return edits.accept(self.map(finding.place.map), finding)

    @held
    def turn(self, findings: Sequence[Finding], id_: str) -> tuple[Path, Label]:
        """Turns a finding into an opportunity on its map; returns the file and what was done."""
        finding = edits.chosen(findings, id_)
        return edits.turn(self.map(finding.place.map), finding)

    def add(self, map_: JourneyMap, found: Sequence[Edit]) -> tuple[Path, dict[str, tuple[str, ...]]]:
        """Puts what is ready-made on a map; returns the file and the ids that were added, by part ('kpis')."""
        return edits.add(map_, found)

    def verify(self) -> tuple[Finding, ...]:
        """Returns what is wrong with the store, () when all is well."""
        return self.store.verify()

    def counts(self) -> dict[str, int]:
        """Returns read, stored, duplicate and rejected over all loads."""
        log = self.store.log()
        return {"read": log.read, "stored": log.stored, "duplicate": log.duplicate, "rejected": log.rejected}

    def _place(self, map_: JourneyMap, tell: Tell | None) -> None:
        with scratch_engine() as engine:
            word = None if tell is None else lambda done, total: tell(done, total, map_.id)
            zone, workers = self.settings.time_zone, workers_of(self.settings.engine, self.settings.spark)
            self.store.place(engine, map_, time_zone=zone, tell=word, workers=workers)

    def _measured(self, map_: JourneyMap, journeys: Journeys, tell: Tell | None) -> Results:
        kept = self.store.parts()
        results = measured(map_, journeys, others=self.beside(map_), tell=tell, kept=kept)
        kept.settle()
        return results

    def _results(self, map_: JourneyMap, tell: Tell | None) -> Results | None:
        return self._measured(map_, self.journeys(map_, tell=tell), tell) if self.settings.sources else None

    def _sharable(self, map_: JourneyMap, segment: str, tell: Tell | None) -> Results:
        everybody = self.journeys(map_, tell=tell)
        results = self._measured(map_, sliced(everybody, segment=segment), tell)
        others = fold(paths, sliced(everybody, without=segment), paths.Options()).people
        return sharable(results, segment, others=others, least=self.settings.least)

    def _report(self, map_: JourneyMap, made: datetime, tell: Tell | None, segment: str | None = None) -> Report:
        results = self._results(map_, tell) if segment is None else self._sharable(map_, segment, tell)
        return report_of(map_, results, self.settings, made, recognised(self.folder, map_))


@held
def open_workspace(folder: str | Path | None = None) -> Workspace:
    """Returns the workspace in a folder; None: here, or the nearest folder above that has one.

    Raises OptionError when there is none, DocumentError with every mistake in its settings.
    """
    start = Path(folder or ".").resolve()
    for place in (start, *(() if folder else start.parents)):
        if (place / FILE).is_file():
            return Workspace(place, read_settings(place / FILE))
    raise OptionError(
        Label(f"In {start} is geen werkmap.", f"There is no workspace in {start}.")
        if folder
        else Label(f"In {start} of erboven is geen werkmap.", f"There is no workspace in {start} or above it."),
        mend=Label(
            "Maak er een: klantreis init. Of kijk er eerst naar een: klantreis demo.",
            "Make one: klantreis init. Or look at one first: klantreis demo.",
        ),
    )
