"""Objects that do not cross: each stays on its side, and the other side holds its number.

A student's object stays in the runner, and the judge holds a *handle*. An object of a test's stays in the judge, and
the runner holds a stand-in for this *guest*. What the number leads to is only ever asked of the side that keeps it.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Protocol

from autograder.protocol.kinds import CodecError, Kind

_PAYLOAD = struct.Struct("<BQQ")
MAX_NUMBER = 2**40


class Sort(IntEnum):
    """What sort of object is kept."""

    OBJECT = 0
    CLASS = 1
    FUNCTION = 2


@dataclass(frozen=True)
class Kept:
    """An object that stays where it is.

    Attributes:
        kind: `Kind.HANDLE` if a student's process keeps it, `Kind.GUEST` if the judge does.
        number: where it is kept, from 1.
        sort: what sort of object it is.
        of: number of its class; 0 if nobody needs to know.
        based: whether its plain base is told beside it, as for a subclass of `list` with methods of its own.
        says: what is told of it instead of its text, such as the operations that a guest has.
        known: whether the other side knows it: it is the one that keeps it.
    """

    kind: Kind
    number: int
    sort: Sort = Sort.OBJECT
    of: int = 0
    based: bool = False
    says: str = ""
    known: bool = False

    def pack(self) -> bytes:
        """The bytes that stand for it in a message."""
        return _PAYLOAD.pack(self.sort, self.number, self.of)

    @classmethod
    def unpack(cls, kind: Kind, payload: bytes) -> Kept:
        """Read what `pack` wrote.

        Raises:
            CodecError: it did not.
        """
        if len(payload) != _PAYLOAD.size:
            raise CodecError("no kept object is told so")
        sort, number, of = _PAYLOAD.unpack(payload)
        if sort > max(Sort) or not 0 < number < MAX_NUMBER or of >= MAX_NUMBER:
            raise CodecError("a number that is given to no object")
        return cls(kind, number, Sort(sort), of)


@dataclass(frozen=True)
class Recipe:
    """An object of a library that the other side makes anew.

    Attributes:
        name: dotted name of its class, as for `Keeper.find_in_library`.
        arguments: what to call the class with.
    """

    name: str
    arguments: Mapping[str, Any]


class Keeper(Protocol):
    """One side's memory of kept objects."""

    def keep(self, value: Any, plain: bool) -> Kept | Recipe | str | None:
        """Where an object is kept; None for one that crosses as plain data, or as a placeholder.

        Args:
            value: the object.
            plain: asked at first, of every value that is not exactly of a plain type: keep it nevertheless? Asked again
                with False when it turned out to have no plain form.

        Returns:
            A text for an object of a library that the other side finds by this dotted name; a recipe for one that it
            makes.
        """

    def find(self, kept: Kept, told: Any) -> Any:
        """The object, or what stands for it on this side.

        Raises:
            CodecError: this side knows of no such object.
        """

    def share(self, value: Any) -> int:
        """A number for an array or a figure that may stand in several messages; 0 where nobody asks for that."""

    def once(self, number: int, value: Any) -> Any:
        """The array or figure that came first under this number."""

    def make(self, recipe: Recipe) -> Any:
        """The object that a recipe makes.

        Raises:
            CodecError: this side makes none.
        """

    def find_in_library(self, name: str) -> Any:
        """The object of a library with this dotted name.

        Raises:
            CodecError: this side takes none.
        """
