"""The reading half of the codec: every byte is checked before it becomes a value."""

from __future__ import annotations

import math
import struct
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import msgpack
import numpy as np

from autograder.protocol import figures, forms
from autograder.protocol.keeping import Keeper, Kept, Recipe
from autograder.protocol.kinds import (
    COUNT,
    FIGURE_DEPTH,
    MAX_BYTES,
    MAX_INT_BYTES,
    MAX_ITEMS,
    MAX_KEYS,
    MAX_TEXT,
    CodecError,
    Function,
    Kind,
    Opaque,
    is_allowed_type,
    is_plain_key,
    unpack_shape,
    unpack_text,
)
from autograder.protocol.rebuilt_figures import rebuild

_PLAIN = frozenset({type(None), bool, int, float, str, bytes})


class Reader:
    """Reads one message."""

    def __init__(self, data: bytes, max_depth: int, keeper: Keeper | None, paths: Callable[[str], Any]) -> None:
        self.keeper, self.paths = keeper, paths
        self.size = len(data)
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
            ext_hook=_code_and_payload,
        )
        self.unpacker.feed(data)
        self.unpack = self.unpacker.unpack

    def finish(self) -> None:
        if self.unpacker.tell() != self.size:
            raise CodecError("bytes left over")

    def read(self, depth: int) -> Any:
        self.items -= 1
        if self.items < 0 or depth > self.max_depth + FIGURE_DEPTH:
            raise CodecError("too many or too deeply nested items")
        value = self.unpack()
        kind = type(value)
        if kind is tuple and (read := _READERS.get(value[0])) is not None:
            return read(self, value[1], depth)
        if kind in _PLAIN:
            return value
        raise CodecError("unknown type")

    def read_text(self, depth: int) -> str:
        value = self.read(depth + 1)
        if type(value) is not str:
            raise CodecError("expected a text")
        return value

    def count(self, payload: bytes) -> int:
        (count,) = COUNT.unpack(payload)
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
        return _array(*_unpack_type(payload))

    def read_records(self, payload: bytes, depth: int) -> np.ndarray:
        fields, rest = [], payload[1:]
        for _ in range(payload[0]):
            name, rest = unpack_text(rest)
            type_, rest = unpack_text(rest)
            if not is_allowed_type(type_):
                raise CodecError("a forbidden type of array")
            fields.append((name, type_))
        if not fields:
            raise CodecError("records without a field")
        records = _array(np.dtype(fields), rest)
        for name, _ in fields:
            _checked(np.ascontiguousarray(records[name]))
        return records

    def read_form(self, payload: bytes, depth: int) -> Any:
        form = forms.form_named(payload.decode("ascii"))
        parts = self.read(depth + 1)
        return self.paths(forms.path_text(parts)) if form is forms.PATH else form.together(parts)

    def read_handle(self, payload: bytes, depth: int) -> Any:
        return self.kept(Kept.unpack(Kind.HANDLE, payload), depth)

    def read_guest(self, payload: bytes, depth: int) -> Any:
        return self.kept(Kept.unpack(Kind.GUEST, payload), depth)

    def kept(self, kept: Kept, depth: int) -> Any:
        told = self.read(depth + 1)
        return told if self.keeper is None else self.keeper.find(kept, told)

    def read_shared(self, payload: bytes, depth: int) -> Any:
        (number,) = COUNT.unpack(payload)
        value = self.read(depth + 1)
        if not isinstance(value, np.ndarray) and figures.kind(value) != "figure":
            raise CodecError("only arrays and figures are shared")
        first = value if self.keeper is None else self.keeper.once(number, value)
        self.figures = [first if figure is value else figure for figure in self.figures]
        return first

    def read_library(self, payload: bytes, depth: int) -> Any:
        name = payload.decode("ascii")
        return Function(name) if self.keeper is None else self.keeper.find_in_library(name)

    def read_made(self, payload: bytes, depth: int) -> Any:
        name, arguments = payload.decode("ascii"), self.read(depth + 1)
        if type(arguments) is not dict or not all(type(key) is str for key in arguments):
            raise CodecError("a recipe without arguments")
        return Function(name) if self.keeper is None else self.keeper.make(Recipe(name, arguments))

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
            or not all(is_plain_key(item) for item in items)
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
            if not is_plain_key(key):
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
        named: type[Opaque] = type(name, (Opaque,), {})  # so that `type(value).__name__` is the original type's name
        return named(name, text)

    def read_figure(self, payload: bytes, depth: int) -> Any:
        _empty(payload)
        made = rebuild(self.read(depth + 1))
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
        shape, rest = unpack_shape(payload)
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
                raise CodecError("a grid that holds something other than axes")
        return grid.reshape(shape)


