"""Sparse arrays and matrices of SciPy as plain data: shape, entries and where they stand."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import sparse

from autograder.protocol.kinds import Form

_COMPRESSED = ("csr", "csc", "bsr")
_FORMATS = (*_COMPRESSED, "coo", "dia", "lil", "dok")
MAX_EXTENT = 2**40  # along one axis


def sparse_forms() -> dict[type, Form]:
    """The forms of SciPy's sparse containers, arrays and matrices alike."""
    form = Form("sparse", _apart, _together)
    kinds = [getattr(sparse, f"{name}_{what}") for name in _FORMATS for what in ("array", "matrix")]
    return dict.fromkeys(kinds, form)


def _apart(value: Any) -> tuple[Any, ...]:
    name, shape = value.format, tuple(int(length) for length in value.shape)
    matrix = isinstance(value, sparse.spmatrix)
    if name in _COMPRESSED:
        return name, matrix, shape, value.data, value.indices, value.indptr
    if name == "dia":
        return name, matrix, shape, value.data, value.offsets, None
    if name == "lil" and shape[0] > _most_rows(value.nnz):
        name = "coo"
    entries = value.tocoo()
    return name, matrix, shape, entries.data, np.array(entries.coords), None


def _together(parts: Any) -> Any:
    name, matrix, shape, data, places, starts = parts
    if name not in _FORMATS or type(shape) is not tuple or not 1 <= len(shape) <= 2:
        raise ValueError("an unknown format")
    if not all(type(length) is int and 0 <= length <= MAX_EXTENT for length in shape):
        raise ValueError("a shape out of bounds")
    if type(data) is not np.ndarray or data.dtype.kind not in "biufc":
        raise ValueError("expected numbers")
    _whole(places)
    kind = getattr(sparse, f"{name}_{'matrix' if matrix is True else 'array'}")
    if name in _COMPRESSED:
        made = kind((data, places, _whole(starts)), shape=shape)
        made.check_format(full_check=True)  # C code trusts every index
        return made
    if name == "dia":
        return kind((data, places), shape=shape)
    if places.ndim != 2 or len(places) != len(shape) or places.shape[1:] != data.shape:
        raise ValueError("each entry has one place")
    entries = sparse.coo_array((data, tuple(places)), shape=shape)
    if name == "lil" and shape[0] > _most_rows(len(data)):
        raise ValueError("more rows than may cross")  # each is a list of its own
    return kind(entries)


def _most_rows(entries: int) -> int:
    """Rows of a list of lists that a message with so many entries may ask for."""
    return 10_000 + entries


def _whole(values: Any) -> np.ndarray:
    if type(values) is not np.ndarray or values.dtype.kind not in "iu":
        raise ValueError("expected whole numbers")
    return values
