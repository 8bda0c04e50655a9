"""The hidden tests of lab 5, a hidden layer that learns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from check.facts import Array, Function, close, holds, real, several, shape, shown
from check.hidden_layer_lab import (
    DELTAS,
    FORWARD,
    GRADIENTS,
    PARAMETERS,
    START,
    arrays,
    as_measured,
    identified,
    right_output,
    spread,
)
from hiddenchecks.batches import Training, orders, remainder
from hiddenchecks.once import computed_once
from solutions.backprop_batch import backprop_batch as reference_backprop
from solutions.choose_network import choose_network as reference_choice
from solutions.deltas import deltas as reference_deltas
from solutions.forward_batch import forward_batch as reference_forward
from solutions.tanh_derivative import tanh_derivative as reference_derivative

SIZES = [(1, 2, 1), (1, 2, 4), (5, 2, 1), (3, 3, 3), (4, 2, 2), (7, 5, 3), (40, 2, 6)]  # points, inputs, neurons


def network(rng: np.random.Generator, D: int, J: int) -> tuple[Array, Array, Array, Array]:
    """Random parameters, biases too."""
    return rng.normal(size=(D, J)), rng.normal(size=J), rng.normal(size=J), rng.normal(size=1)


def tanh_derivative(answer: Function) -> None:
    """Random shapes against the reference and against nudges, whole numbers, and far from 0."""
    rng = np.random.default_rng(501)
    for size in [(1,), (7,), (40, 1), (3, 4)]:
        z = rng.normal(scale=2.0, size=size)
        what = f"tanh_derivative of a random array of shape {size}"
        got = close(what, answer(z), reference_derivative(z), rtol=1e-4, atol=1e-6)
        by_nudging = np.squeeze((np.tanh(z + 1e-5) - np.tanh(z - 1e-5)) / 2e-5)
        holds(np.allclose(got, by_nudging, rtol=1e-3, atol=1e-5), "The slope is not what a nudge of z does to tanh(z)")
    close("tanh_derivative([-1, 0, 2])", np.ravel(answer(np.array([-1, 0, 2]))), [0.419974, 1.0, 0.070651], rtol=1e-4)
    far = np.ravel(answer(np.array([-300.0, -30.0, 30.0, 300.0])))
    holds(np.allclose(far, 0.0, atol=1e-6), "Far from 0 the tanh is flat: its slope there is nearly 0")


def forward_batch(answer: Function) -> None:
    """Random networks, one point at a time, and whole numbers."""
    rng = np.random.default_rng(502)
    for n, D, J in SIZES:
        arguments = rng.normal(scale=1.5, size=(n, D)), *network(rng, D, J)
        results = several("forward_batch", answer(*arguments), FORWARD)
        for name, value, want in zip(FORWARD, results, reference_forward(*arguments), strict=True):
            what = f"For {n} random point(s), {D} inputs and {J} neuron(s), {name}"
            close(what, value, want, rtol=1e-4, atol=1e-5, hint="does it use every argument as it is given?")
    X, parameters = rng.normal(size=(5, 2)), network(rng, 2, 3)
    one_by_one = [np.ravel(answer(X[i : i + 1], *parameters)[2])[0] for i in range(5)]
    holds(
        np.allclose(np.ravel(answer(X, *parameters)[2]), one_by_one, rtol=1e-4, atol=1e-6),
        "The output for one point must not depend on the other points of the batch, but with your function it does",
    )
    whole = np.array([[1, 0], [-1, 2]]), *(np.array(values) for values in (((1, -1), (0, 1)), (0, 1), (1, 2), (-1,)))
    wanted = reference_forward(*(values.astype(float) for values in whole))
    for name, value, want in zip(FORWARD, several("forward_batch", answer(*whole), FORWARD), wanted, strict=True):
        close(f"With whole numbers, {name}", value, want, rtol=1e-4, atol=1e-6, hint="they must not cut the decimals")


def deltas(answer: Function, part: str) -> None:
    """Random batches against the reference, points of whose class the network is sure, and nudges."""
    k = DELTAS.index(part)
    rng = np.random.default_rng(503 + k)
    for n, D, J in SIZES:
        X, y, parameters = rng.normal(size=(n, D)), rng.integers(0, 2, size=n), network(rng, D, J)
        for scale in (1.0, 12.0):
            W_1, b_1, w_2, b_2 = parameters[0], parameters[1], scale * parameters[2], parameters[3]
            Z_1, _, p = reference_forward(X, W_1, b_1, w_2, b_2)
            got = several("deltas", answer(y, Z_1, p, w_2), DELTAS)[k]
            want = reference_deltas(y, Z_1, p, w_2)[k]
            close(f"For {n} random point(s) and {J} neuron(s), {part}", got, want, rtol=1e-4, atol=1e-5)
    if part == "dL_dZ1":
        _nudged_inside(answer, rng)


def _nudged_inside(answer: Function, rng: np.random.Generator) -> None:
    """Each element of dL_dZ1 is the rate at which the loss changes with its element of Z_1."""
    Z_1, w_2, y = rng.normal(size=(3, 2)), rng.normal(size=2), np.array([1, 0, 1])

    def loss(Z_1: Array) -> Any:
        p = 1.0 / (1.0 + np.exp(-(np.tanh(Z_1) @ w_2)))
        return -np.mean(np.log(np.where(y == 1, p, 1 - p)))

    slopes = real("dL_dZ1", answer(y, Z_1, 1.0 / (1.0 + np.exp(-(np.tanh(Z_1) @ w_2))), w_2)[1])
    for place in np.ndindex(3, 2):
        nudge = np.zeros((3, 2))
        nudge[place] = 1e-5
        measured = (loss(Z_1 + nudge) - loss(Z_1 - nudge)) / 2e-5
        holds(
            np.isclose(slopes[place], measured, rtol=0.01, atol=1e-4),
            f"When one element of Z_1 is nudged, the loss changes at the rate {measured:.4f}; dL_dZ1 says "
            f"{float(slopes[place]):.4f}",
        )


def backprop_batch(answer: Function, student: Any, part: str) -> None:
    """Random batches against the reference, and against nudges of the student's own network."""
    k = GRADIENTS.index(part)
    rng = np.random.default_rng(510 + k)
    for n, D, J in SIZES:
        X, y, parameters = rng.normal(size=(n, D)), rng.integers(0, 2, size=n), network(rng, D, J)
        value = several("backprop_batch", answer(X, y, *parameters), GRADIENTS)[k]
        got = shape(f"For {n} point(s), {D} inputs and {J} neuron(s), {part}", value, parameters[k].shape)
        want = reference_backprop(X, y, *parameters)[k]
        close(f"For {n} random point(s), {D} inputs and {J} neuron(s), {part}", got, want, rtol=1e-4, atol=1e-5)
        if n < 6:
            as_measured(part, got, student, parameters, X, y)


