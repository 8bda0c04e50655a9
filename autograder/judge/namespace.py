"""The namespace in which a test cell runs, and the values of it that the student's code gets to see."""

from __future__ import annotations

import builtins
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from autograder.judge.patches import MISSING, ReplacedAttributes, targets_of
from autograder.judge.plan import TestCell
from autograder.judge.proxy import Calls, Proxy
from autograder.judge.subject import NOTEBOOK, Called, Meanings, Stopped, Subject
from autograder.protocol import codec

_NONE = codec.encode(None)


class Namespace:
    """One test cell's names. It is a `Subject` too: it tells the student's side what the test made before each call.

    Args:
        test: the test cell.
        subject: the student's side.

    Attributes:
        names: what the test cell runs in.
    """

    def __init__(self, test: TestCell, subject: Subject) -> None:
        self.test, self.subject = test, subject
        self.names: dict[str, Any] = {"__name__": "__main__", "__builtins__": builtins, "display": _show_nothing}
        texts = tuple(piece.text for piece in test.surroundings.pieces)
        self.patches = ReplacedAttributes(targets_of(test.code or "", texts))
        self._told: dict[str, Any] = {}  # name -> function of the test's, or encoded value
        self._arrivals: dict[str, Any] = {}  # the student's names as they came
        self._calling = False

    def fill(self, values: Mapping[str, bytes], calls: Calls) -> None:
        """Put the student's names into it, and run what stands before the test as far as the test uses it.

        Args:
            values: the student's names, encoded.
            calls: of the test.
        """
        around = self.test.surroundings
        arrived = {name: self._arrived(name, data, calls) for name, data in values.items()}
        known = {name: value for name, value in arrived.items() if name not in around.unknown}
        self.names.update(known)
        self._arrivals = known
        lost: set[str] = set()
        for piece in around.pieces:
            try:
                exec(compile(piece.text, f"<before {self.test.name}>", "exec"), self.names)
            except Exception:  # a test that failed before; or what only works beside the student's code
                lost |= {name for name in piece.makes if piece.given and name not in self.names}
            self.names.update(known)
        if lost:
            arrived |= {
                name: self._arrived(name, data, calls) for name, data in self.subject.fetch(sorted(lost)).items()
            }
        self.names.update({name: value for name, value in arrived.items() if name not in self.names})
        calls.made.clear()
        calls.changed = None

    def shared(self) -> dict[str, bytes]:
        """What the student's code may read of what the test made, encoded, as far as it is plain data."""
        found = {}
        for name in self.test.surroundings.shared & self.names.keys():
            if (data := _plain(self.names[name])) is not None:
                found[name] = data
        return found

    def leave(self) -> None:
        """Undo what the test did to libraries and to the student's names, here and where the student's code is."""
        self.patches.undo()
        if restored := tuple(name for name in self._told if "." in name):
            with suppress(Stopped):
                self.subject.bind(Meanings(restored=restored))

    # --- as a subject ----------------------------------------------------------------------------------------------

    def begin(self, seconds: float) -> None:
        """See `Subject.begin`."""
        self.subject.begin(seconds)

    def fetch(self, names: Sequence[str]) -> dict[str, bytes]:
        """See `Subject.fetch`."""
        return self.subject.fetch(names)

    def bind(self, meanings: Meanings) -> None:
        """See `Subject.bind`."""
        self.subject.bind(meanings)

    def call(self, name: str, arguments: bytes) -> Called:
        """See `Subject.call`.

        Raises:
            RuntimeError: the call comes from a function of the test's that the student's code is calling.
        """
        if self._calling:
            raise RuntimeError("a function that the answer calls cannot call the answer from outside")
        self._tell()
        self._calling = True
        try:
            return self.subject.call(name, arguments)
        finally:
            self._calling = False

    def _tell(self) -> None:
        """Tell the student's side what the test has made and replaced since the last call."""
        around = self.test.surroundings
        if not around.shared and not around.replaced and not self.patches:
            return
        now: dict[str, Any] = {name: self.names[name] for name in around.shared & self.names.keys()}
        now |= self.patches.now()
        for name in around.replaced & self._arrivals.keys():
            if (value := self.names.get(name, MISSING)) is not self._arrivals[name]:
                now[NOTEBOOK + name] = value
        told = {name: crossing for name, value in now.items() if (crossing := _crossing(name, value)) is not None}
        new = {name: value for name, value in told.items() if name not in self._told or self._told[name] != value}
        meanings = Meanings(
            {name: value for name, value in new.items() if isinstance(value, bytes)},
            {name: value for name, value in new.items() if callable(value)},
            tuple(name for name, value in new.items() if value is MISSING),
            tuple(name for name in self._told if "." in name and name not in told),
        )
        if meanings:
            self.subject.bind(meanings)
        self._told = {**{name: value for name, value in self._told.items() if "." not in name}, **told}

    # ---------------------------------------------------------------------------------------------------------------

    def _arrived(self, name: str, data: bytes, calls: Calls) -> Any:
        try:
            value = codec.decode(data)
        except codec.CodecError:
            return codec.Opaque("unreadable value")
        if isinstance(value, (codec.Function, codec.Opaque)):
            imported = self._imported(name)
            if imported is not MISSING:
                return imported
        return Proxy(name, value, calls) if isinstance(value, codec.Function) else value

    def _imported(self, name: str) -> Any:
        """The same import, made here: what the student's code may have done to a library changes no test."""
        statement = self.test.surroundings.imports.get(name)
        if statement is None:
            return MISSING
        found: dict[str, Any] = {}
        try:
            exec(statement, found)
        except Exception:
            return MISSING
        return found.get(name, MISSING)


def _crossing(name: str, value: Any) -> Any:
    """What crosses of a value: itself if it is a function, else encoded; None if nothing does."""
    if value is MISSING or callable(value):
        return value
    return _plain(value) or (_NONE if "." in name else None)


def _plain(value: Any) -> bytes | None:
    """A value as it crosses; None if it is more than plain data."""
    try:
        data = codec.encode(value)
    except codec.TooLarge:
        return None
    return None if isinstance(codec.decode(data), (codec.Function, codec.Opaque)) else data


def _show_nothing(*shown: Any, **options: Any) -> None:
    """`display`, where nobody looks."""
