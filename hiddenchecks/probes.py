"""Inputs with which a notebook recognises catalogued mistakes; the build draws them until they suit.

They are short: a few numbers say which mistake was made. Each function gets a generator and returns argument lists.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from check.hidden_layer_lab import right_output
from check.operations import PARTS
from coursebuild.seal import Probes

Draw = np.random.Generator


def _array(rng: Draw, *shape: int, scale: float = 1.0) -> Any:
    return np.round(rng.uniform(-2.5, 2.5, size=shape) * scale, 2)


def _number(rng: Draw, low: float = -2.5, high: float = 2.5) -> float:
    return float(np.round(rng.uniform(low, high), 2))


def _z(rng: Draw) -> list[list[Any]]:
    whole = np.array([-1, 2])
    return [[_number(rng)], [_array(rng, 3)], [_array(rng, 2, 2)], [_array(rng, 2, scale=2.2)], [whole]]


def _x_w_b(rng: Draw) -> list[list[Any]]:
    return [
        [_array(rng, 3), _number(rng), _number(rng)],
        [_array(rng, 2), 0.0, _number(rng)],
        [np.array([-1, 2]), 0.5, 1.25],
    ]


def _w_b(rng: Draw) -> list[list[Any]]:
    return [
        [_number(rng, 1.0, 3.0), _number(rng)],
        [_number(rng, -3.0, -1.0), _number(rng)],
        [_number(rng, 0.3, 0.8), _number(rng)],
        [3, 2],
    ]


def _layer(rng: Draw) -> list[list[Any]]:
    whole = [np.array([-1, 2]), np.array([1, -2]), np.array([0, 1])]
    return [[_array(rng, 2), _array(rng, 3), _array(rng, 3)], [_array(rng, 3), _array(rng, 2), _array(rng, 2)], whole]


def _network(rng: Draw) -> list[list[Any]]:
    return [
        [_array(rng, 3), _array(rng, 2), _array(rng, 2), _array(rng, 2), _number(rng)],
        [_array(rng, 2), _array(rng, 3), _array(rng, 3), _array(rng, 3), _number(rng)],
        [_array(rng, 2), _array(rng, 2), _array(rng, 2), _array(rng, 2), 0.0],
    ]


def _pairs(rng: Draw) -> list[list[Any]]:
    return [[_array(rng, n), _array(rng, n)] for n in (3, 4, 2, 5)]


def _parameters(rng: Draw) -> list[Any]:
    return [_array(rng, 2), _array(rng, 2), _array(rng, 2), _array(rng, 1)]


def _x_and_parameters(rng: Draw) -> list[list[Any]]:
    return [[_number(rng), *_parameters(rng)] for _ in range(3)]


def _x_y_and_parameters(rng: Draw) -> list[list[Any]]:
    return [[_number(rng, 0.4, 2.5), _number(rng), *_parameters(rng)] for _ in range(2)]


def _steps(rng: Draw) -> list[list[Any]]:
    return [[tuple(_parameters(rng)), tuple(_parameters(rng)), lr] for lr in (0.3, 0.05)]


def _one_point(rng: Draw) -> list[list[Any]]:
    return [
        [np.array([_number(rng, 0.4, 2.0)]), 1, 0.2, 1],
        [np.full(2, _number(rng, -2.0, -0.4)), 3, 0.1, 0],
        [_array(rng, 3), 0, 0.1, 2],
    ]


def _some_points(rng: Draw) -> list[list[Any]]:
    return [[_array(rng, 6), 5, 0.2, 1], [_array(rng, 4), 3, 0.1, 0]]


def _X_w_b(rng: Draw) -> list[list[Any]]:
    whole = [np.array([[1, 2], [0, -1]]), np.array([1, -1]), np.array([1])]
    return [
        [_array(rng, 3, 2), _array(rng, 2), _array(rng, 1)],
        [_array(rng, 2, 2), _array(rng, 2), np.zeros(1)],
        whole,
    ]


def _decisions(rng: Draw) -> list[list[Any]]:
    found = []
    for n in (7, 9, 11, 13, 8):
        p = np.round(rng.uniform(0.02, 0.98, size=n), 2)
        p[rng.integers(n)] = 0.5
        found.append([rng.integers(0, 2, size=n), p])
    return [*found, [(p > 0.5).astype(int), p]]  # the last one is right everywhere


def _batch(rng: Draw) -> list[list[Any]]:
    return [[_array(rng, n, 2), rng.integers(0, 2, size=n), _array(rng, 2), _array(rng, 1)] for n in (4, 3, 1)] + [
        [_array(rng, 3, 2, scale=3.0), rng.integers(0, 2, size=3), np.array([1.0, -0.5]), np.array([0.0])]
    ]


def _one_batch(rng: Draw) -> list[list[Any]]:
    return [
        [_array(rng, n, 2), rng.integers(0, 2, size=n), epochs, n, lr, 1]
        for n, epochs, lr in ((4, 1, 0.2), (3, 3, 0.3), (2, 0, 0.2))
    ] + [[np.tile(_array(rng, 2), (12, 1)), np.ones(12, dtype=int), 2, 3, 0.2, 1]]  # whose order makes no difference


def _batches(rng: Draw) -> list[list[Any]]:
    return [[_array(rng, n, 2), np.arange(n) % 2, 3, size, 0.2, seed] for n, size, seed in ((12, 5, 1), (4, 2, 0))]


def _net(rng: Draw, D: int, J: int) -> tuple[Any, ...]:
    return _array(rng, D, J), _array(rng, J), _array(rng, J), _array(rng, 1)


def _X_and_net(rng: Draw) -> list[list[Any]]:
    whole = [np.array(values) for values in ([[1, 0], [-1, 2]], [[1, -1], [0, 1]], [0, 1], [1, 2], [-1])]
    return [[_array(rng, 3, 2), *_net(rng, 2, 2)], [_array(rng, 2, 3), *_net(rng, 3, 3)], whole]


def _y_Z_p_w(rng: Draw) -> list[list[Any]]:
    return [
        [rng.integers(0, 2, size=n), _array(rng, n, J), np.round(rng.uniform(0.05, 0.95, size=n), 2), _array(rng, J)]
        for n, J in ((3, 3), (4, 2), (1, 2))
    ]


def _X_y_and_net(rng: Draw) -> list[list[Any]]:
    return [[_array(rng, n, D), rng.integers(0, 2, size=n), *_net(rng, D, J)] for n, D, J in ((4, 2, 3), (3, 3, 3))]


def _one_batch_of_net(rng: Draw) -> list[list[Any]]:
    return [
        [_array(rng, n, 2), rng.integers(0, 2, size=n), _net(rng, 2, 2), epochs, n, lr, 1]
        for n, epochs, lr in ((4, 1, 0.5), (3, 3, 0.3), (2, 0, 0.5))
    ] + [[np.tile(_array(rng, 2), (12, 1)), np.ones(12, dtype=int), _net(rng, 2, 2), 2, 3, 0.3, 1]]


def _batches_of_net(rng: Draw) -> list[list[Any]]:
    return [[_array(rng, n, 2), np.arange(n) % 2, _net(rng, 2, 2), 3, 2, 0.3, seed] for n, seed in ((6, 1), (4, 0))]


def _nets(rng: Draw) -> list[list[Any]]:
    """Networks of other sizes, of which another one has the lowest squared error than the lowest cross-entropy."""
    found: list[list[Any]] = []
    while len(found) < 5:
        nets, X, y = tuple(_net(rng, 2, J) for J in (2, 1, 3, 2)), _array(rng, 5, 2), rng.integers(0, 2, size=5)
        misses = [np.abs(y - right_output(X, net)) for net in nets]
        if np.argmin([np.mean(-np.log(1 - miss)) for miss in misses]) != np.argmin(
            [np.mean(miss**2) for miss in misses]
        ):
            found.append([nets, X, y])
    return found


def _factors(rng: Draw) -> list[list[Any]]:
    return [[_number(rng, 0.6, 0.9)], [_number(rng, 1.1, 1.6)]]


GRAPHS = (
    "a; b; u: a {}, b {}; v: u {}, a {}; L: v {}",
    "a; b; u: a {}, b {}; v: u {}, b {}; w: a {}, v {}; L: w {}, u {}",
    "a; b; u: a {}, a {}; v: b {}; w: v {}, u {}; L: w {}, b {}",
)


def _graphs(rng: Draw) -> list[list[Any]]:
    return [[text.format(*(_number(rng) for _ in range(text.count("{}"))))] for text in GRAPHS]


def _graphs_with_gradients(rng: Draw) -> list[list[Any]]:
    return [[text, left] for (text,), left in zip(_graphs(rng), (0.0, _number(rng, 0.5, 2.0), 0.0), strict=True)]


def _x_y_and_seven(rng: Draw) -> list[list[Any]]:
    return [[_number(rng, 0.4, 2.5), _number(rng), _array(rng, 7)] for _ in range(2)]


def _steps_down(rng: Draw) -> list[list[Any]]:
    return [[_array(rng, n), lr, left] for n, lr, left in ((2, 0.1, 0.0), (3, 0.05, 1.5), (1, 0.2, 0.0))]


OF_FACTS = tuple(part for part, facts in PARTS.items() for _ in facts)
"""The part of each fact about the operations of `Value`."""

PROBES: dict[str, Probes] = {
    "sigmoid": Probes(_z),
    "plot_sig": Probes(agree=False),
    "affine": Probes(_x_w_b),
    "perceptron": Probes(_x_w_b),
    "activation_point": Probes(_w_b),
    "hidden_layer": Probes(_layer),
    "network": Probes(_network),
    "output_weights": Probes(agree=False),
    "sigmoid_derivative": Probes(_z),
    "mse": Probes(_pairs),
    "forward": Probes(_x_and_parameters, results=3),
    "backprop": Probes(_x_y_and_parameters, results=4, parts=("dL_dw1", "dL_db1", "dL_dw2", "dL_db2")),
    "update": Probes(_steps, results=4),
    "train": Probes(_one_point, _some_points, results=4),
    "predict_proba": Probes(_X_w_b),
    "accuracy": Probes(_decisions),
    "gradients": Probes(_batch, results=2),
    "train_classifier": Probes(_one_batch, _batches, results=2),
    "tanh_derivative": Probes(_z),
    "forward_batch": Probes(_X_and_net, results=3),
    "deltas": Probes(_y_Z_p_w, results=2, parts=("dL_dz2", "dL_dZ1")),
    "backprop_batch": Probes(_X_y_and_net, results=4, parts=("dL_dW1", "dL_db1", "dL_dw2", "dL_db2")),
    "train_network": Probes(_one_batch_of_net, _batches_of_net, results=4),
    "choose_network": Probes(_nets, results=4),
    "value": Probes(_factors, results=len(OF_FACTS), parts=OF_FACTS, through="inspected", agree=False),
    "topological_order": Probes(_graphs, through="numbered", agree=False),
    "backward": Probes(_graphs_with_gradients, through="sent_back"),
    "network_loss": Probes(_x_y_and_seven, through="network_numbers", agree=False),
    "train_step": Probes(_steps_down, through="steps_taken", agree=False),
}
