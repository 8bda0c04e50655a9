"""The namespace in which a test cell runs, and the values of it that the student's code gets to see."""

from __future__ import annotations

import builtins
import itertools
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from types import ModuleType
from typing import Any

from autograder.judge.conditions import Conditions
from autograder.judge.patches import MISSING, ReplacedAttributes, targets_of
from autograder.judge.plan import TestCell
from autograder.judge.proxy import arrived
from autograder.judge.subject import NOTEBOOK, Called, Meanings, Stopped, Subject
from autograder.judge.surroundings import Piece
from autograder.judge.world import Calls
from autograder.protocol import codec
from autograder.sandbox.outcomes import Answerer, Folder

_NONE = codec.encode(None)


class Namespace:
    """One test cell's names. It is a `Subject` too: it tells the student's side what the test made before each call.

    Args:
        test: the test cell.
        subject: the student's side.

    Attributes:
        module: what the test cell runs in.
        names: its names.
    """

    def __init__(self, test: TestCell, subject: Subject) -> None:
        self.test, self.subject = test, subject
        self.module = ModuleType("__main__")
        self.names = vars(self.module)
        self.names |= {"__builtins__": builtins, "display": _show_nothing}
        texts = tuple(piece.text for piece in test.surroundings.pieces)
        self.patches = ReplacedAttributes(targets_of(test.code or "", texts))
        self.conditions = Conditions("\n".join((*texts, test.code or "")), self.names)
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
        done = [piece for piece in itertools.takewhile(lambda piece: piece.given, around.pieces) if self._runs(piece)]
        calls.given = {
            name: value
            for piece in around.pieces
            for name in piece.makes
            if piece.given and isinstance(value := self.names.get(name), type) and value.__module__ == "__main__"
        }
        arrived = {name: self._arrived(name, data, calls) for name, data in values.items()}
        known = {name: value for name, value in arrived.items() if name not in around.unknown}
        self.names.update(known)
        self._arrivals = known
        lost: set[str] = set()
        for piece in around.pieces:
            if piece not in done and not self._runs(piece):
                lost |= {name for name in piece.makes if piece.given and name not in self.names}
            self.names.update(known)
        if lost:
            arrived |= {
                name: self._arrived(name, data, calls) for name, data in self.subject.fetch(sorted(lost)).items()
            }
        self.names.update({name: value for name, value in arrived.items() if name not in self.names})
        calls.made.clear()
        calls.changed = None
        self.conditions.begin()

    def _runs(self, piece: Piece) -> bool:
        """Run what stands before the test; whether it works: a test may have failed, or need what is not here."""
        try:
            exec(compile(piece.text, f"<before {self.test.name}>", "exec"), self.names)
        except Exception:
            return False
        return True

    def shared(self) -> dict[str, bytes]:
        """What the student's code may read of what the test made, encoded, as far as it is plain data."""
        found = {}
        for name in self.test.surroundings.shared & self.names.keys():
            if (data := _plain(self.names[name])) is not None:
                found[name] = data
        return found

    @contextmanager
    def as_main(self) -> Iterator[None]:
        """Be the main module, where `unittest` looks for tests and `patch` for functions."""
        before = sys.modules["__main__"]
        sys.modules["__main__"] = self.module
        try:
            yield
        finally:
            sys.modules["__main__"] = before

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

    @property
    def life(self) -> int:
        """See `Subject.life`."""
        return self.subject.life

    def hear(self, answer: Answerer) -> None:
        """See `Subject.hear`."""
        self.subject.hear(answer)

    def call(self, name: str, arguments: bytes, drawn: bytes = b"", folder: Folder | None = None) -> Called:
        """See `Subject.call`."""
        with self._told_before():
            return self.subject.call(name, arguments, drawn, folder)

    def use(self, request: bytes, drawn: bytes, name: str) -> Called:
        """See `Subject.use`."""
        with self._told_before():
            return self.subject.use(request, drawn, name)

    @contextmanager
    def _told_before(self) -> Iterator[None]:
        """Tell before an outermost call; within one, names keep what they mean."""
        outermost = not self._calling
        if outermost:
            self._tell()
        self._calling = True
        try:
            yield
        finally:
            self._calling = not outermost

    def _tell(self) -> None:
        """Tell the student's side what the test has made and replaced since the last call."""
        around = self.test.surroundings
        if not (around.shared or around.replaced or self.patches or self.conditions):
            return
        now: dict[str, Any] = {name: self.names[name] for name in around.shared & self.names.keys()}
        now |= self.patches.now() | self.conditions.now()
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
        if name in self.test.surroundings.imports:
            with suppress(codec.CodecError):
                told = codec.decode(data)
                if isinstance(told, (codec.Function, codec.Opaque)) and (own := self._imported(name)) is not MISSING:
                    return own
        return arrived(name, data, calls)

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
