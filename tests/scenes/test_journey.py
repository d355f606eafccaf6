"""The journey map as a picture: everything is there, nothing overlaps, nothing leaves its box or its page."""

from dataclasses import replace

import pytest

from klantreis.labels import Label, plain
from klantreis.map.check import check
from klantreis.map.contact import Plan
from klantreis.map.measures import Target
from klantreis.map.model import JourneyMap, Kpi, Phase
from klantreis.map.read import map_of
from klantreis.map.work import Change
from klantreis.scenes.journey import journey_scene
from klantreis.scenes.model import Area, Curve, Group, Mark, Words, walk
from klantreis.scenes.pen import bounds


def test_the_measured_map_is_sound_and_says_it_all(ring, said, sound):
    scene = journey_scene(*ring, language="nl")
    sound(scene)
    for text in ("Waar eerst kijken?", "24.180 reizen, 21.344 personen", "73% verder", "voorstel", "niet gemeten",
                 "verbanden zijn geen oorzaken", "12 van 13", "niet gehaald", "gehaald", "+1,6", "−1,2"):  # fmt: skip
        assert text in said(scene).replace("\u00a0", " "), text


def test_the_ikea_map_is_drawn_without_any_data(ikea, groups, said, sound):
    scene = journey_scene(ikea, None, (), language="nl")
    sound(scene)
    points = groups(scene, "point")
    assert len([point for point in points if point.id]) == 10
    below = [point.id for point in points if any(isinstance(m, Mark) and m.shape == "down" for m in point.children)]
    assert below == ["rondgang", "magazijn", "kar", "kassa"]
    assert "Begint +1 · laagste −2 bij ‘Ik ben de kar vergeten’" in said(scene)
    assert "eindigt +2 (aanname)" in said(scene)
    assert len(groups(scene, "phase")) == 5


def test_an_assumed_curve_never_looks_measured(ikea, ring, groups):
    assumed = journey_scene(ikea, None, (), language="nl")
    assert not [part for part in walk(assumed.elements) if isinstance(part, Curve) and part.stroke == "measured"]
    assert not [part for part in walk(assumed.elements) if isinstance(part, Area) and part.fill == "band"]
    measured = journey_scene(*ring, language="nl")
    for point in groups(measured, "point"):
        marks = [part for part in point.children if isinstance(part, Mark) and part.shape != "star"]
        open_ = "aanname" in point.label
        assert all((mark.fill == "paper") == open_ for mark in marks), point.label
        assert open_ or "n\u00a0=\u00a0" in point.label or not point.label


def test_a_gap_in_the_measurements_is_a_dotted_line_not_a_solid_one(ring):
    curves = [
        c for c in walk(journey_scene(*ring, language="nl").elements) if isinstance(c, Curve) and c.stroke == "measured"
    ]
    assert {c.dash for c in curves} == {"solid", "dotted"}


def test_what_is_seen_as_colour_is_also_a_word_or_a_shape(ring, groups):
    scene = journey_scene(*ring, language="nl")
    for kpi in groups(scene, "kpi"):
        assert any(word in kpi.label for word in ("gehaald", "niet gehaald", "onbeslist", "niet gemeten")), kpi.label


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(("phases", "steps"), [(1, 1), (1, 12), (3, 4), (9, 1), (9, 3), (2, 0), (0, 0)])
def test_any_number_of_phases_and_steps_is_sound(giant, phases, steps, language, sound):
    sound(journey_scene(giant(phases, steps), None, (), language=language))


@pytest.mark.parametrize("width", [700, 1000, 1680, 2400])
def test_long_compounds_and_emoji_fit_at_any_width(giant, long_words, width, sound):
    sound(journey_scene(giant(9, 2, label=long_words), None, (), language="nl", width=width))


@pytest.mark.parametrize(
    "label", ["漢字かな交じり文の長い名前" * 3, "مرحلة الوعي بالعلامة التجارية", "x" * 300, "", "🙂" * 40]
)
def test_any_script_fits(giant, label, sound):
    sound(journey_scene(giant(3, 3, label=label), None, (), language="nl"))


def test_a_measured_map_of_one_person_is_sound(ring, said, sound):
    map_, results, findings = ring
    steps = tuple(replace(step, people=1, mature=1) for step in results.funnel.steps)
    alone = replace(
        results,
        funnel=replace(results.funnel, steps=steps),
        coverage=replace(results.coverage, journeys=1, people=1),
        emotion=replace(results.emotion, feelings=()),
    )
    scene = journey_scene(map_, alone, findings, language="nl")
    sound(scene)
    assert "1 reis, 1 persoon" in said(scene)


