"""How wrong results relate to the right ones, where no known mistake fits: half of them, transposed, rounded.

Each sentence states a relation that holds on every question that was asked, so it is true whatever the student did.
Relations are tried from the simplest on; one that can hold by chance (few different numbers) is not told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

FEWEST_NUMBERS = 3  # different ones in the right results, below which a relation may be chance
RELATIVE, ABSOLUTE = 1e-4, 1e-8
UNMOVED = 1e-12  # relative change that is no influence: a small one is one, too
FACTORS = {
    2.0: "twice",
    0.5: "half of",
    3.0: "three times",
    1 / 3: "a third of",
    4.0: "four times",
    0.25: "a quarter of",
}
MAX_DECIMALS = 6

Pair = tuple[np.ndarray, np.ndarray]
"""The right result, and the student's."""


def relation(pairs: Sequence[tuple[Any, Any]]) -> tuple[str, str] | None:
    """The name of a relation between results, and its sentence; None if there is none that can be told.

    Args:
        pairs: the right and the student's result, for each question.
    """
    arrays = [(numbers(right), numbers(got)) for right, got in pairs]
    known: list[Pair] = [(right, got) for right, got in arrays if right is not None and got is not None]
    if len(known) < len(arrays) or not known:
        return None
    unlike = [(right, got) for right, got in known if right.shape != got.shape]
    if unlike:
        alike = all(close(right, got) for right, got in known if right.shape == got.shape)
        return _of_shapes(unlike if alike else known)
    if len(np.unique(np.round(np.concatenate([np.ravel(right) for right, _ in known]), 9))) < FEWEST_NUMBERS:
        return None
    for name, sentence, holds in _RELATIONS:
        if all(holds(right, got) for right, got in known):
            return name, sentence
    return _of_factor(known) or _constant(known)


def missing_members(pairs: Sequence[tuple[Sequence[Any], Sequence[Any]]]) -> tuple[str, str] | None:
    """The same for functions that return several results, and a student's that returns fewer of them, all right."""
    for name, begin in (("last", 0), ("first", 1)):
        if pairs and all(
            len(got) == len(right) - 1 and all(map(_same, right[begin : begin + len(got)], got)) for right, got in pairs
        ):
            return f"{name} result missing", f"The results that come back are right, but the {name} one is missing."
    return None


def _constant(pairs: Sequence[Pair]) -> tuple[str, str] | None:
    got = np.concatenate([np.ravel(each) for _, each in pairs])
    if len(got) and np.all(np.isfinite(got)) and close(got[0], got):
        return "constant", f"Each number is {got[0]:.4g}, whatever the function is called with."
    return None


def ignored(calls: Sequence[tuple[Mapping[str, bytes], Any, Any]]) -> str:
    """A parameter without influence on the student's results though it has some on the right ones; "" if none.

    Where no parameter at all has any, and there are several, none of them is to blame; nor where that is so for
    results of some shape, such as single numbers, and nothing else is known of this parameter.

    Args:
        calls: for each call the encoded arguments by parameter, the right and the student's result.
    """
    parameters = dict.fromkeys(name for arguments, _, _ in calls for name in arguments)
    without: dict[str, set[tuple[int, ...]]] = {}  # with the shapes of the results that show it
    with_some: dict[str, set[tuple[int, ...]]] = {}
    mattering = 0
    for parameter in parameters:
        seen: dict[Any, list[tuple[bytes, Any, Any]]] = {}
        for arguments, right, got in calls:
            if parameter in arguments:
                rest = tuple(sorted((name, data) for name, data in arguments.items() if name != parameter))
                seen.setdefault((rest, _shape(right)), []).append((arguments[parameter], right, got))
        groups = [group for group in seen.values() if len({data for data, _, _ in group}) > 1]
        matters = [group for group in groups if any(not _same(group[0][1], right) for _, right, _ in group[1:])]
        moved = [group for group in groups if any(not _same(group[0][2], got, UNMOVED, 0.0) for _, _, got in group[1:])]
        mattering += bool(matters)
        with_some[parameter] = {_shape(group[0][1]) for group in moved}
        telling = [group for group in matters if not all(_is_nothing(got) for _, _, got in group)]  # 0 may be cut off
        if telling and not moved:
            without[parameter] = {_shape(group[0][1]) for group in telling}
    for parameter, where in without.items():
        elsewhere = set().union(*(shapes for other, shapes in with_some.items() if other != parameter))
        if where <= elsewhere or (mattering == 1 and not elsewhere):
            return parameter
    return ""


