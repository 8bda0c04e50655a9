"""What the checks of lab 05 see, beside what tests of the whole catalogue show."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from check import hidden_layer_lab
from check.session import Facts
from hiddenchecks.probes import PROBES


def started(D: int, J: int, seed: int) -> Any:
    rng = np.random.default_rng(seed)
    return rng.normal(size=(D, J)) / np.sqrt(D), np.zeros(J), rng.normal(size=J) / np.sqrt(J), np.zeros(1)


def started_twice(D: int, J: int, seed: int) -> Any:
    one, other = np.random.default_rng(seed), np.random.default_rng(seed)
    return one.normal(size=(D, J)) / np.sqrt(D), np.zeros(J), other.normal(size=J) / np.sqrt(J), np.zeros(1)


@pytest.mark.parametrize(("answer", "said"), [(started, ""), (started_twice, "w_2 repeats the numbers of W_1")])
def test_weights_that_repeat_others_are_seen(answer: Any, said: str) -> None:
    facts = Facts(live=True)
    hidden_layer_lab.initial_parameters.body(facts, answer)
    assert said in facts.first
    assert bool(said) == bool(facts.first)


@pytest.mark.parametrize("seed", range(3))
def test_probes_tell_the_squared_error_from_the_cross_entropy(seed: int) -> None:
    for networks, X, y in PROBES["choose_network"].fixed(np.random.default_rng(seed)):
        misses = [np.abs(y - hidden_layer_lab.right_output(X, network)) for network in networks]
        by_loss, by_square = (
            int(np.argmin([np.mean(of(miss)) for miss in misses])) for of in (lambda miss: -np.log(1 - miss), np.square)
        )
        assert by_loss != by_square


@pytest.mark.parametrize("exercise", ["train_classifier", "train_network"])
def test_a_probe_of_a_training_has_batches_smaller_than_all_points_and_no_order(exercise: str) -> None:
    probes = PROBES[exercise].fixed(np.random.default_rng(0))
    X, y, *_, batch_size, _, _ = next(probe for probe in probes if probe[-3] < len(probe[0]))
    assert 1 < batch_size < len(X)
    assert len(np.unique(X, axis=0)) == len(set(y)) == 1
