"""More questions than the tests ask: inputs made from those of recorded calls, so that wrong answers can be told apart.

Nothing is known of the exercise. Numbers are moved, made zero, negative and large; arrays are cut to one element or
none, repeated and made longer, all those of one length together; whole numbers become 0, 1, or the length of an
array, which for a training are no step, one step, and one full batch.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from autograder.judge.oracle import Question
from autograder.protocol import codec

Call = tuple[tuple[Any, ...], dict[str, Any]]
Leaf = Callable[[Any, tuple[Any, ...]], Any]
"""Gives a value to stand in place of one that is no container; told its place, the indices on the way to it."""

MAX_BASES = 5  # recorded calls of one function that probes are made from
MAX_PROBES = 300  # of one function
MAX_BYTES = 16 * 1024
FRESH = 101  # seed of probes that recognition never uses, to check it with


def probes(recorded: Sequence[Question], seed: int = 0) -> list[Question]:
    """Calls beside the recorded ones, always the same, the most ordinary first.

    Args:
        recorded: calls that the tests make of the reference; values of names give none.
        seed: of the moved numbers.
    """
    known = set(recorded)
    found: dict[Question, None] = {}
    names = dict.fromkeys(name for name, arguments in recorded if arguments is not None)
    for name in names:
        calls = _bases([arguments for other, arguments in recorded if other == name and arguments is not None])
        variants = [_variants(call, random.Random(f"{seed} {name} {i}")) for i, call in enumerate(calls)]
        made = 0
        for call in itertools.chain.from_iterable(itertools.zip_longest(*variants)):
            question = (name, codec.encode(call)) if call is not None else None
            if question and len(question[1]) <= MAX_BYTES and question not in known and question not in found:
                found[question] = None
                made += 1
            if made == MAX_PROBES:
                break
    return list(found)


def _bases(recorded: list[bytes]) -> list[Call]:
    """One call of each kind: other types, other shapes; the smallest first."""
    kinds: dict[Any, Call] = {}
    for arguments in sorted((each for each in recorded if len(each) <= MAX_BYTES), key=len):
        call = codec.decode(arguments)
        kinds.setdefault(_kind(call), call)
    few = list(kinds.values())
    step = max(1, len(few) // MAX_BASES)
    return few[::step][:MAX_BASES]


def _kind(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return type(value).__name__, *map(_kind, value)
    if isinstance(value, dict):
        return tuple((key, _kind(item)) for key, item in value.items())
    return type(value).__name__, getattr(value, "shape", None)


def _variants(call: Call, rng: random.Random) -> Iterator[Call]:
    """A call with other arguments; calls in which something is ordinary come before odd ones."""
    places = list(_places(call))
    whole = [place for place, value in places if _is_whole(value)]
    numbers = [place for place, value in places if _numeric(value) and place not in whole]
    lengths = _lengths(places)
    yield _mapped(call, lambda value, _: _moved(value, rng))
    yield _mapped(call, lambda value, _: _counted(value, 1))
    yield _mapped(call, lambda value, _: _counted(value, 3))
    for length in lengths:
        for cut in (_one_row, _rows_alike, _two_rows, _longer, _backwards):
            shorter = _resized(call, length, cut)
            yield shorter
            for place in whole:
                for number in dict.fromkeys((0, 1, 3, length, 2 * length)):
                    yield _put(shorter, place, number)
    for place in whole:
        for number in dict.fromkeys((0, 1, 2, 3, *lengths, -1)):
            yield _put(call, place, number)
    for few in itertools.combinations(whole, 2):
        for values in itertools.product((0, 1, 2, 3, *lengths), repeat=2):
            yield _put(_put(call, few[0], values[0]), few[1], values[1])
    yield _mapped(call, lambda value, _: _moved(value, rng))
    for place in numbers:
        for change in (_zero, _negative, _large, _small, _ones):
            yield _mapped(call, lambda value, at, p=place, c=change: c(value) if at == p else value)  # type: ignore[misc]
    for change in (_zero, _negative, _large, _whole):
        yield _mapped(call, lambda value, at, c=change: c(value) if at in numbers else value)  # type: ignore[misc]
    for length in lengths:
        yield _resized(call, length, _no_rows)
    for _ in range(20):
        yield _mapped(call, lambda value, _: _moved(value, rng))


def alone(recorded: Sequence[Question]) -> list[Question]:
    """The first recorded call of each function with one argument moved, all others as they are, for each argument.

    They show which arguments an answer does not use.
    """
    found: list[Question] = []
    for name in dict.fromkeys(name for name, arguments in recorded if arguments is not None):
        own = [arguments for other, arguments in recorded if other == name and arguments is not None]
        call: Call = codec.decode(min(own, key=len))
        for index in range(len(call[0])):
            moved = _elsewhere_alone(call[0][index], random.Random(f"alone {name} {index}"))
            found.append((name, codec.encode(((*call[0][:index], moved, *call[0][index + 1 :]), call[1]))))
    return [question for question in found if len(question[1] or b"") <= MAX_BYTES]


def _elsewhere_alone(value: Any, rng: random.Random) -> Any:
    moved = _mapped(value, lambda each, _: _moved(each, rng))
    return moved + 1 if _is_whole(moved) else moved


def _places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    if isinstance(value, (list, tuple)):
        for index, item in enumerate(value):
            yield from _places(item, (*at, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _places(item, (*at, key))
    else:
        yield at, value


def _mapped(value: Any, change: Leaf, at: tuple[Any, ...] = ()) -> Any:
    if isinstance(value, (list, tuple)):
        return type(value)(_mapped(item, change, (*at, index)) for index, item in enumerate(value))
    if isinstance(value, dict):
        return {key: _mapped(item, change, (*at, key)) for key, item in value.items()}
    return change(value, at)


def _put(call: Call, place: tuple[Any, ...], new: Any) -> Any:
    return _mapped(call, lambda value, at: type(value)(new) if at == place else value)


def _is_whole(value: Any) -> bool:
    return isinstance(value, (int, np.integer)) and not isinstance(value, bool)


def _numeric(value: Any) -> bool:
    return isinstance(value, (float, np.floating)) or (isinstance(value, np.ndarray) and value.dtype.kind in "iuf")


def _lengths(places: Sequence[tuple[tuple[Any, ...], Any]]) -> list[int]:
    """How long the arrays are, the longest first."""
    found = {len(value) for _, value in places if isinstance(value, np.ndarray) and value.ndim and len(value)}
    return sorted(found, reverse=True)


def _moved(value: Any, rng: random.Random) -> Any:
    """Other numbers of the same kind: labels stay labels, shares stay between 0 and 1."""
    if _is_whole(value):
        return value
    if isinstance(value, (float, np.floating)):
        return type(value)(_elsewhere(float(value), rng))
    if not isinstance(value, np.ndarray) or value.dtype.kind not in "iuf" or not value.size:
        return value
    flat = [float(each) for each in value.flat]
    if set(flat) <= {0.0, 1.0} or value.dtype.kind in "iu":
        new = [rng.choice(flat) for _ in flat]
    elif min(flat) >= 0 and max(flat) <= 1:
        new = [min(1.0, max(0.0, each + rng.uniform(-0.2, 0.2))) for each in flat]
    else:
        new = [_elsewhere(each, rng) for each in flat]
    return np.array(new).reshape(value.shape).astype(value.dtype)


def _elsewhere(number: float, rng: random.Random) -> float:
    if not np.isfinite(number):
        return number
    moved = number * rng.uniform(0.6, 1.4)
    return moved + rng.uniform(-0.3, 0.3) if abs(number) >= 0.5 or number == 0 else moved


def _resized(call: Call, length: int, change: Callable[[np.ndarray], np.ndarray]) -> Any:
    """The call with every array of one length changed in its rows."""

    def resize(value: Any, _: tuple[Any, ...]) -> Any:
        return change(value) if isinstance(value, np.ndarray) and value.ndim and len(value) == length else value

    return _mapped(call, resize)


def _one_row(array: np.ndarray) -> np.ndarray:
    return array[:1]


def _two_rows(array: np.ndarray) -> np.ndarray:
    return array[:2]


def _no_rows(array: np.ndarray) -> np.ndarray:
    return array[:0]


def _rows_alike(array: np.ndarray) -> np.ndarray:
    return np.repeat(array[:1], len(array), axis=0)


def _longer(array: np.ndarray) -> np.ndarray:
    return np.concatenate([array, array[::-1][:3]])


def _backwards(array: np.ndarray) -> np.ndarray:
    return array[::-1].copy()


def _zero(value: Any) -> Any:
    return value * 0


def _ones(value: Any) -> Any:
    return value * 0 + 1


def _negative(value: Any) -> Any:
    return -value if not isinstance(value, np.ndarray) or value.dtype.kind != "u" else value


def _large(value: Any) -> Any:
    return value * 30


def _small(value: Any) -> Any:
    return value / 30 if isinstance(value, float) or value.dtype.kind == "f" else value


def _counted(value: Any, times: int) -> Any:
    """Whole numbers in an array of whole numbers, in place of others."""
    if isinstance(value, np.ndarray) and value.dtype.kind == "f" and np.isfinite(value).all():
        return np.round(times * value).astype(int)
    return value


def _whole(value: Any) -> Any:
    return np.round(value).astype(value.dtype) if isinstance(value, np.ndarray) else type(value)(round(value))
