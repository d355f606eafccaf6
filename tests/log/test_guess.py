import pytest

from klantreis.log.guess import guess_roles
from klantreis.log.model import Roles, WideEvent


@pytest.mark.parametrize(
    ("columns", "roles"),
    [
        ("visitor_id,ts,event,medium,amount", Roles("visitor_id", "ts", "event", channel="medium", value="amount")),
        ("Klantnummer,Datum,Activiteit,Bedrag", Roles("Klantnummer", "Datum", "Activiteit", value="Bedrag")),
        ("case_id,activity,timestamp,costs,org:resource", Roles("case_id", "timestamp", "activity")),
        ("event_time,event_type,product_id,price,user_id,user_session",
         Roles("user_id", "event_time", "event_type", session="user_session", value="price")),
        ("user_id,session_id,event,timestamp,platform",
         Roles("user_id", "timestamp", "event", session="session_id", channel="platform")),
        ("case:concept:name,concept:name,time:timestamp",
         Roles("case:concept:name", "time:timestamp", "concept:name")),
        ("wanneer,wie,wat", Roles("wie", "wanneer", "wat")),
        ("who,customer,what,status,at", Roles("customer", "at", "status")),
        ("order_customer,contact_datum,event_naam", Roles("order_customer", "contact_datum", "event_naam")),
    ],
)  # fmt: skip
def test_columns_get_the_part_their_name_tells(columns: str, roles: Roles) -> None:
    assert guess_roles(columns.split(",")).roles == roles


def test_what_is_missing_is_told_and_nothing_is_made_up() -> None:
    guess = guess_roles(["a", "b", "datum"])
    assert guess.roles is None
    assert guess.missing == ("person", "event")
    assert guess.found == {"at": "datum"}


def test_a_date_and_a_time_of_day_are_paired_by_what_they_hold() -> None:
    cells = {"Klant": ["a"], "Datum": ["3-10-2026"], "Tijd": ["9:15"], "Actie": ["x"]}
    guess = guess_roles(list(cells), cells)
    assert (guess.found, guess.clock) == ({"person": "Klant", "at": "Datum", "event": "Actie"}, "Tijd")


@pytest.mark.parametrize("cells", [
    {"Klant": ["a"], "Datum": ["3-10-2026 9:15"], "Tijd": ["9:15"], "Actie": ["x"]},
    {"Klant": ["a"], "Datum": ["3-10-2026"], "Tijd": ["12"], "Actie": ["x"]},
])  # fmt: skip
def test_what_is_no_date_and_time_of_day_is_not_paired(cells: dict[str, list[str]]) -> None:
    assert guess_roles(list(cells), cells).clock is None


ORDERS = {
    "Ordernummer": ["1001", "1002"],
    "Klantnummer": ["7", "8"],
    "Status": ["klaar", "open"],
    "Besteldatum": ["1-10-2026", "2-10-2026"],
    "Betaald op": ["1-10-2026 12:00", "3-10-2026 10:00"],
    "verzonden": ["2026-10-04"],
    "Leverdatum": ["5-10-2026"],
    "Geboortedatum": ["1-1-1980"],
    "Orderbedrag": ["€ 1.234,50", "19,95"],
}


def test_a_table_of_orders_has_an_event_for_each_date_and_a_value() -> None:
    guess = guess_roles(list(ORDERS), ORDERS)
    assert guess.found == {"person": "Klantnummer", "value": "Orderbedrag", "id": "Ordernummer"}
    assert guess.missing == ()
    assert [(wide.event, wide.at) for wide in guess.events] == [
        ("besteld", "Besteldatum"),
        ("betaald", "Betaald op"),
        ("verzonden", "verzonden"),
        ("geleverd", "Leverdatum"),
    ]
    assert guess.decimal == ","


def test_english_orders_keep_the_names_of_their_dates() -> None:
    cells = {
        "customer_id": ["1"],
        "order_date": ["2026-10-01"],
        "shipped_at": ["2026-10-02 10:00"],
        "Order Total": ["9.95"],
    }
    guess = guess_roles(list(cells), cells)
    assert [(wide.event, wide.at) for wide in guess.events] == [("order", "order_date"), ("shipped", "shipped_at")]
    assert (guess.found, guess.decimal) == ({"person": "customer_id", "value": "Order Total"}, ".")


def test_a_table_that_says_what_happened_keeps_one_moment_whatever_other_dates_it_has() -> None:
    cells = {"user_id": ["1"], "timestamp": ["2026-10-01 9:00"], "event": ["x"], "signup_date": ["2026-01-01"]}
    guess = guess_roles(list(cells), cells)
    assert (guess.events, guess.clock) == ((), None)
    assert guess.roles == Roles("user_id", "timestamp", "event")


def test_an_order_number_that_repeats_is_no_id() -> None:
    cells = ORDERS | {"Ordernummer": ["1001", "1001"]}
    assert "id" not in guess_roles(list(cells), cells).found


def test_each_date_of_a_table_of_orders_takes_the_time_of_day_that_is_called_alike() -> None:
    cells = {
        "Klantnr": ["1"], "Leverdatum": ["4-10-2026"], "Orderdatum": ["3-10-2026"], "Ordertijd": ["9:15"],
        "Levertijd": ["10:00"], "betaald op": ["2026-10-03 09:20"], "Betaaltijd": ["9:20"],
    }  # fmt: skip
    guess = guess_roles(list(cells), cells)
    assert guess.events == (
        WideEvent("geleverd", "Leverdatum", "Levertijd"),
        WideEvent("besteld", "Orderdatum", "Ordertijd"),
        WideEvent("betaald", "betaald op"),
    )
    assert guess.clock is None
