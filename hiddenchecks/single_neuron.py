"""The hidden tests of lab 1, a single neuron."""

from __future__ import annotations

from typing import Any

import numpy as np

from check import curves
from check.facts import Function, Wrong, close, holds, number
from solutions.activation_point import activation_point as reference_point
from solutions.affine import affine as reference_affine
from solutions.perceptron import perceptron as reference_perceptron
from solutions.sigmoid import sigmoid as reference_sigmoid


def sigmoid(answer: Function) -> None:
    """Random numbers and arrays, the symmetry of the sigmoid, and very large inputs."""
    rng = np.random.default_rng(101)
    for z in [float(draw) for draw in rng.normal(scale=3.0, size=5)]:
        h = number(f"sigmoid({z:.3f})", answer(z))
        close(f"sigmoid({z:.3f})", h, reference_sigmoid(z), rtol=1e-4, atol=1e-6)
    for size in [(1,), (7,), (5, 1), (4, 3), (2, 3, 4)]:
        inputs = rng.normal(scale=3.0, size=size)
        close(
            f"sigmoid of a random array of shape {size}",
            answer(inputs),
            reference_sigmoid(inputs),
            rtol=1e-4,
            atol=1e-6,
        )
    inputs = rng.normal(scale=3.0, size=20)
    holds(
        np.allclose(np.ravel(answer(inputs)) + np.ravel(answer(-inputs)), 1.0, atol=1e-4),
        "sigmoid(z) + sigmoid(-z) must be 1 for every z, but with your function it is not",
    )
    ends = np.ravel(answer(np.array([-700.0, -50.0, 50.0, 700.0])))
    close("sigmoid([-700, -50, 50, 700])", ends, [0.0, 0.0, 1.0, 1.0], atol=1e-6)


def sigmoid_limits(plus: Any, minus: Any) -> None:
    """Both limits, exactly."""
    for name, limit, far in [("limit_plus_infinity", plus, 1000.0), ("limit_minus_infinity", minus, -1000.0)]:
        want = float(reference_sigmoid(far))
        holds(
            not np.isclose(limit, want, rtol=0, atol=1e-4) or abs(limit - want) < 1e-14,
            f"{name} is {limit}. That is close to the limit, as the sigmoid is at a large z, but it is not "
            "the limit: which "
            "number do the values get as close to as you like?",
        )
        holds(
            np.allclose(limit, want, rtol=0, atol=1e-6),
            f"{name} is {limit}, but the sigmoid tends to something else: try sigmoid({far / 100}) and "
            f"sigmoid({far / 10})",
        )


def plot_sig(x: Any, fig: Any) -> None:
    """Every one of the 500 points of both curves."""
    holds(
        np.allclose(np.ravel(x), np.linspace(-5, 5, 500), rtol=0, atol=1e-4),
        "The 500 points of x are not equally spaced",
    )
    functions: dict[str, Function] = {"sigmoid": reference_sigmoid, "tanh": np.tanh}
    for name, curve in functions.items():
        found = curves.seen(fig, curves.drawn(fig), name)
        holds(
            any(np.allclose(points[:, 1], curve(points[:, 0]), rtol=0, atol=1e-4) for points in found),
            f"No curve in fig agrees with the {name} at each of its 500 points",
        )


def affine(answer: Function) -> None:
    """Random inputs, a weight of 0, no bias, whole numbers."""
    rng = np.random.default_rng(102)
    for n in [1, 2, 9, 200]:
        inputs = rng.normal(scale=2.0, size=n)
        w, b = (float(draw) for draw in rng.normal(scale=3.0, size=2))
        what = f"affine of {n} random inputs with w = {w:.3f} and b = {b:.3f}"
        close(what, answer(inputs, w, b), reference_affine(inputs, w, b), rtol=1e-4, atol=1e-4)
    inputs = rng.normal(size=5)
    close("With w = 0 and b = 2.5 the result", answer(inputs, 0.0, 2.5), np.full(5, 2.5), atol=1e-4)
    close("With w = -1 and b = 0 the result", answer(inputs, -1.0, 0.0), -inputs, atol=1e-4)
    h = answer(np.array([-2, -1, 0, 1, 2]), 0.5, 0.25)
    close(
        "affine([-2, -1, 0, 1, 2], 0.5, 0.25)",
        h,
        [-0.75, -0.25, 0.25, 0.75, 1.25],
        atol=1e-4,
        hint="whole numbers must not cut the decimals",
    )


def perceptron(answer: Function) -> None:
    """Random inputs, whole numbers, opposite nodes, a steep node."""
    rng = np.random.default_rng(103)
    for n in [1, 2, 9, 200]:
        inputs = rng.normal(scale=2.0, size=n)
        w, b = (float(draw) for draw in rng.normal(scale=2.0, size=2))
        what = f"perceptron of {n} random inputs with w = {w:.3f} and b = {b:.3f}"
        close(what, answer(inputs, w, b), reference_perceptron(inputs, w, b), rtol=1e-4, atol=1e-6)
    h = answer(np.array([-2, 0, 3]), 0.5, 1.0)
    want = reference_perceptron(np.array([-2.0, 0.0, 3.0]), 0.5, 1.0)
    close("perceptron([-2, 0, 3], 0.5, 1)", h, want, rtol=1e-4, hint="whole numbers must not cut the decimals")
    inputs = rng.normal(size=12)
    both = np.ravel(answer(inputs, 1.7, -0.6)) + np.ravel(answer(inputs, -1.7, 0.6))
    holds(
        np.allclose(both, np.ones(12), atol=1e-4),
        "Two nodes with opposite weights and opposite biases must add up to 1 everywhere, but yours do not",
    )
    h = np.ravel(answer(np.array([-5.0, 5.0]), -100.0, 20.0))
    close("perceptron([-5, 5], -100, 20)", h, [1.0, 0.0], atol=1e-6)


def activation_point(answer: Function) -> None:
    """Random weights and biases: the output there is 1/2."""
    rng = np.random.default_rng(104)
    for w, b in [(1.0, 0.0), (-0.1, -3.0), (8.0, -0.4), *rng.normal(scale=3.0, size=(6, 2)).tolist()]:
        what = f"activation_point({w:.3f}, {b:.3f})"
        point = number(what, answer(w, b))
        output = reference_perceptron(np.array([point]), w, b)
        if not np.allclose(output, 0.5, atol=1e-3):
            raise Wrong(
                f"With w = {w:.3f} and b = {b:.3f} the output at your activation point, x = {point:.4g}, is not 1/2"
            )
        close(what, point, reference_point(w, b), rtol=1e-4, atol=1e-4)
