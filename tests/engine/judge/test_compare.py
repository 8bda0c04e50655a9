"""When two results say the same."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.judge.compare import ABSOLUTE, RELATIVE, agree
from autograder.protocol.codec import Function, Opaque

NAN = float("nan")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, 1.0),
        (0.5, np.float32(0.5)),
        (1, np.array(1.0)),
        (True, 1),
        ([1, 2], np.array([1.0, 2.0])),
        ((1, [2, 3]), [1, (2.0, 3.0)]),
        (NAN, NAN),
        ([1, NAN, np.inf], [1, NAN, np.inf]),
        (1 / 3, np.float32(1 / 3)),
        ([1e6, 1e-3], [1e6, 1e-3 + 1e-2]),
        (None, None),
        ("a", "a"),
        ({"a": [1]}, {"a": (1.0,)}),
        (2**70, 2**70),
        (Opaque("generator"), Opaque("generator", "other")),
        (Function("f"), Function("g")),
        (np.array(["a"]), np.array(["a"])),
    ],
)
def test_same(one: Any, other: Any) -> None:
    assert agree(one, other)
    assert agree(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, 1.01),
        (0.0, 1e-3),
        (1, None),
        (0, None),
        (1, "1"),
        (1, 1j),
        ([1, 2], [1, 2, 3]),
        (np.zeros((3,)), np.zeros((3, 1))),
        (np.zeros((3,)), 0.0),
        (NAN, 0.0),
        (np.inf, -np.inf),
        (np.inf, 1e308),
        ([], 0),
        ([], None),
        ([[1], [2, 3]], [[1], [2, 4]]),
        (Opaque("map"), Opaque("generator")),
        ({"a": 1}, {"b": 1}),
        ("a", b"a"),
        (2**70, 2**71),
    ],
)
def test_different(one: Any, other: Any) -> None:
    assert not agree(one, other)
    assert not agree(other, one)


ODD = st.sampled_from([0.0, 1.0, -1.0, 1.00009, 1.0002, 1e-9, 2e-9, 1e6, 1e6 + 1.5, np.inf, -np.inf, NAN])
PAIRS = st.lists(st.tuples(ODD, ODD), min_size=1, max_size=4)


@given(PAIRS)
def test_numbers_agree_as_numpy_says(pairs: list[tuple[float, float]]) -> None:
    ours, theirs = np.array(pairs).T
    for one, other in [(ours, theirs), (ours[0], theirs[0])]:
        largest = np.max(np.abs(one)[np.isfinite(one)], initial=0.0)
        near = np.allclose(other, one, rtol=RELATIVE, atol=ABSOLUTE + 1e-6 * largest, equal_nan=True)
        assert agree(one, other) == near


def test_lenient_ignores_axes_of_length_one() -> None:
    assert agree(np.zeros((3, 1)), np.zeros(3), lenient=True)
    assert not agree(np.zeros((3, 3)), np.zeros(3), lenient=True)
