"""Where the neuron is trained and its share is small, the check of `test_accuracy` looks at how that was computed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from check import classification
from check.session import Facts

W_1, B_1 = np.array([1.567, -2.142]), np.array([2.688])


def predict(X: Any, w_1: Any, b_1: Any) -> Any:
    return 1 / (1 + np.exp(-(X @ w_1 + b_1)))


def said(share: float, w_1: Any = W_1, b_1: Any = B_1) -> str:
    facts = Facts(live=True)
    classification.test_accuracy.body(facts, share, w_1, b_1, predict, lambda *arguments: (W_1, B_1))
    return facts.first


def reached() -> float:
    points, classes = classification.lab_points()
    return float(classification.shares_right(points[:100], classes[:100], W_1, B_1, predict)[0])


@pytest.mark.parametrize(
    ("share", "sentence"),
    [
        (lambda: 1 - reached(), "it is the share of wrong decisions"),
        (lambda: 0.5, "so the neuron is trained: look how the accuracy is computed"),
    ],
)
def test_a_small_share_of_trained_weights_is_not_blamed_on_the_training(share: Any, sentence: str) -> None:
    assert sentence in said(share())
    assert "train on X_train" not in said(share())


def test_the_share_of_the_untrained_neuron_is_recognised() -> None:
    points, classes = classification.lab_points()
    untrained = float(np.mean((points[:100].sum(axis=1) + 1 > 0) == classes[:100]))
    assert "it is what the untrained neuron reaches" in said(untrained)
    assert "train on X_train with lr = 0.01 first" in said(untrained, np.ones(2), np.ones(1))
