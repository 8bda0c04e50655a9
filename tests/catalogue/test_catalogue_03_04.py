"""Labs 03 and 04: every mistake is rejected where it was made and nowhere else, every unusual right answer passes."""

from __future__ import annotations

import pytest

from tests.catalogue.catalogue import Entry, all_entries, count_faults, sentence_faults
from tests.catalogue.proof import alternative_faults, mistake_faults, twins, unknown_tests

LABS = {
    "03_backpropagation": ("sigmoid_derivative", "mse", "forward", "backprop", "update", "learning_rate", "train"),
    "04_classification": ("predict_proba", "accuracy", "gradients", "train_classifier", "test_accuracy"),
}
LAB_OF = {exercise: lab for lab, exercises in LABS.items() for exercise in exercises}
MISTAKES = all_entries("mistakes", tuple(LAB_OF))
ALTERNATIVES = all_entries("alternatives", tuple(LAB_OF))


@pytest.mark.parametrize("exercise", LAB_OF)
def test_there_are_enough_of_both(exercise: str) -> None:
    assert count_faults(exercise) == []


@pytest.mark.parametrize("entry", MISTAKES + ALTERNATIVES, ids=str)
def test_sentence_helps_and_does_not_give_the_answer_away(entry: Entry) -> None:
    assert sentence_faults(entry) == []


@pytest.mark.parametrize("exercise", LAB_OF)
def test_each_sentence_belongs_to_one_mistake(exercise: str) -> None:
    sentences = [entry.sentence for entry in all_entries("mistakes", (exercise,))]
    assert len(set(sentences)) == len(sentences)


def test_stated_tests_exist() -> None:
    assert [fault for entry in MISTAKES for fault in unknown_tests(LAB_OF[entry.exercise], entry)] == []


@pytest.mark.parametrize("exercise", LAB_OF)
def test_mistakes_behave_differently(exercise: str) -> None:
    assert twins(LAB_OF[exercise], exercise) == []


@pytest.mark.parametrize("entry", MISTAKES, ids=str)
def test_mistake_is_rejected_in_its_own_exercise_only(entry: Entry) -> None:
    assert mistake_faults(LAB_OF[entry.exercise], entry) == []


@pytest.mark.parametrize("entry", ALTERNATIVES, ids=str)
def test_alternative_passes(entry: Entry) -> None:
    assert alternative_faults(LAB_OF[entry.exercise], entry) == []
