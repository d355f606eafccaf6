"""How well real journeys follow each ideal scenario, and where they deviate."""

from __future__ import annotations

from klantreis.analyses.fit import Deviation, Fit
from klantreis.exporters.html.markup import Markup, Part, el, joined
from klantreis.exporters.html.path_words import path_words
from klantreis.exporters.html.reader import Reader, spaced
from klantreis.exporters.html.shapes import Row, Section, Table, bar, empty, measured_cells, table, what
from klantreis.map.stages import Scenario
from klantreis.rules.missed_touchpoint import skipped
from klantreis.scenes.words import named
from klantreis.stats.intervals import Estimate

KINDS = ("missing", "ad_hoc", "out_of_order", "repeat", "failed")


def section(reader: Reader) -> Section:
    """Returns the chapter on ideal against real."""
    gist, body = reader.say("gist.none"), empty(reader, "unmeasured")
    if reader.results is not None:
        gist, body = _measured(reader, list(reader.results.fits.values()))
    return Section("fit", reader.say("title.fit"), reader.say("question.fit"), gist, body, _verbs(reader))


def _verbs(reader: Reader) -> tuple[str, ...]:
    """What gives the numbers again: each scenario, and the funnel, which says who got past a skipped touchpoint."""
    fits = reader.results.fits if reader.results is not None else {}
    skips = any(_skip(reader, fit, one) != "–" for fit in fits.values() for one in fit.deviations)
    return *(f"fit --scenario {scenario}" for scenario in fits), *(("funnel",) if skips else ())


def _measured(reader: Reader, fits: list[Fit]) -> tuple[Markup, Markup]:
    if not fits:
        return Markup("–"), joined([what(reader, "fit"), empty(reader, "fit")])
    first = fits[0]
    share = reader.estimated(first.share, "share")
    gist = reader.say("gist.fit", share=share, scenario=reader.name("scenario", first.scenario))
    return gist, joined([what(reader, "fit"), *(_scenario(reader, fit) for fit in fits), _kinds(reader)])


def _scenario(reader: Reader, fit: Fit) -> Markup:
    name = reader.name("scenario", fit.scenario)
    drawn = next((one for one in reader.report.map.scenarios if one.id == fit.scenario), None)
    parts: list[Part] = [el("h3", name)]
    if drawn is not None:
        parts.append(el("p", reader.say("fit-path", path=path_words(reader, drawn.path)), class_="note"))
        parts += _occasion(reader, drawn)
    if not fit.computed:
        parts.append(el("p", reader.say("fit-not", scenario=name, why=fit.why), class_="empty"))
    else:
        parts += [_facts(reader, fit, name), _deviations(reader, fit, name), _phases(reader, fit, name)]
    return el("section", *parts, id=f"scenario-{fit.scenario}")


def _occasion(reader: Reader, scenario: Scenario) -> list[Markup]:
    """What a scenario begins with, what the customer wants of it and how soon; nothing when none of it is said."""
    soon = scenario.urgency if scenario.urgency != "none" else None
    said: list[tuple[str, Part]] = [
        ("trigger", reader.text(scenario.trigger)),
        ("goal", reader.text(scenario.goal)),
        ("urgency", named("urgency", soon, reader.language) if soon else ""),
    ]
    told = [el("div", el("dt", reader.say(f"occasion.{key}")), el("dd", text)) for key, text in said if text]
    return [el("dl", *told, class_="facts")] if told else []


def _facts(reader: Reader, fit: Fit, name: Markup) -> Markup:
    scored = joined(
        [
            reader.number(fit.journeys),
            el("span", " (", reader.say("fit-open", n=reader.number(fit.open_journeys)), ")", class_="note"),
        ]
    )
    facts: list[tuple[Part, Part]] = [
        (reader.say("fit-share", scenario=name), _share(reader, fit.share)),
        (reader.say("fit-mean"), _fitness(reader, fit.mean_fitness)),
        (reader.say("fit-pooled"), _fitness(reader, fit.pooled_fitness)),
        (reader.say("fit-scored"), scored),
    ]
    return el("dl", *(el("div", el("dt", term), el("dd", value)) for term, value in facts), class_="facts figures")


def _share(reader: Reader, share: Estimate) -> Markup:
    around = spaced([reader.between(share, "share"), f"n = {reader.number(share.n)}"])
    return joined([el("strong", reader.value(share, "share")), " ", el("span", around, class_="note")])


def _fitness(reader: Reader, value: float | None) -> Markup:
    if value is None:
        return Markup("–")
    return joined([el("strong", reader.number(value, 3)), " ", el("span", reader.say("fit-of-one"), class_="note")])


def _deviations(reader: Reader, fit: Fit, name: Markup) -> Markup:
    if not fit.deviations:
        return el("p", reader.say("no-deviations"))
    keys = (
        "touchpoint",
        "kind",
        "phase",
        "moves",
        "journeys",
        "people",
        "share-journeys",
        "interval",
        "skip",
        "what-bar",
        "examples",
    )
    ranked = sorted(fit.deviations, key=lambda one: (-one.journeys, one.touchpoint, one.kind))
    rows = [Row(_deviation(reader, fit, one)) for one in ranked]
    caption = reader.say("deviations-caption", scenario=name, n=reader.number(fit.journeys))
    header = tuple(reader.say(f"col.{key}") for key in keys)
    return table(reader, Table(f"deviations-{fit.scenario}", caption, header, rows, (3, 4, 5, 6, 7), most=25))


def _deviation(reader: Reader, fit: Fit, one: Deviation) -> tuple[Part, ...]:
    value, around, _ = measured_cells(reader, one.share, "share")
    return (
        reader.touch(one.touchpoint), reader.word("kind", one.kind), reader.name("phase", one.phase),
        reader.number(one.moves), reader.number(one.journeys), reader.number(one.people), value, around,
        _skip(reader, fit, one), bar(one.share),
        joined((el("code", example) for example in one.examples[:3]), " ") or "–",
    )  # fmt: skip


def _skip(reader: Reader, fit: Fit, one: Deviation) -> Part:
    """Returns the least share of those who got further that skips a touchpoint; '–' where nobody surely does."""
    if one.kind != "missing" or reader.results is None:
        return "–"
    part = skipped(reader.report.map, reader.results, fit, one)
    if not part.value:
        return "–"
    return reader.say("skip-least", share=reader.shown(part.value, "share"), n=reader.number(part.n))


def _phases(reader: Reader, fit: Fit, name: Markup) -> Markup:
    total = sum(phase.cost for phase in fit.phases)
    rows = [
        Row((
            reader.place("phase", one.phase), reader.number(one.cost),
            reader.shown(fit.part(one), "share"), reader.number(one.journeys),
            bar(Estimate(one.cost / total, total)) if total else None,
        ))
        for one in fit.phases
    ]  # fmt: skip
    header = tuple(reader.say(f"col.{key}") for key in ("phase", "cost", "cost-share", "deviating", "what-bar"))
    caption = reader.say("fit-phases-caption", scenario=name)
    return table(reader, Table(f"fit-phases-{fit.scenario}", caption, header, rows, (1, 2, 3)))


def _kinds(reader: Reader) -> Markup:
    pairs = (joined([el("dt", reader.say(f"kind.{kind}")), el("dd", reader.say(f"whatkind.{kind}"))]) for kind in KINDS)
    return joined([el("h3", reader.say("kinds")), el("dl", *pairs, class_="terms")])
