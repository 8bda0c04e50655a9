"""The checks of lab 5, a hidden layer that learns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from check.batches import shuffled
from check.facts import (
    Array,
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

PARAMETERS = ("W_1", "b_1", "w_2", "b_2")
GRADIENTS = ("dL_dW1", "dL_db1", "dL_dw2", "dL_db2")
FORWARD = ("Z_1", "H", "p")
DELTAS = ("dL_dz2", "dL_dZ1")
BATCH = ((1.0, 2.0), (3.0, -1.0), (0.0, 0.5), (-1.0, 1.0))
CLASSES = (1, 0, 0, 1)
NETWORK: tuple[Any, ...] = (((0.5, -1.0, 0.2), (0.25, 0.5, -0.4)), (0.1, -0.2, 0.3), (1.0, -2.0, 0.5), (0.25,))
# The six points, their classes and the start values of the checks of train_network.
POINTS = ((1.0, 2.0), (3.0, -1.0), (0.0, 4.0), (2.0, 0.0), (-1.0, 1.0), (1.0, -2.0))
LABELS = (0, 1, 0, 1, 0, 1)
START: tuple[Any, ...] = (((0.5, -1.0), (0.25, 0.5)), (0.1, -0.2), (1.0, -0.5), (0.25,))
TRAIN_ARGUMENTS = ("X", "y", "parameters", "epochs", "batch_size", "lr", "seed")
WAYS = {  # what each gradient consists of
    "dL_db2": "add up dL_dz2, one number for each point, and divide by n only once",
    "dL_dw2": "each point contributes its own dL_dz2 times its own row of H",
    "dL_db1": "add up the rows of dL_dZ1, one for each point: the sum runs over axis 0",
    "dL_dW1": "each point contributes each of its inputs times each number in its row of dL_dZ1",
}
ENDS: dict[str, Any] = {
    "dL_db2": (0.126868,),
    "dL_dw2": (0.234748, -0.408650, 0.302287),
    "dL_db1": (-0.027141, -0.089424, -0.016217),
    "dL_dW1": ((0.361672, -0.010568, 0.167056), (-0.232883, 0.166460, -0.140650)),
}


def arrays(values: Sequence[Any]) -> tuple[Array, ...]:
    """Parameters as arrays of their own."""
    return tuple(np.array(value) for value in values)


@exercise
def tanh_derivative(fact: Facts, answer: Any) -> None:
    """`tanh_derivative(z)`, element by element."""
    answer = function("tanh_derivative", answer)
    with fact("At z = 0 the slope is 1"):
        slope = number("tanh_derivative(0.0)", answer(0.0))
        if not np.isclose(slope, 1.0, rtol=1e-4):
            raise Wrong("tanh_derivative(0.0)", "1", f"{slope:.6g}")
    what = "tanh_derivative([[-2, 0, 2]])"
    with fact("The result has the shape of z, and z stays as it is"):
        shape(what, called(answer, "tanh_derivative", [np.array([[-2.0, 0.0, 2.0]])], ["z"]), (1, 3))
    with fact("The slope is the same at -2 and at 2, and never negative"):
        slopes = np.ravel(real(what, answer(np.array([[-2.0, 0.0, 2.0]]))))
        holds(np.allclose(slopes[0], slopes[2]), "The tanh is equally steep at -2 and at 2; yours is not")
        holds(np.all(slopes >= 0), "The tanh rises everywhere, so its slope is never negative: check the sign")
    with fact("It agrees with what a small nudge of z does to the tanh"):
        z = np.array([-3.0, -1.0, 0.5, 2.0])
        nudged_z = (np.tanh(z + 1e-5) - np.tanh(z - 1e-5)) / 2e-5
        close("tanh_derivative([-3, -1, 0.5, 2])", np.ravel(answer(z)), nudged_z, rtol=1e-3, atol=1e-5)


@exercise
def forward_batch(fact: Facts, answer: Any) -> None:
    """`forward_batch(X, W_1, b_1, w_2, b_2)` -> `(Z_1, H, p)`."""
    answer = function("forward_batch", answer)

    def results(X: Array, network: tuple[Array, ...]) -> list[Any]:
        return several("forward_batch", called(answer, "forward_batch", [X, *network], ["X", *PARAMETERS]), FORWARD)

    def known() -> list[Any]:
        return results(np.array(BATCH), arrays(NETWORK))

    with fact(
        "4 points and 3 neurons give `Z_1` and `H` of shape (4, 3) and `p` of shape (4,); arguments stay as they are"
    ):
        for name, value, wanted in zip(FORWARD, known(), ((4, 3), (4, 3), (4,)), strict=True):
            shape(name, value, wanted)
    with fact("`Z_1` is right: each row of X times each column of W_1, plus b_1"):
        wanted_z = [[1.1, -0.2, -0.3], [1.35, -3.7, 1.3], [0.225, 0.05, 0.1], [-0.15, 1.3, -0.3]]
        close("Z_1", known()[0], wanted_z, atol=1e-4, hint="a row for each point, a column for each neuron")
    with fact("`H` is the tanh of `Z_1`"):
        Z_1, H, _ = known()
        close("H", H, np.tanh(real("Z_1", Z_1)), atol=1e-4, hint="which activation do the hidden neurons have?")
    with fact("`p` is right: the sigmoid of what the output neuron adds up"):
        hint = "H times w_2, added up over the neurons, plus b_2, and then the sigmoid"
        close("p", known()[2], [0.785767, 0.972144, 0.603769, 0.145793], atol=1e-4, hint=hint)
    with fact("It takes one point, one neuron, and points with three inputs"):
        for n, D, J in ((1, 2, 3), (4, 2, 1), (3, 3, 2)):
            network = (np.full((D, J), 0.1), np.full(J, 0.2), np.full(J, 0.3), np.array([0.4]))
            for name, value, wanted in zip(
                FORWARD, results(np.ones((n, D)), network), ((n, J), (n, J), (n,)), strict=True
            ):
                shape(f"With {n} point(s), {D} inputs and {J} neuron(s), {name}", value, wanted)


@exercise
def deltas(fact: Facts, answer: Any, part: str) -> None:
    """One of the two results of `deltas(y, Z_1, p, w_2)`."""
    answer = function("deltas", answer)
    k = DELTAS.index(part)
    y, p = np.array([1, 0, 0, 1]), np.array([0.9, 0.5, 0.2, 0.3])
    Z_1 = np.array([[0.0, 1.0, -2.0], [0.5, 0.0, 1.0], [-1.0, 2.0, 0.0], [0.0, 0.0, 0.25]])

    def result(y: Array, Z_1: Array, p: Array) -> Any:
        arguments = [y, Z_1, p, np.array([1.0, -2.0, 0.5])]
        return several("deltas", called(answer, "deltas", arguments, ["y", "Z_1", "p", "w_2"]), DELTAS)[k]

    if part == "dL_dz2":
        with fact("`dL_dz2` holds one number for each of the 4 points, and the arguments stay as they are"):
            sized("dL_dz2", result(y, Z_1, p), 4, "one for each point (a column minus a row is a table)")
        with fact("For a single point, it is p - y"):
            close("For y = [1] and p = [0.9], dL_dz2", result(y[:1], Z_1[:1], p[:1]), [-0.1], atol=1e-5)
        with fact("In a batch of 4, each point counts for a quarter, because the loss is the mean"):
            hint = "p - y, as in Lab 4, and what does the mean do to it?"
            close("dL_dz2", np.ravel(result(y, Z_1, p)), [-0.025, 0.125, 0.05, -0.175], atol=1e-5, hint=hint)
        return
    with fact("`dL_dZ1` has a row for each of the 4 points and a column for each of the 3 neurons"):
        shape("dL_dZ1", result(y, Z_1, p), (4, 3))
    with fact("Where Z_1 is 0, the slope of the tanh is 1, and each row is `dL_dz2` of its point times w_2"):
        flat = [[-0.025, 0.05, -0.0125], [0.125, -0.25, 0.0625], [0.05, -0.1, 0.025], [-0.175, 0.35, -0.0875]]
        close("With zeros in Z_1, dL_dZ1", result(y, np.zeros((4, 3)), p), flat, atol=1e-5)
    with fact("Elsewhere, each number is multiplied by the slope of the tanh at its own Z_1"):
        want = [[-0.025, 0.020999, -0.000883], [0.098306, -0.25, 0.026248]]
        want += [[0.020999, -0.007065, 0.025], [-0.175, 0.35, -0.082251]]
        hint = "the slope is taken at Z_1, element by element"
        close("dL_dZ1", result(y, Z_1, p), want, atol=1e-5, hint=hint)


@exercise
def backprop_batch(fact: Facts, answer: Any, network: Any, part: str) -> None:
    """One of the results of `backprop_batch(X, y, W_1, b_1, w_2, b_2)`; `network` is the student's `forward_batch`."""
    answer = function("backprop_batch", answer)
    k = GRADIENTS.index(part)
    parameter = PARAMETERS[k]

    def gradient(X: Any, y: Any, parameters: tuple[Array, ...]) -> Array:
        arguments = [np.array(X), np.array(y), *parameters]
        try:
            result = called(answer, "backprop_batch", arguments, ["X", "y", *PARAMETERS])
            value = several("backprop_batch", result, GRADIENTS)[k]
            return shape(f"{part}, result number {k + 1},", value, np.shape(parameters[k]))
        except (Wrong, ValueError):
            if _gives_columns(network):
                raise Wrong(
                    "Your forward_batch returns p as a column of shape (n, 1), and a column minus a row is a table: "
                    "return p in the shape (n,)"
                ) from None
            raise

    with fact(f"It returns four gradients, `{part}` in the shape of `{parameter}`, and changes no argument"):
        gradient(BATCH, CLASSES, arrays(NETWORK))
    with fact(f"`{part}` is right for a batch of 4 points"):
        close(part, gradient(BATCH, CLASSES, arrays(NETWORK)), ENDS[part], atol=1e-4, hint=WAYS[part])
    with fact("It is a mean: the same batch twice gives the same gradient"):
        once, twice = (gradient(BATCH * n, CLASSES * n, arrays(NETWORK)) for n in (1, 2))
        holds(
            np.allclose(once, twice, rtol=1e-3, atol=1e-5),
            f"With every point twice, {part} changes from {shown(once)} to {shown(twice)}: the loss is the mean over "
            "the batch, so it should stay the same",
        )
    with fact(f"`{part}` says what a nudge of `{parameter}` does to the loss of your own network"):
        found = gradient(BATCH, CLASSES, arrays(NETWORK))
        as_measured(part, found, network, arrays(NETWORK), np.array(BATCH), np.array(CLASSES))


