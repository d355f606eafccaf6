"""The pictures of attribution and of the channel mix: sound at any width, true to their numbers, honest when empty."""

from dataclasses import replace

import pytest

from klantreis.analyses import attribution, channel_mix
from klantreis.analyses.attribution import Options, PathCount
from klantreis.analyses.fold import fold
from klantreis.scenes.attribution import attribution_scene
from klantreis.scenes.channels import channels_scene
from klantreis.scenes.model import Box, walk
from klantreis.testing import Touch, Trip, journeys_of

LONG = "nieuwsbriefinschrijvingsbevestigingsherinnering"


def log(people, channels=("web", LONG, "social media", "winkel")):
    trips = []
    for number in range(people):
        touches = [
            Touch("visit", step, channel=channels[(number + step) % len(channels)]) for step in range(number % 4)
        ]
        trips.append(Trip(f"p{number}", (*touches, Touch("buy" if number % 3 else "visit", 9))))
    return journeys_of(trips)


def attributed(people=200):
    return fold(attribution, log(people), Options(("buy",)))


def mix(people=200):
    return fold(channel_mix, log(people), channel_mix.Options(drawn=(("", "web"), ("", "chat")), phases=()))


@pytest.mark.parametrize("width", [320, 640, 960])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_pictures_are_sound_and_have_a_table(width, language, sound):
    many = attribution.of_paths([PathCount((f"k{i}", f"k{i + 1}"), i + 1, 3) for i in range(30)], Options(()))
    for scene in (
        attribution_scene(attributed(), language=language, width=width),
        attribution_scene(attributed(12), language=language, width=width),
        attribution_scene(many, language=language, width=width),
        channels_scene(mix(), language=language, width=width),
        channels_scene(mix(1), language=language, width=width),
    ):
        sound(scene)
        assert all(len(row) == len(scene.table.header) for row in scene.table.rows)


def test_the_table_holds_every_model_and_every_channel(said):
    result = attributed()
    scene = attribution_scene(result, language="nl")
    assert len(scene.table.header) == 1 + len(result.models)
    assert [row[0] for row in scene.table.rows] == list(result.channels)
    assert "Het bewijs is een experiment" in said(scene)


def test_the_bar_of_a_channel_runs_from_its_lowest_to_its_highest_model(groups):
    result = attributed()
    scene = attribution_scene(result, language="en")
    rows = groups(scene, "channel")
    ranges = [next(part for part in row.children if isinstance(part, Box)) for row in rows]
    spans = [result.spread(row.id) for row in rows]
    scale = {
        round(box.width / (high - low), 3) for box, (low, high) in zip(ranges, spans, strict=True) if box.width > 2
    }
    assert len(scale) == 1


def test_a_channel_that_is_drawn_and_not_seen_and_one_that_is_not_drawn_are_marked(said):
    words = said(channels_scene(mix(), language="nl"))
    assert "niet getekend" in words
    assert "getekend, niet gezien" in words


def test_nothing_measured_says_so(said, sound):
    for scene in (
        attribution_scene(fold(attribution, journeys_of([]), Options(("buy",))), language="nl"),
        channels_scene(fold(channel_mix, journeys_of([]), channel_mix.Options()), language="nl"),
        channels_scene(replace(mix(), spots=()), language="nl"),
    ):
        sound(scene)
        assert "Er is niets gemeten" in said(scene)
        assert list(walk(scene.elements))
