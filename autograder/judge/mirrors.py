"""The classes that stand in the judge for those of a student's process, and what their instances can do."""

from __future__ import annotations

import inspect
import sys
import types
from abc import ABCMeta
from collections.abc import Callable, Generator
from enum import Enum, EnumMeta
from typing import Any

import numpy as np

from autograder.judge import contents
from autograder.judge.remote import Remote, RemoteError, RemoteMeta, StandIn, ask_for, kept_of, signature_of
from autograder.judge.world import World
from autograder.protocol import forms
from autograder.protocol.codec import Function, Opaque
from autograder.protocol.keeping import Kept, Sort
from autograder.protocol.kinds import MAX_TEXT, CodecError
from autograder.protocol.operations import BLOCKS, COMPARISONS, JUDGED, MEMBERS, NUMBERS, OPERATIONS

MAX_BASES = 200  # of a class
_KINDS: tuple[Any, ...] = (
    *(types.GeneratorType, types.FunctionType, types.MethodType, types.BuiltinFunctionType, types.CodeType),
    types.CoroutineType,
    *(map, filter, zip, enumerate, reversed, property, staticmethod, classmethod),
)
_BUILTIN_KINDS: dict[str, type] = {kind.__name__: kind for kind in _KINDS}
_PLAIN = (int, float, complex, str, bytes, bytearray, list, tuple, dict, set, frozenset, np.ndarray, np.generic, type)
_NOT_BORROWED = frozenset({"__getattribute__", "__del__", "__init_subclass__", "__class_getitem__"})
_CONTAINERS = (list, tuple, dict, set, frozenset)
_GROUPS = dict.fromkeys(MEMBERS, "members") | dict.fromkeys(NUMBERS, "number")
_ENDS_LOOPS = (StopIteration, StopAsyncIteration)


class RemoteFunction(StandIn):
    """A function of the student's that has no name in the notebook: a method, a result."""

    def __init__(self, world: World, kept: Kept, told: Function) -> None:
        for name, value in {
            "_remote_world": world,
            "_remote_number": kept.number,
            "_remote_of": kept.of,
            "__name__": told.name,
            "__qualname__": told.name,
            "__module__": "__main__",
        }.items():
            object.__setattr__(self, name, value)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call it, in the student's process; see `world.result` for what it raises."""
        return ask_for(self, "call", args, kwargs)

    def __repr__(self) -> str:
        return f"<function {self.__name__}>"

    @property
    def __doc__(self) -> Any:  # type: ignore[override]
        return self._remote_world.ask("get", self, "__doc__")

    @property
    def __annotations__(self) -> Any:  # type: ignore[override]
        return self._remote_world.ask("get", self, "__annotations__") if self._remote_number else {}

    @property
    def __signature__(self) -> inspect.Signature:
        return signature_of(self)

    @property  # type: ignore[misc]
    def __class__(self) -> Any:
        return real_kind(self, RemoteFunction)


RemoteFunction.__name__ = RemoteFunction.__qualname__ = "function"


def real_kind(function: Any, otherwise: type) -> type:
    """The type of a function as Python knows it, so that `inspect.isfunction` and its like find it."""
    world, of = object.__getattribute__(function, "_remote_world"), object.__getattribute__(function, "_remote_of")
    if not of or world.calls.stopped:
        return otherwise
    try:
        return class_for(world, of)._remote_real or otherwise
    except CodecError:
        return otherwise


def remote_for(world: World, kept: Kept, told: Any) -> Any:
    """What stands for a student's object, made when it is first met."""
    if kept.sort == Sort.CLASS:
        return class_for(world, kept.number)
    if kept.sort == Sort.FUNCTION and isinstance(told, Function):
        return RemoteFunction(world, kept, told)
    if not kept.of:
        raise CodecError("an object without a class")
    kind = class_for(world, kept.of)
    made = BaseException.__new__(kind) if issubclass(kind, BaseException) else object.__new__(kind)
    object.__setattr__(made, "_remote_world", world)
    object.__setattr__(made, "_remote_number", kept.number)
    object.__setattr__(made, "_remote_based", not isinstance(told, (Function, Opaque)))
    real = kind._remote_real
    if isinstance(real, EnumMeta) and (name := world.ask("get", made, "name")) in real.__members__:
        return real[name]  # a member that the lab gives is the lab's own
    return made


