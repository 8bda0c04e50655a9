"""Inputs with which a notebook recognises catalogued mistakes; the build draws them until they suit.

They are short: a few numbers say which mistake was made. Each function gets a generator and returns argument lists.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from coursebuild.seal import Probes

Draw = np.random.Generator


def _array(rng: Draw, *shape: int, scale: float = 1.0) -> Any:
    return np.round(rng.uniform(-2.5, 2.5, size=shape) * scale, 2)


def _number(rng: Draw, low: float = -2.5, high: float = 2.5) -> float:
    return float(np.round(rng.uniform(low, high), 2))


def _z(rng: Draw) -> list[list[Any]]:
    whole = np.array([-1, 2])
    return [[_number(rng)], [_array(rng, 3)], [_array(rng, 2, 2)], [whole]]


def _x_w_b(rng: Draw) -> list[list[Any]]:
    return [[_array(rng, 3), _number(rng), _number(rng)], [_array(rng, 2), 0.0, _number(rng)], [np.array([-1, 2]), 0.5, 1.25]]


def _w_b(rng: Draw) -> list[list[Any]]:
    return [[_number(rng, 1.0, 3.0), _number(rng)], [_number(rng, -3.0, -1.0), _number(rng)], [_number(rng, 0.3, 0.8), _number(rng)], [3, 2]]


PROBES: dict[str, Probes] = {
    "sigmoid": Probes(_z),
    "plot_sig": Probes(agree=False),
    "affine": Probes(_x_w_b),
    "perceptron": Probes(_x_w_b),
    "activation_point": Probes(_w_b),
}
