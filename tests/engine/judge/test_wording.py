"""Sentences: short whatever the value is."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from autograder.judge import messages
from autograder.protocol.codec import Function, Opaque
from autograder.sandbox.outcomes import StudentError

NESTED: Any = 1
for _ in range(30):
    NESTED = [NESTED] * 6


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "None"),
        (0.1 + 0.2, "0.3"),
        (np.float32(0.1), "0.1"),
        (np.int64(3), "3"),
        (True, "True"),
        ("a" * 10**6, None),
        (b"a" * 10**6, None),
        (10**4000, None),
        (10**5000, None),
        (list(range(10**6)), "a list of 1000000 elements"),
        (dict.fromkeys(range(10**5)), "a dict of 100000 elements"),
        ((1, [2.5]), "(1, [2.5])"),
        (np.array([1.0, np.nan]), "[1, nan]"),
        (np.array(2.5), "2.5"),
        (np.zeros((2, 0)), "[]"),
        (np.zeros((40, 3)), "an array of shape (40, 3)"),
        (np.array(["a"]), "an array of str32 of shape (1,)"),
        (Opaque("generator"), "an object of type generator"),
        (Function("f"), "a function (f)"),
        (NESTED, None),
        ({"a": "x" * 10**6}, None),
    ],
    ids=lambda value: type(value).__name__,
)
def test_values_in_a_few_words(value: Any, text: str | None) -> None:
    told = messages.describe(value)
    assert len(told) <= messages.MAX_VALUE + 20
    assert text is None or told == text


def test_sentences_join_as_sentences() -> None:
    told = messages.joined(["one", "", " two.", "is it\n  three?", "four)"])
    assert told == "one. two. is it three? four)"
    assert len(messages.joined(["x" * 5000])) == messages.MAX_SENTENCE


@pytest.mark.parametrize(
    ("sentence", "value", "said"),
    [
        ("it should be 9, yours gives 27", 27, True),
        ("it should be 9, yours gives 27", 26, False),
        ("yours is [ 0.97943603 -0.93645813]", np.array([0.97943603, -0.93645813]), True),
        ("yours is 0.97", np.array([0.97943603, -0.93645813]), False),
        ("x is '0.1': a number, please", "0.1", True),
        ("x is wrong", "0.1", False),
        ("x is None", None, True),
        ("at 1e-05", 1e-5, True),
        ("many 1 2 3", np.zeros(100), False),
    ],
)
def test_what_is_said_already(sentence: str, value: object, said: bool) -> None:
    assert messages.already_said(sentence, value) is said


@pytest.mark.parametrize(
    ("trace", "line", "told"),
    [
        ("Cell In[3], line 2, in f\n    x = 1/0\nE: m", "x = 1/0", "In your cell, line 2: `x = 1/0` raised E: m."),
        ("Cell In[3], line 2\nhelper.py, line 9, in g\nE: m", "y", "In helper.py, line 9: `y` raised E: m."),
        ("E: m, line 7", None, "`f` raised E: m."),
        ("", "y", "`f` raised E: m."),
        (", line 1" * 100_000, "y", "`f` raised E: m."),
    ],
)
def test_exceptions_name_the_students_line(trace: str, line: str | None, told: str) -> None:
    assert messages.raised(StudentError("E", [], "m", trace, line), "f") == told


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Function("mean", "(axis=..., **kwargs)"), "the function mean (is () missing after it?)"),
        (Opaque("generator"), "<generator>"),
    ],
)
def test_a_test_may_print_a_value_that_stays_with_the_student(value: object, text: str) -> None:
    assert repr(value) == text


def test_a_function_in_place_of_a_number_may_lack_its_brackets() -> None:
    got = Function("mean", "(axis=...)")
    told = "expected 3, got a function (mean): are the brackets `()` after it missing?"
    assert messages.difference("", 3.0, got) == told
    assert messages.call_differs("mse", {"y": 1.0}, told) == f"`mse` with y = 1: {told}"
    assert messages.other_kind(3.0, got) == "expected a number, got a function: are the brackets `()` after it missing?"
    assert messages.value_differs("x", "expected 3, got 4") == "`x`: expected 3, got 4."


def test_no_sentence_tells_an_address() -> None:
    """It is another one in each run, and records of equal work are equal."""
    assert messages.joined(["but it is <generator object <genexpr> at 0x7f3786f70ba0>."]) == (
        "but it is <generator object <genexpr>>."
    )
