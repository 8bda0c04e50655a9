"""The checks themselves: each one finds what it is there to find."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from coursebuild.parse import Role
from tests.catalogue import proof
from tests.catalogue.catalogue import Entry, count_faults, entries, sentence_faults
from tests.catalogue.labtext import Cell, lab_cells
from tests.catalogue.proof import alternative_faults, mistake_faults, twins, unknown_tests
from tests.catalogue.trial import Guarded, behaviour, quiet, run_test, same

LAB = "01_single_neuron"
WRONG = Entry(
    kind="mistakes",
    exercise="affine",
    name="bias_lost",
    text="def affine(x, w, b):\n    return w * x\n",
    sentence="Your result does not depend on b. An affine transformation also adds the bias.",
    fails=frozenset(),
    spreads=frozenset({"test_perceptron"}),
)
RIGHT = "def affine(x, w, b):\n    return w * x + b\n"


def test_entries_are_read_with_their_sentence_and_tests() -> None:
    entry = next(entry for entry in entries("mistakes", "affine") if entry.name == "bias_lost")
    assert replace(entry, text=WRONG.text) == WRONG
    assert not entries("mistakes", "no_such_exercise")


def test_missing_entries_are_counted() -> None:
    assert count_faults("no_such_exercise", main=False) == [
        "mistakes/no_such_exercise: 0 of 3",
        "alternatives/no_such_exercise: 0 of 4",
    ]


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("Your result does not depend on b: the bias still has to be added", "full stop"),
        ("The bias is missing.", "too short"),
        ("The bias is missing." * 20, "nobody reads"),
        ("Your bias is missing: what you should return is `w * np.asarray(x) + b`.", "piece of the answer"),
    ],
)
def test_poor_sentences_are_found(sentence: str, fault: str) -> None:
    assert sentence_faults(WRONG) == []
    assert [fault in found for found in sentence_faults(replace(WRONG, sentence=sentence))] == [True]


def test_alternatives_that_state_failing_tests_are_found() -> None:
    assert sentence_faults(replace(WRONG, kind="alternatives")) == ["An alternative fails no test."]


def test_a_mistake_that_passes_is_found() -> None:
    assert mistake_faults(LAB, WRONG) == []
    assert mistake_faults(LAB, replace(WRONG, text=RIGHT)) == [
        "No test of its own exercise rejects it.",
        "It says `# spreads: test_perceptron`, but elsewhere fails nothing.",
    ]


def test_wrong_statements_about_tests_are_found() -> None:
    assert len(mistake_faults(LAB, replace(WRONG, spreads=frozenset()))) == 1
    assert len(mistake_faults(LAB, replace(WRONG, fails=frozenset({"test_affine_other"})))) == 1
    assert unknown_tests(LAB, WRONG) == []
    stated = replace(WRONG, fails=frozenset({"test_sigmoid"}), spreads=frozenset({"test_affine"}))
    assert len(unknown_tests(LAB, stated)) == 2


def test_an_alternative_that_fails_is_found() -> None:
    assert alternative_faults(LAB, replace(WRONG, text=RIGHT)) == []
    assert [fault.split(" ")[0] for fault in alternative_faults(LAB, WRONG)] == ["test_affine", "test_perceptron"]


def test_mistakes_that_no_test_can_tell_apart_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {
        "bias lost": WRONG.text,
        "nothing added": "def affine(x, w, b):\n    return x * w + 0.0\n",
        "nothing returned": "def affine(x, w, b):\n    w * x + b\n",
        "weight lost": "def affine(x, w, b):\n    return x + b\n",
    }
    found = [replace(WRONG, name=name, text=text) for name, text in texts.items()]
    monkeypatch.setattr(proof, "entries", lambda kind, exercise: found)
    assert twins(LAB, "affine") == ["bias lost = nothing added"]


def test_every_reference_answer_passes() -> None:
    for cell in lab_cells(LAB):
        if cell.role is Role.ANSWER:
            assert alternative_faults(LAB, replace(WRONG, exercise=cell.exercise, text=cell.source)) == []


def test_behaviour_tells_answers_apart_and_ignores_how_they_are_written() -> None:
    def does(text: str) -> list[Any]:
        with quiet():
            return list(behaviour(LAB, "affine", text))

    right = does(RIGHT)
    assert same(right, does("affine = lambda x, w, b: b + x * w"), tolerance=1e-6)
    for other in (
        WRONG.text,
        "def affine(x, w, b):\n    x *= w\n    x += b\n    return x",
        "def affine(x, w, b):\n    return np.reshape(w * x + b, (-1, 1))",
        "def affine(x, w, b):\n    raise ValueError",
        "def affine(x, w, b):\n    pass",
        "affin = 1",
        "raise KeyError",
    ):
        assert not same(right, does(other), tolerance=1e-6)


def test_a_changed_argument_fails_and_the_caller_keeps_its_own() -> None:
    def spoil(x: np.ndarray) -> np.ndarray:
        x *= 2
        return x

    x = np.ones(3)
    with pytest.raises(AssertionError, match="changed its arguments"):
        Guarded("spoil", spoil)(x)
    assert x.tolist() == [1, 1, 1]


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("3.0", None),
        ("1.5", "1.5 of 3 points"),
        ("None", None),
        ("assert True\nprint(f())", None),
        ("assert f() == 2, 'f must be 2'\n3.0", "AssertionError: f must be 2"),
        ("missing", "NameError: name 'missing' is not defined"),
    ],
)
def test_a_test_cell_gives_all_points_or_a_problem(source: str, problem: str | None) -> None:
    cell = Cell(Role.TEST, "f", "test_f", source, points=3)
    assert run_test(cell, {"f": lambda: 1}, {"f"}) == problem


def test_same_looks_at_shapes_and_kinds_and_takes_nan_for_nan() -> None:
    assert same([np.array([1.0, np.nan])], (np.array([1.0, np.nan]),))
    assert not same(np.ones(3), np.ones((3, 1)))
    assert not same(1.0, None)
    assert not same({"a": 1}, {"b": 1})
    assert same(np.array([1.0]), np.array([1.0 + 1e-9]), tolerance=1e-6)
    assert not same(np.array([1.0]), np.array([1.0 + 1e-9]))
