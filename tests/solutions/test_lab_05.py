"""The reference answers of lab 05: gradients against central differences, and training on points in rings."""

from __future__ import annotations

import numpy as np
import pytest

from labs.given import mean_cross_entropy, training_path
from solutions.backprop_batch import backprop_batch
from solutions.choose_network import choose_network
from solutions.deltas import deltas
from solutions.forward_batch import forward_batch
from solutions.initial_parameters import initial_parameters
from solutions.tanh_derivative import tanh_derivative
from solutions.train_network import train_network


@pytest.mark.parametrize("shape", [(), (1,), (6,), (3, 4)])
def test_tanh_derivative_is_the_slope_in_the_shape_of_z(shape: tuple[int, ...]) -> None:
    z = np.random.default_rng(1).normal(scale=2.0, size=shape)
    assert np.shape(tanh_derivative(z)) == shape
    np.testing.assert_allclose(tanh_derivative(z), (np.tanh(z + 1e-6) - np.tanh(z - 1e-6)) / 2e-6, atol=1e-8)


@pytest.mark.parametrize(("n", "D", "J"), [(1, 2, 1), (5, 2, 3), (4, 6, 2)])
def test_gradients_are_what_nudges_do_to_the_loss(n: int, D: int, J: int) -> None:
    rng = np.random.default_rng(n)
    X, y = rng.normal(size=(n, D)), rng.integers(0, 2, size=n)
    parameters = [rng.normal(size=size) for size in ((D, J), (J,), (J,), (1,))]
    for k, gradient in enumerate(backprop_batch(X, y, *parameters)):
        assert gradient.shape == parameters[k].shape
        for place in np.ndindex(*gradient.shape):
            losses = []
            for by in (1e-6, -1e-6):
                moved = [value.copy() for value in parameters]
                moved[k][place] += by
                losses.append(mean_cross_entropy(y, forward_batch(X, *moved)[2]))
            assert gradient[place] == pytest.approx((losses[0] - losses[1]) / 2e-6, abs=1e-7)


def test_deltas_of_one_point() -> None:
    dL_dz2, dL_dZ1 = deltas(np.array([1]), np.array([[0.0, 1.0]]), np.array([0.75]), np.array([2.0, -1.0]))
    np.testing.assert_allclose(dL_dz2, [-0.25])
    np.testing.assert_allclose(dL_dZ1, np.array([[-0.5, 0.25 * float(tanh_derivative(1.0))]]))


def test_start_values_keep_the_spread_of_the_inputs() -> None:
    W_1, b_1, w_2, b_2 = initial_parameters(100, 400, 0)
    assert (W_1.shape, b_1.shape, w_2.shape, b_2.shape) == ((100, 400), (400,), (400,), (1,))
    assert np.std(W_1) == pytest.approx(0.1, rel=0.02)
    assert np.std(w_2) == pytest.approx(0.05, rel=0.15)


def test_training_encloses_the_inner_circle_and_the_validation_set_finds_it() -> None:
    angle, y = np.linspace(0.0, 40.0, 120), np.arange(120) % 2
    X = np.where(y == 1, 0.4, 1.5)[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    start = initial_parameters(2, 8, 0)
    kept = [value.copy() for value in start]
    path = training_path(train_network, start, X, y, [0, 10, 60], 0.5)
    assert all(np.array_equal(now, then) for now, then in zip(start, kept, strict=True))
    assert path[0] is start
    best = choose_network([path[10], path[60], path[0]], X, y)
    assert best is path[60]
    assert np.mean((forward_batch(X, *best)[2] > 0.5) == y) == 1.0


def test_mean_cross_entropy_stays_finite() -> None:
    assert mean_cross_entropy(np.array([1, 0]), np.array([[0.5], [0.5]])) == pytest.approx(np.log(2))
    assert 30 < mean_cross_entropy(np.array([1]), np.array([0.0])) < 40
