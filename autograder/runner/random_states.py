"""How far this process's generators of random numbers are, as plain data."""

from __future__ import annotations

import random

import numpy as np

from autograder.protocol import codec


def drawing_state() -> bytes:
    """The encoded states of Python's and NumPy's global generators."""
    return codec.encode({"numpy": np.random.get_state(), "python": random.getstate()})


def draw_from(state: bytes) -> None:
    """Let the generators go on from what `drawing_state` gave."""
    states = codec.decode(state)
    np.random.set_state(states["numpy"])
    random.setstate(states["python"])