def _gives_columns(network: Any) -> bool:
    try:
        return bool(np.ndim(network(np.array(BATCH), *arrays(NETWORK))[2]) > 1)
    except Exception:  # it has a test of its own
        return False


def as_measured(part: str, gradient: Array, network: Any, parameters: tuple[Array, ...], X: Array, y: Array) -> None:
    """A gradient is what nudges of its parameter do to the mean cross-entropy of the student's own network."""
    k = GRADIENTS.index(part)
    slopes = np.reshape(gradient, parameters[k].shape)
    for place in np.ndindex(*parameters[k].shape):
        measured = nudged(network, X, y, parameters, k, place)
        index = ", ".join(map(str, place))
        holds(
            measured is None or np.isclose(slopes[place], measured, rtol=0.02, atol=0.005),
            f"When {PARAMETERS[k]}[{index}] is nudged, the mean cross-entropy of your own network changes at the rate "
            f"{measured or 0.0:.4f}; {part}[{index}] says {slopes[place]:.4f}",
        )


def nudged(
    network: Any, X: Array, y: Array, parameters: Sequence[Array], k: int, place: tuple[int, ...]
) -> float | None:
    """The rate at which a nudge of one parameter changes the mean cross-entropy of the student's network.

    Args:
        network: the student's `forward_batch`; it has a test of its own, so None is returned where it is wrong.
        X: points (n, D).
        y: classes (n,).
        parameters: W_1 (D, J), b_1 (J,), w_2 (J,), b_2 (1,).
        k: which of them to nudge.
        place: which of its elements.
    """
    j = int(np.ravel_multi_index(place, parameters[k].shape))
    flat = [np.ravel(parameter) for parameter in parameters]

    def loss(moved: Sequence[Array]) -> float | None:
        values = [np.reshape(value, parameter.shape) for value, parameter in zip(moved, parameters, strict=True)]
        right = right_output(X, values)
        try:
            p = np.ravel(np.asarray(network(X, *values)[2], dtype=float))
        except Exception:
            return None
        if p.shape != right.shape or not np.allclose(p, right, rtol=1e-4, atol=1e-6):
            return None
        return -float(np.mean(np.log(np.where(y == 1, p, 1 - p))))

    return central_difference(loss, flat, k, j)


