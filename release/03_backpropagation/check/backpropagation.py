"""The checks of lab 3, backpropagation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from check.facts import (
    FEWEST_RUNS,
    SEEDS,
    Array,
    Function,
    Wrong,
    called,
    central_difference,
    close,
    function,
    holds,
    number,
    real,
    several,
    shape,
    shown,
    sized,
)
from check.session import Facts, exercise

PARAMETERS = ("w_1", "b_1", "w_2", "b_2")
GRADIENTS = ("dL_dw1", "dL_db1", "dL_dw2", "dL_db2")
START = ((1.0, -1.0), (1.0, 1.0), (1.0, -1.0), (1.0,))
STEPS = {  # what each gradient consists of
    "dL_db2": "it is step 1, 2 * (z_3 - y): is the factor 2 there, and is it output minus target?",
    "dL_dw2": "it is step 1 times step 2: the factor of w_2 is what left the hidden neurons, h_1_2",
    "dL_db1": "it is step 1 times step 3 times step 4: is w_2 there, and is the slope taken at z_1_2?",
    "dL_dw1": "it is dL_db1 times the factor of step 5: is the factor x there?",
}
CASES: dict[str, list[tuple[float, float, tuple[float, float], list[float]]]] = {  # x, y, w_2, gradient
    "dL_db2": [(1.0, 0.367879, (1.0, -1.0), [2.025835]), (2.0, 1.0, (1.0, -1.0), [1.367265])],
    "dL_dw2": [(1.0, 0.367879, (1.0, -1.0), [1.784350, 1.012918]), (2.0, 1.0, (1.0, -1.0), [1.302422, 0.367714])],
    "dL_db1": [(1.0, 0.367879, (1.0, -1.0), [0.212700, -0.506459]), (2.0, 1.0, (2.0, 0.5), [0.368573, 0.401013])],
    "dL_dw1": [(1.0, 0.367879, (1.0, -1.0), [0.212700, -0.506459]), (2.0, 1.0, (2.0, 0.5), [0.737145, 0.802027])],
}


def start() -> list[Array]:
    """The start values of the lab, as arrays of their own."""
    return [np.array(values) for values in START]


@exercise
def sigmoid_derivative(fact: Facts, answer: Any) -> None:
    """`sigmoid_derivative(z)`, element by element."""
    answer = function("sigmoid_derivative", answer)
    with fact("At z = 0 the slope is 1/4"):
        slope = number("sigmoid_derivative(0.0)", answer(0.0))
        if not np.isclose(slope, 0.25, rtol=1e-4):
            raise Wrong("sigmoid_derivative(0.0)", "0.25", f"{slope:.6g}")
    what = "sigmoid_derivative([[-2, 0, 2]])"
    with fact("The result has the shape of z, and z stays as it is"):
        shape(what, called(answer, "sigmoid_derivative", [np.array([[-2.0, 0.0, 2.0]])], ["z"]), (1, 3))
    with fact("The slope is the same at -2 and at 2, and never negative"):
        slopes = np.ravel(real(what, answer(np.array([[-2.0, 0.0, 2.0]]))))
        holds(np.allclose(slopes[0], slopes[2]), "The sigmoid is equally steep at -2 and at 2; yours is not")
        holds(np.all(slopes[:2] > 0), "The sigmoid rises everywhere, so its slope is never negative: check the sign")
    with fact("It agrees with what a small nudge of z does to the sigmoid"):
        z = np.array([-3.0, -1.0, 0.5, 2.0])
        nudged = (1 / (1 + np.exp(-z - 1e-5)) - 1 / (1 + np.exp(-z + 1e-5))) / 2e-5
        close("sigmoid_derivative([-3, -1, 0.5, 2])", np.ravel(answer(z)), nudged, rtol=1e-3, atol=1e-5)


@exercise
def mse(fact: Facts, answer: Any) -> None:
    """`mse(y, y_out)`, one number."""
    answer = function("mse", answer)
    arrays = [np.array([1.0, 2.0, 3.0]), np.array([1.0, 2.0, 6.0])]
    what = "mse([1, 2, 3], [1, 2, 6])"
    with fact("The result is one number, and the arguments stay as they are"):
        error = real(what, called(answer, "mse", [array.copy() for array in arrays], ["y", "y_out"]))
        holds(error.size == 1, f"mse returned {error.size} numbers: take the mean, so that one number is left")
    with fact("Differences 0, 0 and 3 have the squares 0, 0 and 9 and the mean 3"):
        error_now = number(what, answer(*arrays))
        if not np.isclose(error_now, 3.0, rtol=1e-4):
            raise Wrong(what, "3", f"{error_now:.6g}", "difference, square, mean, in this order")
    with fact("Where output and target agree, the error is 0"):
        error_now = number("mse([1, 2, 3], [1, 2, 3])", answer(arrays[0], arrays[0]))
        holds(abs(error_now) < 1e-7, f"Where output and target agree, the error must be 0, but it is {error_now:.6g}")


@exercise
def forward(fact: Facts, answer: Any) -> None:
    """`forward(x, w_1, b_1, w_2, b_2)` -> `(z_1_2, h_1_2, z_3)`."""
    answer = function("forward", answer)
    names = ("z_1_2", "h_1_2", "z_3")
    wanted = ([2.0, 0.0], [0.880797, 0.5], [1.380797])
    formulas = ("z_1_2 = w_1 * x + b_1", "h_1_2 is the sigmoid of z_1_2", "z_3 is w_2 times h_1_2, added up, plus b_2")

    def results() -> list[Any]:
        return several("forward", called(answer, "forward", [1.0, *start()], ["x", *PARAMETERS]), names)

    with fact("It returns three results, and the arguments stay as they are"):
        for name, value, want in zip(names, results(), wanted, strict=True):
            sized(name, value, len(want), "check its formula")
    for i, (name, want) in enumerate(zip(names, wanted, strict=True)):
        with fact(f"`{name}` is right at the start values"):
            close(f"At the start values {name}", np.ravel(real(name, results()[i])), want, atol=1e-5, hint=formulas[i])
    with fact("It uses x and every parameter that it is given"):
        base = [np.array([0.5, -1.5]), np.array([0.3, 1.2]), np.array([2.0, -0.7]), np.array([0.4])]
        usual = np.ravel(several("forward", answer(2.0, *base), names)[2])
        for i, name in enumerate(("x", *PARAMETERS)):
            arguments: list[Any] = [2.0, *(array.copy() for array in base)]
            arguments[i] = arguments[i] + 0.5
            moved = np.ravel(several("forward", answer(*arguments), names)[2])
            holds(
                not np.allclose(usual, moved),
                f"z_3 does not change when {name} changes: does your function use its argument {name}?",
            )


@exercise
def backprop(fact: Facts, answer: Any, network: Any, part: str) -> None:
    """One of the four results of `backprop(x, y, w_1, b_1, w_2, b_2)`; `network` is the student's `forward`."""
    answer = function("backprop", answer)
    k = GRADIENTS.index(part)
    parameter, size = PARAMETERS[k], len(START[k])

    def gradient(x: float, y: float, parameters: Sequence[Array]) -> Array:
        result = called(answer, "backprop", [x, y, *parameters], ["x", "y", *PARAMETERS])
        value = several("backprop", result, GRADIENTS)[k]
        return sized(f"{part}, result number {k + 1},", value, size, f"it has the shape of {parameter}")

    with fact(f"It returns four gradients, `{part}` in the shape of `{parameter}`, and changes no parameter"):
        gradient(1.0, 0.367879, start())
    for x, y, w_2, want in CASES[part]:
        where = f"x = {x:g} and y = {y:.4f}" + (f" and w_2 = {list(w_2)}" if w_2 != START[2] else "")
        with fact(f"`{part}` is right at {where}, otherwise at the start values"):
            parameters = start()
            parameters[2] = np.array(w_2)
            close(f"With {where}, {part}", gradient(x, y, parameters), want, atol=1e-4, hint=STEPS[part])
    with fact(f"`{part}` says what a nudge of `{parameter}` does to the loss of your own network"):
        parameters = [np.array([0.5, -1.5]), np.array([0.3, 1.2]), np.array([2.0, -0.7]), np.array([0.4])]
        for j, slope in enumerate(gradient(2.0, 0.25, parameters)):
            measured = nudged(network, 2.0, 0.25, parameters, k, j)
            if measured is not None and not np.isclose(slope, measured, rtol=0.02, atol=0.02):
                raise Wrong(
                    f"When {parameter}[{j}] is nudged, the loss of your own network changes at the rate "
                    f"{measured:.4f}; "
                    f"{part}[{j}] says {slope:.4f}"
                )


