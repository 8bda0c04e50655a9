"""The hidden tests of lab 4, classification."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from check.classification import (
    TEST,
    TRAINING,
    agrees_with,
    all_points,
    lab_points,
    not_trained_on,
    nudged,
    shares_right,
)
from check.facts import Array, Function, close, holds, number, real, several, shown
from hiddenchecks.batches import Training, orders, remainder
from hiddenchecks.once import computed_once
from solutions.accuracy import accuracy as reference_accuracy
from solutions.gradients import gradients as reference_gradients
from solutions.predict_proba import predict_proba as reference_proba
from solutions.train_classifier import train_classifier as reference_training

EPOCHS = (10, 20, 30, 50, 100, 200, 300, 500)


def predict_proba(answer: Function) -> None:
    """Random points, whole numbers."""
    rng = np.random.default_rng(401)
    for n, scale in [(1, 1.0), (2, 1.0), (7, 1.0), (300, 1.0), (20, 60.0)]:
        arguments = rng.normal(scale=scale, size=(n, 2)), rng.normal(size=2), rng.normal(size=1)
        close(
            f"predict_proba of {n} random points", answer(*arguments), reference_proba(*arguments), rtol=1e-4, atol=1e-5
        )
    whole = np.array([[1, 2], [0, -1], [3, 1]]), np.array([1, -1]), np.array([1])
    want = reference_proba(*(values.astype(float) for values in whole))
    close(
        "predict_proba of whole numbers",
        np.ravel(answer(*whole)),
        want,
        rtol=1e-4,
        hint="whole numbers must not cut the decimals",
    )


def accuracy(answer: Function, part: str) -> None:
    """Random classes and probabilities, many of them exactly 0, 0.5 or 1."""
    rng = np.random.default_rng(402)
    for n, kind in ((1, float), (2, float), (10, np.float32), (333, float)):
        for _ in range(4):
            classes, p = rng.integers(0, 2, size=n), rng.uniform(size=n).astype(kind)
            p[rng.uniform(size=n) < 0.2] = 0.5
            p[rng.uniform(size=n) < 0.2] = rng.integers(0, 2)  # a neuron that is quite sure
            share, want = number(f"accuracy of {n} points", answer(classes, p)), reference_accuracy(classes, p)
            holds(
                np.allclose(share, want, atol=1e-4),
                f"For {n} random points the share of right decisions is {want:.4f}; you return {share}",
            )
    holds(
        np.allclose(answer(np.ones(8, dtype=int), np.full(8, 0.9)), 1.0),
        "If all decisions are right, the accuracy is 1",
    )
    holds(
        np.allclose(answer(np.ones(8, dtype=int), np.full(8, 0.1)), 0.0), "If no decision is right, the accuracy is 0"
    )


def gradients(answer: Function, predict: Any) -> None:
    """Random batches against the reference and against nudges, and points of whose class the neuron is sure."""
    rng = np.random.default_rng(403)
    names = ("dL_dw1", "dL_db1")
    for n in (1, 2, 3, 10, 50):
        batch, classes = rng.normal(size=(n, 2)), rng.integers(0, 2, size=n)
        parameters = [rng.normal(size=2), rng.normal(size=1)]
        result = several("gradients", answer(batch, classes, *parameters), names)
        wanted: Sequence[Any] = reference_gradients(batch, classes, *parameters)
        for k, (name, want) in enumerate(zip(names, wanted, strict=True)):
            got = real(name, result[k])
            holds(
                got.size == np.size(want),
                f"For a batch of {n}, {name} holds {got.size} number(s) instead of {np.size(want)}",
            )
            close(f"For a batch of {n} random points {name}", np.ravel(got), np.ravel(want), rtol=1e-4, atol=1e-4)
            for j, slope in enumerate(np.ravel(got)):
                measured = nudged(predict, batch, classes, parameters, k, j)
                holds(
                    measured is None or np.allclose(slope, measured, rtol=0.02, atol=0.02),
                    f"When element {j} of {name[4:]} is nudged, the cross-entropy of your own neuron changes "
                    "at another rate "
                    f"than {name}[{j}] says",
                )
    _sure_points(answer, rng)


def _sure_points(answer: Function, rng: np.random.Generator) -> None:
    """Their p is close to 0 or 1, and p - y nearly vanishes where that is right."""
    for share_wrong in (0.0, 0.25):
        scores = rng.uniform(4.6, 16.0, size=24) * np.tile([1.0, -1.0], 12)
        classes = np.where(rng.uniform(size=24) < share_wrong, scores < 0, scores > 0).astype(int)
        batch = np.column_stack([rng.uniform(5.0, 30.0, size=24), np.zeros(24)])
        batch[:, 1] = (scores - 0.2 * batch[:, 0] - 0.1) / -0.5
        arguments = batch, classes, np.array([0.2, -0.5]), np.array([0.1])
        wanted: Sequence[Any] = reference_gradients(*arguments)
        for k, want in enumerate(wanted):
            got = np.ravel(answer(*arguments)[k])
            holds(
                np.allclose(got, want, rtol=1e-4, atol=0.02),
                f"For 24 points of whose class the neuron is nearly sure, {('dL_dw1', 'dL_db1')[k]} should be "
                f"{shown(want)}, but "
                f"it is {shown(got)}: use p - y as it is for every point, also where p is close to 0 or 1",
            )


def _flat(result: Any, what: str) -> Array:
    values = several("train_classifier", result, ("w_1", "b_1"))
    sizes = [np.size(value) for value in values]
    holds(sizes == [2, 1], f"With {what} w_1 and b_1 lose their shapes (2,) and (1,)")
    return np.concatenate([np.ravel(real("the result of train_classifier", value)) for value in values])


@computed_once
def _walk(points: Array, classes: Array, batches: Sequence[Iterable[int]], lr: float) -> Array:
    w, b = np.ones(2), np.ones(1)
    for rows in batches:
        dw, db = reference_gradients(points[list(rows)], classes[list(rows)], w, b)
        w, b = w - lr * dw, b - lr * db
    return np.concatenate([w, b])


def train_classifier(answer: Function) -> None:
    """One batch, very many steps, tiny steps, orders, a remainder, the loss, and the lab's own rate."""
    rng = np.random.default_rng(404)
    _one_batch(answer, rng)
    _tiny_steps(answer, rng)
    training = Training(lambda *args: _flat(answer(*args), f"{len(args[0])} points"), _walk)
    orders(training, rng)
    remainder(training)
    _fit(answer, rng)


