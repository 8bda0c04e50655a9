"""The writing half of the codec: it writes the plain base of any object, whatever the object's class overrides."""

from __future__ import annotations

import inspect
import reprlib
import struct
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import astuple
from functools import lru_cache
from typing import Any

import msgpack
import numpy as np

from autograder.protocol import figures, forms
from autograder.protocol.keeping import Keeper, Recipe, Sort
from autograder.protocol.kinds import (
    COUNT,
    MAX_INT_BYTES,
    MAX_ITEMS,
    MAX_KEYS,
    MAX_TEXT,
    Form,
    Function,
    Kind,
    Opaque,
    TooLarge,
    is_allowed_type,
    is_plain_key,
    pack_shape,
    pack_text,
    record_types,
)

FLOAT64 = np.dtype("<f8")
FLOAT64_HEADER = pack_text(FLOAT64.str)
_FLOAT_LISTS: dict[type, int] = {float: Kind.FLOATS, np.float64: Kind.NP_FLOATS}


class Writer:
    """Writes one message.

    Attributes:
        parts: what is written so far.
        left: bytes that may still be written.
        items: items that may still be written.
        path: ids of the containers that are being written, to detect cycles.
        figures: id of a figure -> its number in this message, and the figure to keep it alive.
    """

    def __init__(self, max_bytes: int, max_depth: int, keeper: Keeper | None = None) -> None:
        self.keeper = keeper
        self.parts: list[bytes] = []
        self.left = max_bytes
        self.items = MAX_ITEMS
        self.max_depth = max_depth
        self.path: set[int] = set()
        self.figures: dict[int, tuple[int, Any]] = {}
        forms.load_libraries()
        self.pack = msgpack.Packer(use_bin_type=True, unicode_errors="replace", autoreset=True).pack

    def put(self, plain: object) -> None:
        self.take(self.pack(plain))

    def ext(self, code: int, payload: bytes = b"") -> None:
        if len(payload) > self.left:
            raise TooLarge("the value is larger than what may cross")
        self.take(_ext_header(code, len(payload)) + payload)

    def take(self, part: bytes) -> None:
        self.left -= len(part)
        self.items -= 1
        if self.left < 0 or self.items < 0:
            raise TooLarge("the value is larger than what may cross")
        self.parts.append(part)

    def write(self, value: Any, depth: int) -> None:
        """Write one value; it becomes an `Opaque` if anything goes wrong except its size."""
        kind = type(value)
        if kind is float or kind is bool or value is None:
            self.put(value)
            return
        if (kind is np.ndarray or kind is np.float64) and value.dtype is FLOAT64 and depth <= self.max_depth:
            self.write_floats(value)
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
        # Look at `type(value)` and its bases, never at `value.__class__`, and read the content with base-class methods,
        # so that nothing a subclass overrides is called.
        kind = type(value)
        if (write := _WRITERS.get(kind)) is not None:
            write(self, value, depth)
        elif self.keeper is None or not self.write_kept(value, depth, plain=True):
            self.write_plain(value, kind.__mro__, depth)

    def write_plain(self, value: Any, bases: tuple[type, ...], depth: int) -> None:
        for base in bases:
            write = _WRITERS.get(base)
            if write is not None:
                write(self, value, depth)
                return
            form = forms.form_of(base)
            if form is not None:
                self.write_form(form, form.apart(value), depth)
                return
        if forms.name_of_builtin(value) is not None:
            self.write_form(forms.NAMED, forms.NAMED.apart(value), depth)
        elif (figure_part := figures.kind(value)) == "figure":
            self.write_figure(value, depth)
        elif figure_part == "axes":
            self.write_axes(value, depth)
        elif callable(value):
            if not self.write_kept(value, depth, plain=False):
                self.write_function(value)
        elif Sequence in bases:
            self.write_list(value, depth)
        elif (array := _array_of(value)) is not None:
            self.write_array(array, depth)
        elif not self.write_kept(value, depth, plain=False):
            self.write_opaque(value)

    def write_kept(self, value: Any, depth: int, plain: bool) -> bool:
        """Write where an object is kept, and what is told of it; return whether it is kept at all."""
        kept = self.keeper.keep(value, plain) if self.keeper is not None else None
        if kept is None:
            return False
        if isinstance(kept, str):
            self.ext(Kind.LIBRARY, kept.encode())
            return True
        if isinstance(kept, Recipe):
            self.ext(Kind.MADE, kept.name.encode())
            self.write(dict(kept.arguments), depth + 1)
            return True
        self.ext(kept.kind, kept.pack())
        if kept.known:
            self.put(None)
        elif kept.based:
            self.write_plain(value, type(value).__mro__, depth)
        elif kept.sort == Sort.OBJECT:
            self.write_opaque(value, kept.says)
        else:
            self.write_function(value)
        return True

    def write_function(self, value: Any) -> None:
        self.ext(Kind.FUNCTION)
        self.put(_name_of(value))
        self.put(_signature_text(value))

    def write_form(self, form: Form, parts: Any, depth: int) -> None:
        """Write a value's parts; deeper than they may stand, they would arrive with placeholders in their midst."""
        if depth + form.depth > self.max_depth:
            raise ValueError("nested too deep")
        self.ext(Kind.FORM, form.name.encode())
        self.write(parts, depth + 1)

    def write_opaque(self, value: object, text: str | None = None) -> None:
        self.ext(Kind.OPAQUE)
        self.put(_type_name(value))
        self.put(_short(value) if text is None else text)

    def write_marker(self, value: Function | Opaque, depth: int) -> None:
        self.ext(Kind.FUNCTION if isinstance(value, Function) else Kind.OPAQUE)
        for text in astuple(value):
            self.put(text)

    def write_int(self, value: int, depth: int) -> None:
        plain = int.__pos__(value)
        if -(2**63) <= plain < 2**64:
            self.put(plain)
        elif (size := plain.bit_length() // 8 + 1) <= MAX_INT_BYTES:
            self.ext(Kind.INT, plain.to_bytes(size, "little", signed=True))
        else:
            self.write_opaque(value, f"a whole number of {plain.bit_length()} bits")

    def write_text(self, value: str, depth: int) -> None:
        if len(value) > self.left:
            raise TooLarge("the text is larger than what may cross")
        self.put(str.__str__(value))

    def write_view(self, value: memoryview, depth: int) -> None:
        if value.format in ("B", "b", "c"):
            self.write_bytes(value, depth)
        else:
            self.write_array(np.asarray(value), depth)

    def write_bytes(self, value: Any, depth: int) -> None:
        view = memoryview(value)
        if view.nbytes > self.left:
            raise TooLarge("the bytes are more than what may cross")
        self.put(view.tobytes())

    def write_complex(self, value: complex, depth: int) -> None:
        plain = complex.__pos__(value)
        self.ext(Kind.COMPLEX, struct.pack("<dd", plain.real, plain.imag))

    def write_container(self, code: int, items: Iterable[Any], count: int, depth: int) -> None:
        if count > self.items:
            raise TooLarge("the value has more items than what may cross")
        self.ext(code, COUNT.pack(count))
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
        self.write_container(Kind.LIST, items, len(items), depth)

    def write_tuple(self, value: tuple[Any, ...], depth: int) -> None:
        fields = None if type(value) is tuple else forms.fields_of(type(value))
        if fields is not None:
            self.write_form(forms.NAMED_TUPLE, forms.tuple_apart(value, fields), depth)
            return
        items = tuple.__getitem__(value, slice(None))
        self.write_container(Kind.TUPLE, items, len(items), depth)

    def write_set(self, value: Any, depth: int) -> None:
        base, code = (set, Kind.SET) if isinstance(value, set) else (frozenset, Kind.FROZENSET)
        items = list(base.__iter__(value))
        if len(items) <= MAX_KEYS and all(is_plain_key(item) for item in items):
            self.write_container(code, items, len(items), depth)
        elif not self.write_kept(value, depth, plain=False):
            self.write_opaque(value)

    def write_dict(self, value: dict[Any, Any], depth: int) -> None:
        items = list(dict.items(value))
        if len(items) > MAX_KEYS or not all(is_plain_key(key) for key, _ in items):
            if not self.write_kept(value, depth, plain=False):
                self.write_opaque(value)
            return
        self.ext(Kind.DICT, COUNT.pack(len(items)))
        for key, item in items:
            self.write(key, depth + 1)
            self.write(item, depth + 1)

    def write_scalar(self, value: np.generic, depth: int) -> None:
        plain = np.asarray(value)
        if plain.dtype.kind == "O" or plain.dtype.names:
            self.write_opaque(value)
        else:
            self.write_numbers(Kind.SCALAR, plain)

    def write_array(self, value: np.ndarray, depth: int) -> None:
        self.write_share(value)
        if isinstance(value, np.ma.MaskedArray):
            value = _unmasked(value)
        value = np.asarray(value)
        if value.dtype.kind in "biufcSUMm":
            self.write_numbers(Kind.ARRAY, value)
        elif value.size > self.items:
            raise TooLarge("the array has more items than what may cross")
        elif (types := record_types(value.dtype)) is not None:
            self.write_records(value, types)
        elif value.size and all(figures.kind(item) == "axes" for item in value.flat):
            self.ext(Kind.AXES_GRID, pack_shape(value.shape))
            for item in value.flat:
                self.write(item, depth + 1)
        elif value.ndim:
            self.write(value.tolist(), depth)
        else:
            self.write(value.item(), depth + 1)

    def write_share(self, value: Any) -> None:
        """Tell which array or figure follows, so that the other side has one object for one of ours."""
        if self.keeper is not None and (number := self.keeper.share(value)):
            self.ext(Kind.SHARED, COUNT.pack(number))

    def write_numbers(self, code: int, value: np.ndarray) -> None:
        if value.nbytes > self.left:
            raise TooLarge("the array is larger than what may cross")
        plain = _little_endian(value)
        if not is_allowed_type(plain.dtype.str):
            raise TypeError(f"no plain form for {plain.dtype}")
        header = pack_text(plain.dtype.str)
        self.ext(code, header + (pack_shape(plain.shape) if code == Kind.ARRAY else b"") + plain.tobytes())

    def write_floats(self, value: Any) -> None:
        """Write what nearly all numbers are, quicker than `write_numbers` writes the same."""
        if value.nbytes > self.left:
            raise TooLarge("the array is larger than what may cross")
        if type(value) is np.ndarray:
            self.write_share(value)
            self.ext(Kind.ARRAY, FLOAT64_HEADER + pack_shape(value.shape) + value.tobytes())
        else:
            self.ext(Kind.SCALAR, FLOAT64_HEADER + value.tobytes())

    def write_records(self, value: np.ndarray, types: list[tuple[str, str]]) -> None:
        """Write a structured array: the names and types of its fields, then its bytes without gaps between them."""
        plain = value.astype(np.dtype(types))
        if plain.nbytes > self.left:
            raise TooLarge("the array is larger than what may cross")
        names = b"".join(pack_text(text) for field in types for text in field)
        self.ext(Kind.RECORDS, struct.pack("<B", len(types)) + names + pack_shape(plain.shape) + plain.tobytes())

    def write_figure(self, value: Any, depth: int) -> None:
        if id(value) in self.figures:
            self.ext(Kind.FIGURE_AGAIN, COUNT.pack(self.figures[id(value)][0]))
            return
        described = figures.describe(value)
        self.write_share(value)
        self.ext(Kind.FIGURE)
        self.write(described, 0)
        self.figures[id(value)] = (len(self.figures), value)

    def write_axes(self, value: Any, depth: int) -> None:
        index = next(i for i, axes in enumerate(value.figure.axes) if axes is value)
        self.ext(Kind.AXES, COUNT.pack(index))
        self.write_figure(value.figure, depth)


_WRITERS: dict[type, Callable[[Writer, Any, int], None]] = {
    bool: Writer.write_int,
    int: Writer.write_int,
    float: lambda writer, value, depth: writer.put(float.__pos__(value)),
    complex: Writer.write_complex,
    str: Writer.write_text,
    bytes: Writer.write_bytes,
    bytearray: Writer.write_bytes,
    memoryview: Writer.write_view,
    list: Writer.write_list,
    type({}.keys()): Writer.write_list,
    type({}.values()): Writer.write_list,
    type({}.items()): Writer.write_list,
    tuple: Writer.write_tuple,
    set: Writer.write_set,
    frozenset: Writer.write_set,
    dict: Writer.write_dict,
    np.generic: Writer.write_scalar,
    np.ndarray: Writer.write_array,
    Function: Writer.write_marker,
    Opaque: Writer.write_marker,
}


@lru_cache(maxsize=1024)
def _ext_header(code: int, size: int) -> bytes:
    """What msgpack writes before the payload of an extension type."""
    if size in _FIXED_SIZES:
        return bytes((0xD4 + _FIXED_SIZES.index(size), code))
    for head, form in ((0xC7, ">BBb"), (0xC8, ">BHb"), (0xC9, ">BIb")):
        with suppress(struct.error):
            return struct.pack(form, head, size, code)
    raise TooLarge("the value is larger than what may cross")


_FIXED_SIZES = (1, 2, 4, 8, 16)


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
    """Return the array with masked elements as NaN, in a type that has NaN."""
    if not np.ma.is_masked(value):
        return np.asarray(value)
    return np.asarray(value.astype(complex if value.dtype.kind == "c" else float).filled(np.nan))


def _array_of(value: Any) -> np.ndarray | None:
    """Return the array that NumPy makes of other containers of numbers: `array.array`, ctypes arrays, `__array__`."""
    if not hasattr(type(value), "__array__"):
        try:
            memoryview(value)
        except TypeError:
            return None
    array = np.asarray(value)
    return array if array.dtype.kind in "biufc" else None


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
    """Return e.g. `(x, /, w=..., *rest, b, **more)`, or "" where Python cannot tell the signature."""
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