def class_for(world: World, number: int) -> Any:
    """What stands for a class, with its bases."""
    if number not in world.classes:
        stub = StandIn.__new__(StandIn)
        object.__setattr__(stub, "_remote_world", world)
        object.__setattr__(stub, "_remote_number", number)
        told = world.ask("class", stub)
        if type(told) is not list or not 0 < len(told) <= MAX_BASES:
            raise CodecError("a class that is told in another way than ours")
        for one in reversed(told):
            _learn(world, one)
        if number not in world.classes:
            raise CodecError("another class than was asked for")
    return world.classes[number]


def _learn(world: World, told: Any) -> None:
    """Make the class that one entry of `Objects._class` tells of."""
    number, name, module, qualified, bases, operations, doc, fields = told
    if type(number) is not int or not all(
        type(text) is str and len(text) <= MAX_TEXT for text in (name, module, qualified)
    ):
        raise CodecError("a class that is told in another way than ours")
    if number in world.classes:
        return
    given = world.given_class(qualified) if module == "__main__" else None
    real = given or real_class(module, qualified)
    parents = [world.classes[base] for base in bases if base in world.classes]
    space: dict[str, Any] = {operation: _OPERATIONS[operation] for operation in operations if operation in _OPERATIONS}
    if real is types.CoroutineType:
        space |= {"send": _send, "close": lambda remote: None}  # nothing of it runs here
    if "no hash" in operations or ("__eq__" in space and "__hash__" not in space):
        space["__hash__"] = None
    space |= {
        "_remote_world": world,
        "_remote_number": number,
        "_remote_called": None,
        "_remote_real": real,
        "_remote_given": given is not None or any(parent._remote_given for parent in parents),
        "_remote_fields": fields_told(fields),
        "_remote_shadow": _shadow(name, module, qualified, parents),
        "_remote_able": frozenset(operations),
        "__module__": module,
        "__qualname__": qualified,
        "__doc__": doc if type(doc) is str else None,
    }
    if real is not None and issubclass(real, BaseException):
        space["_remote_real"] = None  # the class here is one of the real one, too
        parents = [RemoteError, *([real] if _may_be_raised(real) else [])]
    elif given is not None and not issubclass(given, Enum) and _NOT_BORROWED.isdisjoint(_names_in(given)):
        parents = [given, *(parents or [Remote])]  # the lab's own operations, of what the student's object holds
        space = {key: value for key, value in space.items() if key not in OPERATIONS and key != "__hash__"}
    world.classes[number] = _made(name, parents or [Remote], space)


def _shadow(name: str, module: str, qualified: str, parents: list[Any]) -> type | None:
    """A class by which `isinstance` finds that a student's object is a list, a dict or the like."""
    if module == "builtins":
        return next((kind for kind in _CONTAINERS if kind.__name__ == qualified), None)
    base = next((parent._remote_shadow for parent in parents if parent._remote_shadow is not None), None)
    return None if base is None else type(name, (base,), {})


def _made(name: str, parents: list[Any], space: dict[str, Any]) -> Any:
    unique = [
        parent for parent in parents if not any(other is not parent and issubclass(other, parent) for other in parents)
    ]
    try:
        made = _meta_of(unique)(name, tuple(unique), space)
        if isinstance(made, ABCMeta):
            made.__abstractmethods__ = frozenset()  # what the student defines is not here
        return made
    except TypeError:  # bases that do not go together here
        errors = any(issubclass(parent, BaseException) for parent in parents)
        return RemoteMeta(name, (RemoteError if errors else Remote,), space)


def _meta_of(parents: list[Any]) -> Any:
    """A class of classes that goes together with those of the parents."""
    others = {type(parent) for parent in parents if not issubclass(type(parent), RemoteMeta)} - {type}
    if not others:
        return next((type(parent) for parent in parents if issubclass(type(parent), RemoteMeta)), RemoteMeta)
    return type("RemoteMeta", (RemoteMeta, *sorted(others, key=lambda kind: kind.__name__)), {})


def _names_in(kind: type) -> set[str]:
    return {name for base in kind.__mro__[:-1] for name in vars(base)}


def fields_told(fields: Any) -> tuple[str, ...] | None:
    """The field names of a class of named tuples, as told."""
    return fields if type(fields) is tuple and all(type(field) is str for field in fields) else None


