"""Stand-ins for objects of a test's: functions that student code calls back, and instances that it is given.

They hold nothing but a number. Each use is a question to the trusted side, and only its plain result comes back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from autograder.protocol.codec import Function, Opaque
from autograder.protocol.keeping import Kept, Sort
from autograder.protocol.operations import GUEST_OPERATIONS, IS
from autograder.protocol.signatures import parse_signature

Ask = Callable[[str, bytes], dict[str, Any]]
"""Sends a question, a name and the encoded ``(args, kwargs)``, and returns the answer."""

Question = Callable[[int, str, tuple[Any, ...], dict[str, Any]], Any]
"""Asks something of a guest: its number, what to do, with what."""


class Guest:
    """An object that lives on the other side.

    Attributes:
        guest_number: where it is kept there.
        guest_question: reaches that side.
        guest_class: the notebook's class of the same name, if there is one.
    """

    guest_number: int
    guest_question: Question
    guest_class: type | None = None

    def __init__(self, number: int, question: Question) -> None:
        object.__setattr__(self, "guest_number", number)
        object.__setattr__(self, "guest_question", question)

    @property  # type: ignore[misc]
    def __class__(self) -> Any:
        """The class that the notebook has of this object, so that `isinstance` finds it."""
        return self.guest_class or type(self)

    def __getattr__(self, name: str) -> Any:
        """An attribute; one that is not public does not exist."""
        if name.startswith("_"):
            raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")
        return self.guest_question(self.guest_number, "get", (name,), {})

    def __setattr__(self, name: str, value: Any) -> None:
        """Set an attribute of the object itself."""
        self.guest_question(self.guest_number, "set", (name, value), {})

    def __repr__(self) -> str:
        return f"<{type(self).__name__} object>"


class GuestFunction(Guest):
    """A function, or a class, of a test's."""

    def __init__(self, number: int, question: Question, told: Function) -> None:
        super().__init__(number, question)
        own = {"__name__": told.name, "__qualname__": told.name, "__doc__": None}
        if parsed := parse_signature(told.signature):
            own["__signature__"] = parsed  # type: ignore[assignment]
        for name, value in own.items():
            object.__setattr__(self, name, value)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call it.

        Raises:
            Exception: what it raised, as the builtin type that fits best.
        """
        return self.guest_question(self.guest_number, "call", args, kwargs)

    def __repr__(self) -> str:
        return f"<function {self.__dict__['__name__']}>"


def stand_in(kept: Kept, told: Any, question: Question, names: Mapping[str, Any]) -> Guest:
    """What student code gets for an object of a test's; `names` are the notebook's."""
    if isinstance(told, Function) or kept.sort != Sort.OBJECT:
        return GuestFunction(kept.number, question, told)
    assert isinstance(told, Opaque)
    guest = _class_of(told.type_name, told.text)(kept.number, question)
    told_kinds = [word.removeprefix(IS) for word in told.text.split() if word.startswith(IS)]
    kinds = (names.get(name) for name in (*told_kinds, told.type_name))
    object.__setattr__(guest, "guest_class", next((kind for kind in kinds if isinstance(kind, type)), None))
    return guest


@lru_cache(maxsize=256)
def _class_of(name: str, operations: str) -> type[Guest]:
    """A class of stand-ins whose objects can do these operations."""
    able = GUEST_OPERATIONS.intersection(operations.split())
    kind: type[Guest] = type(name, (Guest,), {operation: _asked(operation) for operation in able})
    return kind


def _asked(operation: str) -> Callable[..., Any]:
    def method(self: Guest, *args: Any) -> Any:
        found = self.guest_question(self.guest_number, "special", (operation, *args), {})
        if operation != "__next__":
            return found
        if not found:
            raise StopIteration
        return found[0]

    return method
