"""Tables, columns and indexes of pandas as plain data: columns with their types, never pickled.

A column is described by one of a few tuples, the first member of which tells the kind; see `_column`. Columns of
objects hold plain values only: anything else arrives as the placeholder that it is in any list.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd

from autograder.protocol.kinds import MAX_ITEMS, MAX_KEYS, Form, is_plain_key

_NULLABLE = frozenset(
    {f"{kind}{bits}" for kind in ("Int", "UInt") for bits in (8, 16, 32, 64)} | {"Float32", "Float64", "boolean"}
)
_ZONE = re.compile(r"[A-Za-z]{1,20}(/[A-Za-z0-9_+-]{1,30}){0,2}")
_PLAIN_KINDS = "biufcmM"


def table_forms() -> dict[type, Form]:
    """The forms of pandas' types."""
    return {
        pd.DataFrame: Form("table", _table_apart, _table_together, 6),
        pd.Series: Form("series", _series_apart, _series_together, 5),
        pd.Index: Form("index", _index_apart, _index_together, 5),
        pd.api.extensions.ExtensionArray: Form("column", _column, _array_of, 4),
        pd.Timestamp: Form("timestamp", _moment_apart, _moment_together, 2),
        pd.Timedelta: Form("timedelta", lambda value: np.array(value.to_numpy()), _span_together),
        type(pd.NaT): Form("not a time", lambda value: None, lambda parts: pd.NaT),
        type(pd.NA): Form("not available", lambda value: None, lambda parts: pd.NA),
    }


def _table_apart(table: Any) -> tuple[Any, ...]:
    plain = pd.DataFrame(table)
    if plain.shape[1] > MAX_KEYS:
        raise ValueError("more columns than may cross")
    columns = [_column(plain.iloc[:, position].array) for position in range(plain.shape[1])]
    return _index_apart(plain.index), _index_apart(plain.columns), columns


def _table_together(parts: Any) -> pd.DataFrame:
    index, columns = _index_together(parts[0]), _index_together(parts[1])
    if type(parts[2]) is not list or len(parts[2]) != len(columns):
        raise ValueError("a table needs as many columns as names")
    arrays = [_array_of(column) for column in parts[2]]
    if any(len(array) != len(index) for array in arrays):
        raise ValueError("a column of another length than its index")
    table = pd.DataFrame(dict(enumerate(arrays)), index=index, copy=False)
    table.columns = columns
    return table


def _series_apart(series: Any) -> tuple[Any, ...]:
    plain = pd.Series(series)
    return _name(plain.name), _index_apart(plain.index), _column(plain.array)


def _series_together(parts: Any) -> pd.Series:
    name, index, column = _name(parts[0]), _index_together(parts[1]), _array_of(parts[2])
    if len(column) != len(index):
        raise ValueError("a series of another length than its index")
    return pd.Series(column, index=index, name=name, copy=False)


def _index_apart(index: Any) -> tuple[Any, ...]:
    if type(index) is pd.RangeIndex:
        return "range", index.start, index.stop, index.step, _name(index.name)
    if isinstance(index, pd.MultiIndex):
        levels = [_column(level.array) for level in index.levels]
        return "levels", levels, [np.asarray(codes) for codes in index.codes], [_name(name) for name in index.names]
    return "values", _column(index.array), _name(index.name)


def _index_together(parts: Any) -> pd.Index:
    if type(parts) is not tuple:
        raise ValueError("an index is described by a tuple")
    kind, *rest = parts
    if kind == "range":
        start, stop, step, name = rest
        numbers = range(*_whole(start, stop, step))
        if len(numbers) > MAX_ITEMS:
            raise ValueError("a longer index than may cross")
        return pd.RangeIndex(numbers, name=_name(name))
    if kind == "levels":
        levels, codes, names = rest
        if not all(_is_whole_array(array) for array in codes) or not 0 < len(levels) == len(codes) == len(names) < 33:
            raise ValueError("expected levels with their codes")
        made = [pd.Index(_array_of(level)) for level in levels]
        return pd.MultiIndex(made, codes, names=[_name(name) for name in names], verify_integrity=True)
    if kind != "values":
        raise ValueError("an unknown kind of index")
    column, name = rest
    return pd.Index(_array_of(column), name=_name(name))


