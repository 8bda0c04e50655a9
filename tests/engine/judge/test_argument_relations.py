"""A relation between wrong results and the arguments is told where it holds for every call, and never by chance."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autograder.judge.argument_relations import Call, related_to_arguments

X = [np.array([-1.5, 0.5, 2.25]), np.array([0.75, -2.5]), np.array([1.25, -0.5, 3.5, 0.0, -2.0])]
SETTINGS = [(x, w, b) for x in X for w, b in ((2.5, -1.25), (-0.75, 0.5), (1.75, 3.0))]


def affine(x: Any, w: float, b: float) -> Any:
    return w * x + b


def told(student: Callable[..., Any], right: Callable[..., Any] = affine) -> str | None:
    calls = [
        Call(dict(zip(("x", "w", "b"), setting, strict=True)), right(*setting), student(*setting))
        for setting in SETTINGS
    ]
    found = related_to_arguments(calls)
    return found[1] if found else None


def only_first(x: Any, w: float, b: float) -> Any:
    result = w * x
    result[0] += b
    return result


def last_lost(x: Any, w: float, b: float) -> Any:
    result = w * x + b
    result[-1] = 0
    return result


@pytest.mark.parametrize(
    ("student", "begin"),
    [
        (lambda x, w, b: (w * x + b) * b, "Each number is `b` times what it should be:"),
        (lambda x, w, b: (w * x + b) / w, "Each number is what it should be divided by `w`:"),
        (lambda x, w, b: w * x + 2 * b, "Each number is what it should be plus `b`:"),
        (lambda x, w, b: w * x + b + 0.1 * x, "Each number is what it should be plus 0.1 times `x`:"),
        (lambda x, w, b: w * x, "Each number is what it should be minus `b`: is it missing"),
        (lambda x, w, b: w * x - b, "Each number is what it should be minus 2 times `b`: is it subtracted"),
        (lambda x, w, b: w * x + b - 0.5 * sum(x), "Each number is what it should be minus 0.5 times the sum of `x`:"),
        (lambda x, w, b: (w * x + b) / len(x), "Each number is what it should be divided by the number of elements"),
        (lambda x, w, b: (w * x + b) * len(x) / (len(x) - 1), "Each number is as large as if it were divided by one l"),
        (lambda x, w, b: np.clip(w * x + b, -1, 2), "No number is above 2 or below -1, though some should be:"),
        (lambda x, w, b: np.minimum(w * x + b, 2), "No number is above 2, though some should be:"),
        (lambda x, w, b: w * x + b + 0.7 / w, "Each number is what it should be plus 0.7 divided by `w`:"),
        (lambda x, w, b: w * x + b - 2 / b, "Each number is what it should be minus 2 divided by `b`:"),
        (only_first, "The first number is always right, wrong ones come only after it:"),
        (last_lost, "Only the last number is wrong:"),
        (lambda x, w, b: np.where(x < 0, w * x * x + b, w * x + b), "Only where `x` is negative are results wrong"),
        (lambda x, w, b: abs(w) * x + b if b else x, None),
    ],
)
def test_a_relation_is_told(student: Callable[..., Any], begin: str | None) -> None:
    found = told(student)
    assert found is None if begin is None else (found or "").startswith(begin), found


@pytest.mark.parametrize("student", [affine, lambda x, w, b: None, lambda x, w, b: w * x**2 + b, lambda x, w, b: b])
def test_nothing_is_told_in_doubt(student: Callable[..., Any]) -> None:
    assert told(student) is None


def test_few_numbers_tell_nothing() -> None:
    calls = [Call({"x": 2.0}, 3.0, 6.0), Call({"x": 2.0}, 1.5, 3.0)]
    assert related_to_arguments(calls) is None


def test_only_the_last_column_is_wrong() -> None:
    tables = [np.arange(6.0).reshape(2, 3) + 0.5, np.arange(8.0).reshape(4, 2) - 0.25]
    calls = [Call({}, table, np.where(np.arange(table.shape[1]) == table.shape[1] - 1, 0, table)) for table in tables]
    assert related_to_arguments(calls) == (
        "one place wrong",
        "Only the last column is wrong: does a loop leave it out?",
    )