def nudged(network: Any, x: float, y: float, parameters: Sequence[Array], k: int, j: int) -> float | None:
    """The rate at which a nudge of one parameter changes the loss of the student's network, as far as that is right.

    Args:
        network: the student's `forward`; it has a test of its own, so None is returned where it is wrong.
        x: the input.
        y: the target.
        parameters: the four parameters.
        k: which of them to nudge.
        j: which of its elements.
    """

    def loss(moved: Sequence[Array]) -> float | None:
        w_1, b_1, w_2, b_2 = moved
        right = w_2 @ (1.0 / (1.0 + np.exp(-(w_1 * x + b_1)))) + b_2
        try:
            out = float(np.ravel(network(x, *moved)[2])[0])
        except Exception:
            return None
        return (out - y) ** 2 if np.allclose(out, right, rtol=1e-4, atol=1e-5) else None

    return central_difference(loss, parameters, k, j)


@exercise
def update(fact: Facts, answer: Any) -> None:
    """`update(parameters, gradients, lr)` -> the four new parameters."""
    answer = function("update", answer)
    slopes = ((2.0, 0.0), (0.0, -4.0), (1.0, 1.0), (3.0,))
    wanted = ([0.0, -1.0], [1.0, 3.0], [0.5, -1.5], [-0.5])

    def new() -> list[Any]:
        old, gradients = tuple(start()), tuple(np.array(values) for values in slopes)
        result = answer(old, gradients, 0.5)
        for name, now, before in zip((*PARAMETERS, *GRADIENTS), (*old, *gradients), (*START, *slopes), strict=True):
            kind = "old " if name in PARAMETERS else "gradient "
            holds(np.array_equal(now, before), f"update changed the {kind}{name}: make a new array and leave it alone")
        return several("update", result, PARAMETERS)

    with fact("It returns four new parameters and leaves the old arrays alone"):
        for name, value, want in zip(PARAMETERS, new(), wanted, strict=True):
            sized(f"The new {name}", value, len(want))
    for i, (name, want) in enumerate(zip(PARAMETERS, wanted, strict=True)):
        with fact(f"`{name}` takes its step"):
            what = f"With lr = 0.5 and the gradient {list(slopes[i])}, {name} = {list(START[i])}"
            close(
                what,
                np.ravel(real(name, new()[i])),
                want,
                atol=1e-5,
                hint="the old value minus lr times its own gradient",
            )


