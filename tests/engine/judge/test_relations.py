"""Where no known mistake fits, a relation between wrong and right results is told if it holds everywhere."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from autograder.judge.relations import ignored, missing_members, relation
from autograder.protocol.codec import encode

RIGHT = [np.array([0.25, -1.5, 3.7, 2.2]), np.array([[1.1, 2.6], [-0.4, 5.5], [0.3, 0.7]]), np.array(2.75)]
ROWS = [np.array([0.25, -1.5, 3.7, 2.2]), np.array([4.5, 0.5])]


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (lambda x: 0 * x, "zero"),
        (lambda x: -x, "sign"),
        (np.trunc, "cut to whole numbers"),
        (lambda x: np.round(x, 1) + 0.0, "rounded"),
        (np.round, "rounded"),
        (lambda x: 1 - x, "one minus"),
        (lambda x: 1 / x, "reciprocal"),
        (lambda x: x**2, "square"),
        (np.exp, "exponential"),
        (lambda x: 1 / (1 + np.exp(-x)), "logistic"),
        (np.tanh, "tanh"),
        (np.abs, "size"),
        (lambda x: x / 2, "factor"),
        (lambda x: 7.3 * x, "factor"),
        (lambda x: x + 0.5, "difference"),
        (lambda x: np.float32(x / 3), "factor"),
        (lambda x: 0 * x + 0.5, "constant"),
    ],
)
def test_relations_are_found(change: Any, name: str) -> None:
    data = [np.round(right, 2) + 0.013 for right in RIGHT]
    found = relation([(right, change(right)) for right in data])
    assert found is not None
    assert found[0] == name


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (lambda x: x[::-1], "reversed"),
        (np.sort, "sorted"),
        (lambda x: x[:-1], "last one missing"),
        (lambda x: x[1:], "first one missing"),
        (lambda x: x[0], "first one only"),
        (np.sum, "summed"),
        (lambda x: x[:, None], "other shape"),
        (lambda x: [*x, 1.0], None),
        (lambda x: np.outer(x, [1, 1]), "repeated"),
        (lambda x: 0 * x + np.sum(x), "sum everywhere"),
        (lambda x: 0 * x + np.mean(x), "mean everywhere"),
        (lambda x: 0 * x + x[0], "first everywhere"),
        (lambda x: 0 * x + x[-1], "last everywhere"),
        (lambda x: 0 * x + np.max(x), "largest everywhere"),
        (np.cumsum, "running sum"),
        (np.mean, "averaged"),
    ],
)
def test_relations_of_rows_are_found(change: Any, name: str | None) -> None:
    found = relation([(right, change(right)) for right in ROWS])
    assert (found[0] if found else None) == name


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (lambda x: x[::-1], "rows reversed"),
        (lambda x: x[:, ::-1], "columns reversed"),
        (lambda x: np.sum(x, axis=1), "row sums"),
        (lambda x: np.sum(x, axis=0), "column sums"),
    ],
)
def test_relations_of_tables_are_found(change: Any, name: str) -> None:
    tables = [np.array([[1.1, 2.6], [-0.4, 5.5], [0.3, 0.7]]), np.array([[0.2, 1.9, 3.3], [4.1, 0.6, -2.5]])]
    found = relation([(right, change(right)) for right in tables])
    assert found is not None
    assert found[0] == name


@pytest.mark.parametrize(("change", "name"), [(lambda p: np.log(p / (1 - p)), "logit"), (np.arctanh, "artanh")])
def test_an_activation_that_is_missing_is_found(change: Any, name: str) -> None:
    shares = [np.array([0.11, 0.83, 0.42]), np.array([0.63, 0.27])]
    found = relation([(right, change(right)) for right in shares])
    assert found is not None
    assert found[0] == name


def test_swapped_rows_and_columns_are_found() -> None:
    found = relation([(RIGHT[1], RIGHT[1].T)])
    assert found is not None
    assert found[0] == "transposed"


@pytest.mark.parametrize(
    "pairs",
    [
        [],
        [(1.0, 2.0)],  # too little to tell
        [(np.array([1.0, 1.0, 2.0]), np.array([0.5, 0.5, 1.0]))],
        [(RIGHT[0], -RIGHT[0]), (RIGHT[1], RIGHT[1])],  # not everywhere
        [(RIGHT[0], RIGHT[0] ** 3)],
        [(RIGHT[0], None)],
        [(RIGHT[0], "text")],
        [(RIGHT[0], [np.nan] * 4)],
        [(RIGHT[0], [np.inf] * 4)],
    ],
)
def test_nothing_is_told_in_doubt(pairs: list[tuple[Any, Any]]) -> None:
    assert relation(pairs) is None


def test_an_argument_without_influence_is_found() -> None:
    def calls(student: Any) -> list[tuple[dict[str, bytes], float, float]]:
        grid = [(x, w) for x in (1.0, 2.0, 3.0) for w in (0.5, -1.0)]
        return [({"x": encode(x), "w": encode(w)}, w * x, student(x, w)) for x, w in grid]

    assert ignored(calls(lambda x, w: 0.5 * x)) == "w"
    assert ignored(calls(lambda x, w: 2 * w)) == "x"
    assert ignored(calls(lambda x, w: w * x + 1)) == ""
    assert ignored(calls(lambda x, w: 0.0)) == "", "neither of them alone is to blame"
    assert ignored(calls(lambda x, w: w * x)) == ""


def test_an_argument_of_small_influence_has_one() -> None:
    """What it does to the right results is told from rounding, what it does to the student's is not."""
    near = [({"x": encode(x), "w": encode(w)}, w * x, w * x - 1.5) for x in (1.0, 1.00015) for w in (1.0, 3.0)]
    assert ignored(near) == ""


@pytest.mark.parametrize(("kept", "name"), [(slice(0, 2), "last"), (slice(1, 3), "first"), (slice(0, 1), None)])
def test_a_missing_result_is_found(kept: slice, name: str | None) -> None:
    found = missing_members([(RIGHT, RIGHT[kept]), (RIGHT[::-1], RIGHT[::-1][kept])])
    assert (found[0] if found else None) == (name and f"{name} result missing")


def test_a_shape_that_is_wrong_for_arrays_only_is_found() -> None:
    found = relation([(ROWS[0], ROWS[0][0]), (ROWS[1], ROWS[1][0]), (np.array(0.7), np.array(0.7))])
    assert found is not None
    assert found[0] == "first one only"


def test_an_argument_is_not_blamed_for_results_that_nothing_changes() -> None:
    """The last number is left out: a single number comes back as 0, whatever is given."""
    single = [(np.array([x]), w) for x in (1.0, 2.0) for w in (0.5, -1.0)]
    rows = [(np.array([x, 2.0]), 0.5) for x in (1.0, 3.0)]
    calls = [({"x": encode(x), "w": encode(w)}, w * x, np.append(w * x[:-1], 0.0)) for x, w in (*single, *rows)]
    assert ignored(calls) == ""


def test_an_argument_is_not_blamed_for_what_is_cut_off() -> None:
    """A relu in place of another function: two negative numbers both give 0."""
    pairs = [(3.0, -0.5), (3.0, -1.0), (1.0, 0.5), (2.0, 0.5)]
    assert ignored([({"x": encode(x), "w": encode(w)}, w * x, max(0.0, w * x)) for x, w in pairs]) == ""
