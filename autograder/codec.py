"""Plain data across the boundary between runner and judge: a closed vocabulary, bounded, never pickle.

A message is a flat stream of msgpack scalars. Containers are extension headers that say how many of the following
items are theirs, so nothing in a message can make its reader allocate more than the message itself holds.

The reader (`decode`) trusts nothing: lengths must be exact, types are listed here, every other byte is a `CodecError`.
The writer (`encode`) sends the plain base of whatever it meets: a subclass of list as a list, a Series as an array,
a function as a `Function`, and what has no plain form as an `Opaque` that only tells its type.
"""

from __future__ import annotations

import inspect
import reprlib
import struct
import sys
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import astuple, dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import msgpack  # type: ignore[import-untyped]
import numpy as np

from autograder import figures

MAX_BYTES = 64 * 1024 * 1024
MAX_DEPTH = 32
MAX_ITEMS = 1_000_000
MAX_KEYS = 50_000  # of one dict or set: colliding keys make its reader slow
MAX_INT_BYTES = 1024  # about 2,460 digits; Python itself refuses to print more than 4,300
MAX_TEXT = 200  # of what is only described

_INT, _COMPLEX, _SCALAR, _ARRAY, _FLOATS, _NP_FLOATS = range(1, 7)
_LIST, _TUPLE, _SET, _FROZENSET, _DICT = range(16, 21)
_FUNCTION, _OPAQUE, _FIGURE, _FIGURE_AGAIN, _AXES, _AXES_GRID = range(32, 38)

_FIGURE_DEPTH = 8  # a figure's description may stand at the deepest place

_FLOAT_LISTS: dict[type, int] = {float: _FLOATS, np.float64: _NP_FLOATS}
_COUNT = struct.Struct("<Q")
_UNITS = ("Y", "M", "W", "D", "h", "m", "s", "ms", "us", "ns", "ps", "fs", "as")
_FIXED_TYPES = frozenset(
    {"|b1", "|i1", "|u1", "<i2", "<i4", "<i8", "<u2", "<u4", "<u8", "<f2", "<f4", "<f8", "<c8", "<c16", "<M8", "<m8"}
    | {f"<{kind}8[{unit}]" for kind in "Mm" for unit in _UNITS}
)
_PLAIN_KEYS = (type(None), bool, float, str, bytes, np.bool_, np.integer, np.floating)


class CodecError(Exception):
    """The message breaks the rules of the codec; who sent it is broken or hostile."""


class TooLarge(Exception):
    """The value is larger than what may cross."""


@dataclass(frozen=True)
class Function:
    """Stands for something callable that stays on its side.

    Attributes:
        name: its `__name__`.
        signature: its parameters without annotations, each default as `...`, e.g. `(x, w=..., *, b)`; "" if unknown.
    """

    name: str
    signature: str = ""


@dataclass(frozen=True, repr=False)
class Opaque:
    """Stands for something that has no plain form.

    Attributes:
        type_name: name of its type, e.g. `generator`.
        text: a short description.
    """

    type_name: str
    text: str = ""

    def __repr__(self) -> str:
        return f"<{self.type_name}>"


def encode(value: object, *, max_bytes: int = MAX_BYTES, max_depth: int = MAX_DEPTH) -> bytes:
    """Write one value.

    Never raises for odd objects: they become `Opaque`, and so does what is nested deeper than `max_depth`.

    Raises:
        TooLarge: the message would pass `max_bytes` or hold more than `MAX_ITEMS` items.
    """
    writer = _Writer(max_bytes, max_depth)
    writer.write(value, 0)
    return b"".join(writer.parts)


def decode(data: bytes, *, max_bytes: int = MAX_BYTES, max_depth: int = MAX_DEPTH) -> Any:
    """Read one value that `encode` wrote, or that somebody wants us to believe it wrote.

    Raises:
        CodecError: anything else, whatever it is.
    """
    if not isinstance(data, bytes) or not 0 < len(data) <= max_bytes:
        raise CodecError("a message must be bytes, not empty and not longer than allowed")
    try:
        reader = _Reader(data, max_bytes, max_depth)
        value = reader.read(0)
        reader.finish()
    except CodecError:
        raise
    except Exception as error:
        raise CodecError(f"malformed message ({type(error).__name__})") from None
    return value


