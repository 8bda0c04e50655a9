"""Values of the standard library, pandas, SciPy and SymPy: each taken apart into plain data, and put together again.

The codec writes the name of a form and then its parts, like any other data. `together` trusts nothing: whatever its
parts are, it gives a value of the form's type or raises.
"""

from __future__ import annotations

import builtins
import datetime
import io
import keyword
import sys
from collections import Counter, OrderedDict, defaultdict, deque, namedtuple
from contextlib import suppress
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from pathlib import Path, PurePath, PurePosixPath
from typing import Any

import numpy as np

from autograder.protocol.kinds import MAX_INT_BYTES, MAX_ITEMS, MAX_TEXT, Form, is_allowed_type

MAX_DIGITS = 5_000  # of a Decimal, and of its exponent: `int` of it makes as many
MAX_FIELDS = 255  # of a named tuple
MAX_FILE = 32 * 1024 * 1024  # characters of an open file
_FACTORIES: dict[str, Any] = {kind.__name__: kind for kind in (int, float, str, list, dict, set, tuple, bool)}
_ODD_FOLDERS = ("..", "~")


class ForeignPath(type(Path())):  # type: ignore[misc]  # the platform's own class
    """A path from the other side, which leads to files below the working folder only."""

    def __fspath__(self) -> str:
        """The text, for whoever wants to open it.

        Raises:
            PermissionError: the path leads out of the working folder.
        """
        if self.is_absolute() or any(part in _ODD_FOLDERS for part in self.parts):
            raise PermissionError(f"a path from elsewhere leads nowhere here: {self}")
        return str(self)


ForeignPath.__name__ = ForeignPath.__qualname__ = type(Path()).__name__


@lru_cache(maxsize=256)
def named_tuple(name: str, fields: tuple[str, ...]) -> Any:
    """The class of named tuples of this name and these fields, always the same one.

    Raises:
        ValueError: a name is no identifier.
    """
    if len(fields) > MAX_FIELDS or any(len(text) > MAX_TEXT for text in (name, *fields)):
        raise ValueError("too many or too long names")
    if not name.isidentifier() or keyword.iskeyword(name):
        name = "tuple"
    return namedtuple(name, fields)


def fields_of(kind: type) -> tuple[str, ...] | None:
    """The field names of a class of named tuples; None for any other class."""
    for base in kind.__mro__:
        fields = base.__dict__.get("_fields")
        if fields is not None:
            plain = type(fields) is tuple and fields and all(type(field) is str for field in fields)
            return fields if plain else None
    return None


def tuple_apart(value: tuple[Any, ...], fields: tuple[str, ...]) -> tuple[Any, ...]:
    """The parts of a named tuple."""
    items = tuple.__getitem__(value, slice(None))
    named_tuple(type(value).__name__, fields)  # raises where the other side could not make it
    if len(fields) != len(items):
        raise ValueError("a named tuple has as many items as fields")
    return type(value).__name__, fields, items


def _tuple_together(parts: Any) -> Any:
    name, fields, items = parts
    _only(tuple, fields, items)
    _only(str, name, *fields)
    return named_tuple(name, fields)(*items)


def _only(kind: type, *values: Any) -> None:
    if not all(type(value) is kind for value in values):
        raise ValueError(f"expected {kind.__name__}")


def _date_apart(value: datetime.date) -> str:
    return datetime.date.isoformat(value)


def _date_together(text: Any) -> datetime.date:
    made: datetime.date = _exact(datetime.date.fromisoformat(text), text)
    return made


def _exact(made: Any, text: str) -> Any:
    """The value made of a text, if the text is the one that this value has."""
    if made.isoformat() != text:
        raise ValueError("not how it is written")
    return made


def _datetime_apart(value: datetime.datetime) -> tuple[Any, ...]:
    kind = datetime.datetime
    naive = kind.combine(kind.date(value), kind.time(value))
    return kind.isoformat(naive), _offset(value.utcoffset())


def _datetime_together(parts: Any) -> datetime.datetime:
    text, offset = parts
    made: datetime.datetime = _exact(datetime.datetime.fromisoformat(text), text)
    return made.replace(tzinfo=_zone(offset))


def _time_apart(value: datetime.time) -> tuple[Any, ...]:
    return datetime.time.isoformat(datetime.time.replace(value, tzinfo=None)), _offset(value.utcoffset())


def _time_together(parts: Any) -> datetime.time:
    text, offset = parts
    made: datetime.time = _exact(datetime.time.fromisoformat(text), text)
    return made.replace(tzinfo=_zone(offset))


def _offset(offset: datetime.timedelta | None) -> Any:
    return None if offset is None else _duration_apart(offset)