_READERS: dict[int, Callable[[Reader, bytes, int], Any]] = {
    Kind.INT: Reader.read_int,
    Kind.COMPLEX: Reader.read_complex,
    Kind.SCALAR: Reader.read_scalar,
    Kind.ARRAY: Reader.read_array,
    Kind.FLOATS: Reader.read_floats,
    Kind.NP_FLOATS: Reader.read_np_floats,
    Kind.LIST: Reader.read_many,
    Kind.TUPLE: lambda reader, payload, depth: tuple(reader.read_many(payload, depth)),
    Kind.SET: Reader.read_set,
    Kind.FROZENSET: lambda reader, payload, depth: reader.read_set(payload, depth, frozenset),
    Kind.DICT: Reader.read_dict,
    Kind.FUNCTION: Reader.read_function,
    Kind.OPAQUE: Reader.read_opaque,
    Kind.FIGURE: Reader.read_figure,
    Kind.FIGURE_AGAIN: Reader.read_figure_again,
    Kind.AXES: Reader.read_axes,
    Kind.AXES_GRID: Reader.read_axes_grid,
    Kind.FORM: Reader.read_form,
    Kind.RECORDS: Reader.read_records,
    Kind.HANDLE: Reader.read_handle,
    Kind.GUEST: Reader.read_guest,
    Kind.SHARED: Reader.read_shared,
    Kind.LIBRARY: Reader.read_library,
    Kind.MADE: Reader.read_made,
}


def _empty(payload: bytes) -> None:
    if payload:
        raise CodecError("bytes left over")


def _code_and_payload(code: int, payload: bytes) -> tuple[int, bytes]:
    """An extension type; msgpack's own class for it takes longer to make."""
    return code, payload


def _unpack_type(payload: bytes) -> tuple[np.dtype[Any], bytes]:
    end = 1 + payload[0]
    return _type_named(payload[1:end]), payload[end:]


@lru_cache(maxsize=256)
def _type_named(name: bytes) -> np.dtype[Any]:
    text = name.decode("ascii")
    if not is_allowed_type(text):
        raise CodecError("a forbidden type of array")
    return np.dtype(text)


def _array(dtype: np.dtype[Any], content: bytes) -> np.ndarray:
    """The array of a shape and bytes."""
    shape, rest = unpack_shape(content)
    extent = dtype.itemsize * math.prod([length or 1 for length in shape])
    size = 0 if 0 in shape else extent
    if len(rest) != size:
        raise CodecError("an array whose content does not fit its shape")
    if extent > MAX_BYTES and not size:
        raise CodecError("an empty array that is huge along its other axes")
    plain = np.frombuffer(rest, dtype=dtype) if size else np.empty(0, dtype=dtype)
    return _checked(plain.reshape(shape).copy())


def _checked(value: np.ndarray) -> np.ndarray:
    """Refuse bytes that NumPy never writes: booleans other than 0 and 1, text outside Unicode."""
    kind = value.dtype.kind
    if kind == "b" and value.size and value.view(np.uint8).max() > 1:
        raise CodecError("a boolean that is neither 0 nor 1")
    if kind == "U" and value.size:
        points = np.frombuffer(value.tobytes(), dtype="<u4")
        if points.max() > 0x10FFFF or ((points >= 0xD800) & (points < 0xE000)).any():
            raise CodecError("text outside Unicode")
    return value