@exercise
def learning_rate(fact: Facts, lr_small: Any) -> None:
    """`lr_small`, with which one step from the start brings the output closer to the target."""
    with fact("`lr_small` is one positive number"):
        array = real("lr_small", lr_small)
        holds(array.size == 1, f"lr_small holds {array.size} numbers: choose one")
        value = float(array.reshape(-1)[0])
        holds(value > 0, f"lr_small is {value:g}: take a positive number, 0 stands still, minus goes uphill")
        holds(value < 1, f"lr_small is {value:g}, and lr = 1 already jumps too far: take a smaller one")
    with fact("One step with it brings the output closer to the target"):
        lr = number("lr_small", lr_small)
        # One step from the start values, with the gradients that are tested above, and the output after it.
        hidden = np.array([1.0, -1.0]) + np.array([1.0, 1.0]) - 2 * lr * np.array([0.212700, -0.506459])
        weights, bias = np.array([1.0, -1.0]) - lr * np.array([1.784350, 1.012918]), 1.0 - lr * 2.025835
        output = float(weights @ (1.0 / (1.0 + np.exp(-hidden))) + bias)
        holds(
            abs(output - np.exp(-1.0)) < 1.012918,
            f"With lr_small = {lr:g} the output goes from 1.3808 to {output:.4f}. That is not closer to y = "
            "0.3679 than "
            "before: take a smaller learning rate",
        )


