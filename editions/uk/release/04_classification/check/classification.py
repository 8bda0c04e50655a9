"""The checks of lab 4, classification."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from check.batches import shuffled
from check.facts import (
    Array,
    Wrong,
    between,
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

BATCH = ((1.0, 2.0), (3.0, -1.0), (0.0, 4.0))
POINTS = ((1.0, 2.0), (3.0, -1.0), (0.0, 4.0), (2.0, 0.0), (-1.0, 1.0), (1.0, -2.0))
CLASSES = (0, 1, 0, 1, 0, 1)
TRAIN_ARGUMENTS = ("X", "y", "epochs", "batch_size", "lr", "seed")
# The two weights and the bias that scikit-learn's LogisticRegression fits to the lab's training set.
FITTED = (1.074, -2.846, 5.787)
# Number of epochs -> where they lead on the lab's test set, in small steps.
ON_TEST_SET = {
    10: (1.106, -1.268, 1.034),
    20: (1.340, -1.531, 1.336),
    30: (1.458, -1.696, 1.579),
    50: (1.559, -1.900, 1.972),
    100: (1.567, -2.142, 2.688),
    200: (1.409, -2.336, 3.630),
    300: (1.281, -2.455, 4.269),
    500: (1.138, -2.635, 5.116),
}
# The same on all 500 points, as far as a notebook has the time to train again.
ON_ALL_POINTS = {
    10: (1.595, -1.817, 2.002),
    20: (1.573, -2.080, 2.784),
    30: (1.503, -2.239, 3.354),
    50: (1.402, -2.463, 4.153),
    100: (1.305, -2.801, 5.257),
}


@exercise
def predict_proba(fact: Facts, answer: Any) -> None:
    """`predict_proba(X, w_1, b_1)`, a probability for each point."""
    answer = function("predict_proba", answer)

    def p(bias: float) -> Any:
        points = np.array([[0.0, 0.0], [1.0, 2.0], [3.0, -3.0]])
        return called(answer, "predict_proba", [points, np.array([2.0, -1.0]), np.array([bias])], ["X", "w_1", "b_1"])

    what = "predict_proba([[0, 0], [1, 2], [3, -3]], w_1=[2, -1], b_1=[{}])"
    with fact("Three points get three probabilities, and the arguments stay as they are"):
        shape(what.format(0), p(0.0), (3,))
    with fact("Each lies between 0 and 1"):
        between(what.format(0), p(0.0), 0, 1, "apply sigmoid")
    with fact("Each is the sigmoid of w_1[0] x_1 + w_1[1] x_2"):
        hint = "z is 0, 0 and 9 here: each row of X times w_1, added up"
        close(what.format(0), p(0.0), [0.5, 0.5, 0.999877], atol=1e-4, hint=hint)
    with fact("The bias is added before the sigmoid"):
        close(
            what.format(1), p(1.0), [0.731059, 0.731059, 0.999955], atol=1e-4, hint="is the bias added before sigmoid?"
        )


@exercise
def accuracy(fact: Facts, answer: Any, part: str) -> None:
    """`accuracy(y, p)`, the share of right decisions."""
    answer = function("accuracy", answer)
    what = "accuracy([0, 1, 1, 0, 1], [0.2, 0.9, 0.4, 0.1, 0.8])"

    def share() -> Any:
        return called(answer, "accuracy", [np.array([0, 1, 1, 0, 1]), np.array([0.2, 0.9, 0.4, 0.1, 0.8])], ["y", "p"])

    with fact("It is one number, and the arguments stay as they are"):
        size = real("accuracy", share()).size
        holds(size == 1, f"accuracy must return one number, not {size}: take the mean over all points")
    with fact("Four of five decisions are right: 0.8"):
        value = number(what, share())
        holds(
            value <= 1, f"accuracy returned {value:g}: a share lies between 0 and 1, so divide by the number of points"
        )
        if not np.isclose(value, 0.8, atol=1e-4):
            raise Wrong(what, "0.8, because four of these five decisions are right", f"{value:.6g}")
    with fact("Where p is exactly 0.5 the decision is class 0"):
        what = "accuracy([0, 0, 0, 1], [0.5, 0.5, 0.5, 0.5])"
        value = number(what, answer(np.array([0, 0, 0, 1]), np.array([0.5, 0.5, 0.5, 0.5])))
        if not np.isclose(value, 0.75, atol=1e-4):
            raise Wrong(what, "0.75", f"{value:.6g}", "compare with > 0.5, and divide by the number of points")


@exercise
def gradients(fact: Facts, answer: Any, predict: Any) -> None:
    """`gradients(X, y, w_1, b_1)` -> `(dL_dw1, dL_db1)`, summed over the batch; `predict` is the student's."""
    answer = function("gradients", answer)
    names = ("dL_dw1", "dL_db1")
    hint = "add up over the points (if your p has shape (n, 1), flatten it first: a column minus a row is a table)"

    def both(weights: Sequence[float], bias: float) -> list[Array]:
        arguments = [np.array(BATCH), np.array([0, 1, 1]), np.array(weights), np.array([bias])]
        result = called(answer, "gradients", arguments, ["X", "y", "w_1", "b_1"])
        return [
            sized(name, value, n, hint)
            for name, value, n in zip(names, several("gradients", result, names), (2, 1), strict=True)
        ]

    with fact("It returns two gradients in the shapes of `w_1` and `b_1`, and the arguments stay as they are"):
        both((0.0, 0.0), 0.0)
    with fact("With zero weights each p is 0.5, and `dL_db1` is the sum of p - y"):
        close("dL_db1", both((0.0, 0.0), 0.0)[1], [-0.5], atol=1e-4, hint="p - y is 0.5, -0.5, -0.5 here")
    with fact("`dL_dw1` is the sum of (p - y) x"):
        hint_w = "it is 0.5 * (1, 2) - 0.5 * (3, -1) - 0.5 * (0, 4)"
        close("dL_dw1", both((0.0, 0.0), 0.0)[0], [-1.0, -0.5], atol=1e-4, hint=hint_w)
    with fact("Both say what a nudge does to the cross-entropy of your own neuron"):
        for k, found in enumerate(both((0.5, -1.0), 0.25)):
            for j, slope in enumerate(found):
                measured = nudged(
                    predict, np.array(BATCH), np.array([0, 1, 1]), [np.array([0.5, -1.0]), np.array([0.25])], k, j
                )
                if measured is not None and not np.isclose(slope, measured, rtol=0.02, atol=0.02):
                    raise Wrong(
                        f"When element {j} of {names[k][4:]} is nudged, the cross-entropy of your own neuron "
                        "changes at the "
                        f"rate {measured:.4f}; {names[k]}[{j}] says {slope:.4f}"
                    )