def _zone(offset: Any) -> datetime.timezone | None:
    return None if offset is None else datetime.timezone(_duration_together(offset))


def _duration_apart(value: datetime.timedelta) -> tuple[int, int, int]:
    return value.days, value.seconds, value.microseconds


def _duration_together(parts: Any) -> datetime.timedelta:
    days, seconds, microseconds = parts
    _only(int, days, seconds, microseconds)
    if not (0 <= seconds < 86_400 and 0 <= microseconds < 1_000_000):
        raise ValueError("not how a duration is written")
    return datetime.timedelta(days, seconds, microseconds)


def _fraction_apart(value: Fraction) -> tuple[int, int]:
    if max(value._numerator.bit_length(), value._denominator.bit_length()) > 8 * MAX_INT_BYTES - 8:  # type: ignore[attr-defined]
        raise ValueError("too many digits")
    return value._numerator, value._denominator  # type: ignore[attr-defined]


def _fraction_together(parts: Any) -> Fraction:
    numerator, denominator = parts
    _only(int, numerator, denominator)
    return Fraction(numerator, denominator)


def _decimal_apart(value: Decimal) -> str:
    text = Decimal.__str__(value)
    _decimal_together(text)
    return text


def _decimal_together(text: Any) -> Decimal:
    _only(str, text)
    if len(text) > MAX_DIGITS:
        raise ValueError("too many digits")
    made = Decimal(text)
    if made.is_finite() and abs(made.adjusted()) > MAX_DIGITS:
        raise ValueError("an exponent out of bounds")
    return made


def _path_apart(value: PurePath) -> str:
    return PurePosixPath(PurePath.as_posix(value)).as_posix()


def path_text(text: Any) -> str:
    """The text of a path.

    Raises:
        ValueError: it is none.
    """
    _only(str, text)
    return str(text)


def real_path(text: str) -> Path:
    """A path that leads where it says, for a side that is shut in anyway or trusts who sent it."""
    return Path(text)


def _counts_apart(value: Any) -> dict[Any, Any]:
    return dict(dict.items(value))


def _counts_together(counts: Any) -> Counter[Any]:
    _only(dict, counts)
    return Counter(counts)


def _ordered_together(content: Any) -> OrderedDict[Any, Any]:
    _only(dict, content)
    return OrderedDict(content)


def _default_apart(value: Any) -> tuple[Any, ...]:
    factory = value.default_factory
    name = next((name for name, kind in _FACTORIES.items() if kind is factory), None)
    return name, dict(dict.items(value))


def _default_together(parts: Any) -> defaultdict[Any, Any]:
    name, content = parts
    _only(dict, content)
    return defaultdict(None if name is None else _FACTORIES[name], content)


def _deque_apart(value: Any) -> tuple[Any, ...]:
    return list(deque.__iter__(value)), value.maxlen


def _deque_together(parts: Any) -> deque[Any]:
    items, most = parts
    _only(list, items)
    if most is not None:
        _only(int, most)
        if most < len(items):
            raise ValueError("longer than it may be")
    return deque(items, most)


def _range_apart(value: range) -> tuple[int, int, int]:
    if value and (value[-1] - value[0]) // value.step >= MAX_ITEMS:
        raise ValueError("more numbers than may cross")
    return value.start, value.stop, value.step


def _range_together(parts: Any) -> range:
    start, stop, step = parts
    _only(int, start, stop, step)
    made = range(start, stop, step)
    _range_apart(made)
    return made


def _text_apart(value: Any) -> tuple[str, int]:
    return io.StringIO.getvalue(value), io.StringIO.tell(value)


def _text_together(parts: Any) -> io.StringIO:
    text, position = parts
    _only(str, text)
    _only(int, position)
    made = io.StringIO(text, newline="")
    made.seek(position)
    return made


def _bytes_apart(value: Any) -> tuple[bytes, int]:
    return io.BytesIO.getvalue(value), io.BytesIO.tell(value)


def _bytes_together(parts: Any) -> io.BytesIO:
    data, position = parts
    _only(bytes, data)
    _only(int, position)
    made = io.BytesIO(data)
    made.seek(position)
    return made


def _file_apart(value: Any) -> tuple[str, int]:
    """What is left to read of an open text file, as a stream of its own; the file stays where it was."""
    if not value.readable():
        return "", 0
    position = value.tell()
    text = value.read(MAX_FILE)
    value.seek(position)
    return text, 0


def _slice_apart(value: slice) -> tuple[Any, ...]:
    parts = value.start, value.stop, value.step
    if not all(part is None or (type(part) is int and part.bit_length() < 64) for part in parts):
        raise ValueError("expected whole numbers")
    return parts


