"""What lies beside the notebooks: pictures with sliders, and the same pictures where no slider can be."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure

from labs import given
from solutions.backprop import backprop
from solutions.forward import forward
from solutions.forward_batch import forward_batch
from solutions.initial_parameters import initial_parameters
from solutions.predict_proba import predict_proba
from solutions.train_classifier import train_classifier
from solutions.train_network import train_network
from solutions.update import update

X = np.linspace(-5.0, 5.0, 21)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What is displayed where ipywidgets is not installed."""
    found: list[Any] = []
    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    monkeypatch.setattr("IPython.display.display", found.append)
    return found


def test_a_run_without_widgets_is_one_picture(shown: list[Any]) -> None:
    given.explore_runs(lambda steps, lr: lr * X, X, given.gaussian(X), {0: 1.0, 20000: 0.1, 50000: 0.01})
    assert [type(one) for one in shown] == [Figure]
    left, right = shown[0].axes
    assert left.get_title() == "lr = 0.1, 2000 steps"
    assert [line.get_xdata().max() for line in right.get_lines()] == [20000, 20000, 2000]


def test_a_film_without_widgets_shows_its_end(shown: list[Any]) -> None:
    def outputs(parameters: tuple[Any, ...], x: np.ndarray) -> np.ndarray:
        return np.array([float(np.ravel(forward(point, *parameters)[2])[0]) for point in x])

    start = ([1.0, -1.0], [1.0, 1.0], [1.0, -1.0], [1.0])
    frames = given.descend(backprop, update, X[::4], {"start": start}, lr=0.1, steps=20)
    given.explore_steps(outputs, frames, X[::4])
    left, right = shown[0].axes
    assert left.get_title() == "after 20 steps"
    heights = right.get_lines()[0].get_ydata()
    assert len(heights) == 3
    assert heights[-1] < heights[0]


def test_a_classifier_without_widgets_is_one_picture(shown: list[Any]) -> None:
    points, classes = np.array([[0.0, 4.0], [2.0, 1.0]] * 5), np.array([0, 1] * 5)
    given.explore_epochs(train_classifier, lambda w_1, b_1: [0.5, 0.4, 1.0], predict_proba, points, classes)
    assert [type(one) for one in shown] == [Figure]
    assert shown[0].axes[0].get_title() == "lr = 0.01, 20 epochs"


def test_a_network_without_widgets_is_one_picture(shown: list[Any]) -> None:
    points, classes = np.array([[0.0, 4.0], [2.0, 1.0]] * 5), np.array([0, 1] * 5)
    given.explore_networks(
        train_network,
        initial_parameters,
        lambda parameters: [0.5, 0.4, 1.0],
        lambda X, *parameters: forward_batch(X, *parameters)[2],
        points,
        classes,
    )
    assert [type(one) for one in shown] == [Figure]
    assert shown[0].axes[0].get_title() == "J = 4, lr = 0.5, 200 epochs"


def test_gradients_of_tables_are_listed_by_row_and_column(capsys: pytest.CaptureFixture[str]) -> None:
    table = np.array([[1.0, 2.0], [3.0, 4.0]])
    given.compare_gradients({"W": table}, lambda W: np.sum(W**2) / 2, lambda W: [W])
    assert [line.split() for line in capsys.readouterr().out.splitlines()[1:]] == [
        ["W[0,", "0]", "1.0", "1.0"],
        ["W[0,", "1]", "2.0", "2.0"],
        ["W[1,", "0]", "3.0", "3.0"],
        ["W[1,", "1]", "4.0", "4.0"],
    ]


@pytest.mark.parametrize("values", [(-10.0, 10.0, 0.0), (0, 500, 500, 10), (-3.0, 3.0, 1.0)])
def test_a_slider_is_wide_enough_for_its_steps(values: tuple[float, ...]) -> None:
    slider = given._slider("w", values, True)
    track = int(slider.layout.width.removesuffix("px")) - 200
    assert track >= 2 * (slider.max - slider.min) / slider.step - 1e-6
    assert slider.layout.max_width == "100%"
    assert slider.value == values[2]


def test_a_slider_over_listed_values() -> None:
    slider = given._slider("lr", ([0.01, 0.1, 1.0], 0.1), False)
    assert (slider.value, slider.continuous_update) == (0.1, False)
    assert list(slider.options) == [0.01, 0.1, 1.0]
