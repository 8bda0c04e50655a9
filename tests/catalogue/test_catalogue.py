"""Every mistake is rejected where it was made and nowhere else, and every unusual right answer passes."""

from __future__ import annotations

import pytest

from coursebuild.parse import Role
from tests.catalogue import labtext
from tests.catalogue.catalogue import Entry, all_entries, count_faults, sentence_faults
from tests.catalogue.proof import alternative_faults, mistake_faults, twins, unknown_tests
from tests.catalogue.trial import verdicts

LABS = {
    "01_single_neuron": ("sigmoid", "sigmoid_limits", "plot_sig", "affine", "perceptron", "activation_point"),
    "02_two_neurons": ("hidden_layer", "network", "output_weights"),
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


RESTATED = {
    "lists": "np.asarray(value).tolist()",
    "single precision": "np.float32(value)",
    "columns": "np.reshape(value, (-1, 1))",
    "no needless axis": "np.squeeze(value)",
}
ELEMENTWISE = {"columns", "no needless axis"}  # the shape of the argument is part of what is asked for
KEEPS_SHAPE = {
    "sigmoid_derivative": ELEMENTWISE,
    "sigmoid": ELEMENTWISE,
    "hidden_layer": ELEMENTWISE,
}
VALUES = ("sigmoid_limits", "plot_sig", "output_weights", "learning_rate", "test_accuracy")  # no functions


def restated(lab: str, exercise: str, form: str) -> str:
    """The reference answer, with its result (or each of its results) in another form."""
    answer = next(c.source for c in labtext.lab_cells(lab) if c.role is Role.ANSWER and c.exercise == exercise)
    return (
        f"import numpy as np\n\n{answer}\n"
        f"as_written = {exercise}\n"
        f"def {exercise}(*args, **kwargs):\n"
        f"    result = as_written(*args, **kwargs)\n"
        f"    if isinstance(result, tuple):\n"
        f"        return [{RESTATED[form]} for value in result]\n"
        f"    value = result\n"
        f"    return {RESTATED[form]}\n"
    )


@pytest.mark.parametrize(
    ("exercise", "form"),
    [
        (exercise, form)
        for exercise in LAB_OF
        for form in RESTATED
        if exercise not in VALUES and form not in KEEPS_SHAPE.get(exercise, ())
    ],
)
def test_form_of_a_right_result_does_not_matter(exercise: str, form: str) -> None:
    lab = LAB_OF[exercise]
    problems = verdicts(lab, exercise, restated(lab, exercise, form))
    assert {test: problems[test] for test in labtext.tests_of(lab, exercise) if problems[test]} == {}