def right_output(X: Array, parameters: Sequence[Array]) -> Array:
    """What a network says to points: p (n,)."""
    weights, biases, *last = parameters
    p: Array = 1.0 / (1.0 + np.exp(-(np.tanh(X @ weights + biases) @ last[0] + last[1])))
    return p


@exercise
def initial_parameters(fact: Facts, answer: Any) -> None:
    """`initial_parameters(D, J, seed)` -> `(W_1, b_1, w_2, b_2)`."""
    answer = function("initial_parameters", answer)

    def drawn(D: int, J: int, seed: int) -> list[Array]:
        values = several("initial_parameters", answer(D, J, seed), PARAMETERS)
        values[3] = sized("b_2", values[3], 1)
        sizes = ((D, J), (J,), (J,), (1,))
        return [
            shape(name, value, size, exact=True) for name, value, size in zip(PARAMETERS, values, sizes, strict=True)
        ]

    with fact("For D = 2 and J = 3 the shapes are (2, 3), (3,), (3,) and (1,)"):
        drawn(2, 3, 0)
    with fact("Both biases are zeros"):
        for name, value in zip(PARAMETERS[1::2], drawn(2, 3, 0)[1::2], strict=True):
            close(name, value, np.zeros(value.shape))
    with fact("The weights are random: no two neurons are equal, and the seed decides"):
        W_1, _, w_2, _ = drawn(2, 30, 1)
        holds(
            len(np.unique(W_1)) == 60 and len(np.unique(w_2)) == 30,
            "Some weights are equal, and equal neurons stay equal: draw a number of its own for each weight",
        )
        holds(
            np.corrcoef(W_1[0], w_2)[0, 1] < 0.99,
            "w_2 repeats the numbers of W_1: draw both with one generator, which is made once",
        )
        for seed in (0, 1):
            one, two = drawn(2, 30, seed), drawn(2, 30, seed)
            same = all(np.array_equal(a, b) for a, b in zip(one, two, strict=True))
            holds(
                same,
                f"Two calls with seed = {seed} give different weights: make the generator from seed, in the function",
            )
        holds(
            not np.allclose(drawn(2, 30, 2)[0], W_1) and not np.allclose(drawn(2, 30, 2)[2], w_2),
            "Another seed gives the same weights: make the generator from seed",
        )
    with fact("`W_1` has mean 0 and standard deviation 1 / sqrt(D), `w_2` has 1 / sqrt(J)"):
        W_1, w_2 = (np.concatenate([np.ravel(drawn(25, 100, seed)[k]) for seed in range(8)]) for k in (0, 2))
        spread("W_1", W_1, 0.2, "D = 25", 0.1)
        spread("w_2", w_2, 0.1, "J = 100", 0.2)


