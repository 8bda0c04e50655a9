"""Parts of a result that are the arguments' own: found, put back, and never believed blindly."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from autograder.protocol import codec
from autograder.protocol.aliases import aliases_in, substituted


def crossed(value: Any) -> Any:
    return codec.decode(codec.encode(value))


def test_what_is_the_same_stays_the_same() -> None:
    rows, array = [[1], [2]], np.arange(6.0).reshape(2, 3)
    result = {"rows": rows, "last": rows[1], "new": [1], "column": array[:, 1]}
    found = aliases_in(result, {0: rows, "array": array})
    mine, my_array = crossed(rows), crossed(array)
    made = substituted(crossed(result), crossed(found), {0: mine, "array": my_array})
    assert made["rows"] is mine
    assert made["last"] is mine[1]
    assert made["new"] is not mine[0]
    made["column"][0] = 9
    assert my_array[0, 1] == 9


def test_copies_are_told_nothing_of() -> None:
    rows, array = [[1], [2]], np.arange(6.0)
    result = ([list(row) for row in rows], array.copy(), "text", (1, 2))
    assert aliases_in(result, {0: rows, 1: array, 2: "text", 3: (1, 2)}) == []


@pytest.mark.parametrize(
    "told",
    [
        [((0,), (5,), ())],
        [((9,), (0,), ())],
        [((0,), (0, 0, 0), ())],
        [(("a",), (0,), ())],
        [((0,), ("b",), (10**9, (3,), (8,)))],
        [((0,), ("b",), (0, (10**9,), (8,)))],
        [((0,), ("b",), (0, "x", None))],
        [((), (0,), ())],
        [((0,), (), ())],
    ],
)
def test_odd_aliases_are_passed_over(told: Any) -> None:
    arguments = {0: {"a": 1}, "b": np.arange(3.0)}
    assert substituted([[1], np.arange(3.0)], told, arguments)[0] == [1]
