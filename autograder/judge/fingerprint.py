"""An answer's outcomes as a row of numbers, so that thousands of known answers are compared with one at once.

Equal outcomes have equal numbers; different ones nearly always differ. Who needs to be sure compares the outcomes
themselves, see `autograder.judge.compare`.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from autograder.judge.compare import Part, numbers
from autograder.sandbox.outcomes import StudentError

MISSING = np.inf  # a part that this answer does not have
NO_EXTRA = 0.0
RELATIVE, ABSOLUTE = 1e-3, 1e-5
_NEVER_NUMBERS = (str, bytes, set, frozenset, StudentError)
EXTRAS = 2  # numbers for all parts of an answer that the reference's answer does not have: their kinds, and values
Slot = tuple[int, Part | None]
"""A question's index and a part of the reference's answer to it; None for all other parts of an answer."""


def slots(reference: Sequence[Mapping[Part, Any]]) -> list[Slot]:
    """The places of a row, given what the reference answers to each question."""
    return [
        (index, part)
        for index, answer in enumerate(reference)
        for part in (*sorted(answer, key=str), *EXTRAS * (None,))
    ]


class Print:
    """Makes the fingerprints of answers to one question; whoever has thousands of answers makes one of these.

    Args:
        reference: what the reference answers to the question.
    """

    def __init__(self, reference: Mapping[Part, Any]) -> None:
        self.known = sorted(reference, key=str)

    def of(self, answer: Mapping[Part, Any]) -> list[float]:
        """The numbers of an answer, in the order of `slots`."""
        with np.errstate(all="ignore"):
            row = [_summary(answer[part]) if part in answer else MISSING for part in self.known]
            extra = answer.keys() - self.known
            if not extra:
                return [*row, NO_EXTRA, NO_EXTRA]
            told = [(part, answer[part]) for part in sorted(extra, key=str)]
            kinds = _hashed(str([(str(part), _word(value)) for part, value in told]))
            return [*row, kinds, sum(_summary(value) for _, value in told if numbers(value) is not None)]


Shapes = tuple[tuple[Part, tuple[int, ...]], ...]


def shapes(answer: Mapping[Part, Any]) -> Shapes:
    """The shapes of its arrays, which the numbers do not tell: as they are, so that answers count as different."""
    return tuple((part, value.shape) for part, value in answer.items() if isinstance(value, np.ndarray))


def alike(rows: np.ndarray, row: np.ndarray) -> np.ndarray:
    """Where rows agree with one row, element by element, up to what single precision can tell."""
    with np.errstate(all="ignore"):
        near = np.abs(rows - row) <= RELATIVE * np.abs(row) + ABSOLUTE
    result: np.ndarray = near | (rows == row)
    return result


def summary(value: Any) -> float:
    """One number for a value: a weighted sum for numbers, a code for anything else."""
    with np.errstate(all="ignore"):
        return _summary(value)


def _summary(value: Any) -> float:
    if isinstance(value, _NEVER_NUMBERS):
        return _hashed(_word(value))
    array = value if type(value) is np.ndarray and value.dtype.char == "d" else numbers(value)
    if array is not None:
        flat = array.ravel()
        if flat.dtype.kind == "c":
            flat = np.concatenate([flat.real, flat.imag])
        weights = _weights(flat.size)
        total = float(flat @ weights)
        if not math.isfinite(total):
            plain = np.nan_to_num(flat, nan=7e7, posinf=8e7, neginf=-8e7)
            total = float(np.clip(plain, -1e200, 1e200) @ weights)
        return total + 1e-3 * flat.size
    if isinstance(value, (list, tuple)):
        return 0.5 + sum(_summary(item) * (1 + 0.1 * index) for index, item in enumerate(value))
    return _hashed(_word(value))


@lru_cache(maxsize=64)
def _weights(size: int) -> np.ndarray:
    """Different for neighbours, for even and odd places (columns of points), and for the ends of a long row."""
    place = np.arange(1, size + 1)
    return np.asarray(1.5 + np.cos(0.7 * place) + 0.4 * np.cos(np.pi * place) + np.cos(3 * place / size))


def _word(value: Any) -> str:
    """What kind of thing it is, and its text if it is one."""
    if isinstance(value, StudentError):
        return f"raised {value.type_name}"
    if isinstance(value, (str, bytes)):
        return repr(value)
    if isinstance(value, (set, frozenset)):
        return repr(sorted(map(str, value)))
    if isinstance(value, dict):
        return repr([(str(key), _summary(item)) for key, item in value.items()])
    return str(getattr(value, "type_name", type(value).__name__))


def _hashed(text: str) -> float:
    """A number far from those that answers hold."""
    return -3e9 - float(zlib.crc32(text.encode()))
