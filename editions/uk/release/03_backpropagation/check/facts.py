"""What checks say about a result: each function states one fact, and raises `Wrong` with one sentence if it fails.

The checks that students see and the further ones of grading are both written in these words.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

Function = Callable[..., Any]
Array = np.ndarray[Any, np.dtype[Any]]

LONGEST = 160  # characters of a value in a sentence
FEWEST_NUMBERS = 3  # different ones, below which a relation between two results may be chance
SEEDS = tuple(np.random.default_rng(7).integers(0, 1_000_000, size=60).tolist())  # near ones may draw alike
FEWEST_RUNS = 12  # with as many of these seeds, even where fewer tell
RETURN = "is there a return at the end of your function?"
FACTORS = {
    2.0: "twice",
    0.5: "half of",
    3.0: "three times",
    1 / 3: "a third of",
    4.0: "four times",
    0.25: "a quarter of",
}


class Wrong(AssertionError):
    """A fact that does not hold.

    Attributes:
        what: what was looked at, e.g. ``sigmoid(0)``, or the whole sentence if nothing was compared.
        expected: the right value as text; "" if nothing was compared.
        got: the student's value as text.
        hint: where to look, without a capital and without a full stop; may be empty.
    """

    def __init__(self, what: str, expected: str = "", got: str = "", hint: str = "") -> None:
        self.what, self.expected, self.got, self.hint = what, expected, got, hint
        sentence = f"{what} must be {expected}, but it is {got}" if expected else what
        super().__init__(ended(f"{sentence}: {hint}" if hint else sentence))


def ended(sentence: str) -> str:
    """A sentence with its full stop, unless it ends with a mark of its own."""
    return sentence if sentence.endswith((".", "?", "!")) else f"{sentence}."


def shown(value: Any) -> str:
    """A value in a sentence: numbers with four decimals, long values cut."""
    if isinstance(value, np.ndarray | np.generic | float):
        text = np.array2string(np.asarray(value), precision=4, separator=", ", suppress_small=True, threshold=24)
        text = " ".join(text.split())
    else:
        try:
            text = re.sub(r" at 0x[0-9a-f]{6,16}\b", "", " ".join(repr(value).split()))
        except Exception:  # a class of the student's with a faulty __repr__
            text = f"a value of type {type(value).__name__}"
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 4]} ..."


def function(name: str, value: Any) -> Function:
    """The student's function itself."""
    if not callable(value):
        raise Wrong(
            f"{name} must be a function, but it is {shown(value)}: write `def {name}(...):` and do not use "
            "the name for anything else"
        )
    return value  # type: ignore[no-any-return]


def called(function: Function, name: str, args: Sequence[Any], parameters: Sequence[str] = ()) -> Any:
    """Call a student's function and see that it leaves its arguments alone.

    Args:
        function: the student's function.
        name: its name.
        args: its arguments; arrays, numbers, or tuples of arrays.
        parameters: the names of the arguments, for the sentence.
    """
    before = copy.deepcopy(list(args))
    result = function(*args)
    for i, (now, then) in enumerate(zip(args, before, strict=True)):
        if not _same(now, then):
            which = f"its argument {parameters[i]}" if i < len(parameters) else "what it was given"
            raise Wrong(f"{name} changed {which}: make a new array instead")
    return result


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(_same(a, b) for a, b in zip(one, other, strict=True))
    return bool(np.array_equal(one, other))


def real(what: str, value: Any) -> Array:
    """Real numbers, as an array."""
    if value is None:
        raise Wrong(f"{what} is None: {RETURN}" if "(" in what else f"{what} is None: store a value in it")
    if callable(value) and not hasattr(value, "__array__"):
        raise Wrong(f"{what} is a function and not a number: call it, with its arguments in parentheses")
    try:
        array = np.asarray(value)
    except Exception:
        array = np.asarray(None)
    if array.dtype.kind not in "fiu":
        raise Wrong(f"{what} must be made of real numbers, but it is {shown(value)}", hint=_kind(array))
    return array


def _kind(array: Array) -> str:
    kinds = {"b": "True and False are not numbers here", "U": "text in quotes is no number", "c": "no complex numbers"}
    return kinds.get(array.dtype.kind, "")


def number(what: str, value: Any) -> float:
    """One real number; an array with one element counts."""
    array = real(what, value)
    if array.size != 1:
        raise Wrong(f"{what} must be one number, but it has {array.size} elements")
    return float(array.reshape(-1)[0])


def sized(name: str, value: Any, size: int, hint: str = "") -> Array:
    """Real numbers, so many of them, in one row."""
    array = real(name, value)
    if array.size != size:
        raise Wrong(f"{name} must hold {size} number{'s' * (size > 1)}, yours holds {array.size}", hint=hint)
    return np.ravel(array)


def several(what: str, value: Any, names: Sequence[str]) -> list[Any]:
    """Several results in a tuple or list."""
    wanted = ", ".join(names)
    if value is None:
        raise Wrong(f"{what} returned None: {RETURN}")
    if hasattr(value, "__next__"):
        raise Wrong(f"{what} returned a generator: brackets make one of a `for`; write `tuple(...)` around it")
    if not isinstance(value, list | tuple):
        raise Wrong(f"{what} must return {len(names)} results ({wanted}), but it returned {shown(value)}")
    if len(value) != len(names):
        raise Wrong(f"{what} must return {len(names)} results ({wanted}), but it returned {len(value)}")
    return list(value)


