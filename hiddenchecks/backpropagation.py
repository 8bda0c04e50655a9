"""The hidden tests of lab 3, backpropagation."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np

from check.backpropagation import GRADIENTS, PARAMETERS, START, nudged, start
from check.facts import FEWEST_RUNS, Array, Function, Wrong, close, holds, number, real, several, shown
from hiddenchecks.once import computed_once
from solutions.backprop import backprop as reference_backprop
from solutions.forward import forward as reference_forward
from solutions.mse import mse as reference_mse
from solutions.sigmoid import sigmoid as reference_sigmoid
from solutions.sigmoid_derivative import sigmoid_derivative as reference_derivative
from solutions.update import update as reference_update


def _result(name: str, value: Any, want: Array, **tolerance: float) -> None:
    """One of several results, of the right size and with the right values."""
    array = real(name, value)
    holds(array.size == np.size(want), f"{name} holds {array.size} number(s) instead of {np.size(want)}")
    close(name, np.ravel(array), np.ravel(want), **tolerance)  # type: ignore[arg-type]


def sigmoid_derivative(answer: Function) -> None:
    """Random shapes against the reference and against nudges, whole numbers, and far from 0."""
    rng = np.random.default_rng(301)
    for size in [(1,), (7,), (40, 1), (3, 4)]:
        z = rng.normal(scale=3.0, size=size)
        got = close(
            f"sigmoid_derivative of a random array of shape {size}",
            answer(z),
            reference_derivative(z),
            rtol=1e-4,
            atol=1e-6,
        )
        by_nudging = (reference_sigmoid(z + 1e-5) - reference_sigmoid(z - 1e-5)) / 2e-5
        holds(
            np.allclose(got, np.squeeze(by_nudging), rtol=1e-3, atol=1e-5),
            "The slope is not what a small nudge of z does to sigmoid(z)",
        )
    want = reference_derivative(np.array([-3.0, 0.0, 1.0]))
    close(
        "sigmoid_derivative([-3, 0, 1])",
        np.ravel(answer(np.array([-3, 0, 1]))),
        want,
        rtol=1e-4,
        hint="whole numbers must not cut the decimals",
    )
    far = np.array([-300.0, -30.0, 30.0, 300.0])  # the quotient rule as it stands still copes
    holds(
        np.allclose(np.ravel(answer(far)), np.zeros(4), atol=1e-6),
        "Far from 0 the sigmoid is flat: its slope there is nearly 0",
    )


def mse(answer: Function) -> None:
    """Random targets and outputs, and no error."""
    rng = np.random.default_rng(302)
    for n in (1, 2, 5, 500):
        y, y_out = rng.normal(size=n), rng.normal(size=n)
        error = number(f"mse of {n} random points", answer(y, y_out))
        close(f"mse of {n} random points", error, reference_mse(y, y_out), rtol=1e-4)
        holds(np.allclose(answer(y, y), 0.0, atol=1e-7), "Where output and target agree, the error must be 0")


def forward(answer: Function) -> None:
    """Random parameters and inputs."""
    rng = np.random.default_rng(303)
    names = ("z_1_2", "h_1_2", "z_3")
    for x in (0.0, -2.5, 1.5, *rng.uniform(-4.0, 4.0, size=5).tolist()):
        arrays = [rng.normal(scale=2.0, size=size) for size in (2, 2, 2, 1)]
        results = several("forward", answer(float(x), *arrays), names)
        for name, value, want in zip(names, results, reference_forward(float(x), *arrays), strict=True):
            try:
                _result(f"With other weights and x = {x:.2f}, {name}", value, want, rtol=1e-4, atol=1e-5)
            except Wrong as wrong:
                wrong.hint = wrong.hint or "does it use x, w_1, b_1, w_2 and b_2 as they are given?"
                raise Wrong(wrong.what, wrong.expected, wrong.got, wrong.hint) from None


def backprop(answer: Function, network: Any, part: str) -> None:
    """Random parameters against the reference, and against nudges of the student's own network."""
    k = GRADIENTS.index(part)
    rng = np.random.default_rng({"dL_db2": 321, "dL_dw2": 322, "dL_db1": 323, "dL_dw1": 324}[part])
    for _ in range(6):
        x, y = (float(value) for value in rng.uniform(-3.0, 3.0, size=2))
        arrays = [rng.normal(size=size) for size in (2, 2, 2, 1)]
        gradient = several("backprop", answer(x, y, *arrays), GRADIENTS)[k]
        _result(
            f"With other weights, x = {x:.2f} and y = {y:.2f}, {part}",
            gradient,
            reference_backprop(x, y, *arrays)[k],
            rtol=1e-4,
            atol=1e-4,
        )
        for j, slope in enumerate(np.ravel(gradient)):
            measured = nudged(network, x, y, arrays, k, j)
            holds(
                measured is None or np.allclose(slope, measured, rtol=0.02, atol=0.02),
                f"When {PARAMETERS[k]}[{j}] is nudged, the loss of your own network changes at another rate "
                f"than {part}[{j}] says",
            )