def nudged(predict: Any, X: Array, y: Array, parameters: Sequence[Array], k: int, j: int) -> float | None:
    """The rate at which a nudge of one parameter changes the cross-entropy of the student's neuron.

    Args:
        predict: the student's `predict_proba`; it has a test of its own, so None is returned where it is wrong.
        X: points (n, 2).
        y: classes (n,).
        parameters: weights (2,) and bias (1,).
        k: which of them to nudge.
        j: which of its elements.
    """

    def loss(moved: Sequence[Array]) -> float | None:
        right = 1.0 / (1.0 + np.exp(-(X @ moved[0] + moved[1])))
        try:
            p = np.ravel(np.asarray(predict(X, *moved), dtype=float))
        except Exception:
            return None
        if p.shape != right.shape or not np.allclose(p, right, rtol=1e-4, atol=1e-6):
            return None
        return -float(np.sum(np.log(np.where(y == 1, p, 1 - p))))

    return central_difference(loss, parameters, k, j)


@exercise
def train_classifier(fact: Facts, answer: Any) -> None:
    """`train_classifier(X, y, epochs, batch_size, lr, seed)` -> `(w_1, b_1)`."""
    answer = function("train_classifier", answer)

    def trained(n: int, epochs: int, size: int, lr: float, seed: int) -> Array:
        points, classes = (np.resize(POINTS, (n, 2)), np.resize(CLASSES, n))
        arguments = [points, classes, epochs, size, lr, seed]
        result = called(answer, "train_classifier", arguments, TRAIN_ARGUMENTS)
        weights, bias = several("train_classifier", result, ("w_1", "b_1"))
        return np.concatenate([sized("w_1", weights, 2), sized("b_1", bias, 1)])

    with fact("After 0 epochs `w_1` and `b_1` are all ones, and X and y stay as they are"):
        close("After 0 epochs w_1 and b_1 together", trained(6, 0, 2, 0.1, 0), [1.0, 1.0, 1.0])
    with fact("All points in one batch: one epoch is one step"):
        where = "After one epoch with all six points in one batch and lr = 0.1, "
        end = trained(6, 1, 6, 0.1, 0)
        close(
            f"{where}w_1",
            end[:2],
            [1.048617, 0.228426],
            atol=1e-4,
            hint="the old weights minus lr times the gradient of all six points, each once and with its own class",
        )
        close(f"{where}b_1", end[2:], [0.788847], atol=1e-4)
    with fact("The same seed gives the same result"):
        for seed in (7, 0):
            holds(
                np.allclose(trained(6, 20, 2, 0.1, seed), trained(6, 20, 2, 0.1, seed)),
                f"Two calls with seed = {seed} end with different weights: make one generator from seed "
                "before the loops, "
                "shuffle only with it (0 is a seed like any other), and start from ones in each call",
            )
    with fact("Each epoch takes every point once, whatever the batches"):
        # With a tiny learning rate the order hardly matters: the sum of all steps is that of one batch.
        once, batches = trained(6, 1, 6, 1e-5, 0) - 1.0, trained(6, 1, 2, 1e-5, 0) - 1.0
        several_epochs = trained(6, 4, 2, 1e-5, 0) - 1.0
        for name, seen, want in (("One epoch", batches, once), ("4 epochs", several_epochs, 4 * once)):
            holds(
                np.max(np.abs(seen - want)) < 0.03 * np.max(np.abs(want)),
                f"{name} in batches of two with lr = 0.00001 changes weights and bias by {shown(seen * 1e5)} "
                "times 0.00001, "
                f"and in one batch of six by {shown(want * 1e5)} times as much: take a step with each batch, and every "
                "point once in each epoch",
            )
    with fact("It takes all points and all epochs, however many there are"):
        many, few = trained(300, 2, 10, 1e-6, 0) - 1.0, trained(6, 1, 6, 1e-6, 0) - 1.0
        sentence = "takes a step with each batch of every epoch: your weights are not where these steps lead"
        holds(np.max(np.abs(many - 100 * few)) < 0.03 * np.max(np.abs(100 * few)), f"Training on 300 points {sentence}")
        long = trained(6, 1200, 6, 1e-6, 0) - 1.0
        holds(np.max(np.abs(long - 1200 * few)) < 0.05 * np.max(np.abs(long)), f"Training for 1200 epochs {sentence}")
    with fact("Each batch holds `batch_size` points, but for what is left in the end"):
        _remainder(answer)
    with fact("The order is shuffled, anew in each epoch, and by the seed"):
        shuffled(trained)
    with fact("After 100 epochs the six points are told apart"):
        end = trained(6, 100, 2, 0.1, 7)
        scores = np.array(POINTS) @ end[:2] + end[2]
        holds(
            np.array_equal(scores > 0, np.array(CLASSES) == 1),
            f"After 100 epochs the six points should be told apart, but z is {shown(scores)} for the classes "
            f"{list(CLASSES)}: "
            "do all batches get their step, and do points and classes stay together?",
        )