def shape(what: str, value: Any, wanted: tuple[int, ...], *, exact: bool = False) -> Array:
    """Real numbers in a shape; axes of length 1 do not matter, unless the shape must be exact."""
    array = real(what, value)
    seen = array.shape if exact else np.squeeze(array).shape
    if seen == (wanted if exact else tuple(n for n in wanted if n != 1)):
        return array if exact else np.squeeze(array)
    if len(wanted) == 2 and array.shape == wanted[::-1]:
        raise Wrong(f"{what} is transposed: its shape must be {wanted}, not {array.shape}")
    raise Wrong(f"{what} must have the shape {wanted}, but it has the shape {array.shape}")


def close(
    what: str, got: Any, want: Any, *, rtol: float = 1e-5, atol: float = 1e-8, hint: str = "", exact: bool = False
) -> Array:
    """Real numbers in the shape and with the values of `want`; see `shape`."""
    wanted = np.asarray(want, dtype=float)
    array = shape(what, got, wanted.shape, exact=exact)
    compared = wanted if exact else np.squeeze(wanted)
    if not np.allclose(array, compared, rtol=rtol, atol=atol):
        raise Wrong(what, shown(compared), shown(array), relation(compared, array) or hint)
    return array


def relation(want: Array, got: Array) -> str:
    """How a wrong result relates to the right one of the same shape; "" if nothing can be told."""
    right, seen = np.ravel(want), np.ravel(np.asarray(got, dtype=float))
    if np.any(np.isnan(seen)):
        return "nan means that a computation had no result, such as 0/0 or the logarithm of a negative number"
    if len(np.unique(np.round(right, 9))) < FEWEST_NUMBERS or not np.all(np.isfinite(seen)):
        return ""
    if np.allclose(seen, -right, rtol=1e-4, atol=1e-6):
        return "the size is right, but the sign is turned"
    for factor, word in FACTORS.items():
        if np.allclose(seen, factor * right, rtol=1e-4, atol=1e-6):
            return f"it is {word} the right result"
    with np.errstate(all="ignore"):
        for words, other in (
            ("1 minus", 1 - right),
            ("1 divided by", 1 / right),
            ("the square of", right**2),
            ("the square root of", np.sqrt(right)),
        ):
            if np.allclose(seen, other, rtol=1e-4, atol=1e-6):
                return f"it is {words} the right result"
    if np.allclose(seen, np.abs(right), rtol=1e-4, atol=1e-6):
        return "the size is right, but minus signs are lost"
    if want.ndim == 1 and np.allclose(seen[::-1], right, rtol=1e-4, atol=1e-6):
        return "the numbers are right, but in reverse order"
    if want.ndim == 1 and np.allclose(seen, np.sum(right), rtol=1e-4, atol=1e-6):
        return "each number is the sum of all right ones"
    if np.ptp(seen) < 1e-9:
        return "every element is the same, whatever the input"
    if np.allclose(seen - right, np.mean(seen - right), rtol=1e-3, atol=1e-6):
        return f"every element is off by the same {shown(float(np.mean(seen - right)))}"
    if np.array_equal(seen, np.round(right)) or np.array_equal(seen, np.trunc(right)):
        return "it looks rounded to whole numbers"
    return _one_place(want, np.reshape(seen, want.shape))


def _one_place(want: Array, got: Array) -> str:
    """Whether only the first or the last number, row or column is wrong, of at least three."""
    wrong = np.asarray(~np.isclose(got, want, rtol=1e-4, atol=1e-6))
    for axis in range(want.ndim):
        lines = np.any(np.moveaxis(wrong, axis, 0).reshape(want.shape[axis], -1), axis=1).tolist()
        what = "number" if want.ndim == 1 else ("row", "column")[axis] if want.ndim == 2 else ""
        for index, where in ((0, "first"), (-1, "last")):
            if what and len(lines) >= FEWEST_NUMBERS and lines[index] and sum(lines) == 1:
                return f"only the {where} {what} is wrong"
    return ""


def between(what: str, value: Any, low: float, high: float, hint: str) -> None:
    """Every element lies in a range."""
    array = real(what, value)
    if not np.all((array >= low) & (array <= high)):
        raise Wrong(f"{what} must lie between {shown(low)} and {shown(high)}, but it is {shown(array)}", hint=hint)


def holds(truth: Any, sentence: str) -> None:
    """Anything else: a condition, and the sentence for the student if it fails."""
    if not truth:
        raise Wrong(sentence)


def central_difference(
    loss: Callable[[Sequence[Array]], float | None], parameters: Sequence[Array], k: int, j: int
) -> float | None:
    """The rate at which a nudge of element `j` of parameter `k` changes a loss; None where there is no loss."""
    losses = []
    for by in (0.01, -0.01):
        moved = [parameter.copy() for parameter in parameters]
        moved[k][j] += by
        if (lost := loss(moved)) is None:
            return None
        losses.append(lost)
    return (losses[0] - losses[1]) / 0.02
