"""Ids, points and names of the exercises: what instructors, gradebooks and other courses rely on."""

from __future__ import annotations

from collections import defaultdict

import pytest

from coursebuild.answers import defined_names
from tests.notebooks.conftest import LABS, read

# lab -> exercise -> (points, names that the student's answer defines); None: a person grades it
EXERCISES: dict[str, dict[str, tuple[float, list[str] | None]]] = {
    "01_single_neuron": {
        "sigmoid": (2, ["sigmoid"]),
        "sigmoid_limits": (1, ["limit_plus_infinity", "limit_minus_infinity"]),
        "plot_sig": (2, ["x", "fig"]),
        "observe_activations": (1, None),
        "affine": (2, ["affine"]),
        "perceptron": (2, ["perceptron"]),
        "activation_point": (1, ["activation_point"]),
        "observe_weights": (1, None),
    },
    "02_two_neurons": {
        "hidden_layer": (3, ["hidden_layer"]),
        "network": (3, ["network"]),
        "output_weights": (3, ["w_out", "b_out"]),
        "observe_two_neurons": (1, None),
    },
    "03_backpropagation": {
        "sigmoid_derivative": (1, ["sigmoid_derivative"]),
        "mse": (1, ["mse"]),
        "forward": (3, ["forward"]),
        "backprop": (6, ["backprop"]),
        "update": (1, ["update"]),
        "learning_rate": (1, ["lr_small"]),
        "train": (3, ["train"]),
    },
    "04_classification": {
        "predict_proba": (2, ["predict_proba"]),
        "accuracy": (1, ["accuracy"]),
        "gradients": (3, ["gradients"]),
        "train_classifier": (3, ["train_classifier"]),
        "test_accuracy": (2, ["test_accuracy"]),
        "observe_classifier": (1, None),
    },
}
BACKPROP = {"test_backprop_dL_dw1": 2, "test_backprop_dL_db1": 1, "test_backprop_dL_dw2": 2, "test_backprop_dL_db2": 1}
GIVEN = {
    "01_single_neuron": {"np", "plt", "pd", "gaussian"},
    "02_two_neurons": {"np", "plt", "pd", "gaussian", "sigmoid"},
    "03_backpropagation": {"np", "plt", "pd", "gaussian", "sigmoid", "X"},
    "04_classification": {"np", "plt", "pd", "sigmoid", "X", "y", "X_train", "X_test", "y_train", "y_test"},
}


def test_labs() -> None:
    assert list(EXERCISES) == LABS


@pytest.mark.parametrize("kind", ["source", "release"])
def test_exercises(lab: str, kind: str) -> None:
    """Ids in the lab's order, points by exercise, and what grades them."""
    points: dict[str, float] = defaultdict(float)
    written = []
    for cell in read(kind, lab).cells:
        nbgrader = cell.metadata.get("nbgrader", {})
        exercise = cell.metadata.autograder.get("exercise")
        if nbgrader.get("solution"):
            assert nbgrader.grade_id == exercise
            points[exercise] += nbgrader.get("points", 0)
            if nbgrader.grade:
                assert cell.cell_type == "markdown"
                written.append(exercise)
        elif nbgrader.get("grade"):
            assert nbgrader.grade_id == f"test_{exercise}" or nbgrader.grade_id.startswith(f"test_{exercise}_")
            points[exercise] += nbgrader.points
    assert dict(points) == {name: worth for name, (worth, _) in EXERCISES[lab].items()}
    assert list(points) == list(EXERCISES[lab])
    assert written == [name for name, (_, names) in EXERCISES[lab].items() if names is None]


def test_names_of_answers(lab: str) -> None:
    cells = {cell.id: cell.source for cell in read("source", lab).cells}
    for exercise, (_, names) in EXERCISES[lab].items():
        assert names is None or set(names) <= set(defined_names(cells[exercise]))


def test_parts_of_backprop() -> None:
    cells = read("source", "03_backpropagation").cells
    parts = {cell.id: cell.metadata.nbgrader.points for cell in cells if cell.id.startswith("test_backprop")}
    assert parts == BACKPROP


def test_set_up_cells_give_what_earlier_labs_made(lab: str) -> None:
    """Each lab stands alone: before its first exercise it has what it needs."""
    given: set[str] = set()
    for cell in read("release", lab).cells:
        if cell.metadata.autograder.get("role") == "answer":
            break
        if cell.cell_type == "code":
            given |= set(defined_names(cell.source))
    assert given >= GIVEN.get(lab, set())