def _remainder(answer: Any) -> None:
    """Four equal points in batches of three: their order makes no difference."""
    arguments = [np.array([[1.0, 0.5]] * 4), np.zeros(4, dtype=int), 1, 3, 0.4, 0]
    weights, bias = several(
        "train_classifier", called(answer, "train_classifier", arguments, TRAIN_ARGUMENTS), ("w_1", "b_1")
    )
    end = np.concatenate([sized("w_1", weights, 2), sized("b_1", bias, 1)])
    ends = np.array([[-0.30945, 0.34527, -0.30945], [-0.10897, 0.44551, -0.10897]])
    holds(
        np.min(np.max(np.abs(ends - end), axis=1)) < 1e-3,
        f"One epoch over four equal points in batches of three should end at weights and bias {shown(ends[0])} or, if "
        f"the last point waits for the next epoch, at {shown(ends[1])}, but it ends at {shown(end)}: start a new batch "
        "every batch_size points",
    )


@exercise
def test_accuracy(fact: Facts, share: Any, w_1: Any, b_1: Any, predict: Any, train: Any) -> None:
    """`test_accuracy`, `w_1` and `b_1`."""
    with fact("`test_accuracy` is one number from 0 to 1"):
        if share is None:
            raise Wrong("test_accuracy is None: store the result of accuracy(...) in it")
        size = real("test_accuracy", share).size
        holds(size == 1, f"test_accuracy must be one number, not {size}: use accuracy(...)")
        holds(number("test_accuracy", share) <= 1, f"test_accuracy is {share}: give it as a share, 0.9 and not 90")
    with fact("`w_1` holds two numbers and `b_1` one"):
        for name, value, size in (("w_1", w_1, 2), ("b_1", b_1, 1)):
            sized(name, value, size, "keep what train_classifier returns")
    with fact("A trained neuron reaches at least 0.93"):
        value = number("test_accuracy", share)
        points, classes = lab_points()
        reached = shares_right(points[TEST], classes[TEST], w_1, b_1, predict)[0]
        if value <= 0.925 < reached:
            raise Wrong(computed_otherwise(value, reached))
        sentence = (
            f"test_accuracy is {value:g}, but a trained neuron reaches 0.93 or more: train on X_train "
            "with lr = 0.01 first"
        )
        holds(value > 0.925, sentence)
    with fact("It is a share of the 100 points of the test set, as a straight line can reach it"):
        value = number("test_accuracy", share)
        holds(
            abs(value * 100 - round(value * 100)) < 0.05,  # half precision is off by 0.02
            f"test_accuracy is {value:g}, which is no whole number of hundredths. The test set has 100 "
            "points: did you take "
            "another set?",
        )
        sentence = (
            f"test_accuracy is {value:g}: no straight line does that well on this test set, so look how it was computed"
        )
        holds(value < 0.985, sentence)
    with fact("It is what `w_1` and `b_1` reach on the test set of the lab"):
        value = number("test_accuracy", share)
        points, classes = lab_points()
        agrees_with(value, *(shares_right(points[part], classes[part], w_1, b_1, predict) for part in (TEST, TRAINING)))
    with fact("`w_1` and `b_1` come from your own training, on the training set"):
        kept = np.concatenate([sized("w_1", w_1, 2), sized("b_1", b_1, 1)])
        holds(
            np.max(np.abs(kept - FITTED)) > 0.02,  # scikit-learn stops at 0.008 from it, training passes it at 0.3
            "w_1 and b_1 are what LogisticRegression of scikit-learn fits, down to its penalty: train with your own "
            "train_classifier",
        )
        points, classes = lab_points()
        not_trained_on(kept, train, "the test set", [(points[TEST], classes[TEST])], ON_TEST_SET)
        not_trained_on(kept, train, "all 500 points", all_points(), ON_ALL_POINTS)