def _column(array: Any) -> tuple[Any, ...]:
    """An array of pandas, or one of NumPy that it wraps, described."""
    dtype = array.dtype
    if isinstance(dtype, np.dtype) or isinstance(array, pd.arrays.NumpyExtensionArray):
        values = np.asarray(array)
        return ("numbers", values) if values.dtype.kind in _PLAIN_KINDS else ("objects", values.tolist())
    if isinstance(dtype, pd.CategoricalDtype):
        return "categories", np.asarray(array.codes), _column(dtype.categories.array), bool(dtype.ordered)
    if isinstance(dtype, pd.DatetimeTZDtype):
        return "moments", np.asarray(array.tz_convert("UTC").tz_localize(None)), str(dtype.tz)
    if isinstance(dtype, pd.StringDtype):
        missing = pd.isna(array)
        texts = ["" if gap else str(text) for text, gap in zip(array, missing, strict=True)]
        return "texts", texts, np.asarray(missing), dtype.na_value is pd.NA
    if dtype.name in _NULLABLE:
        missing = np.asarray(pd.isna(array))
        return "nullable", dtype.name, array.to_numpy(dtype.numpy_dtype, na_value=dtype.numpy_dtype.type(0)), missing
    return "objects", np.asarray(array, dtype=object).tolist()


def _array_of(parts: Any) -> Any:
    """The array that a description tells of."""
    if type(parts) is not tuple:
        raise ValueError("a column is described by a tuple")
    kind, *rest = parts
    if kind == "numbers":
        (values,) = rest
        return _flat(values, _PLAIN_KINDS)
    if kind == "objects":
        (items,) = rest
        if type(items) is not list:
            raise ValueError("expected a list")
        column = np.empty(len(items), dtype=object)
        for position, item in enumerate(items):
            column[position] = item
        return column
    if kind == "categories":
        codes, categories, ordered = rest
        return pd.Categorical.from_codes(_flat(codes, "i"), pd.Index(_array_of(categories)), ordered=ordered is True)
    if kind == "moments":
        moments, zone = rest
        if type(zone) is not str or not _ZONE.fullmatch(zone):
            raise ValueError("an unknown time zone")
        return pd.DatetimeIndex(_flat(moments, "M")).tz_localize("UTC").tz_convert(zone).array
    if kind == "texts":
        texts, missing, with_na = rest
        if type(texts) is not list or not all(type(text) is str for text in texts):
            raise ValueError("expected texts")
        gap = pd.NA if with_na is True else np.nan
        content = [gap if gone else text for text, gone in zip(texts, _flat(missing, "b"), strict=True)]
        return pd.array(content, dtype=pd.StringDtype(na_value=gap))
    if kind == "nullable":
        name, values, missing = rest
        if name not in _NULLABLE:
            raise ValueError("an unknown type of column")
        made = pd.array(_flat(values, "biuf"), dtype=name)
        gaps = _flat(missing, "b")
        if len(gaps) != len(made):
            raise ValueError("as many gaps as values are told")
        made[gaps] = pd.NA
        return made
    raise ValueError("an unknown kind of column")


def _moment_apart(moment: Any) -> tuple[Any, ...]:
    zone = None if moment.tz is None else str(moment.tz)
    plain = moment if zone is None else moment.tz_convert("UTC").tz_localize(None)
    return np.array(plain.to_numpy()), zone


def _moment_together(parts: Any) -> Any:
    moment, zone = parts
    made = pd.Timestamp(_flat(moment, "M", 0)[()])
    if zone is None:
        return made
    if type(zone) is not str or not _ZONE.fullmatch(zone):
        raise ValueError("an unknown time zone")
    return made.tz_localize("UTC").tz_convert(zone)


def _span_together(parts: Any) -> Any:
    return pd.Timedelta(_flat(parts, "m", 0)[()])


def _flat(values: Any, kinds: str, dimensions: int = 1) -> np.ndarray:
    if type(values) is not np.ndarray or values.dtype.kind not in kinds or values.ndim != dimensions:
        raise ValueError("expected an array of one axis")
    return values


def _is_whole_array(values: Any) -> bool:
    return type(values) is np.ndarray and values.dtype.kind == "i" and values.ndim == 1


def _whole(*values: Any) -> tuple[int, ...]:
    if not all(type(value) is int and abs(value) < 2**62 for value in values):
        raise ValueError("expected whole numbers")
    return values


def _name(name: Any) -> Any:
    """A name of a column or an index, which must be able to stand as a key."""
    if not is_plain_key(name):
        raise ValueError("a name that cannot cross")
    return name
