"""Random numbers of a test that sets a seed: the student's function draws from where the test has got to."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from autograder.runner.random_states import drawing_state


class Draws:
    """Knows whether a test has set a seed, and how far its generators are.

    Attributes:
        seeded: whether it has.
    """

    def __init__(self) -> None:
        self.seeded = False
        self._sent = b""

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Notice a seed that is set within the body."""
        places: tuple[tuple[Any, str], ...] = ((np.random, "seed"), (random, "seed"))
        originals = [getattr(module, name) for module, name in places]
        for (module, name), original in zip(places, originals, strict=True):
            setattr(module, name, self._noting(original))
        try:
            yield
        finally:
            for (module, name), original in zip(places, originals, strict=True):
                setattr(module, name, original)

    def _noting(self, original: Any) -> Any:
        def seed(*args: Any, **kwargs: Any) -> None:
            original(*args, **kwargs)
            self.seeded = True
            self._sent = b""

        return seed

    def state(self) -> bytes:
        """The encoded states of the generators, empty if no seed is set, or if they have not moved since."""
        if not self.seeded:
            return b""
        state = drawing_state()
        if state == self._sent:
            return b""
        self._sent = state
        return state