TEST, TRAINING = slice(0, 100), slice(100, 500)


def shares_right(points: Array, classes: Array, w_1: Any, b_1: Any, predict: Any) -> Array:
    """What weights reach on points, also by the student's `predict_proba`: a wrong one has its own test."""
    right = np.mean((points @ sized("w_1", w_1, 2) + sized("b_1", b_1, 1) > 0) == classes)
    try:
        return np.array([right, np.mean((np.ravel(predict(points, w_1, b_1)) > 0.5) == classes)])
    except Exception:
        return np.array([right])


def computed_otherwise(value: float, reached: float) -> str:
    """What to say of a small share where the weights are trained: the mistake is not in the training."""
    trained = f"test_accuracy is {value:g}, but your w_1 and b_1 reach {reached:g} on X_test and y_test"
    if abs(value - (1 - reached)) < 1e-3:
        return f"{trained}: it is the share of wrong decisions, 1 minus the accuracy"
    points, classes = lab_points()
    start = np.mean((points[TEST] @ np.ones(2) + 1.0 > 0) == classes[TEST])
    if abs(value - start) < 1e-3:
        return f"{trained}: it is what the untrained neuron reaches, so pass on the w_1 and b_1 that you trained"
    return (
        f"{trained}, so the neuron is trained: look how the accuracy is computed, "
        "accuracy(y_test, p) with p from predict_proba(X_test, w_1, b_1)"
    )