def _one_batch(answer: Function, rng: np.random.Generator) -> None:
    """All points in one batch: every step is known, in whatever order the points come."""
    for n, epochs, lr in [
        (1, 1, 0.1),
        (1, 4, 0.03),
        (5, 1, 0.17),
        (12, 3, 0.08),
        (6, 25, 0.05),
        (4, 2, 0.0),
        (400, 130, 5e-4),
    ]:
        points, classes = rng.normal(size=(n, 2)), rng.integers(0, 2, size=n)
        got = _flat(answer(points, classes, epochs, n, lr, 5), f"{n} point(s) in one batch")
        want = _walk(points, classes, [range(n)] * epochs, lr)
        holds(
            np.allclose(got, want, rtol=1e-3, atol=1e-4),
            f"With {n} point(s) in one batch, {epochs} epoch(s) and lr = {lr:.4f}, weights and bias should be "
            f"{shown(want)}, "
            f"but they are {shown(got)}",
        )
    # Many tiny steps lead where a tenth of them leads at ten times the rate, to about one part in a thousand.
    points, classes = np.array([[1.5, -0.5], [-1.0, 2.0]]), np.array([0, 1])
    got = _flat(answer(points, classes, 10_800, 2, 5e-5, 0), "10800 epochs")
    want = _walk(points, classes, [range(2)] * 1080, 5e-4)
    holds(
        np.max(np.abs(got - want)) < 0.03 * np.max(np.abs(want - 1)),
        "After 10800 epochs w_1 and b_1 are not where 10800 epochs lead: do all the epochs, however many there are",
    )