def test_a_measured_map_is_sound_when_narrow_and_when_wide(ring, sound):
    for width in (800, 1200, 2600):
        sound(journey_scene(*ring, language="nl", width=width))
        sound(journey_scene(*ring, language="en", width=width))


def test_every_id_of_the_map_is_found_in_the_picture_and_the_table(ring, groups):
    map_, results, findings = ring
    scene = journey_scene(map_, results, findings, language="nl")
    ids = {part.id for part in walk(scene.elements) if isinstance(part, Group)}
    wanted = {phase.id for phase in map_.phases} | {step.id for _, step in map_.steps()}
    wanted |= {touch.id for touch in map_.touchpoints} | {barrier.id for barrier in map_.barriers}
    wanted |= {idea.id for idea in map_.opportunities} | {kpi.id for kpi in map_.kpis} | {"zoekmaat"}
    assert wanted <= ids
    assert len(scene.table.rows) == len(groups(scene, "step")) == 14
    assert all(len(row) == len(scene.table.header) for row in scene.table.rows)


def test_a_proposal_stands_behind_what_it_follows(ring, groups):
    names = [group.id for group in groups(journey_scene(*ring, language="nl"), "step")]
    assert names[names.index("filter") + 1] == "zoekmaat"


def test_the_first_findings_are_numbered_on_their_columns(ring, groups):
    scene = journey_scene(*ring, language="nl")
    for number, id_ in ((1, "product"), (2, "wacht"), (3, "gegevens")):
        step = next(group for group in groups(scene, "step") if group.id == id_)
        badges = [" ".join(part.lines) for part in walk(step.children) if isinstance(part, Words)]
        assert str(number) in badges


def test_empty_lanes_vanish(ikea, groups):
    lanes = {group.id for group in groups(journey_scene(ikea, None, (), language="nl"), "lane")}
    assert "expect" not in lanes
    assert "opportunity" not in lanes
    assert "think" in lanes


def test_text_that_was_cut_keeps_its_whole(giant, long_words, groups):
    scene = journey_scene(giant(1, 1, label=long_words * 4), None, (), language="nl", width=700)
    step = groups(scene, "step")[0]
    text = next(part for part in step.children if isinstance(part, Words))
    assert text.lines[-1].endswith("…")
    assert text.full.startswith("klanttevredenheids")


def test_touchpoints_no_step_uses_get_a_column(ring, groups, sound):
    map_, results, findings = ring
    bare = replace(map_, phases=tuple(replace(phase, steps=()) for phase in map_.phases))
    scene = journey_scene(bare, results, findings, language="nl")
    sound(scene)
    assert len(groups(scene, "step")) == 14


def test_a_link_leads_from_a_finding(ring, groups):
    map_, results, findings = ring
    scene = journey_scene(map_, results, findings, language="nl", links={findings[0].id: "#bevinding-1"})
    assert [group.link for group in groups(scene, "finding")] == ["#bevinding-1", None, None]


def test_a_map_without_anything_still_has_a_header(said, sound):
    scene = journey_scene(JourneyMap("leeg", plain("")), None, (), language="nl")
    sound(scene)
    assert "Klantreis zonder naam" in said(scene)
    assert scene.table.rows == ()


def test_a_phase_without_steps_keeps_its_place(giant, said, sound):
    map_ = giant(2, 2)
    scene = journey_scene(replace(map_, phases=(*map_.phases, Phase("leeg", plain("Leeg")))), None, (), language="nl")
    sound(scene)
    assert "Nog geen stappen" in said(scene)


def test_labels_stand_on_the_side_of_their_feeling(ikea, groups):
    for point in groups(journey_scene(ikea, None, (), language="nl"), "point"):
        for mark in (part for part in point.children if isinstance(part, Mark) and part.shape in {"up", "down"}):
            for text in (part for part in point.children if isinstance(part, Words)):
                assert (text.y < mark.y) == (mark.shape == "up"), point.id