def update(answer: Function) -> None:
    """Random parameters, gradients and learning rates."""
    rng = np.random.default_rng(304)
    for lr in (0.0, 1.0, *rng.uniform(0.001, 0.5, size=4).tolist()):
        old = tuple(rng.normal(size=size) for size in (2, 2, 2, 1))
        slopes = tuple(rng.normal(scale=20.0, size=size) for size in (2, 2, 2, 1))
        new = several("update", answer(old, slopes, float(lr)), PARAMETERS)
        for name, after, want in zip(PARAMETERS, new, reference_update(old, slopes, float(lr)), strict=True):
            _result(f"With lr = {lr:.3f} the new {name}", after, want, rtol=1e-4, atol=1e-5)


def learning_rate(lr_small: Any) -> None:
    """One step with the reference functions."""
    begin, target = tuple(start()), np.exp(-1.0)
    step = float(np.ravel(lr_small)[0])
    moved = reference_update(begin, reference_backprop(1.0, target, *begin), step)
    before = abs(reference_forward(1.0, *begin)[2][0] - target)
    after = abs(reference_forward(1.0, *moved)[2][0] - target)
    holds(
        after < before,
        f"With lr = {step} one step changes the distance from output to target from {before:.4f} to "
        f"{after:.4f}: that is not "
        "closer, so take a smaller learning rate",
    )


def _flat(result: Any) -> Array:
    parameters = several("train", result, PARAMETERS)
    sizes = [np.size(value) for value in parameters]
    holds(sizes == [2, 2, 2, 1], "The parameters lose their shapes in training")
    return np.concatenate([np.ravel(real(name, value)) for name, value in zip(PARAMETERS, parameters, strict=True)])


def _step(parameters: Sequence[Array], x: float, lr: float) -> tuple[Array, ...]:
    gradients = reference_backprop(float(x), float(np.exp(-x * x)), *parameters)
    return reference_update(tuple(parameters), gradients, lr)


@computed_once
def _walk(inputs: Array, lr: float) -> Array:
    parameters: tuple[Array, ...] = tuple(start())
    for x in inputs:
        parameters = _step(parameters, x, lr)
    return np.concatenate(parameters)


def train(answer: Function) -> None:
    """Steps at one point, very many steps, which points are drawn, and how often."""
    rng = np.random.default_rng(305)
    _steps_at_one_point(answer, rng)
    _draws(answer, rng)
    _frequencies(answer, rng)


def _steps_at_one_point(answer: Function, rng: np.random.Generator) -> None:
    """Every step is known there, whatever the generator."""
    for steps, lr in ((1, 0.23), (2, 0.13), (5, 0.071), (40, 0.013), (3, 0.0)):
        point = rng.uniform(-2.0, 2.0, size=1)
        got, want = _flat(answer(point, steps, lr, 3)), _walk(np.repeat(point, steps), lr)
        holds(
            np.allclose(got, want, rtol=1e-3, atol=1e-4),
            f"With the one point x = {point[0]:.3f}, {steps} step(s) and lr = {lr:.3f} the parameters should be "
            f"{shown(want)}, but they are {shown(got)}: use the X and the lr that you are given",
        )
    # Many tiny steps lead where a tenth of them leads at ten times the rate, to about one part in a thousand.
    got, want = _flat(answer(np.array([0.7]), 12_800, 1.5e-5, 0)), _walk(np.full(1280, 0.7), 1.5e-4)
    holds(
        np.max(np.abs(got - want)) < 0.03 * np.max(np.abs(want - np.concatenate(START))),
        "After 12800 steps at one point the parameters are not where 12800 steps lead: do all N steps, "
        "however large N is",
    )