def _tiny_steps(answer: Function, rng: np.random.Generator) -> None:
    """Where the learning rate is tiny, the order hardly matters: each epoch takes the same step.

    The tolerance is three times as wide as any order needs.
    """
    for n, size, epochs in [(40, 10, 5), (400, 10, 6), (400, 50, 6)]:
        classes = rng.integers(0, 2, size=n)
        points = rng.normal(size=(n, 2)) + np.where(classes[:, None] == 1, [2.0, -1.0], [-1.0, 2.0])
        for seed in (0, 8):
            got = _flat(answer(points, classes, epochs, size, 1e-5, seed), f"{n} points in batches of {size}")
            want = _walk(points, classes, [range(n)] * epochs, 1e-5)
            holds(
                np.max(np.abs(got - want)) < 0.03 * np.max(np.abs(want - 1)),
                f"{epochs} epochs over {n} points in batches of {size} with lr = 0.00001 change w_1 and b_1 by "
                f"{np.round(want - 1, 5)} in whatever order, but yours change by {np.round(got - 1, 5)}: take "
                "a step with "
                "each batch, and every point once in each epoch",
            )


def _fit(answer: Function, rng: np.random.Generator) -> None:
    """Two clouds: the loss falls, the decisions are right; and at the rate of the lab the weights are near."""
    classes = rng.integers(0, 2, size=120)
    points = rng.normal(size=(120, 2)) + np.where(classes[:, None] == 1, [2.0, -1.0], [-1.0, 2.0])
    got = _flat(answer(points, classes, 20, 10, 0.05, 9), "120 points")
    margins = np.where(classes == 1, 1, -1) * (points @ got[:2] + got[2])
    start_margins = np.where(classes == 1, 1, -1) * (points @ np.ones(2) + 1)
    holds(
        np.sum(np.logaddexp(0, -margins)) < 0.5 * np.sum(np.logaddexp(0, -start_margins)),
        "After 20 epochs on two other clouds the cross-entropy has not even halved: go against the gradient, "
        "batch by batch",
    )
    share = np.mean(margins > 0)
    holds(share > 0.9, f"After 20 epochs on two other clouds only {share:.2f} of the decisions are right")
    classes = rng.integers(0, 2, size=400)
    points = rng.normal(size=(400, 2)) + np.where(classes[:, None] == 1, [1.5, -0.75], [-0.75, 1.5])
    got = _flat(answer(points, classes, 5, 10, 0.01, 4), "400 points")
    want = np.concatenate(reference_training(points, classes, 5, 10, 0.01, 4))
    holds(  # chance moves the weights by about 0.01 from one seed to another
        np.max(np.abs(got - want)) < 0.15,
        "After 5 epochs on 400 points in batches of 10 with lr = 0.01, weights and bias should be near "
        f"{shown(want)}, but "
        f"they are {shown(got)}: take 200 small steps, and return where they lead",
    )


def test_accuracy(share: Any, w_1: Any, b_1: Any, predict: Any, train: Any) -> None:
    """The share belongs to the weights, on the lab's test set, and the weights do not come from all points."""
    stacked, labels = lab_points()
    X_test, y_test, X_train, y_train = stacked[TEST], labels[TEST], stacked[TRAINING], labels[TRAINING]
    on_test = shares_right(X_test, y_test, w_1, b_1, predict)
    agrees_with(float(np.ravel(share)[0]), on_test, shares_right(X_train, y_train, w_1, b_1, predict))
    everything = all_points()
    kept = np.concatenate([np.ravel(w_1), np.ravel(b_1)])
    not_trained_on(kept, train, "all 500 points", everything, _path(*everything[0]))


@computed_once
def _path(points: Array, classes: Array) -> dict[int, Array]:
    """Number of epochs -> weights (3,), the bias last, where small steps lead in as many epochs of the lab's rate."""
    inputs, weights, found = np.column_stack([points, np.ones(len(points))]), np.ones(3), {}
    for epochs in range(1, max(EPOCHS) + 1):
        for _ in range(10):
            p = 1.0 / (1.0 + np.exp(-np.clip(inputs @ weights, -500, 500)))
            weights = weights - 0.001 * inputs.T @ (p - classes)
        if epochs in EPOCHS:
            found[epochs] = weights
    return found
