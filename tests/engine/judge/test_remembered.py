"""Costly calls are made once, and what they gave is as good as new each time."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from autograder.judge.remembered import Remembered

MADE: list[Any] = []


def scaled(values: Any, factor: float = 2.0) -> Any:
    MADE.append(factor)
    return values * factor


def spoils(values: Any) -> Any:
    MADE.append("spoils")
    values += 1
    return values


@pytest.fixture(autouse=True)
def _nothing_made() -> None:
    MADE.clear()


def wrapped() -> dict[str, Any]:
    return Remembered().wrapped({"scaled": scaled, "spoils": spoils, "one": 1, "sum": np.sum})


def test_the_same_arguments_in_another_form_are_the_same_call() -> None:
    f = wrapped()["scaled"]
    first = f(np.ones(3), 3.0)
    first[:] = 0
    assert f(np.ones(3), factor=3.0).tolist() == f(values=np.ones(3), factor=3.0).tolist() == [3, 3, 3]
    assert MADE == [3.0]
    assert f(np.ones(2), 3.0).tolist() == [3, 3]
    assert len(MADE) == 2


def test_what_changes_its_arguments_or_is_no_plain_data_is_called_each_time() -> None:
    names = wrapped()
    assert names.keys() == {"scaled", "spoils"}
    values = np.zeros(2)
    names["spoils"](values)
    names["spoils"](values)
    assert values.tolist() == [2, 2]
    for _ in range(2):
        assert names["scaled"]("a", 2) == "aa"
        assert names["scaled"](np.float32(2), 2) == 4
    assert MADE.count(2) == 3
    with pytest.raises(TypeError):
        names["scaled"]()
