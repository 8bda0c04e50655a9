"""Python's and numpy's random generators with other streams, to find out which results depend on what is drawn.

Nothing is known of the code that draws: every way to seed a generator gives another generator than it usually does.
One other stream is special: many draw by numpy's older generator, so known answers are tried with that as well.
"""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

import numpy as np

_BIT_GENERATORS = ("PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64")


OLDER = 0
"""In place of a salt: `default_rng(seed)` draws as `RandomState(seed)` does, and all else as usual."""


@contextmanager
def other_draws(salt: int, namespace: dict[str, Any] | None = None) -> Iterator[None]:
    """For as long as this lasts, a seed starts other streams than it usually does.

    Args:
        salt: which other streams; the same salt gives the same ones. See also `OLDER`.
        namespace: names that may hold generators' makers themselves, by `from numpy.random import default_rng`;
            they are replaced, and stay so.
    """
    makers = _makers(salt) if salt != OLDER else [(np.random, "default_rng", _Older)]
    replaced = {id(getattr(module, name)): maker for module, name, maker in makers}
    if namespace is not None:
        namespace |= {key: replaced[id(value)] for key, value in namespace.items() if id(value) in replaced}
    with ExitStack() as undo:
        for module, name, maker in makers:
            undo.enter_context(patch.object(module, name, maker))
        if salt != OLDER:
            np.random.seed(salt)
            random.seed(salt)
        yield


class _Older(np.random.RandomState):
    """The older generator with the newer one's name for whole numbers."""

    def integers(self, low: Any, high: Any = None, size: Any = None, **options: Any) -> Any:
        """See `numpy.random.Generator.integers`."""
        options.pop("endpoint", None)
        return self.randint(low, high, size, **options)


def _salted(seed: Any, salt: int) -> int:
    """Another seed; the same one for the same seed and salt."""
    return zlib.crc32(f"{salt} {seed!r}".encode())


def _makers(salt: int) -> list[tuple[Any, str, Any]]:
    make_generator, seed_numpy, seed_python = np.random.default_rng, np.random.seed, random.seed

    def default_rng(seed: Any = None) -> np.random.Generator:
        made = isinstance(seed, (np.random.Generator, np.random.BitGenerator, np.random.RandomState))
        return make_generator(seed if made else _salted(seed, salt))

    def numpy_seed(seed: Any = None) -> None:
        seed_numpy(_salted(seed, salt))

    def python_seed(a: Any = None, version: int = 2) -> None:
        seed_python(_salted(a, salt), version)

    class RandomState(np.random.RandomState):
        def __init__(self, seed: Any = None) -> None:
            super().__init__(seed if isinstance(seed, np.random.BitGenerator) else _salted(seed, salt))

    class Random(random.Random):
        def seed(self, a: Any = None, version: int = 2) -> None:
            super().seed(_salted(a, salt), version)

    bit_generators = [(np.random, name, _bit_generator(getattr(np.random, name), salt)) for name in _BIT_GENERATORS]
    return [
        (np.random, "default_rng", default_rng),
        (np.random, "RandomState", RandomState),
        (np.random, "seed", numpy_seed),
        (random, "Random", Random),
        (random, "seed", python_seed),
        *bit_generators,
    ]


def _bit_generator(kind: Any, salt: int) -> Any:
    def make(seed: Any = None, **options: Any) -> Any:
        return kind(_salted(seed, salt), **options)

    return make
