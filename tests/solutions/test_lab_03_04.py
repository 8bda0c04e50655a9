"""The reference answers of labs 03 and 04: gradients against central differences, shapes, extreme inputs."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

import solutions.test_accuracy as data
from check.classification import FITTED, ON_TEST_SET, TEST, TRAINING, lab_points
from hiddenchecks.classification import _path
from labs.given import gaussian
from solutions.accuracy import accuracy
from solutions.backprop import backprop
from solutions.forward import forward
from solutions.gradients import gradients
from solutions.learning_rate import lr_small
from solutions.mse import mse
from solutions.predict_proba import predict_proba
from solutions.sigmoid import sigmoid
from solutions.sigmoid_derivative import sigmoid_derivative
from solutions.train import train
from solutions.train_classifier import train_classifier
from solutions.update import update

START = (np.array([1.0, -1.0]), np.array([1.0, 1.0]), np.array([1.0, -1.0]), np.array([1.0]))
Parameters = tuple[np.ndarray, ...]


def random_parameters(rng: np.random.Generator) -> Parameters:
    """Parameters of a 1-2-1 network."""
    return tuple(rng.normal(size=size) for size in (2, 2, 2, 1))


def central_differences(loss: Callable[[Parameters], float], parameters: Parameters) -> Parameters:
    """Gradient of loss by nudging each number of each parameter."""
    found = []
    for k, parameter in enumerate(parameters):
        gradient = np.zeros(parameter.shape)
        for j in range(parameter.size):
            up, down = ([array.copy() for array in parameters] for _ in range(2))
            up[k][j] += 1e-6
            down[k][j] -= 1e-6
            gradient[j] = (loss(tuple(up)) - loss(tuple(down))) / 2e-6
        found.append(gradient)
    return tuple(found)


def miss_after_step(lr: float) -> float:
    """Distance from output to target for x = 1 after one step from the start values."""
    target = float(gaussian(1.0))
    moved = update(START, backprop(1.0, target, *START), lr)
    return float(abs(forward(1.0, *moved)[2][0] - target))


@pytest.mark.parametrize("shape", [(), (1,), (6,), (3, 4)])
def test_sigmoid_derivative_is_the_slope_in_the_shape_of_z(shape: tuple[int, ...]) -> None:
    z = np.random.default_rng(1).normal(scale=3.0, size=shape)
    assert np.shape(sigmoid_derivative(z)) == shape
    np.testing.assert_allclose(sigmoid_derivative(z), (sigmoid(z + 1e-6) - sigmoid(z - 1e-6)) / 2e-6, atol=1e-8)


def test_sigmoid_derivative_is_zero_far_out_and_warns_of_nothing() -> None:
    with np.errstate(all="raise", under="ignore"):
        np.testing.assert_allclose(sigmoid_derivative(np.array([-1e4, -800.0, 800.0, 1e4])), 0.0, atol=1e-300)


def test_mse_of_the_best_constant_is_the_variance() -> None:
    f = gaussian(np.linspace(-5.0, 5.0, 500))
    assert mse(f, np.full(f.shape, f.mean())) == pytest.approx(0.09379, abs=1e-5)
    assert mse(f, f) == 0.0


def test_forward_from_the_start_values() -> None:
    z_1_2, h_1_2, z_3 = forward(1.0, *START)
    assert (z_1_2.shape, h_1_2.shape, z_3.shape) == ((2,), (2,), (1,))
    np.testing.assert_allclose(h_1_2, [0.880797, 0.5], atol=1e-6)
    np.testing.assert_allclose(z_3, [1.380797], atol=1e-6)


def test_forward_survives_extreme_inputs() -> None:
    for x in (-1e6, 0.0, 1e6):
        assert all(np.isfinite(value).all() for value in forward(x, *START))


@pytest.mark.parametrize("seed", range(10))
def test_backprop_agrees_with_central_differences(seed: int) -> None:
    rng = np.random.default_rng(seed)
    x, y = (float(value) for value in rng.uniform(-3, 3, size=2))
    parameters = random_parameters(rng)
    measured = central_differences(lambda p: float((forward(x, *p)[2][0] - y) ** 2), parameters)
    for gradient, parameter, nudged in zip(backprop(x, y, *parameters), parameters, measured, strict=True):
        assert gradient.shape == parameter.shape
        np.testing.assert_allclose(gradient, nudged, rtol=1e-5, atol=1e-7)


def test_update_goes_downhill_and_leaves_the_old_parameters() -> None:
    rng = np.random.default_rng(2)
    parameters, slopes = random_parameters(rng), random_parameters(rng)
    before = [parameter.copy() for parameter in parameters]
    for new, old, kept, slope in zip(update(parameters, slopes, 0.1), parameters, before, slopes, strict=True):
        np.testing.assert_array_equal(old, kept)
        np.testing.assert_allclose(new, old - 0.1 * slope)


def test_learning_rates_as_the_lab_tells_them() -> None:
    assert miss_after_step(lr_small) < miss_after_step(0.0)
    assert miss_after_step(0.1) ** 2 == pytest.approx(0.326, abs=1e-3)
    assert miss_after_step(0.5) ** 2 == pytest.approx(1.509, abs=1e-3)
    assert miss_after_step(1.0) ** 2 == pytest.approx(12.39, abs=1e-2)
    assert miss_after_step(0.45) < miss_after_step(0.0) < miss_after_step(0.46)


def test_train_without_steps_is_the_start_and_with_one_is_one_step() -> None:
    for parameter, start in zip(train(np.array([0.5]), 0, 0.1, 0), START, strict=True):
        np.testing.assert_array_equal(parameter, start)
    step = update(START, backprop(0.5, float(gaussian(0.5)), *START), 0.1)
    for parameter, want in zip(train(np.array([0.5]), 1, 0.1, 0), step, strict=True):
        np.testing.assert_allclose(parameter, want)


@pytest.mark.parametrize("seed", range(3))
def test_train_learns_the_gaussian(seed: int) -> None:
    points = np.linspace(-5.0, 5.0, 500)
    parameters = train(points, 5000, 0.05, seed)
    again = train(points, 5000, 0.05, seed)
    assert all(np.array_equal(one, two) for one, two in zip(parameters, again, strict=True))
    out = np.array([forward(x, *parameters)[2][0] for x in points])
    assert mse(gaussian(points), out) < 0.01


def test_predict_proba_has_one_number_a_point_also_far_out() -> None:
    for n in (1, 2, 50):
        assert predict_proba(np.ones((n, 2)), np.ones(2), np.ones(1)).shape == (n,)
    far = predict_proba(np.array([[-1e5, 0.0], [1e5, 0.0]]), np.ones(2), np.ones(1))
    np.testing.assert_array_equal(far, [0.0, 1.0])


def test_accuracy_counts_one_half_as_class_0() -> None:
    assert accuracy(np.array([0, 1, 1, 0]), np.array([0.5, 0.5, 0.9, 0.6])) == 0.5


@pytest.mark.parametrize("n", [1, 2, 10, 50])
def test_gradients_agree_with_central_differences(n: int) -> None:
    rng = np.random.default_rng(n)
    X, y, w_1, b_1 = rng.normal(size=(n, 2)), rng.integers(0, 2, size=n), rng.normal(size=2), rng.normal(size=1)

    def loss(parameters: Parameters) -> float:
        p = predict_proba(X, *parameters)
        return float(-np.sum(np.log(np.where(y == 1, p, 1 - p))))

    dL_dw1, dL_db1 = gradients(X, y, w_1, b_1)
    assert dL_dw1.shape == (2,)
    assert np.ndim(dL_db1) == 0
    measured = central_differences(loss, (w_1, b_1))
    np.testing.assert_allclose(dL_dw1, measured[0], rtol=1e-5, atol=1e-7)
    np.testing.assert_allclose(dL_db1, measured[1][0], rtol=1e-5, atol=1e-7)


def test_train_classifier_takes_the_points_left_over_and_keeps_the_arrays() -> None:
    X, y = np.array([[1.0, 2.0], [3.0, -1.0], [0.0, 4.0]]), np.array([0, 1, 0])
    kept = X.copy(), y.copy()
    w_1, b_1 = train_classifier(X, y, 0, 2, 0.1, 0)
    assert (w_1.tolist(), b_1.tolist()) == ([1.0, 1.0], [1.0])
    one_batch = train_classifier(X, y, 1, 5, 0.1, 0)[0]
    np.testing.assert_allclose(one_batch, np.ones(2) - 0.1 * gradients(X, y, np.ones(2), np.ones(1))[0])
    np.testing.assert_array_equal(X, kept[0])
    np.testing.assert_array_equal(y, kept[1])


def test_the_classifier_settles_where_the_lab_says() -> None:
    untrained = accuracy(data.y_test, predict_proba(data.X_test, np.ones(2), np.ones(1)))
    assert untrained == pytest.approx(0.45)
    assert data.test_accuracy == pytest.approx(0.95)
    for seed in range(3):
        w_1, b_1 = train_classifier(data.X_train, data.y_train, 100, 10, 0.01, seed)
        assert 0.94 <= accuracy(data.y_test, predict_proba(data.X_test, w_1, b_1)) <= 0.97


def test_the_checks_make_the_same_data_as_scikit_learn() -> None:
    points, labels = lab_points()
    for part, wanted in ((TEST, (data.X_test, data.y_test)), (TRAINING, (data.X_train, data.y_train))):
        np.testing.assert_array_equal(points[part], wanted[0])
        np.testing.assert_array_equal(labels[part], wanted[1])
    ordered = np.argsort(np.random.RandomState(42).permutation(500))
    np.testing.assert_array_equal(points[ordered], data.X)
    np.testing.assert_array_equal(labels[ordered], data.y)


def test_numbers_in_the_check_of_test_accuracy() -> None:
    """They stand there because how to compute them is what the lab asks for."""
    from sklearn.linear_model import LogisticRegression

    points, classes = lab_points()
    model = LogisticRegression().fit(points[TRAINING], classes[TRAINING])
    np.testing.assert_allclose([*model.coef_[0], *model.intercept_], FITTED, atol=0.01)
    path = _path(points[TEST], classes[TEST])
    assert path.keys() == ON_TEST_SET.keys()
    np.testing.assert_allclose([*path.values()], [*ON_TEST_SET.values()], atol=0.002)
