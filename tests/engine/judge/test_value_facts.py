"""What is told of a wrong value is seen in it, and in no right one."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from autograder.judge.value_facts import value_fact
from tests.engine.judge.labs import lab_of, record_of


@pytest.mark.parametrize(
    ("right", "got", "told"),
    [
        ([0.1], -0.3, "`v` has the wrong sign."),
        ([0.1], 0, "`v` is 0."),
        ([0.1], np.inf, "`v` is infinite."),
        ([0.1], -np.inf, "`v` is minus infinity."),
        ([0.1], float("nan"), "`v` is no number (nan)."),
        ([0.1], [1, 2], "The number of values in `v` is 2: it should be 1."),
        ([[1.0, 2.0]], 3, "The number of values in `v` is 1: it should be 2."),
        ([[1.0, 2.0]], [0, 0], "There are only zeros in `v`."),
        ([[1.0, -2.0]], np.array([-3.0, 4.0]), "Every number in `v` has the wrong sign."),
        ([[1.0, 2.0]], (1.0, -2.0), "Number 2 of `v` has the wrong sign."),
        # What some right answer has as well is no fact against this one.
        ([0.1, -0.1], -0.3, ""),
        ([1.0, 0], 0, ""),
        ([[1.0], [1.0, 2.0]], [3.0, 4.0], ""),
        ([1.0], 2.0, ""),
        ([1.0], "1", ""),
        ([None], 1.0, ""),
    ],
)
def test_facts(right: list[Any], got: Any, told: str) -> None:
    assert value_fact("v", right, got) == told


def test_a_fact_is_told_where_many_values_are_right() -> None:
    lab = lab_of("assert 0 < rate < 0.3, 'not in between'", answer="rate = 0.1", compare=False)
    record = record_of(lab, "rate = -0.25")
    assert (record.mistake, record.message) == ("relation: value", "not in between. `rate` has the wrong sign.")
    assert record_of(lab, "rate = 7").message == "not in between."