def spread(name: str, values: Array, wanted: float, where: str, others: float) -> None:
    """Mean 0 and a standard deviation, to six standard errors of normally distributed values.

    Args:
        name, values: of an array of weights.
        wanted: the standard deviation.
        where: for which numbers of inputs and neurons.
        others: the standard deviation of the other layer's weights.
    """
    deviation, error = float(np.std(values)), wanted / np.sqrt(values.size)
    holds(
        abs(np.mean(values)) < max(6 * error, 0.25 * deviation),
        f"With {where}, the mean of {name} should be near 0, but it is {np.mean(values):.3f}: do your random numbers "
        "lie on both sides of 0?",
    )
    for size, slip in (
        (wanted**2, "that is 1 divided by the number of inputs itself: the root of it is missing"),
        (1.0, "the numbers are not scaled at all"),
        (1 / wanted, "the numbers are multiplied by the root of the number of inputs, not divided by it"),
        (wanted**-2, "the numbers are multiplied by the number of inputs, not divided by its root"),
        (others, "that is right for the other layer, whose neurons have another number of inputs"),
    ):
        told = f"With {where}, {name} should have the standard deviation {wanted:g}, and yours has {deviation:.3f}"
        holds(abs(deviation - size) > 6 * size / np.sqrt(values.size), f"{told}: {slip}")
    holds(
        abs(deviation - wanted) < 6 * error,
        f"With {where}, {name} should have the standard deviation {wanted:g}, and yours has {deviation:.3f}: which "
        "number of inputs does such a neuron have, and is it the standard deviation that you pass, not its square?",
    )
    holds(
        abs(np.mean(values)) < 6 * error,
        f"With {where}, the mean of {name} should be near 0, not {np.mean(values):.3f}",
    )


