"""The checks of lab 1, a single neuron."""

from __future__ import annotations

from typing import Any

import numpy as np

from check import curves
from check.facts import Wrong, between, called, close, function, holds, number, real, shape
from check.session import Facts, exercise

X_W_B = ("x", "w", "b")


@exercise
def sigmoid(fact: Facts, answer: Any) -> None:
    """`sigmoid(z)`, element by element."""
    answer = function("sigmoid", answer)
    with fact("A number gives a number: `sigmoid(0.0)` is 1 / (1 + 1) = 0.5"):
        h = number("sigmoid(0.0)", answer(0.0))
        if not np.isclose(h, 0.5, atol=1e-4):
            raise Wrong("sigmoid(0.0)", "1 / (1 + 1) = 0.5", f"{h:.6g}")
    with fact("An array gives an array of the same shape, and stays as it is"):
        found = called(answer, "sigmoid", [np.array([-2.0, 0.0, 2.0])], ["z"])
        close("sigmoid([-2, 0, 2])", found, [0.1192, 0.5, 0.8808], atol=1e-4, hint="check the formula, sign by sign")
    with fact("Whole numbers and two dimensions work, too"):
        h = answer(np.array([[-1, 0, 1], [2, 3, 4]]))
        want = [[0.2689, 0.5, 0.7311], [0.8808, 0.9526, 0.9820]]
        close("sigmoid([[-1, 0, 1], [2, 3, 4]])", h, want, atol=1e-4)
    with fact("It rises from near 0 to near 1"):
        ends = np.ravel(real("sigmoid([-30, 30])", answer(np.array([-30.0, 30.0]))))
        close("sigmoid([-30, 30])", ends, [0.0, 1.0], atol=1e-6)


@exercise
def sigmoid_limits(fact: Facts, plus: Any, minus: Any) -> None:
    """`limit_plus_infinity` and `limit_minus_infinity`."""
    limits = {"limit_plus_infinity": plus, "limit_minus_infinity": minus}
    with fact("Both limits are numbers from 0 to 1"):
        for name, limit in limits.items():
            value = number(name, limit)
            holds(
                np.isfinite(value),
                f"{name} is {value}, but the sigmoid itself stays finite: look at the whole fraction, not "
                "only at z or at e^-z",
            )
            holds(
                abs(value + 1) > 1e-3,
                f"{name} is {value:g}, which is a limit of the tanh: the sigmoid is never negative",
            )
            between(name, value, -1e-6, 1 + 1e-6, "the sigmoid never leaves the range from 0 to 1")
    with fact("Each is a limit, not a value of the sigmoid on the way to it"):
        for name, limit in limits.items():
            value = number(name, limit)
            on_the_way = 0 < min(abs(value), abs(1 - value)) < 0.02
            holds(
                not on_the_way or abs(value - round(value)) < 1e-14,
                f"{name} is {value:.6g}, which the sigmoid has at some z, or passes: which number do its values get as "
                "close to as you like?",
            )
    with fact("The limit on the right is the larger one"):
        holds(
            abs(number("limit_plus_infinity", plus) - number("limit_minus_infinity", minus)) > 1e-6,
            "Both limits are the same number, but the sigmoid goes to another value on the left than on the right",
        )
        holds(
            number("limit_plus_infinity", plus) > number("limit_minus_infinity", minus),
            "The sigmoid grows from left to right, so its limit at plus infinity must be the larger of the "
            "two: are they "
            "swapped?",
        )
    with fact("No value of the sigmoid lies beyond the limits"):
        for name, limit in limits.items():
            value = number(name, limit)
            holds(abs(value - 0.5) > 1e-6, f"{name} is 0.5, the value at z = 0: the limit is about z far away from 0")
            holds(
                not 0.001 < value < 0.999,
                f"{name} is {value:.6g}, but the sigmoid goes further: try z = 10 and z = -10 in your function",
            )


