"""What stands in the judge for a student's objects, classes, functions and exceptions.

A class of the student's has a class here, with the same name and bases, so that `isinstance`, `issubclass`, `except`
and `type(x).__name__` need not ask. Its instances hold a number; what they are asked is asked of the student's process.
"""

from __future__ import annotations

import inspect
import sys
import types
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.judge.raised import StudentRaised
from autograder.judge.world import World
from autograder.protocol import forms
from autograder.protocol.codec import Function, Opaque
from autograder.protocol.keeping import Kept, Sort
from autograder.protocol.kinds import MAX_TEXT, CodecError, Kind
from autograder.protocol.operations import COMPARISONS, JUDGED, OPERATIONS

MAX_BASES = 200  # of a class
MAX_ITERATED = 1_000_000  # members that `in` looks at where it may not ask
_OWN = frozenset({"_remote_world", "_remote_number", "_remote_name", "_remote_based", "raised", "function"})
_KINDS: tuple[Any, ...] = (
    *(types.GeneratorType, types.FunctionType, types.MethodType, types.BuiltinFunctionType, types.CodeType),
    *(map, filter, zip, enumerate, reversed, property, staticmethod, classmethod),
)
_BUILTIN_KINDS: dict[str, type] = {kind.__name__: kind for kind in _KINDS}
_PLAIN = (int, float, complex, str, bytes, bytearray, list, tuple, dict, set, frozenset, np.ndarray, np.generic, type)
_ENDS_LOOPS = (StopIteration, StopAsyncIteration)


class RemoteMeta(type):
    """The class of classes that stand for a student's, or for a library's that a student's object has."""

    _remote_world: World
    _remote_number: int
    _remote_called: str | None
    _remote_real: type | None
    _remote_fields: tuple[str, ...] | None

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        """Make an instance, in the student's process."""
        if cls._remote_called is not None:
            return cls._remote_world.calls.call(cls._remote_called, args, kwargs)
        return _ask_for(cls, "call", args, kwargs)

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("_remote") or name == "__text_signature__":
            raise AttributeError(name)
        return cls._remote_world.ask("get", cls, name)

    @property
    def __signature__(cls) -> inspect.Signature:
        return signature_of(cls)

    def __getattribute__(cls, name: str) -> Any:
        if name == "__init__" and type.__getattribute__(cls, "_remote_number"):
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
        return iter(cls._remote_world.ask("special", cls, "__iter__"))

    def __len__(cls) -> int:
        return int(cls._remote_world.ask("special", cls, "__len__"))

    def __getitem__(cls, key: Any) -> Any:
        return cls._remote_world.ask("special", cls, "__getitem__", key)

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


