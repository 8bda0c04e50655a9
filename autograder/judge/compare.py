"""Do two results say the same? By value, shape and kind of value; never by how they print.

Results are compared part by part: the members of a tuple, the features of a figure. So a mistake in one of four
gradients is recognised whatever the other three are.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

from autograder.judge.subject import Called
from autograder.protocol import codec, figures
from autograder.sandbox.outcomes import StudentError

RELATIVE = 1e-4  # admits float32
ABSOLUTE = 1e-9
MAX_PARTS = 16

Part = tuple[str, object]
"""Where in a result: ("", 0) a member of a tuple, ("lines", "") a feature of a figure, ("", "") all of it."""


def parts(outcome: Called) -> dict[Part, Any]:
    """The outcome of a call, taken apart. An exception and a changed argument are parts of it too."""
    if outcome.raised is not None:
        found: dict[Part, Any] = {("raised", ""): outcome.raised}
    else:
        found = value_parts(outcome.value or b"")
    return found | {("changed", ""): frozenset(outcome.changed)}


def value_parts(data: bytes) -> dict[Part, Any]:
    """An encoded value, taken apart."""
    try:
        return taken_apart(codec.decode(data))
    except codec.CodecError:
        return taken_apart(codec.Opaque("unreadable value"))


def taken_apart(value: Any) -> dict[Part, Any]:
    """A value as it arrives after the codec, taken apart."""
    if figures.kind(value) == "axes":
        return taken_apart(value.figure) | {("only axes", ""): True}
    if figures.kind(value) == "figure":
        return {(feature, ""): shown for feature, shown in _features(value).items()}
    if _several(value):
        return {("", index): member for index, member in enumerate(value)} | {("length", ""): len(value)}
    return {("", ""): value}


def whole(found: Mapping[Part, Any]) -> Any:
    """A value put together again; None for what is none."""
    if ("length", "") in found:
        return [found.get(("", index)) for index in range(found["length", ""])]
    return found.get(("", ""))


def _several(value: Any) -> bool:
    """Whether a result is several results: a tuple, or a list of other things than numbers of one shape."""
    if isinstance(value, list):
        if not 1 < len(value) <= MAX_PARTS:
            return False
        arrays = any(np.ndim(item) for item in value if isinstance(item, np.ndarray))
        return arrays or (any(isinstance(item, (list, tuple)) for item in value) and numbers(value) is None)
    return isinstance(value, tuple) and 1 < len(value) <= MAX_PARTS


def differing(ours: Mapping[Part, Any], theirs: Mapping[Part, Any], lenient: bool = False) -> set[Part]:
    """Parts in which two outcomes differ; parts that only one of them has differ."""
    return {
        part
        for part in ours.keys() | theirs.keys()
        if part not in ours or part not in theirs or not agree(ours[part], theirs[part], lenient)
    }


def identical(ours: Mapping[Part, Any], theirs: Mapping[Part, Any]) -> bool:
    """Whether two outcomes are the same to the last digit, as far as they are numbers."""
    if differing(ours, theirs):
        return False
    pairs = [(numbers(ours[part]), numbers(theirs[part])) for part in ours]
    return all(one is None or other is None or np.array_equal(one, other, equal_nan=True) for one, other in pairs)


def agree(one: Any, other: Any, lenient: bool = False) -> bool:
    """Whether two values are the same within what float32 can tell; NaN agrees with NaN.

    Args:
        one: a value as decoded.
        other: the same.
        lenient: whether axes of length one are ignored.
    """
    if isinstance(one, StudentError) and isinstance(other, StudentError):
        return one.type_name == other.type_name
    if one is None or other is None:
        return one is other
    ours, theirs = numbers(one), numbers(other)
    if ours is not None and theirs is not None:
        if lenient:
            ours, theirs = np.squeeze(ours), np.squeeze(theirs)
        return ours.shape == theirs.shape and _close(ours, theirs)
    if (ours is None) != (theirs is None):
        return False
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(one) == len(other) and all(agree(a, b, lenient) for a, b in zip(one, other, strict=True))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(agree(one[key], other[key], lenient) for key in one)
    if isinstance(one, codec.Opaque) and isinstance(other, codec.Opaque):
        return one.type_name == other.type_name
    if isinstance(one, codec.Function) and isinstance(other, codec.Function):
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray):
        return bool(np.array_equal(one, other))
    return _equal(one, other)


def _equal(one: Any, other: Any) -> bool:
    """Whether two values of one type are the same, also those whose `==` gives a table."""
    try:
        same = one == other
    except Exception:  # tables of other rows or columns
        return False
    return bool(same) if isinstance(same, (bool, np.bool_)) else codec.encode(one) == codec.encode(other)


def numbers(value: Any) -> np.ndarray | None:
    """Numbers as one array: floats, or complex numbers; None for anything else."""
    if isinstance(value, (list, tuple)) and not value:
        return None
    try:
        array = np.asarray(float(value) if isinstance(value, (Fraction, Decimal)) else value)
    except (ValueError, TypeError, OverflowError):  # ragged
        return None
    if array.dtype.kind in "biuf":
        return array.astype(float)
    return array if array.dtype.kind == "c" else None


def _close(ours: np.ndarray, theirs: np.ndarray) -> bool:
    if ours.dtype.kind != theirs.dtype.kind:
        return False
    if not ours.size:
        return True
    if ours.ndim == 0 and ours.dtype.kind == "f":
        return _numbers_close(float(ours), float(theirs))
    if ours.tobytes() == theirs.tobytes():  # which most are, and which takes a tenth of what follows
        return True
    with np.errstate(all="ignore"):  # as np.allclose, which takes four times as long for a few numbers
        finite, sizes = np.isfinite(ours), np.abs(ours)
        near = np.abs(theirs - ours) <= _absolute(sizes[finite].max(initial=0.0)) + RELATIVE * sizes
        if finite.all():
            return bool(near.all())
        same = (theirs == ours) | (np.isnan(theirs) & np.isnan(ours))
        return bool(((near & finite) | same).all())


def _numbers_close(ours: float, theirs: float) -> bool:
    if not math.isfinite(ours):
        return theirs == ours or (math.isnan(theirs) and math.isnan(ours))
    return abs(theirs - ours) <= _absolute(abs(ours)) + RELATIVE * abs(ours)


def _absolute(largest: float) -> float:
    """Beside large numbers small ones carry rounding errors of the large ones' size."""
    return ABSOLUTE + 1e-6 * float(largest)


def _offsets(collection: Any) -> np.ndarray:
    offsets: np.ndarray = np.ma.filled(np.ma.asarray(collection.get_offsets(), dtype=float), np.nan)
    return offsets


def _features(figure: Any) -> dict[str, Any]:
    axes = figure.axes
    lines = [line for ax in axes for line in ax.lines]
    return {
        "axes": len(axes),
        "lines": len(lines),
        "curves": [np.column_stack(line.get_data(orig=False)) for line in lines],
        "scatters": [_offsets(item) for ax in axes for item in figures.collections_in_order(ax)],
        "bars": sum(len(ax.patches) for ax in axes),
        "images": sum(len(ax.images) for ax in axes),
        "legend": any(ax.get_legend() is not None for ax in axes) or bool(figure.legends),
        "titles": any(ax.get_title() for ax in axes),
        "x labels": all(ax.get_xlabel() for ax in axes),
        "y labels": all(ax.get_ylabel() for ax in axes),
        "scales": [(ax.get_xscale(), ax.get_yscale()) for ax in axes],
    }