def test_two_findings_about_one_step_both_stand_on_it(ring, groups, sound):
    map_, results, findings = ring
    again = replace(findings[1], place=findings[0].place)
    scene = journey_scene(map_, results, (findings[0], again), language="nl")
    sound(scene)
    step = next(group for group in groups(scene, "step") if group.id == "product")
    badges = [" ".join(part.lines) for part in walk(step.children) if isinstance(part, Words)]
    assert {"1", "2"} <= set(badges)


def test_a_kpi_shows_its_value_and_target_in_one_unit(ring, groups):
    kpi = next(group for group in groups(journey_scene(*ring, language="nl"), "kpi") if group.id == "afreken")
    assert "3:48 min" in kpi.label.replace("\u00a0", " ")
    assert "≤ 3 min" in kpi.label.replace("\u00a0", " ")


def test_a_change_says_when_it_is_decided_and_what_came_of_it(ring, said, sound):
    map_, results, findings = ring
    changes = (
        Change("maathulp", plain(""), window_seconds=28 * 86400.0),
        Change("anders", plain("Anders"), tests="gast", verdict="worse"),
        Change("los", plain("Nergens"), verdict="improved"),
    )
    scene = journey_scene(replace(map_, changes=changes), results, findings, language="nl")
    sound(scene)
    words = said(scene).replace("\u00a0", " ")
    assert "beslist na 28 dagen" in words
    assert "slechter" in words
    assert "Nergens" not in words


def test_a_map_that_was_never_measured_says_how_it_will_be(ring, said):
    map_, _, _ = ring
    words = said(journey_scene(map_, None, (), language="nl"))
    assert "uit data" in words
    assert "niet gemeten" in words


def test_every_step_of_nine_phases_of_twelve_is_drawn(giant):
    scene = journey_scene(giant(9, 12), None, (), language="nl")
    assert sum(isinstance(one, Group) and one.kind == "step" for one in walk(scene.elements)) == 108


def test_a_suggested_moment_of_truth_has_an_open_star_until_it_is_confirmed(groups, said):
    # Requirement E19: a suggestion looked like a moment that somebody had confirmed.
    text = """klantreis: 1
id: m
title: M
phases: {f: {a: {do: Ik open, feel: 1, mot: suggested}, b: {do: Ik kies, feel: 2, mot: confirmed}}}
"""
    scene = journey_scene(map_of(text), None, (), language="nl")
    stars = {
        point.id: (mark.fill, point.label.rsplit(". ", 1)[-1])
        for point in groups(scene, "point")
        for mark in point.children
        if isinstance(mark, Mark) and mark.shape == "star"
    }
    assert stars == {
        "a": ("paper", "mogelijk moment van de waarheid"), "b": ("decision", "moment van de waarheid"),
    }  # fmt: skip
    assert "mogelijk moment van de waarheid" in said(scene)


def test_no_badge_of_a_touchpoint_leaves_its_column(ring, groups):
    map_, _, _ = ring
    bare = replace(map_, touchpoints=tuple(replace(touch, matcher=None) for touch in map_.touchpoints))
    for language in ("nl", "en"):
        scene = journey_scene(bare, None, (), language=language, width=800)
        rooms = {step.id: bounds(step) for step in groups(scene, "step")}
        for touch in groups(scene, "touchpoint"):
            room = bounds(touch)
            column = rooms[touch.id.removeprefix("t_")]
            assert column.x <= room.x + 4
            assert room.right <= column.right + 4, touch.label


def test_what_stands_in_a_phase_without_steps_is_drawn_there_and_in_the_table(sound, groups):
    text = """klantreis: 1
id: m
title: M
phases:
  begin: {kijken: {do: Ik kijk, feel: 1}}
  daarna: {actions: {mail: {do: Een mail met tips}, kaart: {do: Een kaart}}}
kpis: {herhaling: {label: Herhaling, phase: daarna, metric: people, target: ">= 10"}}
criteria: {prijs: 3}
alternatives: {ander: {label: De ander, phase: daarna, scores: {prijs: 4}}}
"""
    scene = journey_scene(map_of(text), None, (), language="nl")
    sound(scene)
    for kind, ids in (("action", ["mail", "kaart"]), ("kpi", ["herhaling"]), ("alternative", ["ander"])):
        assert [one.id for one in groups(scene, kind)] == ids
    (row,) = [row for row in scene.table.rows if row[0].casefold() == "daarna"]
    assert "Een mail met tips; Een kaart" in row
    assert any("Herhaling" in cell for cell in row)
    assert len(scene.table.rows) == 2