def real_class(module: str, qualified: str) -> type | None:
    """A library's class that is imported here; never one of plain data, which crosses as such."""
    if module == "builtins" and qualified in _BUILTIN_KINDS:
        return _BUILTIN_KINDS[qualified]
    found: Any = sys.modules.get(module) if module != "__main__" and not module.startswith("autograder") else None
    for part in qualified.split("."):
        found = vars(found).get(part) if isinstance(found, (type, types.ModuleType)) else None
    if not isinstance(found, type) or issubclass(found, _PLAIN):
        return None
    forms.load_libraries()
    return None if any(forms.form_of(base) for base in found.__mro__) else found


def _may_be_raised(real: type) -> bool:
    return issubclass(real, Exception) and not issubclass(real, _ENDS_LOOPS) and real is not Exception


def _operation(name: str) -> Callable[..., Any]:
    """One of Python's operations, asked of the student's object."""

    def method(self: Any, *args: Any) -> Any:
        world: World = object.__getattribute__(self, "_remote_world")
        if name in JUDGED:
            if name == "__contains__":
                world.calls.asks(_GROUPS["__iter__"])
            if not all(kept_of(value) is not None for value in args) and not world.calls.may_hand_in(name):
                return _refused(self, name, *args)
        elif name not in BLOCKS and not world.calls.asks(_GROUPS.get(name, name)):
            return contents.told(self, name, *args)
        elif name == "__iter__":
            return contents.iterated(self)
        return world.ask("special", self, name, *args)

    method.__name__ = name
    return method


def _refused(remote: Any, name: str, *args: Any) -> Any:
    """An operation with something of the test's, where the reference's object is not asked for it."""
    if object.__getattribute__(remote, "_remote_based"):
        return contents.compared(remote, name, *args)
    return contents.told(remote, name, *args) if name == "__contains__" else NotImplemented


def _call(self: Any, *args: Any, **kwargs: Any) -> Any:
    if (name := object.__getattribute__(self, "_remote_name")) is not None:
        return object.__getattribute__(self, "_remote_world").calls.call(name, args, kwargs)
    return ask_for(self, "call", args, kwargs)


def _next(self: Any) -> Any:
    found = object.__getattribute__(self, "_remote_world").ask("special", self, "__next__")
    if type(found) is not list or len(found) > 1:
        raise TypeError("iteration gave something else than a member")
    if not found:
        raise StopIteration
    return found[0]


def _await(self: Any) -> Generator[None, None, Any]:
    """Wait for what the student's process waits for, to its end."""
    yield from ()
    return ask_for(self, "await", (), {})


def _send(self: Any, value: Any) -> Any:
    raise StopIteration(ask_for(self, "await", (), {}))


def _array(self: Any, dtype: Any = None, copy: Any = None) -> np.ndarray:
    world: World = object.__getattribute__(self, "_remote_world")
    if world.calls.asks(_GROUPS["__array__"]):
        found = world.ask("special", self, "__array__")
    else:
        found = contents.told(self, "__array__")
    if not isinstance(found, np.ndarray):
        raise TypeError("no array was given")
    return found if dtype is None else found.astype(dtype)


def _exit(self: Any, kind: Any, error: Any, trace: Any) -> Any:
    world: World = object.__getattribute__(self, "_remote_world")
    if error is None or kept_of(error) is not None:
        swallowed = world.ask("leave", self, error)
    else:
        swallowed = world.ask("leave", self, None, type(error).__name__, str(error))
    return swallowed and error is not None and world.calls.may_hand_in(f"swallow {type(error).__name__}")


def _compared(name: str) -> Callable[..., Any]:
    asked = _operation(name)

    def method(self: Any, other: Any) -> Any:
        if self is other and name in ("__eq__", "__ne__"):
            return name == "__eq__"
        return asked(self, other)

    method.__name__ = name
    return method


_OPERATIONS: dict[str, Callable[..., Any]] = {
    **{name: _operation(name) for name in OPERATIONS},
    **{name: _compared(name) for name in COMPARISONS},
    "__array__": _array,
    "__await__": _await,
    "__call__": _call,
    "__next__": _next,
    "__exit__": _exit,
}
for _name in ("__repr__", "__str__"):  # `Remote` has them, so that errors can replace them
    del _OPERATIONS[_name]