def initial_parameters(answer: Function) -> None:
    """Shapes, spread for other numbers of inputs, and draws that are independent of one another."""
    for D, J, seed in [(1, 1, 0), (3, 1, 5), (64, 16, 9)]:
        values = several("initial_parameters", answer(D, J, seed), PARAMETERS)
        for name, value, size in zip(PARAMETERS, values, ((D, J), (J,), (J,), (1,)), strict=True):
            array = shape(f"With D = {D} and J = {J}, {name}", value, size, exact=name != "b_2")
            holds(name in ("W_1", "w_2") or not np.any(array), f"With D = {D} and J = {J}, {name} is not zero")
    runs = [answer(4, 64, seed) for seed in range(40)]
    W_1, w_2 = (np.array([np.asarray(run[k], dtype=float) for run in runs]) for k in (0, 2))
    spread("W_1", np.ravel(W_1), 0.5, "D = 4", 0.125)
    spread("w_2", np.ravel(w_2), 0.125, "J = 64", 0.5)
    rows = [*np.moveaxis(W_1, 1, 0).reshape(4, -1), np.ravel(w_2)]  # 2560 independent numbers each
    related = np.max(np.abs(np.corrcoef(rows) - np.eye(5)))
    holds(
        related < 0.12,  # six standard errors
        "The weights of different inputs, or of the two layers, repeat one another: draw all of them with one "
        "generator, one after the other",
    )


def _flat(result: Any, what: str) -> Array:
    values = several("train_network", result, PARAMETERS)
    return np.concatenate(
        [
            np.ravel(shape(f"With {what}, {name}", value, np.shape(begin)))
            for name, value, begin in zip(PARAMETERS, values, START, strict=True)
        ]
    )


