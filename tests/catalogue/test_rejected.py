"""Wrong answers that only a well-chosen test notices, and that are too rare or too vague for an entry."""

from __future__ import annotations

import pytest

from tests.catalogue import labtext
from tests.catalogue.trial import verdicts

TRAINED = "w_1, b_1 = train_classifier(X_train, y_train, 20, 10, 0.01, 0)\n"
UNTRAINED = "import numpy as np\nw_1, b_1 = np.ones(2), np.ones(1)\n"
CLASSIFIER = """
import numpy as np


def train_classifier(X, y, epochs, batch_size, lr, seed):
    rng = np.random.default_rng(seed)
    w_1, b_1 = np.ones(2), np.ones(1)
    for epoch in range(epochs):
        order = rng.permutation(len(X))
        for i in range(0, len(X), batch_size):
            rows = order[i : i + batch_size]
            dw, db = gradients(X[rows], y[rows], w_1, b_1)
            w_1, b_1 = w_1 - lr * dw, b_1 - lr * db
        if epoch >= 9:
            lr = lr * 0.9
    return w_1, b_1
"""
TRAIN = """
import numpy as np


def train(X, N, lr, seed):
    rng = np.random.default_rng(seed)
    p = (np.array([1.0, -1.0]), np.array([1.0, 1.0]), np.array([1.0, -1.0]), np.array([1.0]))
    for step in range(N):
        x = rng.choice(X)
        p = update(p, backprop(x, gaussian(x), *p), lr)
        if step == 9:
            lr = 0.8 * lr
    return p
"""
CLIPPED = """
import numpy as np


def update(parameters, gradients, lr):
    return tuple(p - lr * np.clip(g, -5, 5) for p, g in zip(parameters, gradients))
"""
ABSOLUTE_X = """
def forward(x, w_1, b_1, w_2, b_2):
    z_1_2 = w_1 * abs(x) + b_1
    h_1_2 = sigmoid(z_1_2)
    return z_1_2, h_1_2, h_1_2 @ w_2 + b_2
"""
COLUMN = """
import numpy as np


def gradients(X, y, w_1, b_1):
    d = np.reshape(predict_proba(X, w_1, b_1), (-1, 1)) - y
    return d @ X, np.sum(d)
"""
WRONG_DIVISOR = """
def accuracy(y, p):
    return ((p > 0.5) == y).sum() / 5
"""
REFITTED = """
import numpy as np

w, b = np.array([2.0, -2.0]), np.array([1.5, 1.5])
w_out, b_out = np.array([2.0, 2.0]), -2.0
"""
REJECTED = {
    ("output_weights", "for a hidden layer of its own"): (REFITTED, "stays at w = (3.5, -3.5)"),
    ("forward", "the sign of x lost"): (ABSOLUTE_X, "as they are given"),
    ("gradients", "a column minus a row"): (COLUMN, "flatten it first"),
    ("train", "at most 12000 steps"): (
        TRAIN.replace("range(N)", "range(min(N, 12_000))").replace("step == 9", "False"),
        "do all N steps",
    ),
    ("train_classifier", "at most 10000 epochs"): (
        CLASSIFIER.replace("range(epochs)", "range(min(epochs, 10_000))").replace("epoch >= 9", "False"),
        "do all the epochs",
    ),
    ("accuracy", "a fixed divisor"): (WRONG_DIVISOR, "divide by the number of points"),
    ("train", "learning rate that falls after ten steps"): (TRAIN, "40 step(s)"),
    ("update", "gradients clipped"): (CLIPPED, "With lr = "),
    ("learning_rate", "a truth value"): ("lr_small = True", "True and False are not numbers"),
    ("train_classifier", "learning rate that falls after ten epochs"): (CLASSIFIER, "1200 epochs"),
    ("test_accuracy", "typed, no weights"): ("test_accuracy = 0.95", "w_1"),
    ("test_accuracy", "typed, untrained weights"): (UNTRAINED + "test_accuracy = 0.95", "but w_1 and b_1 reach 0.45"),
    ("test_accuracy", "typed, trained weights"): (TRAINED + "test_accuracy = 0.94", "but w_1 and b_1 reach 0.96"),
    ("test_accuracy", "training set, weights not kept"): (
        "w, b = train_classifier(X_train, y_train, 100, 10, 0.01, 0)\n"
        "test_accuracy = accuracy(y_train, predict_proba(X_train, w, b))",
        "w_1",
    ),
    ("test_accuracy", "a split of its own"): (
        TRAINED + "_, X_test, _, y_test = train_test_split(X, y, test_size=0.2, random_state=1)\n"
        "test_accuracy = accuracy(y_test, predict_proba(X_test, w_1, b_1))",
        "X_test and y_test of the lab",
    ),
}


@pytest.mark.parametrize(("exercise", "what"), REJECTED)
def test_it_fails_and_hears_why(exercise: str, what: str) -> None:
    text, said = REJECTED[exercise, what]
    lab = labtext.lab_of()[exercise]
    problems = verdicts(lab, exercise, text, elsewhere=False)
    found = [problem for test in labtext.tests_of(lab, exercise) if (problem := problems.get(test))]
    assert found
    assert any(said in problem for problem in found), found
