"""Plain values: those that the codec would give back as they are."""

from __future__ import annotations

from typing import Any

import numpy as np

_KINDS = (type(None), bool, int, float, str, np.float64, np.int64, np.bool_)
MAX_BYTES = 1_000_000
MAX_MEMBERS = 64


def is_plain(value: Any, depth: int = 2) -> bool:
    """Whether the codec would give back the same: plain numbers and texts, arrays of them, tuples and lists of these.

    Args:
        value: any value.
        depth: how many tuples and lists may be inside one another.
    """
    kind = type(value)
    if kind is np.ndarray:
        return value.dtype.str in ("<f8", "<i8", "|b1") and value.nbytes < MAX_BYTES
    if kind in (tuple, list):
        return depth > 0 and len(value) <= MAX_MEMBERS and all(is_plain(item, depth - 1) for item in value)
    return kind in _KINDS
