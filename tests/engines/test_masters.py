"""A cluster that is not there is told at once, with what to do."""

from __future__ import annotations

import socket

import pytest

from klantreis.engines.masters import reached
from klantreis.engines.spark_faults import fault
from klantreis.errors import MissingPart
from servers import free_port


@pytest.mark.parametrize("address", ["spark://127.0.0.1:{}", "sc://127.0.0.1:{}/;token=geheim-5", "spark://[::1]:{}"])
def test_a_master_that_is_not_there_is_named_without_a_secret(address: str) -> None:
    port = free_port()
    with pytest.raises(MissingPart) as gone:
        reached(address.format(port))
    assert f":{port}: " in str(gone.value).splitlines()[0]
    assert "Does the master run" in str(gone.value)
    assert "geheim-5" not in str(gone.value)


def test_one_of_several_masters_is_enough_and_other_kinds_are_left_to_spark() -> None:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        one.listen()
        reached(f"spark://127.0.0.1:{free_port()},127.0.0.1:{one.getsockname()[1]}")
        reached(f"sc://127.0.0.1:{one.getsockname()[1]}/;user_id=a")
    for left in ("local[2]", "yarn", "k8s://https://127.0.0.1:1"):
        reached(left)


def test_an_address_that_is_none_is_told_too() -> None:
    for wrong in ("spark://", "spark://127.0.0.1:99999", "spark://nergens.invalid"):
        with pytest.raises(MissingPart):
            reached(wrong)


def test_a_cluster_that_goes_away_half_way_says_so() -> None:
    said = ": java.lang.IllegalStateException: Cannot call methods on a stopped SparkContext.\nThis stopped ..."
    told = fault(said, "spark://a:1")
    assert "went away half way" in str(told)
    assert "Do it again when the master runs" in str(told)