class _Writer:
    def __init__(self, max_bytes: int, max_depth: int) -> None:
        self.parts: list[bytes] = []
        self.left = max_bytes
        self.items = MAX_ITEMS
        self.max_depth = max_depth
        self.path: set[int] = set()
        self.figures: dict[int, tuple[int, Any]] = {}
        self.pack = msgpack.Packer(use_bin_type=True, unicode_errors="replace", autoreset=True).pack

    def put(self, plain: object) -> None:
        self.take(self.pack(plain))

    def ext(self, code: int, payload: bytes = b"") -> None:
        if len(payload) > self.left:
            raise TooLarge("the value is larger than what may cross")
        self.take(self.pack(msgpack.ExtType(code, payload)))

    def take(self, part: bytes) -> None:
        self.left -= len(part)
        self.items -= 1
        if self.left < 0 or self.items < 0:
            raise TooLarge("the value is larger than what may cross")
        self.parts.append(part)

    def write(self, value: Any, depth: int) -> None:
        """One value; whatever goes wrong inside it (but for its size) makes it an `Opaque`."""
        kind = type(value)
        if kind is float or kind is bool or value is None:
            self.put(value)
            return
        parts, left, items, figures_before = len(self.parts), self.left, self.items, len(self.figures)
        try:
            if depth > self.max_depth or id(value) in self.path:
                self.write_opaque(value, "nested too deep")
                return
            self.path.add(id(value))
            try:
                self.write_kind(value, depth)
            finally:
                self.path.discard(id(value))
        except TooLarge:
            raise
        except MemoryError:
            raise TooLarge("the value does not fit into memory") from None
        except Exception:
            del self.parts[parts:]
            self.left, self.items = left, items
            while len(self.figures) > figures_before:
                self.figures.popitem()
            self.write_opaque(value)

    def write_kind(self, value: Any, depth: int) -> None:
        # `type(value)` and its bases are asked, never `value.__class__`, and base-class methods read the content:
        # what a subclass overrides has no say.
        bases = type(value).__mro__
        for base in bases:
            write = _WRITERS.get(base)
            if write is not None:
                write(self, value, depth)
                return
        if _is_pandas(bases):
            self.write_array(np.asarray(value), depth)
        elif (figure_part := figures.kind(value)) == "figure":
            self.write_figure(value, depth)
        elif figure_part == "axes":
            self.write_axes(value, depth)
        elif callable(value):
            self.ext(_FUNCTION)
            self.put(_name_of(value))
            self.put(_signature_text(value))
        else:
            self.write_opaque(value)

    def write_opaque(self, value: object, text: str | None = None) -> None:
        self.ext(_OPAQUE)
        self.put(_type_name(value))
        self.put(_short(value) if text is None else text)

    def write_marker(self, value: Function | Opaque, depth: int) -> None:
        self.ext(_FUNCTION if isinstance(value, Function) else _OPAQUE)
        for text in astuple(value):
            self.put(text)

    def write_int(self, value: int, depth: int) -> None:
        plain = int.__pos__(value)
        if -(2**63) <= plain < 2**64:
            self.put(plain)
        elif (size := plain.bit_length() // 8 + 1) <= MAX_INT_BYTES:
            self.ext(_INT, plain.to_bytes(size, "little", signed=True))
        else:
            self.write_opaque(value, f"a whole number of {plain.bit_length()} bits")

    def write_text(self, value: str, depth: int) -> None:
        if len(value) > self.left:
            raise TooLarge("the text is larger than what may cross")
        self.put(str.__str__(value))

    def write_bytes(self, value: Any, depth: int) -> None:
        view = memoryview(value)
        if view.nbytes > self.left:
            raise TooLarge("the bytes are more than what may cross")
        self.put(view.tobytes())

    def write_complex(self, value: complex, depth: int) -> None:
        plain = complex.__pos__(value)
        self.ext(_COMPLEX, struct.pack("<dd", plain.real, plain.imag))

    def write_container(self, code: int, items: Iterable[Any], count: int, depth: int) -> None:
        if count > self.items:
            raise TooLarge("the value has more items than what may cross")
        self.ext(code, _COUNT.pack(count))
        for item in items:
            self.write(item, depth + 1)

    def write_list(self, value: Iterable[Any], depth: int) -> None:
        items: Any = list.__getitem__(value, slice(None)) if isinstance(value, list) else None
        if items is None:
            count = value.__len__()  # type: ignore[attr-defined]
            if count > self.items:
                raise TooLarge("the value has more items than what may cross")
            items = list(value)
        if len(items) >= 8 and len(types := set(map(type, items))) == 1:
            code = _FLOAT_LISTS.get(types.pop())
            if code is not None:
                self.items -= len(items)
                self.ext(code, np.array(items, dtype="<f8").tobytes())
                return
        self.write_container(_LIST, items, len(items), depth)

    def write_tuple(self, value: tuple[Any, ...], depth: int) -> None:
        items = tuple.__getitem__(value, slice(None))
        self.write_container(_TUPLE, items, len(items), depth)

    def write_set(self, value: Any, depth: int) -> None:
        base, code = (set, _SET) if isinstance(value, set) else (frozenset, _FROZENSET)
        items = list(base.__iter__(value))
        if len(items) <= MAX_KEYS and all(_plain_key(item) for item in items):
            self.write_container(code, items, len(items), depth)
        else:
            self.write_opaque(value)

    def write_dict(self, value: dict[Any, Any], depth: int) -> None:
        items = list(dict.items(value))
        if len(items) > MAX_KEYS or not all(_plain_key(key) for key, _ in items):
            self.write_opaque(value)
            return
        self.ext(_DICT, _COUNT.pack(len(items)))
        for key, item in items:
            self.write(key, depth + 1)
            self.write(item, depth + 1)

    def write_number(self, value: Fraction | Decimal, depth: int) -> None:
        self.put(float(value))

    def write_scalar(self, value: np.generic, depth: int) -> None:
        plain = np.asarray(value)
        if plain.dtype.kind == "O" or plain.dtype.names:
            self.write_opaque(value)
        else:
            self.write_numbers(_SCALAR, plain)

    def write_array(self, value: np.ndarray, depth: int) -> None:
        if isinstance(value, np.ma.MaskedArray):
            value = _unmasked(value)
        value = np.asarray(value)
        if value.dtype.kind in "biufcSUMm":
            self.write_numbers(_ARRAY, value)
        elif value.size > self.items:
            raise TooLarge("the array has more items than what may cross")
        elif value.size and all(figures.kind(item) == "axes" for item in value.flat):
            self.ext(_AXES_GRID, _pack_shape(value.shape))
            for item in value.flat:
                self.write(item, depth + 1)
        elif value.ndim:
            self.write(value.tolist(), depth)
        else:
            self.write(value.item(), depth + 1)

    def write_numbers(self, code: int, value: np.ndarray) -> None:
        if value.nbytes > self.left:
            raise TooLarge("the array is larger than what may cross")
        plain = _little_endian(value)
        name = plain.dtype.str.encode()
        if not _allowed_type(plain.dtype.str):
            raise TypeError(f"no plain form for {plain.dtype}")
        header = struct.pack("<B", len(name)) + name
        self.ext(code, header + (_pack_shape(plain.shape) if code == _ARRAY else b"") + plain.tobytes())

    def write_figure(self, value: Any, depth: int) -> None:
        if id(value) in self.figures:
            self.ext(_FIGURE_AGAIN, _COUNT.pack(self.figures[id(value)][0]))
            return
        described = figures.describe(value)
        self.ext(_FIGURE)
        self.write(described, 0)
        self.figures[id(value)] = (len(self.figures), value)

    def write_axes(self, value: Any, depth: int) -> None:
        index = next(i for i, axes in enumerate(value.figure.axes) if axes is value)
        self.ext(_AXES, _COUNT.pack(index))
        self.write_figure(value.figure, depth)


_WRITERS: dict[type, Callable[[_Writer, Any, int], None]] = {
    bool: _Writer.write_int,
    int: _Writer.write_int,
    float: lambda writer, value, depth: writer.put(float.__pos__(value)),
    complex: _Writer.write_complex,
    str: _Writer.write_text,
    bytes: _Writer.write_bytes,
    bytearray: _Writer.write_bytes,
    memoryview: _Writer.write_bytes,
    list: _Writer.write_list,
    range: _Writer.write_list,
    deque: _Writer.write_list,
    type({}.keys()): _Writer.write_list,
    type({}.values()): _Writer.write_list,
    type({}.items()): _Writer.write_list,
    tuple: _Writer.write_tuple,
    set: _Writer.write_set,
    frozenset: _Writer.write_set,
    dict: _Writer.write_dict,
    Fraction: _Writer.write_number,
    Decimal: _Writer.write_number,
    np.generic: _Writer.write_scalar,
    np.ndarray: _Writer.write_array,
    Function: _Writer.write_marker,
    Opaque: _Writer.write_marker,
}


class _Reader:
    def __init__(self, data: bytes, max_bytes: int, max_depth: int) -> None:
        self.size = len(data)
        self.max_bytes = max_bytes
        self.items = MAX_ITEMS
        self.max_depth = max_depth
        self.figures: list[Any] = []
        # Arrays and maps of msgpack's own are refused: they would be allocated before they are read.
        self.unpacker = msgpack.Unpacker(
            read_size=min(self.size, 16 * 1024),
            max_buffer_size=self.size,
            max_str_len=self.size,
            max_bin_len=self.size,
            max_ext_len=self.size,
            max_array_len=0,
            max_map_len=0,
        )
        self.unpacker.feed(data)

    def finish(self) -> None:
        if self.unpacker.tell() != self.size:
            raise CodecError("bytes left over")

    def read(self, depth: int) -> Any:
        self.items -= 1
        if self.items < 0 or depth > self.max_depth + _FIGURE_DEPTH:
            raise CodecError("too many or too deeply nested items")
        value = self.unpacker.unpack()
        kind = type(value)
        if value is None or kind in (bool, int, float, str, bytes):
            return value
        if kind is not msgpack.ExtType or value.code not in _READERS:
            raise CodecError("unknown type")
        return _READERS[value.code](self, value.data, depth)

    def read_text(self, depth: int) -> str:
        value = self.read(depth + 1)
        if type(value) is not str:
            raise CodecError("a text was due")
        return value

    def count(self, payload: bytes) -> int:
        (count,) = _COUNT.unpack(payload)
        if count > self.items:
            raise CodecError("more items than allowed")
        return int(count)

    def read_many(self, payload: bytes, depth: int) -> list[Any]:
        return [self.read(depth + 1) for _ in range(self.count(payload))]

    def read_int(self, payload: bytes, depth: int) -> int:
        if not 8 <= len(payload) <= MAX_INT_BYTES:
            raise CodecError("a whole number of forbidden size")
        return int.from_bytes(payload, "little", signed=True)

    def read_complex(self, payload: bytes, depth: int) -> complex:
        return complex(*struct.unpack("<dd", payload))

    def read_scalar(self, payload: bytes, depth: int) -> Any:
        dtype, rest = _unpack_type(payload)
        return _checked(np.frombuffer(rest, dtype=dtype).reshape(()))[()]

    def read_array(self, payload: bytes, depth: int) -> np.ndarray:
        dtype, rest = _unpack_type(payload)
        shape, rest = _unpack_shape(rest)
        extent = dtype.itemsize
        for length in shape:
            extent *= max(length, 1)
        if extent > self.max_bytes:
            raise CodecError("an array of forbidden shape")
        size = 0 if 0 in shape else extent
        if len(rest) != size:
            raise CodecError("an array whose content does not fit its shape")
        plain = np.frombuffer(rest, dtype=dtype) if size else np.empty(0, dtype=dtype)
        return _checked(plain.reshape(shape).copy())

    def read_floats(self, payload: bytes, depth: int) -> list[Any]:
        values = np.frombuffer(payload, dtype="<f8")
        self.items -= len(values)
        if self.items < 0:
            raise CodecError("more items than allowed")
        return values.tolist()  # type: ignore[no-any-return]

    def read_np_floats(self, payload: bytes, depth: int) -> list[Any]:
        return [np.float64(value) for value in self.read_floats(payload, depth)]

    def read_set(self, payload: bytes, depth: int, make: type = set) -> Any:
        items = self.read_many(payload, depth)
        if (
            len(items) > MAX_KEYS
            or not all(_plain_key(item) for item in items)
            or len(made := make(items)) != len(items)
        ):
            raise CodecError("a set with forbidden or repeated members")
        return made

    def read_dict(self, payload: bytes, depth: int) -> dict[Any, Any]:
        made: dict[Any, Any] = {}
        if (count := self.count(payload)) > MAX_KEYS:
            raise CodecError("more keys than allowed")
        for _ in range(count):
            key = self.read(depth + 1)
            if not _plain_key(key):
                raise CodecError("a forbidden key")
            made[key] = self.read(depth + 1)
        if len(made) != count:
            raise CodecError("a repeated key")
        return made

    def read_function(self, payload: bytes, depth: int) -> Function:
        _empty(payload)
        return Function(self.read_text(depth), self.read_text(depth))

    def read_opaque(self, payload: bytes, depth: int) -> Opaque:
        _empty(payload)
        name, text = self.read_text(depth), self.read_text(depth)
        if not name.isidentifier() or len(name) > MAX_TEXT:
            return Opaque(name, text)
        told: type[Opaque] = type(name, (Opaque,), {})  # so that `type(value).__name__` tells what it was
        return told(name, text)

    def read_figure(self, payload: bytes, depth: int) -> Any:
        _empty(payload)
        made = figures.rebuild(self.read(depth + 1))
        self.figures.append(made)
        return made

    def read_figure_again(self, payload: bytes, depth: int) -> Any:
        return self.figures[self.count(payload)]

    def read_axes(self, payload: bytes, depth: int) -> Any:
        index = self.count(payload)
        figure = self.read(depth + 1)
        if figures.kind(figure) != "figure":
            raise CodecError("axes without a figure")
        return figure.axes[index]

    def read_axes_grid(self, payload: bytes, depth: int) -> np.ndarray:
        shape, rest = _unpack_shape(payload)
        _empty(rest)
        size = 1
        for length in shape:
            size *= length
        if not 0 < size <= min(self.items, figures.MAX_AXES):
            raise CodecError("a grid of forbidden size")
        grid = np.empty(size, dtype=object)
        for i in range(size):
            grid[i] = self.read(depth + 1)
            if figures.kind(grid[i]) != "axes":
                raise CodecError("a grid of something else than axes")
        return grid.reshape(shape)


_READERS: dict[int, Callable[[_Reader, bytes, int], Any]] = {
    _INT: _Reader.read_int,
    _COMPLEX: _Reader.read_complex,
    _SCALAR: _Reader.read_scalar,
    _ARRAY: _Reader.read_array,
    _FLOATS: _Reader.read_floats,
    _NP_FLOATS: _Reader.read_np_floats,
    _LIST: _Reader.read_many,
    _TUPLE: lambda reader, payload, depth: tuple(reader.read_many(payload, depth)),
    _SET: _Reader.read_set,
    _FROZENSET: lambda reader, payload, depth: reader.read_set(payload, depth, frozenset),
    _DICT: _Reader.read_dict,
    _FUNCTION: _Reader.read_function,
    _OPAQUE: _Reader.read_opaque,
    _FIGURE: _Reader.read_figure,
    _FIGURE_AGAIN: _Reader.read_figure_again,
    _AXES: _Reader.read_axes,
    _AXES_GRID: _Reader.read_axes_grid,
}


def _empty(payload: bytes) -> None:
    if payload:
        raise CodecError("bytes left over")


def _plain_key(key: object) -> bool:
    if type(key) is tuple:
        return all(_plain_key(part) for part in key)
    if isinstance(key, int):
        return -(2**63) <= key < 2**64
    return isinstance(key, _PLAIN_KEYS)


def _allowed_type(name: str) -> bool:
    """`name` as in `dtype.str`: numbers, booleans, dates, and text of fixed width."""
    width = name[2:]
    return name in _FIXED_TYPES or (name[:2] in ("|S", "<U") and width.isdecimal() and 0 < int(width) < 10**7)


def _unpack_type(payload: bytes) -> tuple[np.dtype[Any], bytes]:
    end = 1 + payload[0]
    name = payload[1:end].decode("ascii")
    if not _allowed_type(name):
        raise CodecError("a forbidden type of array")
    return np.dtype(name), payload[end:]


def _pack_shape(shape: tuple[int, ...]) -> bytes:
    return struct.pack(f"<B{len(shape)}Q", len(shape), *shape)


def _unpack_shape(payload: bytes) -> tuple[tuple[int, ...], bytes]:
    dimensions = payload[0]
    if dimensions > 32:
        raise CodecError("an array of too many dimensions")
    end = 1 + 8 * dimensions
    return struct.unpack(f"<{dimensions}Q", payload[1:end]), payload[end:]


def _checked(value: np.ndarray) -> np.ndarray:
    """Refuse bytes that no numpy would have written: booleans beyond 0 and 1, text beyond Unicode."""
    if value.dtype.kind == "b" and value.size and value.view(np.uint8).max() > 1:
        raise CodecError("a boolean that is neither true nor false")
    if value.dtype.kind == "U" and value.size:
        points = np.frombuffer(value.tobytes(), dtype="<u4")
        if points.max() > 0x10FFFF or ((points >= 0xD800) & (points < 0xE000)).any():
            raise CodecError("text that is no Unicode")
    return value


def _little_endian(value: np.ndarray) -> np.ndarray:
    dtype = value.dtype
    if dtype.kind in "SU" and dtype.itemsize == 0:
        return value.astype(f"{dtype.kind}1")
    if dtype.kind == "f" and dtype.itemsize > 8:
        return value.astype("<f8")
    if dtype.kind == "c" and dtype.itemsize > 16:
        return value.astype("<c16")
    return value.astype(dtype.newbyteorder("<"), copy=False)


def _unmasked(value: Any) -> np.ndarray:
    """What is masked has no value: NaN, in numbers that have one."""
    if not np.ma.is_masked(value):
        return np.asarray(value)
    return np.asarray(value.astype(complex if value.dtype.kind == "c" else float).filled(np.nan))


def _is_pandas(bases: tuple[type, ...]) -> bool:
    pandas = sys.modules.get("pandas")
    if pandas is None:
        return False
    tables = (pandas.Series, pandas.DataFrame, pandas.Index, pandas.api.extensions.ExtensionArray)
    return any(base in tables for base in bases)


def _type_name(value: object) -> str:
    return str.__str__(type(value).__name__)[:MAX_TEXT]


def _name_of(value: object) -> str:
    name = getattr(value, "__name__", None)
    return name[:MAX_TEXT] if type(name) is str else _type_name(value)


def _short(value: object) -> str:
    try:
        return reprlib.repr(value)[:MAX_TEXT]
    except Exception:
        return ""


def _signature_text(value: Any) -> str:
    """`(x, /, w=..., *rest, b, **more)`, or "" where Python does not know, or it is odd."""
    try:
        parameters = [
            parameter.replace(annotation=parameter.empty, default=_default(parameter))
            for parameter in inspect.signature(value).parameters.values()
        ]
        text = str(inspect.Signature(parameters)).replace("Ellipsis", "...")
    except Exception:
        return ""
    return text if len(text) <= 5 * MAX_TEXT else ""


def _default(parameter: inspect.Parameter) -> Any:
    return parameter.empty if parameter.default is parameter.empty else ...