@computed_once
def _walk(points: Array, classes: Array, batches: Sequence[Iterable[int]], lr: float) -> Array:
    parameters = arrays(START)
    for rows in batches:
        slopes = reference_backprop(points[list(rows)], classes[list(rows)], *parameters)
        parameters = tuple(value - lr * slope for value, slope in zip(parameters, slopes, strict=True))
    return np.concatenate([np.ravel(value) for value in parameters])


def train_network(answer: Function) -> None:
    """One batch, tiny steps, orders, a remainder, another network, and a fit."""
    rng = np.random.default_rng(520)

    def run(points: Array, classes: Array, epochs: int, size: int, lr: float, seed: int) -> Array:
        return _flat(answer(points, classes, arrays(START), epochs, size, lr, seed), f"{len(points)} point(s)")

    _one_batch(run, rng)
    for n, size, epochs in [(40, 10, 5), (200, 50, 6)]:
        points, classes = _clouds(rng, n)
        want = _walk(points, classes, [range(n)] * (epochs * n // size), 1e-5)
        got, start = run(points, classes, epochs, size, 1e-5, 8), _walk(points, classes, [], 0.0)
        holds(  # three times as wide as any order needs
            np.max(np.abs(got - want)) < 0.03 * np.max(np.abs(want - start)),
            f"{epochs} epochs over {n} points in batches of {size} with lr = 0.00001 change the parameters by "
            f"{shown((want - start) * 1e5)} times 0.00001 in whatever order, but yours change by "
            f"{shown((got - start) * 1e5)}: take a step with each batch, and every point once in each epoch",
        )
    training = Training(run, _walk, lr=1.5)
    orders(training, rng)
    remainder(training)
    _other_network(answer, rng)


def _one_batch(run: Any, rng: np.random.Generator) -> None:
    """All points in one batch: every step is known, in whatever order the points come."""
    for n, epochs, lr in [
        (1, 1, 0.3),
        (1, 4, 0.1),
        (5, 1, 0.7),
        (12, 3, 0.5),
        (6, 25, 0.2),
        (4, 2, 0.0),
        (30, 160, 8e-3),
    ]:
        points, classes = rng.normal(size=(n, 2)), rng.integers(0, 2, size=n)
        got, want = run(points, classes, epochs, n, lr, 5), _walk(points, classes, [range(n)] * epochs, lr)
        holds(
            np.allclose(got, want, rtol=1e-3, atol=1e-4),
            f"With {n} point(s) in one batch, {epochs} epoch(s) and lr = {lr:.4f}, all parameters in one row should be "
            f"{shown(want)}, but they are {shown(got)}",
        )


def _clouds(rng: np.random.Generator, n: int) -> tuple[Array, Array]:
    classes = rng.integers(0, 2, size=n)
    return rng.normal(size=(n, 2)) + np.where(classes[:, None] == 1, [2.0, -1.0], [-1.0, 2.0]), classes


def _other_network(answer: Function, rng: np.random.Generator) -> None:
    """A network of another size learns a ring: no line does that."""
    angle, classes = rng.uniform(0.0, 2 * np.pi, size=80), np.arange(80) % 2
    points = np.where(classes == 1, 0.3, 2.0)[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    parameters = (rng.normal(size=(2, 6)), np.zeros(6), rng.normal(size=6) / 2, np.zeros(1))
    values = several("train_network", answer(points, classes, parameters, 60, 8, 0.5, 3), PARAMETERS)
    trained = [
        np.reshape(real(name, value), begin.shape)
        for name, value, begin in zip(PARAMETERS, values, parameters, strict=True)
    ]
    share = np.mean((right_output(points, trained) > 0.5) == classes)
    holds(share > 0.95, f"After 60 epochs on a ring around a disc, only {share:.2f} of the decisions are right")


def choose_network(answer: Function) -> None:
    """Random networks of different widths."""
    rng = np.random.default_rng(530)
    for count in (1, 2, 3, 5, 5, 5, 8):
        D = int(rng.integers(2, 5))
        given = [network(rng, D, int(rng.integers(1, 6))) for _ in range(count)]
        X, y = rng.normal(size=(30, D)), rng.integers(0, 2, size=30)
        got = identified(several("choose_network", answer(given, X, y), PARAMETERS), given)
        best = identified(reference_choice(given, X, y), given)
        holds(
            got == best,
            f"Of {count} random networks, number {best + 1} has the lowest validation loss, and choose_network "
            f"returned number {got + 1}",
        )