@exercise
def train_network(fact: Facts, answer: Any) -> None:
    """`train_network(X, y, parameters, epochs, batch_size, lr, seed)` -> the four trained parameters."""
    answer = function("train_network", answer)
    start = np.concatenate([np.ravel(value) for value in START])

    def run(points: Array, classes: Array, *settings: Any) -> Array:
        arguments = [points, classes, arrays(START), *settings]
        values = several("train_network", called(answer, "train_network", arguments, TRAIN_ARGUMENTS), PARAMETERS)
        shaped = [
            shape(name, value, np.shape(begin)) for name, value, begin in zip(PARAMETERS, values, START, strict=True)
        ]
        return np.concatenate([np.ravel(value) for value in shaped])

    def trained(n: int, epochs: int, size: int, lr: float, seed: int) -> Array:
        return run(np.resize(POINTS, (n, 2)), np.resize(LABELS, n), epochs, size, lr, seed)

    with fact("After 0 epochs the parameters are the start values, and all arguments stay as they are"):
        close("After 0 epochs all parameters together", trained(6, 0, 2, 0.1, 0), start)
    with fact("All points in one batch: one epoch is one step"):
        ends = (0.55658, -0.975439, 0.040694, 0.577578, 0.057467, -0.163315, 0.938114, -0.620721, 0.152124)
        hint = "from each parameter, lr times its own gradient of all six points"
        end, place = trained(6, 1, 6, 0.5, 0), 0
        for name, size in zip(PARAMETERS, (4, 2, 2, 1), strict=True):
            what = f"After one epoch with all six points in one batch and lr = 0.5, {name}"
            close(what, end[place : place + size], ends[place : place + size], atol=1e-4, hint=hint)
            place += size
    with fact("The same seed gives the same result"):
        for seed in (7, 0):
            holds(
                np.allclose(trained(6, 6, 2, 0.5, seed), trained(6, 6, 2, 0.5, seed)),
                f"Two calls with seed = {seed} end with different parameters: make one generator from seed before the "
                "loops, and shuffle only with it (0 is a seed like any other)",
            )
    with fact("Each epoch takes every point once, whatever the batches, and takes all epochs"):
        # With a tiny learning rate the order hardly matters: all steps together are so many of one batch each.
        step = trained(6, 1, 6, 1e-5, 0) - start
        for n, epochs, size, steps in ((6, 1, 2, 3), (6, 4, 2, 12), (300, 2, 10, 60), (6, 120, 6, 120)):
            moved = trained(n, epochs, size, 1e-5, 0) - start
            holds(
                np.max(np.abs(moved - steps * step)) < 0.03 * np.max(np.abs(steps * step)),
                f"{epochs} epoch(s) over {n} points in batches of {size} are {steps} steps. With lr = 0.00001 they "
                f"move the parameters by {shown(steps * step * 1e5)} times 0.00001, but yours move by "
                f"{shown(moved * 1e5)} times as much: take a step with each batch, every point once in each epoch",
            )
    with fact("Each batch holds `batch_size` points, but for what is left in the end"):
        _remainder(run)
    with fact("The order is shuffled, anew in each epoch, and by the seed"):
        shuffled(trained)
    with fact("After 60 epochs the six points are told apart"):
        end = trained(6, 60, 2, 0.5, 7)
        p = right_output(np.array(POINTS), (end[:4].reshape(2, 2), end[4:6], end[6:8], end[8:]))
        holds(
            np.array_equal(p > 0.5, np.array(LABELS) == 1),
            f"After 60 epochs the six points should be told apart, but p is {shown(p)} for the classes {list(LABELS)}: "
            "do all batches get their step, and do points and classes stay together?",
        )


