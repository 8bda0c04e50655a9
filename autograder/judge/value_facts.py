"""What can be said of a wrong value where no known mistake fits: facts, which are true whatever the student did.

A fact is told only if no right answer has the same property.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from autograder.judge.compare import numbers

Fact = Callable[[np.ndarray], bool]


def value_fact(name: str, right: Sequence[Any], got: Any) -> str:
    """A sentence about a value, "" if there is nothing to be told.

    Args:
        name: what the value is called.
        right: right values, the reference's first.
        got: the student's.
    """
    known = [array for array in map(numbers, right) if array is not None]
    value = numbers(got)
    if value is None or not known or len(known) < len(right) or value.dtype.kind == "c":
        return ""
    if not any(value.size == array.size for array in known):
        return f"The number of values in `{name}` is {value.size}: it should be {known[0].size}."
    flat = np.ravel(value)
    right_ones = [np.ravel(array) for array in known]
    for holds, of_one, of_several in _FACTS:
        if holds(flat) and not any(holds(array) for array in right_ones):
            return f"`{name}` {of_one}." if flat.size == 1 else f"{of_several} in `{name}`."
    return _signs(name, right_ones, flat)


def _signs(name: str, right: Sequence[np.ndarray], got: np.ndarray) -> str:
    """Which numbers have another sign than in any right answer."""
    if any(array.size != got.size for array in right):
        return ""
    wanted = np.sign(right[0])
    sure = np.all([np.sign(array) == wanted for array in right], axis=0) & (wanted != 0)
    turned = np.flatnonzero(sure & (np.sign(got) == -wanted))
    if not turned.size:
        return ""
    if got.size == 1:
        return f"`{name}` has the wrong sign."
    if turned.size == got.size:
        return f"Every number in `{name}` has the wrong sign."
    return f"Number {turned[0] + 1} of `{name}` has the wrong sign."


_FACTS: tuple[tuple[Fact, str, str], ...] = (
    (lambda array: bool(np.isnan(array).any()), "is no number (nan)", "There is something that is no number (nan)"),
    (lambda array: bool(np.isposinf(array).any()), "is infinite", "There is an infinite number"),
    (lambda array: bool(np.isneginf(array).any()), "is minus infinity", "There is a number that is minus infinity"),
    (lambda array: bool(array.size and not array.any()), "is 0", "There are only zeros"),
)