def agrees_with(value: float, on_test: Array, on_training: Array) -> None:
    """Whether a share is what the weights reach on the test set."""
    agrees = np.any(np.abs(on_test - value) < 1e-3)
    holds(
        agrees or not np.any(np.abs(on_training - value) < 1e-3),
        f"test_accuracy is {value:g}, the accuracy of w_1 and b_1 on the training set. Take X_test and y_test",
    )
    holds(
        agrees,
        f"test_accuracy is {value:g}, but w_1 and b_1 reach {on_test[0]:g} on X_test and y_test of the lab: "
        "compute it from "
        "the w_1 and b_1 that you keep, on that set (a split or a scale of your own gives another set)",
    )


def not_trained_on(
    kept: Array, train: Any, what: str, ways: Sequence[tuple[Array, Array]], path: Mapping[int, Any]
) -> None:
    """The weights are not those that the student's training finds on other points than the training set.

    Args:
        kept: weights (3,), the bias last.
        train: the student's `train_classifier`, which has a test of its own.
        what: the other points, in words.
        ways: the same points and classes, in the orders in which they may have been passed.
        path: number of epochs -> where as many lead; only those that lead near ``kept`` are tried.
    """
    near = [epochs for epochs, weights in path.items() if np.max(np.abs(np.asarray(weights) - kept)) < 0.12]
    for seed, epochs, (points, classes) in itertools.product((0, 1, 2, 3, 7, 42), near, ways):
        try:
            trained = train(points, classes, epochs, 10, 0.01, seed)
            same = np.allclose(np.concatenate([np.ravel(value) for value in trained]), kept, rtol=0, atol=1e-6)
        except Exception:
            break
        holds(
            not same,
            f"Your train_classifier finds these w_1 and b_1 when it is given {what}: train on X_train and "
            "y_train only. The accuracy on points that were used for training says nothing about new points",
        )


def all_points() -> list[tuple[Array, Array]]:
    """The 500 points and classes as they were before the split, and the training set with the test set after it."""
    points, classes = lab_points()
    before = np.argsort(np.random.RandomState(42).permutation(500))
    joined = np.r_[TRAINING, TEST]
    return [(points[before], classes[before]), (points[joined], classes[joined])]


def lab_points() -> tuple[Array, Array]:
    """The lab's 500 points and classes, the test set first, as scikit-learn makes them, whose import takes seconds."""
    draw = np.random.RandomState(0)
    centers = draw.uniform(-10.0, 10.0, size=(2, 2))
    X = np.concatenate([draw.normal(loc=center, size=(250, 2)) for center in centers])
    order = np.arange(500)
    draw.shuffle(order)
    split = np.random.RandomState(42).permutation(500)
    return X[order][split], np.repeat([0, 1], 250)[order][split]