@computed_once
def _ends(points: Array, lr: float) -> Array:
    """Parameters after four steps, a row for each way to draw four of the points."""
    tree: list[tuple[Array, ...]] = [tuple(start())]
    for _ in range(4):
        tree = [_step(parameters, x, lr) for parameters in tree for x in points]
    return np.array([np.concatenate(end) for end in tree])


def _draws(answer: Function, rng: np.random.Generator) -> None:
    """Four steps on six points: where they end tells which points were drawn.

    The chance that independent draws, with or without replacement, fail in all 70 runs is below 1e-9; most show all
    that is asked for within the first runs.
    """
    points = np.array([-2.1, -1.2, -0.4, 0.5, 1.3, 2.2])
    sequences = list(itertools.product(range(6), repeat=4))
    ends, runs = _ends(points, 0.3), []
    for seed in (0, 1, 2, 3, *rng.integers(4, 1_000_000, size=66).tolist()):
        distances = np.max(np.abs(ends - _flat(answer(points, 4, 0.3, seed))), axis=1)
        holds(np.min(distances) < 1e-4, "Four steps do not follow from drawing one point of X for each step")
        runs.append(sequences[int(np.argmin(distances))])
        if (
            len(runs) >= FEWEST_RUNS
            and max(len(set(run)) for run in runs) > 3
            and len(set().union(*runs)) == len(points)
        ):
            break
    holds(len(set(runs)) > 1, "70 seeds draw the same points: make the random generator from seed and draw with it")
    most = max(len(set(run)) for run in runs)
    holds(most > 1, "Every step of a run uses the same x: draw a new one for each step")
    holds(most > 3, f"Four steps of a run never use more than {most} of six points: draw from all of X in each step")
    never = sorted(set(range(6)) - {k for run in runs for k in run})
    holds(
        not never,
        f"In 70 runs of four steps the points at positions {never} of six are never drawn: draw from all of X",
    )
    following: dict[tuple[int, int], set[int]] = {}
    for run in runs:
        for k in range(3):
            following.setdefault((k, run[k]), set()).add(run[k + 1])
    holds(
        any(len(after) > 1 for after in following.values()),
        "The first point of a run decides which points follow: draw each of them at random",
    )


@computed_once
def _counting(places: Array, steps: int, lr: float) -> tuple[Array, Array]:
    """Where steps that take all places in turn end, and the matrix that makes further draws of each of an end (7,)."""
    parameters, pulls = np.concatenate(start()), np.zeros((len(places), 7))
    for _ in range(steps):
        split = np.split(parameters, [2, 4, 6])
        ends = np.array([np.concatenate(_step(split, x, lr)) for x in places])
        pulls += (ends - parameters) / steps
        parameters = np.mean(ends, axis=0)
    return parameters, np.linalg.pinv(pulls.T)


def _frequencies(answer: Function, rng: np.random.Generator) -> None:
    """Four places pull at the parameters in four ways, so where small steps end tells how often each was drawn.

    The sum of all seven statistics is about chi-squared with 21 degrees of freedom for independent draws: above 110
    with a probability below 1e-9. Draws without replacement vary less.
    """
    places, steps, lr = np.array([-40.0, -1.0, 1.0, 40.0]), 500, 8e-5
    end, draws_of = _counting(places, steps, lr)
    surprise = 0.0
    for seed in (0, *rng.integers(1, 1_000_000, size=6).tolist()):
        more = draws_of @ (_flat(answer(np.tile(places, 125), steps, lr, seed)) - end)
        surprise += float(np.sum(more**2)) / (steps / len(places))
    holds(
        surprise < 110,
        "Runs of 500 steps favour some points of X more than chance does: draw from all of X anew in each step",
    )
