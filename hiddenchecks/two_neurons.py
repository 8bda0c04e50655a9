"""The hidden tests of lab 2, two neurons."""

from __future__ import annotations

from typing import Any

import numpy as np

from check.facts import Function, close, holds
from solutions.hidden_layer import hidden_layer as reference_layer
from solutions.network import network as reference_network

SIZES = [(1, 1), (1, 4), (6, 1), (3, 3), (5, 2), (2, 7), (40, 3)]  # inputs, nodes
DECIMALS = "whole numbers must not cut the decimals"


def hidden_layer(answer: Function) -> None:
    """Random tables, whole numbers, and one input at a time."""
    rng = np.random.default_rng(201)
    for n, J in SIZES:
        inputs = rng.normal(scale=2.0, size=n)
        weights, biases = rng.normal(scale=2.0, size=(2, J))
        what = f"hidden_layer of {n} random inputs and {J} random nodes"
        close(
            what,
            answer(inputs, weights, biases),
            reference_layer(inputs, weights, biases),
            rtol=1e-4,
            atol=1e-6,
            exact=True,
        )
    want = reference_layer(np.array([-1.0, 0.0, 2.0]), np.array([1.0, -2.0]), np.array([0.0, 1.0]))
    H = answer(np.array([-1, 0, 2]), np.array([1, -2]), np.array([0, 1]))
    close("hidden_layer([-1, 0, 2], w=[1, -2], b=[0, 1])", H, want, rtol=1e-4, hint=DECIMALS, exact=True)
    inputs = rng.normal(size=6)
    weights, biases = rng.normal(size=(2, 4))
    one_by_one = [np.ravel(answer(inputs[i : i + 1], weights, biases)) for i in range(6)]
    holds(
        np.allclose(answer(inputs, weights, biases), one_by_one, rtol=1e-4, atol=1e-6),
        "The outputs for one input must not depend on the other inputs, but with your function they do",
    )


def network(answer: Function) -> None:
    """Random networks, whole numbers, and twice the output weights."""
    rng = np.random.default_rng(202)
    for n, J in SIZES:
        inputs = rng.normal(scale=2.0, size=n)
        weights, biases, output_weights = rng.normal(scale=2.0, size=(3, J))
        output_bias = float(rng.normal())
        arguments = inputs, weights, biases, output_weights, output_bias
        what = f"network of {n} random inputs and {J} random nodes"
        close(what, answer(*arguments), reference_network(*arguments), rtol=1e-4, atol=1e-5)
    whole = [np.array(values) for values in ([-1, 0, 2], [1, -2], [0, 1], [3, -1])]
    x, w, b, w_out = (values.astype(float) for values in whole)
    want = reference_network(x, w, b, w_out, 2.0)
    close("network of whole numbers", answer(*whole, 2), want, rtol=1e-4, hint=DECIMALS)
    inputs = rng.normal(size=8)
    weights, biases, output_weights = rng.normal(size=(3, 3))
    once = np.ravel(answer(inputs, weights, biases, output_weights, 0.0))
    twice = np.ravel(answer(inputs, weights, biases, 2.0 * output_weights, 0.0))
    holds(
        np.allclose(twice, 2.0 * once, rtol=1e-3, atol=1e-5),
        "With b_out = 0, twice the output weights must give twice the output: nothing comes after the linear "
        "combination",
    )


def output_weights(w_out: Any, b_out: Any) -> float:
    """The points for a pair of output weights and an output bias."""
    points = np.linspace(-5.0, 5.0, 500)
    output = reference_network(points, np.array([3.5, -3.5]), np.array([3.5, 3.5]), np.ravel(w_out), np.ravel(b_out))
    error = float(np.mean((output - np.exp(-(points**2))) ** 2))
    holds(error <= 0.05, f"With these output weights the MSE is {error:.3f}, which is more than 0.05")
    return 3.0 if error <= 0.005 else 1.5
