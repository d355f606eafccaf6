"""Channel switch: a touchpoint after which surely more people than usual make contact."""

from dataclasses import replace

from klantreis.analyses import contacts
from klantreis.analyses.fold import fold
from klantreis.labels import Label
from klantreis.rules import channel_switch
from klantreis.stats.intervals import Estimate
from klantreis.testing import Touch, Trip, journeys_of

HOUR = 3600


def called(after_card, after_cart, n=400):
    trips = []
    for name, size in (("card", after_card), ("cart", after_cart)):
        for who in range(n):
            call = (Touch("social", HOUR),) if who < size else ()
            trips.append(Trip(f"{name}{who}", (Touch(name, 0), *call)))
    return {"contacts": fold(contacts, journeys_of(trips, last=999 * HOUR), contacts.Options(contacts=("social",)))}


def test_more_contact_than_usual_is_told(shop, changed):
    (found,) = channel_switch.check(shop, replace(changed(), more=called(80, 8)))
    assert found.title.text("nl") == "Na Spaarkaart neemt 20,0% contact op: Instagram"
    assert (found.people, found.place.id, found.evidence[0].n) == (80, "card", 400)
    assert "11,0%" in found.detail.text("nl")


def test_a_step_whose_name_is_a_sentence_is_quoted_in_the_title(shop, changed):
    said = tuple(
        replace(one, label=Label("Ik vraag een offerte", "I ask for a quote")) if one.id == "card" else one
        for one in shop.touchpoints
    )
    (found,) = channel_switch.check(replace(shop, touchpoints=said), replace(changed(), more=called(80, 8)))
    assert found.title.text("nl") == "Na 'Ik vraag een offerte' neemt 20,0% contact op: Instagram"
    assert found.title.text("en") == "After 'I ask for a quote' 20.0% make contact: the social"


def test_as_much_as_usual_or_few_people_say_nothing(shop, changed):
    for more in (called(40, 38), called(25, 1), {}):
        assert list(channel_switch.check(shop, replace(changed(), more=more))) == []


def test_how_much_lower_they_score_is_part_of_the_evidence(shop, changed):
    more = called(80, 8)
    cause = replace(more["contacts"].causes[0], severity_feel=Estimate(0.6, 60, 0.2, 1.0))
    more = {"contacts": replace(more["contacts"], causes=(cause,))}
    (found,) = channel_switch.check(shop, replace(changed(), more=more))
    assert [(one.value, one.unit) for one in found.evidence] == [(0.2, "share"), (0.6, "score"), (80, "people")]
