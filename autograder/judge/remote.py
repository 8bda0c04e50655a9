"""What stands in the judge for a student's objects, classes and exceptions.

A class of the student's has a class here, with the same name and bases, so that `isinstance`, `issubclass`, `except`
and `type(x).__name__` need not ask. Its instances hold a number; what they are asked is asked of the student's process.
`autograder.judge.mirrors` makes the classes.
"""

from __future__ import annotations

import dataclasses
import inspect
import sys
from collections.abc import Iterator
from types import FunctionType
from typing import Any

from autograder.judge import contents
from autograder.judge.raised import StudentRaised
from autograder.judge.world import NOWHERE, World, is_test
from autograder.protocol import forms
from autograder.protocol.keeping import Kept, Sort
from autograder.protocol.kinds import Kind
from autograder.runner.objects import RETURNED

_OF_CLASSES = frozenset({"__module__", "__qualname__", "__doc__", "__annotations__", "__firstlineno__"})
FIELDS = "__dataclass_fields__"
_OWN = frozenset({"_remote_world", "_remote_number", "_remote_name", "_remote_based", "raised", "function"})


class RemoteMeta(type):
    """The class of classes that stand for a student's, or for a library's that a student's object has."""

    _remote_world: World
    _remote_number: int
    _remote_called: str | None
    _remote_real: type | None
    _remote_fields: tuple[str, ...] | None
    _remote_given: bool
    _remote_shadow: type | None

    def __new__(mcs, name: str, bases: tuple[type, ...], space: dict[str, Any]) -> Any:
        """Make a class that stands for one of the student's; a test's own, of a student's, is made in its process.

        Raises:
            TypeError: the test's class has more than functions and plain data, or asks for `super`.
        """
        if "_remote_number" in space:
            return super().__new__(mcs, name, bases, space)
        own = {key: value for key, value in space.items() if key not in _OF_CLASSES}
        functions = {key: value for key, value in own.items() if isinstance(value, FunctionType)}
        if "__classcell__" in space or not all(isinstance(base, RemoteMeta) for base in bases):
            raise TypeError("a class of a student's one that is judged from outside has no other base, and no super()")
        if any(callable(value) or hasattr(value, "__get__") for key, value in own.items() if key not in functions):
            raise TypeError("a class of a student's one that is judged from outside has plain functions and plain data")
        return ask_for(bases[0], "derive", (name, bases, own), {})

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        """Make an instance, in the student's process."""
        if cls._remote_called is not None:
            return cls._remote_world.calls.call(cls._remote_called, args, kwargs)
        return ask_for(cls, "call", args, kwargs)

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("_remote") or name == "__text_signature__":
            raise AttributeError(name)
        found = cls._remote_world.ask("get", cls, name)
        return _fields(cls, found) if name == FIELDS else found

    @property
    def __signature__(cls) -> inspect.Signature:
        return signature_of(cls)

    def __getattribute__(cls, name: str) -> Any:
        if name == "__init__" and type.__getattribute__(cls, "_remote_number"):
            return type.__getattribute__(cls, "_remote_world").ask("get", cls, name)
        if not name.startswith("_") and type.__getattribute__(cls, "_remote_given"):
            return type.__getattribute__(cls, "_remote_world").ask("get", cls, name)
        return type.__getattribute__(cls, name)

    def __setattr__(cls, name: str, value: Any) -> None:
        if name.startswith(("_remote", "_abc", "__")):
            type.__setattr__(cls, name, value)
        else:
            cls._remote_world.ask("set", cls, name, value)

    def __dir__(cls) -> list[str]:
        return list(cls._remote_world.ask("names", cls))

    def __iter__(cls) -> Iterator[Any]:
        return iter(_members(cls, "__iter__"))

    def __len__(cls) -> int:
        return int(_members(cls, "__len__"))

    def __getitem__(cls, key: Any) -> Any:
        return _members(cls, "__getitem__", key)

    def __contains__(cls, member: Any) -> bool:
        return any(one is member for one in cls)

    def __bool__(cls) -> bool:
        return True

    def __eq__(cls, other: object) -> bool:
        return cls is other or (cls._remote_real is not None and cls._remote_real is other)

    def __hash__(cls) -> int:
        return type.__hash__(cls) if cls._remote_real is None else hash(cls._remote_real)

    def __repr__(cls) -> str:
        return f"<class '{cls.__module__}.{cls.__qualname__}'>"

    def __instancecheck__(cls, instance: object) -> bool:
        if cls._remote_fields is not None and isinstance(instance, tuple):
            return type(instance) is forms.named_tuple(cls.__name__, cls._remote_fields)
        return type.__instancecheck__(cls, instance)


def _fields(cls: RemoteMeta, told: Any) -> Any:
    """The fields of a student's dataclass as such, which Python tells by their identity; types stay the student's."""
    if type(told) is not dict or len(told) > forms.MAX_FIELDS:
        return told
    made: dict[str, dataclasses.Field[Any]] = vars(dataclasses.make_dataclass(cls.__name__, list(told)))[FIELDS]
    for name, field in made.items():
        field.type = getattr(told[name], "type", Any)
    return made


def _members(cls: RemoteMeta, operation: str, *args: Any) -> Any:
    """What an enumeration tells of its members: only where the reference is asked, too."""
    if not cls._remote_world.calls.asks("members"):
        raise TypeError(f"the class {cls.__name__} has no members here")
    return cls._remote_world.ask("special", cls, operation, *args)


