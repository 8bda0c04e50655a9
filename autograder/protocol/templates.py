"""Messages that are alike but for their floats, written and read without walking through them.

A training asks the same function ten thousand times, with other numbers. What the codec writes then differs in the
bytes of these numbers only, so the second time a template is made of the rest. Its messages are the codec's own, to
the byte, and a message that fits a template is one that the codec has read before, but for floats, all of which are
allowed.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

FLOAT64 = np.dtype("<f8")
DOUBLE = struct.Struct(">d")  # as msgpack writes it
MAX_TEMPLATES = 64
MAX_BYTES = 16 * 1024  # of the floats of a message; what holds more is hardly sent often
OUTLINE_DEPTH = 3  # of what is nested
MAX_PARTS = 7  # of a list or a tuple; longer lists of floats are written in another way
SCALAR, FLOAT, LIST, TUPLE, DICT = "scalar", "float", "list", "tuple", "dict"

Outline = Any
"""What a value is but for its floats; hashable. Equal outlines make messages of equal size and structure."""


class NoOutlineError(Exception):
    """A value holds something other than floats, or is large or deep."""


def outline(value: object, floats: list[bytes], depth: int = 0) -> Outline:
    """The outline of a value; the bytes of its floats are appended, as a message has them.

    Raises:
        NoOutlineError: it has none.
    """
    kind = type(value)
    if kind is np.ndarray and value.dtype is FLOAT64 and 0 < value.nbytes <= MAX_BYTES:  # type: ignore[attr-defined]
        floats.append(value.tobytes())  # type: ignore[attr-defined]
        return value.shape  # type: ignore[attr-defined]
    if kind is float:
        floats.append(DOUBLE.pack(value))
        return FLOAT
    if kind is np.float64:
        floats.append(value.tobytes())  # type: ignore[attr-defined]
        return SCALAR
    if depth < OUTLINE_DEPTH:
        if (kind is tuple or kind is list) and len(value) <= MAX_PARTS:  # type: ignore[arg-type]
            parts = [outline(part, floats, depth + 1) for part in value]  # type: ignore[attr-defined]
            return (TUPLE if kind is tuple else LIST, *parts)
        if kind is dict and len(value) <= MAX_PARTS and all(type(key) is str for key in value):  # type: ignore[arg-type, attr-defined]
            return (DICT, *((key, outline(part, floats, depth + 1)) for key, part in value.items()))  # type: ignore[attr-defined]
    raise NoOutlineError


def _made(told: Outline, floats: Iterator[bytes]) -> Any:
    """The value of an outline and the bytes of its floats."""
    if told == FLOAT:
        return DOUBLE.unpack(next(floats))[0]
    if told == SCALAR:
        return np.frombuffer(next(floats), FLOAT64)[0]
    kind = told[0] if told else None
    if kind == TUPLE:
        return tuple([_made(part, floats) for part in told[1:]])
    if kind == LIST:
        return [_made(part, floats) for part in told[1:]]
    if kind == DICT:
        return {key: _made(part, floats) for key, part in told[1:]}
    return np.frombuffer(next(floats), FLOAT64).reshape(told).copy()


class _Template:
    """The bytes around the floats of a message.

    Args:
        told: the outline.
        message: of a value with that outline.
        floats: the bytes of that value's floats, each of which is found in the message only once.
    """

    def __init__(self, told: Outline, message: bytes, floats: list[bytes]) -> None:
        self.told = told
        self.parts, self.places = [b""] * (2 * len(floats) + 1), []
        position = 0
        for index, part in enumerate(floats):
            start = message.index(part, position)
            self.parts[2 * index] = message[position:start]
            position = start + len(part)
            self.places.append(slice(start, position))
        self.parts[-1] = message[position:]
        self.parts[1::2] = [bytes(len(part)) for part in floats]
        self.fixed = int.from_bytes(b"".join(self.parts), "little")
        self.parts[1::2] = [b"\xff" * len(part) for part in floats]
        self.free = int.from_bytes(b"".join(self.parts), "little") ^ self.fixed

    def written(self, floats: list[bytes]) -> bytes:
        parts = self.parts.copy()
        parts[1::2] = floats
        return b"".join(parts)

    def fits(self, data: bytes) -> bool:
        return int.from_bytes(data, "little") & ~self.free == self.fixed

    def read(self, data: bytes) -> Any:
        return _made(self.told, iter([data[place] for place in self.places]))


class Templates:
    """The templates of a process.

    Args:
        encode: the codec's, which walks through a value.
    """

    def __init__(self, encode: Callable[[object], bytes]) -> None:
        self._encode = encode
        self._by_outline: dict[Outline, _Template | None] = {}
        self._by_size: dict[int, list[_Template]] = {}

    def encode(self, value: object) -> bytes | None:
        """The message of a value; None if the codec has to walk through it."""
        floats: list[bytes] = []
        try:
            told = outline(value, floats)
        except NoOutlineError:
            return None
        template = self._by_outline.get(told)
        if template is None:
            self._notice(told, floats)
            return None
        return template.written(floats)

    def find(self, data: bytes) -> _Template | None:
        """The template of a message; None if the codec has to walk through it."""
        for template in self._by_size.get(len(data), ()):
            if template.fits(data):
                return template
        return None

    def learn(self, value: object) -> None:
        """Remember what a message held that the codec had to walk through."""
        floats: list[bytes] = []
        try:
            told = outline(value, floats)
        except NoOutlineError:
            return
        if self._by_outline.get(told) is None:
            self._notice(told, floats)

    def _notice(self, told: Outline, floats: list[bytes]) -> None:
        """Make a template of an outline that is seen a second time."""
        if not floats or sum(map(len, floats)) > MAX_BYTES:
            return
        if told not in self._by_outline:
            if len(self._by_outline) >= MAX_TEMPLATES:
                self._by_outline, self._by_size = {}, {}
            self._by_outline[told] = None
            return
        marks = [_mark(index, len(part)) for index, part in enumerate(floats)]
        message = self._encode(_made(told, iter(marks)))
        template = self._by_outline[told] = _Template(told, message, marks)
        self._by_size.setdefault(len(message), []).append(template)


def _mark(index: int, size: int) -> bytes:
    """Bytes that stand nowhere else in a message, and are finite floats."""
    mark = hashlib.shake_256(index.to_bytes(4, "big")).digest(size)
    return bytes(byte & 0x3F if position % 8 in (0, 7) else byte for position, byte in enumerate(mark))