def test_a_net_promoter_score_is_aimed_at_as_people_write_it():
    # Reichheld 2003: the score runs from -100 to +100.
    text = """klantreis: 1
id: m
title: M
surveys: {aanrader: {question: "Raad je ons aan?", scale: 0..10, kind: NPS}}
phases: {begin: {kijken: {do: Ik kijk, feel: 1}}}
kpis: {aanbevelen: {phase: begin, metric: nps, survey: aanrader, target: ">= 30"}}
"""
    scene = journey_scene(map_of(text), None, (), language="nl")
    assert "≥\u00a0+30" in " ".join(
        line for one in walk(scene.elements) if isinstance(one, Words) for line in one.lines
    )


def test_a_remark_on_how_the_map_is_written_is_not_told_at_a_barrier(said):
    both = "{do: Ik zoek, match: zoek, barrier: {kind: time, text: Te lang}}"
    map_ = map_of(f"klantreis: 1\nid: x\ntitle: X\nphases: {{p: {{a: {both}, b: {both}}}}}\n")
    findings = check(map_)
    assert "one-event-for-two" in {finding.rule for finding in findings}
    assert "telt maar bij" not in said(journey_scene(map_, None, findings, language="nl"))


def test_a_map_without_data_says_where_it_would_look_first(said, groups):
    text = """klantreis: 1
id: x
title: X
phases:
  p:
    a: {do: Ik zoek, feel: -1, word: moe}
    b: {do: Ik wacht, feel: -2, influence: none}
    c: {do: Ik betaal, feel: -1, barrier: {id: q, kind: effort, severity: abandon, text: Account verplicht}}
opportunities:
  klein: {solves: q, label: Uitleg, impact: 1, effort: 1, confidence: 1}
  gast: {solves: q, label: Als gast, impact: 5, effort: 1, confidence: 5}
"""
    scene = journey_scene(map_of(text), None, (), language="nl")
    assert [group.id for group in groups(scene, "guess")] == ["q", "a"]
    assert "moeite · haakt af · Kans: Als gast" in said(scene)
    assert "gevoel −1 · moe" in said(scene)
    assert "Aanname. Koppel gegevens" in said(scene)
    bare = journey_scene(map_of("klantreis: 1\nid: x\ntitle: X\ntemplate: nl-5\n"), None, (), language="nl")
    assert "Koppel gegevens om te zien waar het knelt" in said(bare)


def test_a_touchpoint_has_the_drawing_of_its_channel_whatever_its_name():
    map_ = map_of("""klantreis: 1
id: x
title: x
type: purchase
phases: {kopen: {vraag: {do: Ik vraag, touch: [belmail, appwinkel]}}}
touchpoints:
  belmail: {phase: kopen, channel: email}
  appwinkel: {phase: kopen, channel: store}
""")
    marks = [
        part.shape
        for group in walk(journey_scene(map_, None, (), language="nl").elements)
        if isinstance(group, Group) and group.kind == "touchpoint"
        for part in walk(group.children)
        if isinstance(part, Mark)
    ]
    assert marks == ["mail", "shop"]


@pytest.mark.parametrize(
    ("language", "measured", "open_"),
    [("nl", "gemeten: teller", "te meten: QR-code"), ("en", "measured: counter", "to measure: QR code")],
)
def test_a_contact_outside_the_web_says_how_it_was_or_is_going_to_be_measured(ring, groups, language, measured, open_):
    # Requirement A4.
    map_, results, findings = ring
    seen = {one.touchpoint for one in results.coverage.touchpoints}
    first = next(one for one in map_.touchpoints if one.id in seen)
    last = next(one for one in map_.touchpoints if one.id not in seen)
    plans = {first.id: Plan("counter"), last.id: Plan("qr")}
    planned = tuple(replace(one, plan=plans.get(one.id), planned=False) for one in map_.touchpoints)
    scene = journey_scene(replace(map_, touchpoints=planned), results, findings, language=language)
    heard = {one.id: one.label for one in groups(scene, "touchpoint")}
    assert heard[first.id].endswith(f". {measured}")
    assert heard[last.id].endswith(f": {open_}")
    assert open_ in str(scene.table)


