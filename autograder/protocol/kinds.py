"""The kinds of items in a message, their bounds, and the two placeholders for objects that cannot cross."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import IntEnum
from fractions import Fraction
from typing import Any

import numpy as np

MAX_BYTES = 96 * 1024 * 1024
MAX_DEPTH = 32
FIGURE_DEPTH = 10  # a figure's description may stand at the deepest place
MAX_ITEMS = 1_000_000
MAX_KEYS = 50_000  # of one dict or set: colliding keys make its reader slow
MAX_INT_BYTES = 1024  # about 2,460 digits; Python itself refuses to print more than 4,300
MAX_TEXT = 200  # of what is only described
MAX_FIELDS = 200  # of a structured array

COUNT = struct.Struct("<Q")
_UNITS = ("Y", "M", "W", "D", "h", "m", "s", "ms", "us", "ns", "ps", "fs", "as")
_FIXED_TYPES = frozenset(
    {"|b1", "|i1", "|u1", "<i2", "<i4", "<i8", "<u2", "<u4", "<u8", "<f2", "<f4", "<f8", "<c8", "<c16", "<M8", "<m8"}
    | {f"<{kind}8[{unit}]" for kind in "Mm" for unit in _UNITS}
)
_PLAIN_KEYS = (type(None), bool, float, str, bytes, np.bool_, np.integer, np.floating, date, time, timedelta, Fraction)
_SYMBOL = "sympy.core.symbol", "Symbol"


class Kind(IntEnum):
    """Codes of msgpack's extension types. None, bool, int up to 64 bits, float, str and bytes are msgpack's own."""

    INT = 1
    COMPLEX = 2
    SCALAR = 3
    ARRAY = 4
    FLOATS = 5
    NP_FLOATS = 6
    LIST = 16
    TUPLE = 17
    SET = 18
    FROZENSET = 19
    DICT = 20
    FUNCTION = 32
    OPAQUE = 33
    FIGURE = 34
    FIGURE_AGAIN = 35
    AXES = 36
    AXES_GRID = 37
    FORM = 48
    RECORDS = 49
    HANDLE = 50
    GUEST = 51
    LIBRARY = 52
    SHARED = 53
    MADE = 54


class CodecError(Exception):
    """The message breaks the rules of the codec: its sender is broken or hostile."""


class TooLarge(Exception):
    """The value is larger than what may cross."""


@dataclass(frozen=True, repr=False)
class Function:
    """Placeholder for a callable, which stays on its side.

    Attributes:
        name: its `__name__`.
        signature: its parameters without annotations, each default as `...`, e.g. `(x, w=..., *, b)`; "" if unknown.
    """

    name: str
    signature: str = ""

    def __repr__(self) -> str:
        return f"the function {self.name} (is () missing after it?)"


@dataclass(frozen=True, repr=False)
class Opaque:
    """Placeholder for an object that has no plain form.

    Attributes:
        type_name: name of its type, e.g. `generator`.
        text: a short description.
    """

    type_name: str
    text: str = ""

    def __repr__(self) -> str:
        return f"<{self.type_name}>"


@dataclass(frozen=True)
class Form:
    """One kind of value.

    Attributes:
        name: as it stands in a message.
        apart: gives the parts of a value; raises for one that has no plain form.
        together: makes a value of parts; raises, anything, for parts that `apart` does not give.
        depth: how deeply the parts are nested around what the value holds.
    """

    name: str
    apart: Callable[[Any], Any]
    together: Callable[[Any], Any]
    depth: int = 1


def is_plain_key(key: object) -> bool:
    """Whether it may be a key of a dict or a member of a set."""
    if isinstance(key, (tuple, frozenset)):
        return type(key) in (tuple, frozenset) and all(is_plain_key(part) for part in key)
    if isinstance(key, int):
        return -(2**63) <= key < 2**64
    return isinstance(key, _PLAIN_KEYS) or (type(key).__module__, type(key).__name__) == _SYMBOL


def is_allowed_type(name: str) -> bool:
    """`name` as in `dtype.str`: numbers, booleans, dates, and text of fixed width."""
    width = name[2:]
    return name in _FIXED_TYPES or (name[:2] in ("|S", "<U") and width.isdecimal() and 0 < int(width) < 10**7)


def record_types(dtype: np.dtype[Any]) -> list[tuple[str, str]] | None:
    """Names and little-endian types of a structured array's fields; None where one of them is not of a plain type."""
    if not dtype.names or len(dtype.names) > MAX_FIELDS or dtype.fields is None:
        return None
    types = [(name, dtype.fields[name][0].newbyteorder("<").str) for name in dtype.names]
    whole = all(dtype.fields[name][0].shape == () and dtype.fields[name][0].names is None for name in dtype.names)
    plain = all(is_allowed_type(type_) and 0 < len(name.encode()) <= MAX_TEXT for name, type_ in types)
    return types if whole and plain else None


def pack_text(text: str) -> bytes:
    """Return a short text as bytes, with its length before it."""
    data = text.encode()
    return struct.pack("<B", len(data)) + data


def unpack_text(payload: bytes) -> tuple[str, bytes]:
    """Return the text that `pack_text` wrote, and the bytes that follow it."""
    end = 1 + payload[0]
    if end > len(payload):
        raise CodecError("a text that is cut short")
    return payload[1:end].decode(), payload[end:]


def pack_shape(shape: tuple[int, ...]) -> bytes:
    """Return the number of axes, then the length of each, as bytes."""
    return struct.pack(f"<B{len(shape)}Q", len(shape), *shape)


def unpack_shape(payload: bytes) -> tuple[tuple[int, ...], bytes]:
    """Return the shape that `pack_shape` wrote, and the bytes that follow it."""
    dimensions = payload[0]
    if dimensions > 32:
        raise CodecError("an array of too many dimensions")
    end = 1 + 8 * dimensions
    return struct.unpack(f"<{dimensions}Q", payload[1:end]), payload[end:]