def _shape(value: Any) -> tuple[int, ...]:
    array = numbers(value)
    return () if array is None else array.shape


def _of_shapes(pairs: Sequence[Pair]) -> tuple[str, str] | None:
    if all(right.ndim == 2 and got.shape == right.T.shape and close(right.T, got) for right, got in pairs):
        return "transposed", "The numbers are right, but rows and columns are swapped."
    if all(right.size == got.size and close(np.ravel(right), np.ravel(got)) for right, got in pairs):
        return "other shape", "The numbers are right and in the right order, but the shape of the result is not."
    flat = [(np.ravel(right), np.ravel(got)) for right, got in pairs if right.ndim == 1]
    if len(flat) == len(pairs):
        if all(len(got) == len(right) - 1 and close(right[:-1], got) for right, got in flat):
            return (
                "last one missing",
                "The numbers are right, but the last one is missing: does the loop end one step early?",
            )
        if all(len(got) == len(right) - 1 and close(right[1:], got) for right, got in flat):
            return "first one missing", "The numbers are right, but the first one is missing: does the loop begin at 1?"
    if all(right.ndim and got.size == 1 and close(np.ravel(right)[:1], np.ravel(got)) for right, got in pairs):
        return "first one only", "Only the first number comes back: is the `return` inside the loop?"
    if all(got.size > right.size == 1 and close(np.ravel(right), np.ravel(got)[:1]) for right, got in pairs):
        return "more than one", "The first number is right, but others come back beside it: return that one alone."
    if all(got.shape[: right.ndim] == right.shape and got.ndim > right.ndim for right, got in pairs):
        columns = [(right, got.reshape((*right.shape, -1))) for right, got in pairs]
        if all(got.size and close(np.broadcast_to(right[..., None], got.shape), got) for right, got in columns):
            return "repeated", "Each number comes back several times, side by side: return it once."
    if all(right.ndim and got.size == 1 and close(np.sum(right), got) for right, got in pairs):
        return (
            "summed",
            "One number comes back, the sum of those that are wanted: what is added up that should stay apart?",
        )
    if all(right.size > 1 and got.size == 1 and close(np.mean(right), got) for right, got in pairs):
        return (
            "averaged",
            "One number comes back, the mean of those that are wanted: is there a mean too many?",
        )
    for axis, which in ((-1, "row"), (0, "column")):
        if all(right.ndim == 2 and _same(np.sum(right, axis=axis), np.ravel(got)) for right, got in pairs):
            return (
                f"{which} sums",
                f"One number for each {which} comes back, the sum of those that are wanted: what is added up that "
                "should stay apart?",
            )
    return None


def _of_factor(pairs: Sequence[Pair]) -> tuple[str, str] | None:
    """A constant factor or difference between the student's results and the right ones."""
    right = np.concatenate([np.ravel(each) for each, _ in pairs])
    got = np.concatenate([np.ravel(each) for _, each in pairs])
    if not np.all(np.isfinite(right)) or not np.all(np.isfinite(got)):
        return None
    divisible = np.abs(right) > 1e-6
    if np.sum(divisible) >= FEWEST_NUMBERS:
        factor = float(np.median(got[divisible] / right[divisible]))
        if factor and close(factor * right, got):
            words = next((word for known, word in FACTORS.items() if np.isclose(known, factor, rtol=1e-3)), None)
            times = words or f"{factor:.4g} times"
            return "factor", f"Each number is {times} what it should be: is a factor lost, or one too many?"
    difference = float(np.median(got - right))
    if abs(difference) > 1e-6 and close(right + difference, got):
        more = "more" if difference > 0 else "less"
        sentence = f"Each number is {abs(difference):.4g} {more} than it should be"
        return "difference", f"{sentence}: is something added that does not belong, or forgotten?"
    return None


def numbers(value: Any) -> np.ndarray | None:
    """A value as an array of floats; None if it holds anything else."""
    try:
        array = np.asarray(value)
    except (ValueError, TypeError, OverflowError):
        return None
    return array.astype(float) if array.dtype.kind in "biuf" else None


def close(right: Any, got: Any, relative: float = RELATIVE, absolute: float = ABSOLUTE) -> bool:
    """Whether numbers of the same shape are equal but for rounding."""
    with np.errstate(all="ignore"):
        return bool(np.allclose(got, right, rtol=relative, atol=absolute, equal_nan=True))


def _same(one: Any, other: Any, relative: float = RELATIVE, absolute: float = ABSOLUTE) -> bool:
    first, second = numbers(one), numbers(other)
    if first is None or second is None or first.shape != second.shape:
        return False
    return close(first, second, relative, absolute)


