"""What an exception means, in words that say what to change."""

# Each lambda is a mistake, which mypy would find.
# mypy: ignore-errors
from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from autograder.judge.exceptions import advice
from autograder.sandbox.outcomes import StudentError
from tests.engine.judge.labs import lab_of, record_of

NUMBER: Any = 1.0
ARRAY = np.array([1.0, 2.0, 3.0])


def unbound(x: Any) -> Any:
    if x is None:
        total = 0
    return total + 1


def endless(x: Any) -> Any:
    return endless(x)


def raised(function: Any) -> StudentError:
    """What a function raises."""
    try:
        function()
    except Exception as error:
        kinds = [kind.__name__ for kind in type(error).__mro__]
        return StudentError(kinds[0], kinds, str(error), "")
    raise AssertionError("it raises nothing")


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (lambda: unbound(1), "`total` is a variable of its own"),
        (lambda: exp(1), "write `np.exp`"),  # noqa: F821
        (lambda: wx + 1, "write `w * x`"),  # noqa: F821
        (lambda: sigmiod(1), "There is `sigmoid`, but no `sigmiod`"),  # noqa: F821
        (lambda: unheard_of, "Nothing is stored under the name `unheard_of`"),  # noqa: F821
        (lambda: 1 if ARRAY > 0 else 0, "whole array at once"),
        (lambda: math.exp(ARRAY), "use the one of NumPy"),
        (lambda: math.exp([1.0]), "use the one of NumPy"),
        (lambda: len(1.0), "one number as well as for an array"),
        (lambda: [x + 1 for x in 1.0], "A loop runs over a single number"),
        (lambda: NUMBER[0], "Square brackets stand behind a single number"),
        (lambda: np.float64(1)[0], "Square brackets stand behind a single number"),
        (lambda: np.exp**2, "call it, with its argument in round brackets"),
        (lambda: np.mean[ARRAY], "round brackets, not with square"),
        (lambda: None + 1, "a function without `return` gives None"),
        (lambda: [1, 2] * 1.5, "make it an array first"),
        (lambda: [1] + 2, "make it an array first"),
        (lambda: NUMBER(3), "is a `*` missing"),
        (lambda: unbound(), "called without 'x'"),
        (lambda: unbound(1, 2), "takes 1 argument(s), and 2 are passed"),
        (lambda: unbound(y=2), "No parameter has the name `y`"),
        (lambda: ARRAY + np.ones(2), "do not fit together element by element"),
        (lambda: ARRAY @ np.float64(2), "with a single number write `*`"),
        (lambda: np.ones((2, 3)) @ np.ones((2, 3)), "is one of them transposed"),
        (lambda: np.dot(np.ones((2, 3)), np.ones((2, 3))), "is one of them transposed"),
        (lambda: ARRAY ^ 2, "`^` is no power in Python"),
        (lambda: NUMBER ^ 2, "`^` is no power in Python"),
        (lambda: 2 ** -np.arange(3), "no negative powers"),
        (lambda: ARRAY[7], "one step too far"),
        (lambda: ARRAY[0, 0], "more indices than the array has axes"),
        (lambda: {}["a"], "There is no key 'a'"),
        (lambda: [1, 2].shape, "A list has no `shape`"),
        (lambda: np.expp, "`numpy` has nothing called `expp`"),
        (lambda: 1 / 0, "divided by zero"),
        (lambda: math.exp(1000), "A number grows too large"),
        (lambda: endless(1), "calls itself without end"),
        (lambda: np.array([1, 2]).__iadd__(0.5), "cannot take decimals"),
        (lambda: np.array([[1, 2], [3]]), "parts that have different lengths"),
        (lambda: __import__("no_such_module"), "`no_such_module` is not installed"),
        (lambda: np.loadtxt("no_such_file"), "The file is not there"),
    ],
)
def test_each_kind_has_its_sentence(function: Any, words: str) -> None:
    assert words in advice(raised(function), ("w", "x", "sigmoid"))


@pytest.mark.parametrize(
    "error", [ValueError("own words"), KeyboardInterrupt(), AssertionError("x"), RuntimeError("{0}")]
)
def test_what_is_not_known_is_left_to_python(error: BaseException) -> None:
    kinds = [kind.__name__ for kind in type(error).__mro__]
    assert advice(StudentError(kinds[0], kinds, str(error), "")) == ""


def test_a_hostile_message_does_no_harm() -> None:
    for message in ("name '" + "a" * 100_000 + "' is not defined", "{0.__class__}", "name '{0}' is not defined"):
        for kind in ("NameError", "TypeError", "KeyError"):
            advice(StudentError(kind, [kind], message, ""), ["a"] * 1000)


def test_the_student_reads_it() -> None:
    lab = lab_of("assert task(2.0) == 4, 'no'", answer="def task(x): return x * x")
    assert "write `np.exp`" in record_of(lab, "def task(x): return exp(x)").message
    assert "write `np.sqrt`" in record_of(lab, "y = sqrt(2)\ndef task(x): return x * x").message