@exercise
def plot_sig(fact: Facts, x: Any, fig: Any) -> None:
    """`x`, 500 points, and `fig`, the sigmoid and the tanh over them."""
    with fact("`x` has 500 equally spaced points from -5 to 5"):
        points = shape("x", x, (500,))
        holds(abs(points[0] + 5) <= 1e-4, f"x must begin at -5, but it begins at {points[0]}")
        holds(abs(points[-1] - 5) <= 1e-4, f"x must end at 5, but it ends at {points[-1]}: is the end included?")
        holds(
            np.ptp(np.diff(points)) <= 1e-4, "The points of x must be equally spaced, but the steps between them differ"
        )
    with fact("`fig` is a figure with curves over x"):
        drawn = curves.drawn(fig)
        curves.over_x(drawn)
    for name in curves.WANTED:
        with fact(f"The {name} is in it, and can be seen"):
            curves.seen(fig, curves.drawn(fig), name)
    with fact("No bundle of other curves hides the two"):
        curves.few_others(fig, curves.drawn(fig))


@exercise
def affine(fact: Facts, answer: Any) -> None:
    """`affine(x, w, b)`."""
    answer = function("affine", answer)
    inputs = np.array([0.0, 1.0, 2.0])
    with fact("`x` of shape (3,) gives shape (3,), and stays as it is"):
        shape("affine([0, 1, 2], w=3, b=-1)", called(answer, "affine", [inputs.copy(), 3.0, -1.0], X_W_B), (3,))
    with fact("At x = 0 only the bias is left"):
        z = np.ravel(real("affine([0, 1, 2], w=3, b=-1)", answer(inputs.copy(), 3.0, -1.0)))
        if not np.isclose(z[0], -1.0, atol=1e-4):
            raise Wrong("At x = 0 with w = 3 and b = -1 the result", "-1", f"{z[0]:.6g}", "what is added to w x?")
    with fact("The result is wx + b for every x"):
        z = answer(inputs.copy(), 3.0, -1.0)
        close("affine([0, 1, 2], w=3, b=-1)", z, [-1.0, 2.0, 5.0], atol=1e-4)


@exercise
def perceptron(fact: Facts, answer: Any) -> None:
    """`perceptron(x, w, b)`."""
    answer = function("perceptron", answer)
    inputs = np.array([-1.0, 0.0, 1.0])
    call = "perceptron([-1, 0, 1], w=2, b=0)"
    with fact("`x` of shape (3,) gives shape (3,), and stays as it is"):
        shape(call, called(answer, "perceptron", [inputs.copy(), 2.0, 0.0], X_W_B), (3,))
    with fact("The output lies between 0 and 1"):
        between(call, answer(inputs.copy(), 2.0, 0.0), 0, 1, "did you apply the activation?")
    with fact("Without a bias it is the sigmoid of wx"):
        close(call, answer(inputs.copy(), 2.0, 0.0), [0.1192, 0.5, 0.8808], atol=1e-4)
    with fact("The bias counts, too"):
        h = answer(inputs.copy(), -2.0, 2.0)
        close("perceptron([-1, 0, 1], w=-2, b=2)", h, [0.9820, 0.8808, 0.5], atol=1e-4)


@exercise
def activation_point(fact: Facts, answer: Any) -> None:
    """`activation_point(w, b)`."""
    answer = function("activation_point", answer)
    with fact("With w = 2 and b = 6 it is the x at which 2x + 6 is 0"):
        _point(answer, 2.0, 6.0, -3.0)
    with fact("With w = -4 and b = 1 it is the x at which -4x + 1 is 0"):
        _point(answer, -4.0, 1.0, 0.25)


def _point(answer: Any, w: float, b: float, want: float) -> None:
    what = f"activation_point({w:g}, {b:g})"
    point = number(what, answer(w, b))
    if not np.isclose(point, want, atol=1e-4):
        raise Wrong(what, f"{want:g}", f"{point:.6g}", f"there {w:g}x + {b:g} is 0, and the output 1/2")