def ask_for(remote: Any, action: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """A call: only where the reference is called, too."""
    world: World = object.__getattribute__(remote, "_remote_world")
    own = all(kept_of(value) is not None for value in (*args, *kwargs.values()))
    if not world.calls.may_hand_in(action) and not (own and world.calls.allowed is NOWHERE):
        raise TypeError(f"'{type(remote).__name__}' object is not to be called here")
    return world.ask(action, remote, *args, **kwargs)


class StandIn:
    """What all stand-ins have in common."""

    _remote_world: World
    _remote_number: int
    _remote_given = False

    def __getattribute__(self, name: str) -> Any:
        if name == "__dict__" or (_is_plain_name(name) and type(self)._remote_given):
            return object.__getattribute__(self, "_remote_get")(name)
        return object.__getattribute__(self, name)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_remote") or name in ("__array_interface__", "__array_struct__"):
            raise AttributeError(name)
        if name == "__wrapped__" and not is_test(sys._getframe(1)):  # Python's own code asks it of every function
            raise AttributeError(name)
        return getattr(type(self), name) if name == FIELDS else object.__getattribute__(self, "_remote_get")(name)

    def _remote_get(self, name: str) -> Any:
        return object.__getattribute__(self, "_remote_world").ask("get", self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        if name in _OWN or (name.startswith("__") and name.endswith("__")):
            object.__setattr__(self, name, value)
        else:
            object.__getattribute__(self, "_remote_world").ask("set", self, name, value)

    def __delattr__(self, name: str) -> None:
        self._remote_world.ask("delete", self, name)

    def __dir__(self) -> list[str]:
        return list(self._remote_world.ask("names", self))


def _is_plain_name(name: str) -> bool:
    return not name.startswith(("__", "_remote")) and name not in _OWN


class Remote(StandIn):
    """An instance of a student's class, or of a library's class in a student's process."""

    _remote_name: str | None = None
    _remote_based: bool = False

    @property  # type: ignore[misc]
    def __class__(self) -> Any:
        """The library's own class if this is an instance of one, so that `isinstance` finds it."""
        kind: Any = type(self)
        based = object.__getattribute__(self, "_remote_based")
        return kind._remote_real or (kind._remote_shadow if based else None) or kind

    def __reduce_ex__(self, protocol: Any) -> Any:
        """What lives elsewhere is not taken apart here.

        Raises:
            TypeError: always.
        """
        raise TypeError(f"a {type(self).__name__} of the student's cannot be pickled from outside")

    def __copy__(self) -> Any:
        """A copy, made and kept in the student's process."""
        return object.__getattribute__(self, "_remote_world").ask("copy", self)

    def __deepcopy__(self, memo: dict[int, Any]) -> Any:
        """A copy with copies of all that it holds, made and kept in the student's process."""
        return object.__getattribute__(self, "_remote_world").ask("deepcopy", self)

    def _remote_get(self, name: str) -> Any:
        world: World = object.__getattribute__(self, "_remote_world")
        return super()._remote_get(name) if world.calls.asks(name) else contents.attribute(self, name)

    def __repr__(self) -> str:
        return str(self._remote_world.ask("special", self, "__repr__")) if _has(self, "__repr__") else _plain_text(self)

    def __str__(self) -> str:
        return str(self._remote_world.ask("special", self, "__str__")) if _has(self, "__str__") else repr(self)


class RemoteError(StudentRaised, Remote):
    """An exception of a student's class."""

    _remote_number = 0

    @property
    def args(self) -> Any:  # type: ignore[override]
        """What it was made with."""
        return self._remote_world.ask("get", self, "args")

    def __str__(self) -> str:
        if "raised" in object.__getattribute__(self, "__dict__"):
            return str(self.raised.message)
        return str(self._remote_world.ask("special", self, "__str__"))

    __repr__ = BaseException.__repr__


def _has(remote: Any, operation: str) -> bool:
    return any(operation in vars(base).get("_remote_able", ()) for base in type(remote).__mro__)


def _plain_text(remote: Any) -> str:
    return f"<{type(remote).__module__}.{type(remote).__name__} object>"


def signature_of(remote: Any) -> inspect.Signature:
    """The signature of a student's function or class, with its defaults."""
    world: World = object.__getattribute__(remote, "_remote_world")
    parameters = []
    returned: Any = inspect.Signature.empty
    for name, kind, has_default, default, annotation in world.ask("signature", remote):
        empty = inspect.Parameter.empty
        if type(kind) is int and kind == RETURNED:
            returned = empty if annotation is None else annotation
            continue
        parameters.append(
            inspect.Parameter(
                name,
                list(inspect._ParameterKind)[kind],
                default=default if has_default else empty,
                annotation=empty if annotation is None else annotation,
            )
        )
    return inspect.Signature(parameters, return_annotation=returned)


def kept_of(value: Any) -> Kept | None:
    """Where a student's object is kept, if a value stands for one."""
    kind = type(value)
    if issubclass(kind, RemoteMeta):
        return Kept(Kind.HANDLE, type.__getattribute__(value, "_remote_number"), Sort.CLASS, known=True)
    if issubclass(kind, StandIn):
        number = object.__getattribute__(value, "_remote_number")
        sort = Sort.OBJECT if issubclass(kind, Remote) else Sort.FUNCTION
        return Kept(Kind.HANDLE, number, sort, known=True) if number else None
    return None
