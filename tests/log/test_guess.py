import pytest

from klantreis.log.guess import guess_roles
from klantreis.log.model import Roles


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
