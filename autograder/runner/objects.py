"""Objects that stay in this process, by number, and the few things that the other side may ask of them.

The judge serves the lab's own answers in the same way, so that a test finds the same in both.
"""

from __future__ import annotations

import builtins
import copy
import importlib
import inspect
import operator
import types
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from enum import Enum
from functools import partial
from itertools import islice
from typing import Any

import numpy as np

from autograder.protocol import codec, forms
from autograder.protocol.awaiting import awaited
from autograder.protocol.keeping import Kept, Recipe, Sort
from autograder.protocol.kinds import MAX_TEXT, CodecError, Kind
from autograder.protocol.operations import COMPARISONS, OPERATIONS, UNARY
from autograder.runner.guests import Ask, Guest, GuestFunction, stand_in
from autograder.runner.provided import builtin_exception

MAX_OBJECTS = 100_000
MAX_CLASSES = 200  # bases of one class
MAX_DOC = 2_000  # characters of a docstring
MAX_SOURCE = 200_000
FUNCTIONS = (
    *(
        types.FunctionType,
        types.BuiltinFunctionType,
        types.MethodType,
        types.MethodWrapperType,
        types.WrapperDescriptorType,
    ),
    *(types.MethodDescriptorType, types.ClassMethodDescriptorType, partial, np.ufunc, np.vectorize),
)
MAIN = "__main__"
RETURNED = -1
"""In place of a parameter's kind, for what a function returns."""