@pytest.mark.parametrize(
    ("language", "word"), [("nl", "compleet: doel in elke fase"), ("en", "a target in each phase")]
)
def test_the_lane_of_kpis_says_whether_every_phase_has_a_target(ring, said, language, word):
    # Requirement B4.
    map_, results, findings = ring
    aim = Target(">=", 1, ">= 1")
    kpis = tuple(Kpi(f"k_{phase.id}", plain("K"), "people", phase=phase.id, target=aim) for phase in map_.phases)
    told = [
        " ".join(said(journey_scene(replace(map_, kpis=own), results, findings, language=language)).split())
        for own in (kpis, kpis[1:])
    ]
    assert [word in one for one in told] == [True, False]
    every = len(map_.phases)
    assert {"nl": f"doel in {every - 1} van {every} fasen", "en": f"target in {every - 1} of {every} phases"}[
        language
    ] in told[1]


@pytest.mark.parametrize(("language", "word"), [("nl", "met: De doos"), ("en", "with: The box")])
def test_an_action_of_the_playbook_says_why_with_what_and_by_whom(language, word, groups):
    # Requirement B2.
    text = """\
klantreis: 1
id: doos
title: Doos
assets: {doos: {label: {nl: De doos, en: The box}, file: doos.png, alt: Een doos}}
phases:
  gebruik:
    actions: {post: {do: Wij delen hem, insight: Hij verrast, asset: doos, owner: marketing}}
    zien: {do: Ik zie de doos}
"""
    (card,) = groups(journey_scene(map_of(text), None, (), language=language), "action")
    assert card.label.endswith(f": Wij delen hem. Hij verrast. {word}. marketing")


def test_evidence_is_called_by_its_source_and_leads_to_its_video(groups, said):
    # Requirement E19.
    text = """\
klantreis: 1
id: laptop
title: Laptop
evidence: {film: {kind: video, source: Uitpakfilms, url: "https://video.example.nl/1"}}
phases: {gebruik: {uitpakken: {do: Ik pak uit, evidence: [film]}}}
"""
    scene = journey_scene(map_of(text), None, (), language="nl")
    (cell,) = groups(scene, "evidence")
    assert cell.link == "https://video.example.nl/1"
    assert "Uitpakfilms" in said(scene)
    assert "Uitpakfilms" in str(scene.table)


@pytest.mark.parametrize(("language", "over", "under"), [("nl", "boven", "onder"), ("en", "above", "below")])
def test_a_missed_target_says_on_which_side_the_value_lies(language, over, under, ring, groups):
    # Requirement A9.
    map_, results, findings = ring
    heard = {one.id: one.label for one in groups(journey_scene(map_, results, findings, language=language), "kpi")}
    word = {"nl": "doel", "en": "target"}[language]
    assert f"{over} {word} ≤" in heard["afreken"]
    assert f"{under} {word} ≥" in heard["mandje"]
    assert f" {word} ≥" in heard["bereik"]
    assert under not in heard["bereik"]


def test_a_word_on_the_curve_that_is_too_long_for_one_line_takes_two_in_their_order(ikea, sound):
    long = Label("heel erg opgelucht en ook verrast", "very relieved and surprised as well")
    at = ikea.phases[1].steps[1]
    steps = tuple(replace(one, word=long) if one is at else one for one in ikea.phases[1].steps)
    phases = (ikea.phases[0], replace(ikea.phases[1], steps=steps), *ikea.phases[2:])
    scene = journey_scene(replace(ikea, phases=phases), None, (), language="nl")
    sound(scene)
    lines = [one for one in walk(scene.elements) if isinstance(one, Words) and " ".join(one.lines) in long.nl]
    first, second = sorted((one for one in lines if one.lines[0]), key=lambda one: one.y)
    assert f"{first.lines[0]} {second.lines[0]}" == long.nl


def test_an_owner_is_named_again_where_a_new_sheet_begins(groups):
    steps = "\n".join(f"    s{number}: {{do: Stap {number}, owner: winkel}}" for number in range(6))
    map_ = map_of(f"klantreis: 1\nid: k\ntitle: K\nphases:\n  p:\n    label: P\n{steps}\n")
    whole = journey_scene(map_, None, (), language="nl")
    cut = journey_scene(map_, None, (), language="nl", cuts=frozenset({2, 5}))
    assert [one.id for one in groups(whole, "owner")] == ["winkel-0"]
    assert [one.id for one in groups(cut, "owner")] == ["winkel-0", "winkel-2", "winkel-5"]