def _is_nothing(value: Any) -> bool:
    array = numbers(value)
    return array is not None and not np.any(array)


def _has_decimals(values: np.ndarray) -> bool:
    return bool(np.any(np.abs(values - np.round(values)) > 1e-6))


def _is_rounded(right: np.ndarray, got: np.ndarray) -> bool:
    decimals = next((d for d in range(MAX_DECIMALS + 1) if np.allclose(np.round(got, d), got, atol=1e-12)), None)
    return decimals is not None and bool(np.all(np.abs(got - right) <= 0.5000001 * 10.0**-decimals))


def _applied(function: Callable[[np.ndarray], np.ndarray]) -> Callable[[np.ndarray, np.ndarray], bool]:
    def holds(right: np.ndarray, got: np.ndarray) -> bool:
        with np.errstate(all="ignore"):
            return close(function(right), got)

    return holds


def _everywhere(function: Callable[[np.ndarray], Any]) -> Callable[[np.ndarray, np.ndarray], bool]:
    return lambda right, got: right.ndim == 1 and len(right) > 0 and close(function(right), got)


def _of_table(function: Callable[[np.ndarray], np.ndarray]) -> Callable[[np.ndarray, np.ndarray], bool]:
    return lambda right, got: right.ndim == 2 and close(function(right), got)


def _rearranged(function: Callable[[np.ndarray], np.ndarray]) -> Callable[[np.ndarray, np.ndarray], bool]:
    return lambda right, got: right.ndim == 1 and len(right) > 0 and close(function(right), got)


_RELATIONS: tuple[tuple[str, str, Callable[[np.ndarray, np.ndarray], bool]], ...] = (
    ("zero", "Each number is 0, whatever the function is called with.", lambda right, got: not np.any(got)),
    ("sign", "Each number has the wrong sign.", _applied(np.negative)),
    (
        "cut to whole numbers",
        "The decimals are cut off: is the result stored in an array of whole numbers, or turned into `int`?",
        lambda right, got: not _has_decimals(got) and close(np.trunc(right), got),
    ),
    ("rounded", "The result is rounded: return it as it is.", _is_rounded),
    ("one minus", "Each number is 1 minus what it should be.", _applied(lambda right: 1 - right)),
    (
        "reciprocal",
        "Each number is 1 divided by what it should be: are numerator and denominator swapped?",
        _applied(np.reciprocal),
    ),
    ("square", "Each number is the square of what it should be.", _applied(np.square)),
    ("square root", "Each number is the square root of what it should be.", _applied(np.sqrt)),
    ("exponential", "Each number is the exponential of what it should be.", _applied(np.exp)),
    (
        "size",
        "Each number lacks its sign: is there an `abs` or a square that does not belong?",
        _applied(np.abs),
    ),
    ("reversed", "The numbers are right, but in reverse order.", _rearranged(lambda right: right[::-1])),
    ("sorted", "The numbers are right, but sorted: keep their order.", _rearranged(np.sort)),
    ("rows reversed", "The rows are right, but in reverse order.", _of_table(lambda right: right[::-1])),
    ("columns reversed", "The columns are right, but in reverse order.", _of_table(lambda right: right[:, ::-1])),
    (
        "logistic",
        "Each number is the logistic function (sigmoid) of what it should be: is an activation too many?",
        _applied(lambda right: 1 / (1 + np.exp(-right))),
    ),
    (
        "logit",
        "Each number is right but for a logistic function (sigmoid) at the end: is an activation missing?",
        _applied(lambda right: np.log(right / (1 - right))),
    ),
    (
        "tanh",
        "Each number is the tanh of what it should be: is an activation too many?",
        _applied(np.tanh),
    ),
    ("artanh", "Each number is right but for a tanh at the end: is an activation missing?", _applied(np.arctanh)),
    ("logarithm", "Each number is the logarithm of what it should be.", _applied(np.log)),
    (
        "sum everywhere",
        "Each number is the sum of all right ones: what is added up that should stay apart?",
        _everywhere(np.sum),
    ),
    ("mean everywhere", "Each number is the mean of all right ones: is there a mean too many?", _everywhere(np.mean)),
    ("first everywhere", "Each number is the first of the right ones.", _everywhere(lambda right: right[0])),
    ("last everywhere", "Each number is the last of the right ones.", _everywhere(lambda right: right[-1])),
    ("largest everywhere", "Each number is the largest of the right ones.", _everywhere(np.max)),
    ("running sum", "Each number is the sum of the right ones up to its place.", _rearranged(np.cumsum)),
)