def _ask_for(remote: Any, action: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """A call, which may hand something in: only where the reference is called, too."""
    world: World = object.__getattribute__(remote, "_remote_world")
    own = all(kept_of(value) is not None for value in (*args, *kwargs.values()))
    if not own and not world.calls.may_hand_in(action):
        raise TypeError(f"'{type(remote).__name__}' object does not take arguments here")
    return world.ask(action, remote, *args, **kwargs)


class _Asked:
    """What all stand-ins have in common."""

    _remote_world: World
    _remote_number: int

    def __getattribute__(self, name: str) -> Any:
        if name == "__dict__":
            return object.__getattribute__(self, "_remote_world").ask("get", self, "__dict__")
        return object.__getattribute__(self, name)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_remote") or name in ("__wrapped__", "__array_interface__", "__array_struct__"):
            raise AttributeError(name)
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


class Remote(_Asked):
    """An instance of a student's class, or of a library's class in a student's process."""

    _remote_name: str | None = None
    _remote_based: bool = False

    def __init_subclass__(cls, **options: Any) -> None:
        """Only this module makes classes of it.

        Raises:
            TypeError: a test makes a class of a student's.
        """
        if "_remote_number" not in vars(cls):
            raise TypeError("a test that is judged from outside cannot make a class of a student's one")

    @property  # type: ignore[misc]
    def __class__(self) -> Any:
        """The library's own class if this is an instance of one, so that `isinstance` finds it."""
        kind = type(self)
        return kind._remote_real or kind  # type: ignore[attr-defined]

    def __reduce_ex__(self, protocol: Any) -> Any:
        """No copy is made here of what lives elsewhere.

        Raises:
            TypeError: always.
        """
        raise TypeError(f"a {type(self).__name__} of the student's cannot be copied from outside")

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


class RemoteFunction(_Asked):
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
        return _ask_for(self, "call", args, kwargs)

    def __repr__(self) -> str:
        return f"<function {self.__name__}>"

    @property
    def __doc__(self) -> Any:  # type: ignore[override]
        return self._remote_world.ask("get", self, "__doc__")

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


def signature_of(remote: Any) -> inspect.Signature:
    """The signature of a student's function or class, with its defaults."""
    world: World = object.__getattribute__(remote, "_remote_world")
    parameters = []
    for name, kind, has_default, default, annotation in world.ask("signature", remote):
        empty = inspect.Parameter.empty
        parameters.append(
            inspect.Parameter(
                name,
                list(inspect._ParameterKind)[kind],
                default=default if has_default else empty,
                annotation=empty if annotation is None else annotation,
            )
        )
    return inspect.Signature(parameters)


def kept_of(value: Any) -> Kept | None:
    """Where a student's object is kept, if a value stands for one."""
    kind = type(value)
    if issubclass(kind, RemoteMeta):
        return Kept(Kind.HANDLE, type.__getattribute__(value, "_remote_number"), Sort.CLASS, known=True)
    if issubclass(kind, _Asked):
        number = object.__getattribute__(value, "_remote_number")
        sort = Sort.OBJECT if issubclass(kind, Remote) else Sort.FUNCTION
        return Kept(Kind.HANDLE, number, sort, known=True) if number else None
    return None


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
    return made


def class_for(world: World, number: int) -> Any:
    """What stands for a class, with its bases."""
    if number not in world.classes:
        stub = _Asked.__new__(_Asked)
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
    real = real_class(module, qualified)
    parents = [world.classes[base] for base in bases if base in world.classes]
    space: dict[str, Any] = {operation: _OPERATIONS[operation] for operation in operations if operation in _OPERATIONS}
    if "no hash" in operations or ("__eq__" in space and "__hash__" not in space):
        space["__hash__"] = None
    space |= {
        "_remote_world": world,
        "_remote_number": number,
        "_remote_called": None,
        "_remote_real": real,
        "_remote_fields": fields_told(fields),
        "_remote_able": frozenset(operations),
        "__module__": module,
        "__qualname__": qualified,
        "__doc__": doc if type(doc) is str else None,
    }
    if real is not None and issubclass(real, BaseException):
        space["_remote_real"] = None  # the class here is one of the real one, too
        parents = [RemoteError, *([real] if _may_be_raised(real) else [])]
    world.classes[number] = _made(name, parents or [Remote], space)


def _made(name: str, parents: list[Any], space: dict[str, Any]) -> Any:
    unique = [
        parent for parent in parents if not any(other is not parent and issubclass(other, parent) for other in parents)
    ]
    try:
        return RemoteMeta(name, tuple(unique), space)
    except TypeError:  # bases that do not go together here
        errors = any(issubclass(parent, BaseException) for parent in parents)
        return RemoteMeta(name, (RemoteError if errors else Remote,), space)


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
        if (
            name in JUDGED
            and not all(kept_of(value) is not None for value in args)
            and not world.calls.may_hand_in(name)
        ):
            return _refused(self, name, *args)
        return world.ask("special", self, name, *args)

    method.__name__ = name
    return method


def _refused(remote: Any, name: str, *args: Any) -> Any:
    """An operation with something of the test's, where the reference's object is not asked for it."""
    if object.__getattribute__(remote, "_remote_based"):  # its plain content answers, here
        plain = remote._remote_world.ask("base", remote)
        return getattr(type(plain), name, lambda *_: NotImplemented)(plain, *args)
    if name != "__contains__":
        return NotImplemented
    for position, member in enumerate(remote):
        if position > MAX_ITERATED:
            break
        if member is args[0] or member == args[0]:
            return True
    return False


def _call(self: Any, *args: Any, **kwargs: Any) -> Any:
    if (name := object.__getattribute__(self, "_remote_name")) is not None:
        return object.__getattribute__(self, "_remote_world").calls.call(name, args, kwargs)
    return _ask_for(self, "call", args, kwargs)


def _next(self: Any) -> Any:
    found = object.__getattribute__(self, "_remote_world").ask("special", self, "__next__")
    if type(found) is not list or len(found) > 1:
        raise TypeError("iteration gave something else than a member")
    if not found:
        raise StopIteration
    return found[0]


def _array(self: Any, dtype: Any = None, copy: Any = None) -> np.ndarray:
    found = object.__getattribute__(self, "_remote_world").ask("special", self, "__array__")
    if not isinstance(found, np.ndarray):
        raise TypeError("no array was given")
    return found if dtype is None else found.astype(dtype)


def _exit(self: Any, kind: Any, error: Any, trace: Any) -> Any:
    world: World = object.__getattribute__(self, "_remote_world")
    if error is None or kept_of(error) is not None:
        return world.ask("leave", self, error)
    return world.ask("leave", self, None, type(error).__name__, str(error))


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
    "__call__": _call,
    "__next__": _next,
    "__exit__": _exit,
}
for _name in ("__repr__", "__str__"):  # `Remote` has them, so that errors can replace them
    del _OPERATIONS[_name]
