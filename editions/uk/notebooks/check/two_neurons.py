"""The checks of lab 2, two neurons."""

from __future__ import annotations

from typing import Any

import numpy as np

from check.facts import Array, between, called, close, function, holds, real, shape
from check.said import said
from check.session import Facts, exercise


@exercise
def hidden_layer(fact: Facts, answer: Any) -> None:
    """`hidden_layer(x, w, b)`, a table (n, J)."""
    answer = function("hidden_layer", answer)
    what = "hidden_layer([0, 1], w=[1, 2, -1], b=[0, 0, 2])"

    def table() -> Any:
        return called(
            answer, "hidden_layer", [np.array([0.0, 1.0]), np.array([1.0, 2.0, -1.0]), np.array([0.0, 0.0, 2.0])], "xwb"
        )

    with fact("2 inputs and 3 nodes give a table of shape (2, 3), and the arguments stay as they are"):
        H = real(what, table())
        holds(H.shape != (3, 2), "The result is transposed: inputs belong to the rows and nodes to the columns")
        shape(what, H, (2, 3), exact=True)
    with fact("Every output lies between 0 and 1"):
        between(what, table(), 0, 1, "did you apply the activation?")
    with fact("The first node alone is right: w = 1, b = 0"):
        close(
            "The first column, for x = 0 and x = 1,",
            shape(what, table(), (2, 3), exact=True)[:, 0],
            [0.5, 0.7311],
            atol=1e-4,
        )
    with fact("All nodes are right, each with its own weight and bias"):
        close(what, table(), [[0.5, 0.5, 0.8808], [0.7311, 0.8808, 0.7311]], atol=1e-4, exact=True)


@exercise
def network(fact: Facts, answer: Any) -> None:
    """`network(x, w, b, w_out, b_out)`, one output for each input."""
    answer = function("network", answer)
    what = "network([0, 1, 2], w=[1, -1], b=[0, 2], w_out=[2, -1], b_out=0.5)"

    def outputs(w_out: tuple[float, float]) -> Any:
        arrays = [np.array(values) for values in ([0.0, 1.0, 2.0], [1.0, -1.0], [0.0, 2.0], w_out)]
        return called(answer, "network", [*arrays, 0.5], ["x", "w", "b", "w_out", "b_out"])

    with fact("3 inputs give 3 outputs, and the arguments stay as they are"):
        shape(what, outputs((2.0, -1.0)), (3,))
    with fact("The outputs are the output weights times the node outputs, plus the output bias"):
        close(what, outputs((2.0, -1.0)), [0.6192, 1.2311, 1.7616], atol=1e-4)
    with fact("With both output weights 0 only the output bias is left"):
        what = "With w_out = [0, 0] and b_out = 0.5 the result"
        close(what, outputs((0.0, 0.0)), [0.5, 0.5, 0.5], atol=1e-4)


@exercise
def output_weights(fact: Facts, w_out: Any, b_out: Any) -> None:
    """`w_out` and `b_out` for the hidden layer of the lab; a mean squared error of 0.005 gets all points."""
    with fact("`w_out` holds two numbers and `b_out` one"):
        _numbers("w_out", w_out, 2)
        _numbers("b_out", b_out, 1)
    with fact("The MSE is at most 0.05, for half of the points"):
        output, target = _output(w_out, b_out)
        error = float(np.mean((output - target) ** 2))
        print(said(f"MSE {error:.5f} (at most 0.005: all points, at most 0.05: half of them)"))
        holds(
            error <= 0.05,
            f"With these output weights the MSE is {error:.3f}, but it must be at most 0.05 for half the "
            "points; the hidden "
            f"layer stays at w = (3.5, -3.5) and b = (3.5, 3.5). {_why(output, target)}",
        )
    if fact.hold and error > 0.005:
        fact.missing(f"An MSE of at most 0.005 earns all points, and yours is {error:.4f}. {_why(output, target)}", 0.5)


def _numbers(name: str, value: Any, size: int) -> Array:
    array = real(name, value)
    holds(array.size == size, f"{name} must hold {size} number{'s' * (size > 1)}, but it holds {array.size}")
    holds(np.all(np.isfinite(array)), f"{name} must be made of ordinary numbers, but it is {array}")
    return np.ravel(array)


def _output(w_out: Any, b_out: Any) -> tuple[Array, Array]:
    """Output and target on the 500 points of the lab."""
    points = np.linspace(-5.0, 5.0, 500)
    first, second = _numbers("w_out", w_out, 2)
    output = first / (1 + np.exp(-3.5 * points - 3.5)) + second / (1 + np.exp(3.5 * points - 3.5))
    return output + _numbers("b_out", b_out, 1)[0], np.exp(-(points**2))


def _why(output: Array, target: Array) -> str:
    """What is wrong with a curve: its height, its direction, or its size."""
    if np.ptp(output) < 1e-6:
        return "Your curve is flat, the same everywhere: with both output weights 0 no neuron takes part"
    left, right, top = output[0], output[-1], output[len(output) // 2]
    if abs(left - right) > 0.3:
        return (
            f"Your curve ends at {left:.2f} on the left and at {right:.2f} on the right, and the target is "
            "0 at both ends: do both neurons count alike?"
        )
    if top < left:
        return "Your curve is a dip where the target is a bump: it is upside down"
    if abs((top - left) - 1.0) < 0.3:
        return (
            f"The shape is about right, but the whole curve stands {abs(left):.2f} too "
            f"{'high' if left > 0 else 'low'}: which of the three numbers moves all of it?"
        )
    return f"Your bump is {top - left:.2f} high, from {left:.2f} to {top:.2f}, and the target goes from 0 to 1"