def _slice_together(parts: Any) -> slice:
    start, stop, step = parts
    made = slice(start, stop, step)
    _slice_apart(made)
    return made


_NAMED: dict[str, Any] = {
    name: value
    for name, value in vars(builtins).items()
    if isinstance(value, type) and issubclass(value, BaseException)
} | {
    **{kind.__name__: kind for kind in (object, int, float, complex, bool, str, bytes, bytearray, list, tuple, dict)},
    **{kind.__name__: kind for kind in (set, frozenset, range, slice, type(None), type)},
    **{f"numpy.{kind.__name__}": kind for kind in (*np.sctypeDict.values(), np.ndarray, np.generic, np.number)},
    **{f"numpy.{kind.__name__}": kind for kind in (np.integer, np.floating, np.complexfloating)},
    "NotImplemented": NotImplemented,
    "Ellipsis": ...,
}
_NAMES = {id(value): name for name, value in _NAMED.items()}


def name_of_builtin(value: object) -> str | None:
    """The name of a builtin class or constant that crosses by its name; None for anything else."""
    return _NAMES.get(id(value))


def _dtype_apart(value: Any) -> str:
    text = str(value.newbyteorder("<").str)
    _dtype_together(text)
    return text


def _dtype_together(text: Any) -> Any:
    _only(str, text)
    if not is_allowed_type(text) and text != "|O":
        raise ValueError("no type of plain numbers")
    return np.dtype(text)


def _named_together(name: Any) -> Any:
    return _NAMED[name]


NAMED_TUPLE = Form("named tuple", lambda value: value, _tuple_together, 2)
PATH = Form("path", _path_apart, lambda text: ForeignPath(path_text(text)))
NAMED = Form("builtin", lambda value: _NAMES[id(value)], _named_together)

_BY_TYPE: dict[type, Form] = {
    datetime.datetime: Form("datetime", _datetime_apart, _datetime_together, 2),
    datetime.date: Form("date", _date_apart, _date_together),
    datetime.time: Form("time", _time_apart, _time_together, 2),
    datetime.timedelta: Form("duration", _duration_apart, _duration_together),
    Fraction: Form("fraction", _fraction_apart, _fraction_together),
    Decimal: Form("decimal", _decimal_apart, _decimal_together),
    Path: PATH,
    PurePath: Form("pure path", _path_apart, lambda text: PurePosixPath(path_text(text))),
    Counter: Form("counter", _counts_apart, _counts_together),
    OrderedDict: Form("ordered dict", _counts_apart, _ordered_together),
    defaultdict: Form("default dict", _default_apart, _default_together, 2),
    deque: Form("deque", _deque_apart, _deque_together, 2),
    range: Form("range", _range_apart, _range_together),
    slice: Form("slice", _slice_apart, _slice_together),
    np.dtype: Form("dtype", _dtype_apart, _dtype_together),
    io.StringIO: Form("text stream", _text_apart, _text_together),
    io.BytesIO: Form("byte stream", _bytes_apart, _bytes_together),
    io.TextIOWrapper: Form("text stream", _file_apart, _text_together),
}
_BY_NAME = {form.name: form for form in (NAMED_TUPLE, NAMED, *_BY_TYPE.values())}
_LIBRARIES = ("pandas", "scipy.sparse", "networkx", "sympy")
_loaded: set[str] = set()


def load_libraries() -> None:
    """Know the forms of the libraries that are imported by now; nothing is imported for their sake."""
    for library in _LIBRARIES:
        if library in sys.modules and library not in _loaded:
            _load(library)


def _load(library: str) -> None:
    if library == "pandas":
        from autograder.protocol.tables import table_forms as forms
    elif library == "networkx":
        from autograder.protocol.graphs import graph_forms as forms
    elif library == "sympy":
        from autograder.protocol.expressions import expression_forms as forms
    else:
        from autograder.protocol.sparse_arrays import sparse_forms as forms
    _loaded.add(library)
    for kind, form in forms().items():
        _BY_TYPE[kind] = form
        _BY_NAME[form.name] = form


def form_of(kind: type) -> Form | None:
    """The form of values of exactly this type."""
    return _BY_TYPE.get(kind)


def form_named(name: str) -> Form:
    """The form of this name; a library is imported where a message needs it.

    Raises:
        KeyError: there is none.
    """
    if name not in _BY_NAME:
        for library in _LIBRARIES:
            if library not in _loaded:
                with suppress(ImportError):  # a course need not have NetworkX
                    _load(library)
    return _BY_NAME[name]
