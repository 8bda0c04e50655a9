"""How wrong results relate to the arguments of the calls, and where among the right ones they stand.

As in `relations`, each sentence states what holds for every call that was made, so it is true whatever the student did;
what few numbers could fulfil by chance is not told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.judge.relations import ABSOLUTE, FEWEST_NUMBERS, RELATIVE, close, numbers

FEWEST_WRONG, FEWEST_SPARED = 3, 3  # numbers that are wrong, and right, for a sentence about where the wrong ones are
MOST_THERE = 0.6
FEWEST_LENGTHS = 2  # different lengths of an argument, or results of several rows, for a sentence about these
Array = np.ndarray


@dataclass(frozen=True)
class Call:
    """One call.

    Attributes:
        given: the arguments by parameter.
        right: the right result.
        got: the student's.
    """

    given: Mapping[str, Any]
    right: Any
    got: Any


@dataclass(frozen=True)
class _Numbers:
    """The same in numbers; arguments that are none are left out."""

    given: Mapping[str, Array]
    right: Array
    got: Array


def related_to_arguments(calls: Sequence[Call]) -> tuple[str, str] | None:
    """The name of a relation between results and arguments, and its sentence; None if none can be told."""
    known = [
        _Numbers(
            {name: array for name, value in call.given.items() if (array := numbers(value)) is not None}, right, got
        )
        for call in calls
        if (right := numbers(call.right)) is not None and (got := numbers(call.got)) is not None
    ]
    if not known or len(known) < len(calls) or any(call.right.shape != call.got.shape for call in known):
        return None
    if all(close(call.right, call.got) for call in known):
        return None
    parameters = dict.fromkeys(name for call in known for name in call.given)
    rules = (_of_value, _of_length, _of_sum)
    found = next((told for rule in rules for name in parameters if (told := rule(name, known))), None)
    if found:
        return found
    return _limited(known) or _by_sign(parameters, known) or _by_place(known)


def _of_sum(name: str, calls: Sequence[_Numbers]) -> tuple[str, str] | None:
    """The same for the sum of an argument."""
    arrays = [call.given[name] for call in calls if name in call.given]
    if len(arrays) < len(calls) or any(array.ndim != 1 for array in arrays) or all(len(array) < 2 for array in arrays):
        return None
    summed = [_Numbers({name: np.sum(call.given[name])}, call.right, call.got) for call in calls]
    return _of_value(name, summed, f"the sum of `{name}`")


def _of_value(name: str, calls: Sequence[_Numbers], told: str = "") -> tuple[str, str] | None:
    """The value of an argument is a factor or a term too many, or one that is missing.

    Args:
        name: of the parameter.
        calls: the calls.
        told: what a sentence calls it; "" for its name.
    """
    told = told or f"`{name}`"
    right, got, value = _beside(name, calls)
    if len(np.unique(value)) < FEWEST_NUMBERS or len(np.unique(right)) < FEWEST_NUMBERS:
        return None
    if close(right * value, got):
        return "argument as factor", f"Each number is {told} times what it should be: is a factor {told} too many?"
    if np.all(value) and close(right / value, got):
        return (
            "argument divides",
            f"Each number is what it should be divided by {told}: is a factor {told} missing?",
        )
    there = np.abs(value) > RELATIVE
    if not np.all(np.isfinite(got)):
        return None
    if np.all(there) and (share := float(np.median((got - right) * value))) and close(right + share / value, got):
        kind, more = ("added", "plus") if share > 0 else ("subtracted", "minus")
        term = f"{abs(share):.4g} divided by {told}"
        return f"share {kind}", f"Each number is what it should be {more} {term}: what is divided that does not belong?"
    times = float(np.median((got - right)[there] / value[there])) if np.any(there) else 0.0
    if abs(times) < RELATIVE or not close(right + times * value, got):
        return None
    term = f"{told}" if np.isclose(abs(times), 1) else f"{abs(times):.4g} times {told}"
    if times > 0:
        return "argument added", f"Each number is what it should be plus {term}: what is added that does not belong?"
    turned = "is it subtracted where it should be added?" if np.isclose(times, -2) else "is it missing, or subtracted?"
    return "argument subtracted", f"Each number is what it should be minus {term}: {turned}"


def _beside(name: str, calls: Sequence[_Numbers]) -> tuple[Array, Array, Array]:
    """Right results, results and values of an argument, element by element; empty if these do not fit together."""
    values = []
    for call in calls:
        value = call.given.get(name)
        if value is None or not np.all(np.isfinite(call.right)):
            return np.zeros(0), np.zeros(0), np.zeros(0)
        value = value[0] if value.shape == (1,) and call.right.ndim == 0 else value
        try:
            values.append(np.ravel(np.broadcast_to(value, call.right.shape)))
        except ValueError:
            return np.zeros(0), np.zeros(0), np.zeros(0)
    flat = [np.concatenate([np.ravel(array) for array in arrays]) for arrays in zip(*_pairs(calls), strict=True)]
    return flat[0], flat[1], np.concatenate(values)


def _pairs(calls: Sequence[_Numbers]) -> Iterator[tuple[Array, Array]]:
    return ((call.right, call.got) for call in calls)


def _of_length(name: str, calls: Sequence[_Numbers]) -> tuple[str, str] | None:
    """The length of an argument, or one less, divides where it should not, or the other way round."""
    lengths = [len(array) if (array := call.given.get(name)) is not None and array.ndim else 0 for call in calls]
    several = [(call, length) for call, length in zip(calls, lengths, strict=True) if length > 1]
    if not all(lengths) or len({length for _, length in several}) < FEWEST_LENGTHS:
        return None
    if len(np.unique(np.concatenate([np.ravel(call.right) for call, _ in several]))) < FEWEST_NUMBERS:
        return None
    of = f"the number of elements of `{name}`"
    factors: tuple[tuple[Callable[[int], float], str], ...] = (
        (lambda n: n, f"{of} times what it should be: is a division by it missing?"),
        (lambda n: 1 / n, f"what it should be divided by {of}: is it divided by once too often?"),
        (lambda n: n / (n - 1), f"as large as if it were divided by one less than {of}."),
        (lambda n: n / (n + 1), f"as large as if it were divided by one more than {of}."),
    )
    for factor, sentence in factors:
        if all(close(call.right * factor(length), call.got) for call, length in several):
            return "length of an argument", f"Each number is {sentence}"
    return None


def _limited(calls: Sequence[_Numbers]) -> tuple[str, str] | None:
    """All results on one side of a limit are replaced by the limit, and all others are right."""
    right, got = (np.concatenate([np.ravel(array) for array in arrays]) for arrays in zip(*_pairs(calls), strict=True))
    wrong = ~_alike(right, got)
    if not np.all(np.isfinite(got)) or np.sum(~wrong) < FEWEST_SPARED:
        return None
    low, high = float(np.min(got)), float(np.max(got))
    above, below = right > high + ABSOLUTE, right < low - ABSOLUTE
    if not np.array_equal(wrong, wrong & (above | below)) or len(np.unique(np.round(right[wrong], 9))) < 2:
        return None
    if not close(np.clip(right, low, high), got) or len(np.unique(np.round(right[~wrong], 9))) < FEWEST_SPARED:
        return None
    sides = [f"above {high:.4g}"] * bool(np.any(above)) + [f"below {low:.4g}"] * bool(np.any(below))
    return "limited", f"No number is {' or '.join(sides)}, though some should be: is the result cut off there?"


def _by_place(calls: Sequence[_Numbers]) -> tuple[str, str] | None:
    """In each result the wrong numbers stand in the same place: the first or last number, row or column."""
    wrong = [~_alike(call.right, call.got) for call in calls if call.right.ndim]
    if len({mask.ndim for mask in wrong}) != 1:
        return None
    for axis in range(wrong[0].ndim):
        if sum(mask.shape[axis] > 1 for mask in wrong) < FEWEST_LENGTHS or any(mask.size == 0 for mask in wrong):
            continue
        what = "number" if wrong[0].ndim == 1 else ("row", "column")[axis]
        lines = [np.moveaxis(mask, axis, 0).reshape(mask.shape[axis], -1) for mask in wrong]
        ends = [(where, *_apart(lines, index)) for where, index in (("first", 0), ("last", -1))]
        for where, here, others in ends:
            if sum(map(np.sum, here)) >= FEWEST_WRONG and _none(others):
                return "one place wrong", f"Only the {where} {what} is wrong: does a loop leave it out?"
        for where, here, others in ends:
            if sum(map(np.sum, others)) >= FEWEST_WRONG and _none(here) and sum(map(np.any, others)) > 1:
                side = "after it: does a value of one turn of a loop reach the next?"
                if where == "last":
                    side = "before it: does each turn of a loop overwrite what the one before stored?"
                return "one place right", f"The {where} {what} is always right, wrong ones come only {side}"
    return None


def _apart(lines: Sequence[Array], index: int) -> tuple[list[Array], list[Array]]:
    """One line of each, and the other lines."""
    return [line[index] for line in lines], [np.delete(line, index, axis=0) for line in lines]


def _none(masks: Sequence[Array]) -> bool:
    return not any(map(np.any, masks))


def _by_sign(parameters: Mapping[str, None], calls: Sequence[_Numbers]) -> tuple[str, str] | None:
    """All wrong numbers are where one argument is negative, positive or 0, and most numbers there are wrong."""
    found = []
    for name in parameters:
        right, got, value = _beside(name, calls)
        wrong = ~_alike(right, got)
        if np.sum(wrong) < FEWEST_WRONG or np.sum(~wrong) < FEWEST_SPARED:
            continue
        for words, there in (
            ("negative", value < 0),
            ("positive", value > 0),
            ("0", value == 0),
            ("negative or 0", value <= 0),
            ("positive or 0", value >= 0),
        ):
            most = np.sum(wrong) >= MOST_THERE * np.sum(there)  # far away, many formulas come to the same
            if np.all(there[wrong]) and most and len(np.unique(value[wrong])) > (words != "0"):
                found.append(f"Only where `{name}` is {words} are results wrong: look at what happens there.")
                break
    return ("by sign", found[0]) if len(found) == 1 else None


def _alike(right: Array, got: Array) -> Array:
    with np.errstate(all="ignore"):
        return np.asarray(np.isclose(got, right, rtol=RELATIVE, atol=ABSOLUTE, equal_nan=True))
