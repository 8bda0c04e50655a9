"""Records and results as plain data, also those that an earlier version wrote."""

from __future__ import annotations

import pytest

from autograder.model.record import Record, Result, Verdict

RECORD = Record("mini", "scale", "test_scale", Verdict.FAILED, 0.0, 2.0, follows=("square",), carried=("square",))


def test_records_survive_the_way_through_plain_data() -> None:
    data = RECORD.to_dict()
    assert (data["verdict"], data["follows"], data["carried"]) == ("failed", ["square"], ["square"])
    assert type(data["verdict"]) is str
    assert Record.from_dict(data) == RECORD


def test_records_of_an_earlier_version_follow_nothing() -> None:
    data = RECORD.to_dict()
    del data["follows"], data["carried"]
    record = Record.from_dict(data)
    assert (record.follows, record.carried) == ((), ())


def test_results_survive_the_way_through_plain_data() -> None:
    result = Result("ada", "mini", (RECORD,), "{}", answered=("square",), repairs=("A cell was moved.",))
    data = result.to_dict()
    assert data["answered"] == ["square"]
    assert Result.from_dict(data) == result


def test_a_result_that_does_not_say_what_was_answered_is_incomplete() -> None:
    data = Result("ada", "mini", (RECORD,), "{}").to_dict()
    del data["answered"]
    with pytest.raises(KeyError, match="answered"):
        Result.from_dict(data)