@exercise
def train(fact: Facts, answer: Any) -> None:
    """`train(X, N, lr, seed)` -> the four parameters after N steps of SGD."""
    answer = function("train", answer)
    points = np.linspace(-5.0, 5.0, 500)

    def trained(X: Array, N: int, lr: float, seed: int) -> list[Array]:
        result = called(answer, "train", [X.copy(), N, lr, seed], ["X", "N", "lr", "seed"])
        values = several("train", result, PARAMETERS)
        return [sized(name, value, len(begin)) for name, value, begin in zip(PARAMETERS, values, START, strict=True)]

    with fact("With N = 0 steps all four parameters keep their start values, and X stays as it is"):
        for name, value, want in zip(PARAMETERS, trained(points, 0, 0.1, 0), START, strict=True):
            close(f"After N = 0 steps {name}", value, want)
    one_step: list[tuple[float, tuple[list[float], ...]]] = [
        (1.0, ([0.97873, -0.949354], [0.97873, 1.050646], [0.821565, -1.101292], [0.797416])),
        (0.5, ([0.993791, -0.990216], [0.987582, 1.019567], [0.931926, -1.051828], [0.916737])),
    ]
    for x, ends in one_step:
        with fact(f"If X holds nothing but {x:g}, one step leads where it must"):
            hint = "take one x from X (N counts steps), y = gaussian(x), then backprop, then update"
            for name, value, end in zip(PARAMETERS, trained(np.array([x, x, x]), 1, 0.1, 0), ends, strict=True):
                close(f"After one step at x = {x:g} with lr = 0.1, {name}", value, end, atol=1e-4, hint=hint)
    with fact("The same seed gives the same result"):
        for seed in (0, 7):
            for name, one, two in zip(
                PARAMETERS, trained(points, 50, 0.05, seed), trained(points, 50, 0.05, seed), strict=True
            ):
                holds(
                    np.allclose(one, two),
                    f"Two calls with seed = {seed} end with different {name}: make one generator from seed before the "
                    "loop and draw only with it (0 is a seed like any other)",
                )
    with fact("Each step draws a point of its own from all of X, by chance"):
        _draws(trained)
    fit = "5000 steps fit the Gaussian: the mean squared error is below 0.04"
    if fact.waits(fit):  # a wrong training may take minutes
        return
    with fact(fit):
        w_1, b_1, w_2, b_2 = trained(points, 5000, 0.05, 7)
        hidden = 1.0 / (1.0 + np.exp(-(np.outer(points, w_1) + b_1)))
        miss = float(np.mean((hidden @ w_2 + b_2 - np.exp(-(points**2))) ** 2))
        holds(
            miss < 0.04,
            "After 5000 steps with lr = 0.05 the mean squared error should be below 0.04, but it is "
            f"{miss:.4f}: does each "
            "step draw a new x and begin where the last one ended?",
        )


def _draws(trained: Function) -> None:
    """Compare runs on two and on three points with runs of the same function on one point."""

    def end(X: Sequence[float], steps: int, seed: int) -> Array:
        return np.concatenate(trained(np.array(X), steps, 0.3, seed))

    places = [-1.2, 0.4, 1.3]
    single = [end([x], 1, 0) for x in places]
    first = []
    for seed in SEEDS:  # independent draws miss one of three points with a chance of 1e-10
        distances = [float(np.max(np.abs(end(places, 1, seed) - one))) for one in single]
        holds(
            min(distances) < 1e-4,
            f"One step with X = {places} does not lead where a step with one of these points leads: draw x "
            "from X itself",
        )
        first.append(int(np.argmin(distances)))
        if len(set(first)) == 3 and len(first) >= FEWEST_RUNS:
            break
    holds(len(set(first)) > 1, "60 seeds draw the same point: make the random generator from seed and draw with it")
    missing = [shown(places[i]) for i in range(3) if i not in first]
    holds(
        not missing,
        f"In 60 runs with X = {places} the point {' and '.join(missing)} is never drawn: draw from all of X",
    )
    same = [end([x], 3, 0) for x in places]
    mixed = (min(float(np.max(np.abs(end(places, 3, seed) - one))) for one in same) > 1e-4 for seed in SEEDS[:16])
    holds(any(mixed), "Every step of a run uses the same x: draw a new one for each step")
    ends: list[Array] = []
    for two_steps in (end(places, 2, seed) for seed in SEEDS):
        if all(np.max(np.abs(two_steps - other)) > 1e-4 for other in ends):
            ends.append(two_steps)
        if len(ends) > 3:
            break
    holds(len(ends) > 3, "The first point of a run decides which points follow: draw each of them at random")
