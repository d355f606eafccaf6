"""Days, weeks and months begin where pandas says, also where the clock or the date jumps."""

import numpy as np
import pandas
import pytest

from klantreis.errors import OptionError
from klantreis.stats.calendar import NEVER, calendar, check_zone, name_of, place_of


def micros(text):
    return int(np.datetime64(text, "us").astype(np.int64))


@pytest.mark.parametrize("unit", ["day", "week", "month"])
@pytest.mark.parametrize(
    "zone", ["UTC", "Europe/Amsterdam", "America/Sao_Paulo", "Asia/Kathmandu", "Pacific/Apia", "America/Havana"]
)
def test_moments_lie_in_the_units_that_pandas_names(unit, zone):
    # Sao Paulo has days without a midnight, Apia a year without 30 December, Havana two midnights in one night.
    at = np.random.default_rng(1).integers(micros("2011-12-01"), micros("2024-05-05T23:30"), 5000)
    local = pandas.to_datetime(at, unit="us", utc=True).tz_convert(zone).tz_localize(None)
    told = local.to_period({"day": "D", "week": "W-SUN", "month": "M"}[unit])
    pages = calendar(unit, zone, int(at.min()), int(at.max()))
    numbers = pages.numbers(at)
    named = [name_of(unit, number) for number in numbers.tolist()]
    assert named == [str(one) if unit == "month" else str(one.start_time.date()) for one in told]
    places = [place_of(pages.begins, moment, 86_400_000_000) for moment in at[:200].tolist()]
    assert places == (numbers[:200] - pages.first).tolist()


def test_a_day_lasts_23_or_25_hours_when_the_clock_is_put_forward_or_back():
    pages = calendar("day", "Europe/Amsterdam", micros("2026-01-01"), micros("2026-12-31"))
    hours = np.diff(pages.begins) / 3_600_000_000
    names = [name_of("day", pages.first + place) for place in range(len(hours))]
    assert dict(zip(names, hours.tolist(), strict=True))["2026-03-29"] == 23
    assert dict(zip(names, hours.tolist(), strict=True))["2026-10-25"] == 25
    assert sorted(set(hours.tolist())) == [23, 24, 25]


def test_the_edges_of_a_unit_belong_to_it_and_to_the_next():
    pages = calendar("month", "Europe/Amsterdam", micros("2026-02-10"), micros("2026-04-10"))
    begin = micros("2026-02-28T23:00")
    assert pages.numbers(np.array([begin - 1, begin])).tolist() == [673, 674]
    assert name_of("month", 674) == "2026-03"
    assert pages.begin(np.array([674, 999])).tolist() == [begin, NEVER]


def test_one_moment_has_a_calendar_and_more_units_may_follow():
    pages = calendar("week", "UTC", micros("2026-11-22"), micros("2026-11-22"), more=2)
    assert (name_of("week", pages.first), len(pages.begins)) == ("2026-11-16", 4)
    assert name_of("day", -1) == "1969-12-31"


def test_no_calendar_beyond_the_years_that_dates_know():
    with pytest.raises(OptionError, match="9998"):
        calendar("day", "UTC", micros("2026-01-01"), micros("12026-01-01"))


@pytest.mark.parametrize("zone", ["Europe/Amsterdm", "", "../UTC", "nonsense"])
def test_an_unknown_zone_is_told_with_the_nearest(zone):
    with pytest.raises(OptionError, match="time zone") as caught:
        check_zone(zone)
    assert zone != "Europe/Amsterdm" or "'Europe/Amsterdam'" in caught.value.mend