class Objects:
    """Keeps objects, and does with them what is asked.

    Args:
        ask: puts a question about a guest to the other side.
        names: gives the names of the notebook.

    Attributes:
        crossed: how often an object was kept or found, for whoever wants to know whether a message holds any.
        made: how often one was made by a recipe.
    """

    def __init__(self, ask: Ask, names: Callable[[], Mapping[str, Any]] = dict) -> None:
        self._ask, self._names = ask, names
        self._numbers: dict[int, int] = {}
        self._objects: list[Any] = []
        self._guests: dict[int, Any] = {}
        self.crossed = self.made = 0
        self._shared: dict[int, tuple[int, Any]] | None = None
        self._last_shared = 0
        self._actions: dict[str, Callable[..., Any]] = {
            "call": lambda target, /, *args, **kwargs: target(*args, **kwargs),
            "get": getattr,
            "set": setattr,
            "delete": delattr,
            "special": _special,
            "leave": _leave,
            "class": self._class,
            "await": awaited,
            "names": dir,
            "signature": self._signature,
            "source": lambda target: inspect.getsource(target)[:MAX_SOURCE],
            "base": _base,
            "copy": copy.copy,
            "deepcopy": copy.deepcopy,
            "members": _members,
            "derive": _derived,
        }

    # --- as a `Keeper` ---------------------------------------------------------------------------------------------

    def keep(self, value: Any, plain: bool) -> Kept | str | None:
        """See `Keeper.keep`: stand-ins for guests go back as such; a student's own objects stay."""
        kind = type(value)
        if Guest in kind.__mro__:
            self.crossed += 1
            return Kept(Kind.GUEST, object.__getattribute__(value, "guest_number"), known=True)
        based = False
        if plain:
            if kind.__module__ != MAIN and Enum not in kind.__mro__ and not _has_attributes(kind):
                return None
            has_plain_base = any(base in _PLAIN_BASES or forms.form_of(base) for base in kind.__mro__[1:])
            if has_plain_base and Enum not in kind.__mro__:
                based = _has_methods(kind) or _has_attributes(kind)
                if not based:
                    return None
        if len(self._objects) >= MAX_OBJECTS - 1:
            return None
        self.crossed += 1
        if isinstance(value, type):
            return Kept(Kind.HANDLE, self.number(value), Sort.CLASS)
        sort = Sort.FUNCTION if kind in FUNCTIONS else Sort.OBJECT
        return Kept(Kind.HANDLE, self.number(value), sort, self.number(kind), based)

    def find(self, kept: Kept, told: Any) -> Any:
        """See `Keeper.find`."""
        self.crossed += 1
        if kept.kind == Kind.GUEST:
            if kept.number not in self._guests:
                self._guests[kept.number] = stand_in(kept, told, self._question, self._names())
            return self._guests[kept.number]
        if kept.number > len(self._objects):
            raise CodecError("a number that is given to no object")
        return self._objects[kept.number - 1]

    @contextmanager
    def sharing(self) -> Iterator[None]:
        """Let what is written within the body be one array or figure there where it is one here."""
        self._shared = {}
        try:
            yield
        finally:
            self._shared = None

    def share(self, value: Any) -> int:
        """See `Keeper.share`."""
        if self._shared is None:
            return 0
        if id(value) not in self._shared:
            self._last_shared += 1
            self._shared[id(value)] = self._last_shared, value
        return self._shared[id(value)][0]

    def once(self, number: int, value: Any) -> Any:
        """See `Keeper.once`: what comes from the other side is a copy each time."""
        return value

    def find_in_library(self, name: str) -> Any:
        """See `Keeper.find_in_library`."""
        module, _, path = name.partition(":")
        if module == MAIN:
            name, _, member = path.partition(".")
            return self._names()[name][member] if member else self._names()[name]
        return operator.attrgetter(path)(importlib.import_module(module))

    def make(self, recipe: Recipe) -> Any:
        """See `Keeper.make`."""
        self.made += 1
        return self.find_in_library(recipe.name)(**recipe.arguments)

    def number(self, value: Any) -> int:
        """The number of an object, which stays in memory from now on."""
        number = self._numbers.get(id(value))
        if number is None:
            self._objects.append(value)
            number = self._numbers[id(value)] = len(self._objects)
        return number

    def _question(self, number: int, action: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        answer = self._ask("", codec.encode((number, action, args, kwargs), keeper=self))
        if answer.get("raised"):
            type_name, message = answer["raised"]
            raise guest_error(type_name, message, answer["again"])
        return codec.decode(answer["value"], keeper=self, paths=forms.real_path)

    # --- what may be asked -----------------------------------------------------------------------------------------

    def perform(self, action: str, target: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
        """Do one thing with an object.

        Raises:
            BaseException: whatever the object's own code raises.
        """
        return self._actions[action](target, *args, **kwargs)

    def _class(self, kind: type) -> list[tuple[Any, ...]]:
        """A class and its bases, most special first.

        Each as (number, name, module, qualified name, numbers of its own bases, its own operations, docstring, fields).
        """
        bases = [base for base in type.__dict__["__mro__"].__get__(kind) if base is not object][:MAX_CLASSES]
        return [self._told(base) for base in bases]

    def _told(self, kind: type) -> tuple[Any, ...]:
        space = type.__dict__["__dict__"].__get__(kind)
        operations = sorted(name for name in OPERATIONS & space.keys() if space[name] is not None)
        if "__hash__" in space and space["__hash__"] is None:
            operations.append("no hash")
        if "__array_interface__" in space:
            operations.append("__array__")
        doc = space.get("__doc__")
        return (
            self.number(kind),
            str(kind.__name__)[:MAX_TEXT],
            str(kind.__module__)[:MAX_TEXT],
            str(kind.__qualname__)[:MAX_TEXT],
            tuple(self.number(base) for base in kind.__bases__ if base is not object),
            operations,
            doc[:MAX_DOC] if isinstance(doc, str) else None,
            forms.fields_of(kind) if issubclass(kind, tuple) else None,
        )

    def _signature(self, target: Any) -> list[tuple[Any, ...]]:
        """Each parameter as (name, kind, whether it has a default, default, annotation); last, what is returned."""
        signature = inspect.signature(target)
        empty = inspect.Parameter.empty
        return [
            (
                name,
                int(parameter.kind),
                parameter.default is not empty,
                None if parameter.default is empty else parameter.default,
                _annotation(parameter.annotation),
            )
            for name, parameter in signature.parameters.items()
        ] + [("return", RETURNED, False, None, _annotation(signature.return_annotation))]


def _annotation(annotation: Any) -> Any:
    """A type of Python's own, or else its text; None if there is none."""
    if annotation is inspect.Parameter.empty:
        return None
    builtin = isinstance(annotation, type) and getattr(builtins, annotation.__name__, None) is annotation
    return annotation if builtin else inspect.formatannotation(annotation)[:MAX_TEXT]


_PLAIN_BASES = frozenset(
    {bool, int, float, complex, str, bytes, bytearray, list, tuple, dict, set, frozenset, np.ndarray, np.generic}
)


_CONTAINERS = frozenset({list, tuple, dict, set, frozenset})
_ADDED = OPERATIONS - UNARY - COMPARISONS - {"__getitem__", "__contains__"}
"""Operations that plain containers have not, or not so; what they hold is read as data, whatever a class says of it."""


def _has_methods(kind: type) -> bool:
    """Whether a student's class adds methods or properties to its plain base, or is a container in a way of its own."""
    contains = not _CONTAINERS.isdisjoint(kind.__mro__)
    own = (base for base in kind.__mro__ if base.__module__ == MAIN)
    return any(
        contains if name in _ADDED else name[:1] != "_" and (callable(value) or isinstance(value, property))
        for base in own
        for name, value in vars(base).items()
    )


def _has_attributes(kind: type) -> bool:
    """Whether it is a library's dictionary whose items are attributes, such as the result of an optimization."""
    return dict in kind.__mro__ and any("__getattr__" in vars(base) for base in kind.__mro__)


def _special(target: Any, name: str, *args: Any) -> Any:
    """One of Python's operations, as its class defines it."""
    if name not in OPERATIONS:
        raise TypeError(f"{name} cannot be asked for")
    if name == "__array__":
        return np.asarray(target)
    for kind in type(target).__mro__:
        if name in vars(kind):
            method = vars(kind)[name]
            method = method.__get__(target, type(target)) if hasattr(method, "__get__") else method
            if name != "__next__":
                return method(*args)
            try:
                return [method(*args)]
            except StopIteration:
                return []
    raise TypeError(f"'{type(target).__name__}' object has no {name}")


def _leave(target: Any, error: Any, type_name: str | None = None, message: str = "") -> bool:
    """Leave a `with` block, maybe by an exception."""
    if error is None and type_name is not None:
        error = guest_error(type_name, message, 0)
    return bool(_special(target, "__exit__", None if error is None else type(error), error, None))


def _base(target: Any) -> Any:
    """The plain content of an object whose class adds methods to a plain one."""
    return codec.decode(codec.encode(target))


def _derived(_: type, name: str, bases: tuple[type, ...], space: dict[str, Any]) -> type:
    """A class of a test's, of classes of the student's: its methods call the test's functions."""
    methods = {key: _method(value) if isinstance(value, GuestFunction) else value for key, value in space.items()}
    return types.new_class(name, bases, exec_body=lambda made: made.update({"__module__": MAIN, **methods}))


def _method(function: GuestFunction) -> Callable[..., Any]:
    def method(*args: Any, **kwargs: Any) -> Any:
        return function(*args, **kwargs)

    method.__name__ = str(function.__dict__["__name__"])
    return method


def _members(target: Any, most: int) -> Any:
    """What an object holds, as a dictionary if it has keys and as a list otherwise; one more than `most` is enough."""
    if hasattr(type(target), "keys"):
        return {key: target[key] for key in islice(iter(target), most + 1)}
    return list(islice(iter(target), most + 1))


def guest_error(type_name: str, message: str, again: int) -> Exception:
    """The exception of a guest, as the builtin type that fits best; `again` is what the other side knows it by."""
    error = builtin_exception(type_name, message)
    if again:
        error.autograder_number = again  # type: ignore[attr-defined]
    return error
