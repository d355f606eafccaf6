"""A cluster that is not there is told at once, with what to do."""

from __future__ import annotations

import socket
import sys

import pytest

from klantreis.engines.masters import reached, silent
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


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has so many loopbacks, and lets a call wait")
def test_machines_are_silent_when_none_of_them_says_a_word() -> None:
    with socket.socket() as one, socket.socket() as full:
        one.bind(("127.0.0.1", 0))
        one.listen()
        assert silent({"127.0.0.1": one.getsockname()[1]}) == ""
        assert silent({"127.0.0.1": free_port()}) == "", "a refusal is a word"
        assert silent({}) == ""
        assert silent({"nergens.invalid": 1}) == ""
        # Nobody takes this call: it is one too many for who listens.
        full.bind(("127.0.0.2", 0))
        full.listen(0)
        port = full.getsockname()[1]
        with socket.create_connection(("127.0.0.2", port)):
            assert silent({"127.0.0.2": port}, 0.2) == f"127.0.0.2:{port}: Connection timed out"
            assert silent({"127.0.0.2": port, "127.0.0.1": one.getsockname()[1]}, 0.2) == ""


def test_an_address_that_is_none_is_told_too() -> None:
    for wrong in ("spark://", "spark://127.0.0.1:99999", "spark://nergens.invalid"):
        with pytest.raises(MissingPart):
            reached(wrong)


def test_a_cluster_that_goes_away_half_way_says_so() -> None:
    said = ": java.lang.IllegalStateException: Cannot call methods on a stopped SparkContext.\nThis stopped ..."
    told = fault(said, "spark://a:1")
    assert "went away half way" in str(told)
    assert "Do it again when the master runs" in str(told)