def _remainder(run: Any) -> None:
    """Four equal points in batches of three: their order makes no difference."""
    end = run(np.array([[1.0, 0.5]] * 4), np.zeros(4, dtype=int), 1, 3, 0.4, 0)
    ends = np.array(
        [
            [0.135124, -0.893916, 0.067562, 0.553042, -0.264876, -0.093916, 0.740318, -0.115746, -0.294866],
            [0.309029, -0.929779, 0.154514, 0.535111, -0.090971, -0.129779, 0.807666, -0.270506, -0.060218],
        ]
    )
    holds(
        np.min(np.max(np.abs(ends - end), axis=1)) < 1e-3,
        f"One epoch over four equal points in batches of three should end at {shown(ends[0])} (all parameters in one "
        f"row) or, if the last point waits for the next epoch, at {shown(ends[1])}, but it ends at {shown(end)}: start "
        "a new batch every batch_size points",
    )


@exercise
def choose_network(fact: Facts, answer: Any) -> None:
    """`choose_network(networks, X_val, y_val)` -> the parameters of one of the networks."""
    answer = function("choose_network", answer)
    points, classes = np.array(POINTS), np.array(LABELS)

    def networks(output_weights: Sequence[float]) -> tuple[tuple[Array, ...], ...]:
        """Networks of one neuron that looks at x_1 - x_2, and of several that are all like it."""
        found = []
        for J, weight in enumerate(output_weights, 1):
            W_1 = np.tile([[0.5], [-0.5]], J)
            found.append((W_1, np.zeros(J), np.full(J, weight / J), np.array([0.1])))
        return tuple(found)

    def chosen(output_weights: Sequence[float]) -> int:
        given = networks(output_weights)
        result = called(answer, "choose_network", [list(given), points, classes], ["networks", "X_val", "y_val"])
        if not isinstance(result, list | tuple) and np.size(real("choose_network", result)) == 1:
            raise Wrong(f"choose_network returned {shown(result)}: return the network itself, its four parameters")
        values = several("choose_network", result, PARAMETERS)
        return identified(values, given)

    with fact("It returns one of the networks, its four parameters, and changes none"):
        chosen((1.0, 2.0, 3.0))
    with fact("The network with the lowest validation loss is found at any place in the list"):
        for weights, best in (((4.0, 1.0, 0.5), 0), ((1.0, 4.0, 0.5), 1), ((0.5, -4.0, 4.0), 2)):
            losses = [_loss(network, points, classes) for network in networks(weights)]
            got = chosen(weights)
            holds(
                got == best,
                f"The validation losses of {len(losses)} networks are {shown(np.array(losses))}, and choose_network "
                f"returned network number {got + 1}, not number {best + 1}: compute the loss of each, and keep the "
                "network with the smallest",
            )
    with fact("The loss decides, also where the accuracies are equal"):
        holds(
            chosen((0.6, 2.0, 1.2)) == 1,
            "Three networks decide alike, but the second is the most confident of what is right: compare their mean "
            "cross-entropy",
        )


def identified(values: Sequence[Any], networks: Sequence[Sequence[Array]]) -> int:
    """Which of the networks these parameters are."""
    for i, network in enumerate(networks):
        pairs = zip(values, network, strict=True)
        if all(np.size(a) == b.size and np.allclose(np.ravel(a), np.ravel(b)) for a, b in pairs):
            return i
    raise Wrong("What choose_network returned is none of the networks that it was given: return one as it is")


def _loss(network: Sequence[Array], X: Array, y: Array) -> float:
    p = right_output(X, network)
    return -float(np.mean(np.log(np.where(y == 1, p, 1 - p))))
