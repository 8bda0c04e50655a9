"""What student code may be given of a test's own objects, and what it may do with them.

A guest is a function or an instance that the test made itself, or a generator of random numbers. Only what is public is
there, and only results go back: no test's text, no globals, no module.
"""

from __future__ import annotations

import random
import types
from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.protocol.operations import GUEST_OPERATIONS

_GUEST_TYPES = (np.random.Generator, np.random.RandomState, random.Random)
_LIBRARY_FUNCTIONS = (types.BuiltinFunctionType, np.ufunc)
_LIBRARIES = frozenset({"builtins", "math", "cmath", "operator", "statistics", "numpy", "functools", "itertools"})


def may_be_guest(value: Any) -> bool:
    """Whether student code may be given a thing to ask: what a test made itself, and generators of random numbers."""
    if isinstance(value, types.MethodType):
        return may_be_guest(value.__self__)
    if isinstance(value, types.FunctionType):
        return value.__code__.co_filename.startswith("<")
    if isinstance(value, _GUEST_TYPES):
        return True
    if isinstance(value, types.BuiltinMethodType) and isinstance(value.__self__, _GUEST_TYPES):
        return True
    kind = value if isinstance(value, type) else type(value)
    return kind.__module__ == "__main__"


def operations(value: Any) -> str | None:
    """Python's operations that an instance has, as words; None for a function or a class, which is called."""
    if isinstance(value, (types.FunctionType, types.MethodType, types.BuiltinMethodType, type)):
        return None
    return " ".join(sorted(GUEST_OPERATIONS & {name for base in type(value).__mro__[:-1] for name in vars(base)}))


def library_name(value: Any) -> str | None:
    """The dotted name by which the other side finds a function of a library; None for anything else."""
    if not isinstance(value, _LIBRARY_FUNCTIONS) or may_be_guest(value):
        return None
    module = str(getattr(value, "__module__", None) or ("numpy" if isinstance(value, np.ufunc) else ""))
    name = str(getattr(value, "__qualname__", None) or getattr(value, "__name__", ""))
    return f"{module}:{name}" if module in _LIBRARIES and "<" not in name else None


def _get(target: Any, name: Any) -> Any:
    if type(name) is not str or name.startswith("_") or isinstance(target, types.FunctionType):
        raise AttributeError(f"'{type(target).__name__}' object has no attribute '{name}'")
    return getattr(target, name)


def _set(target: Any, name: Any, value: Any) -> None:
    if type(name) is not str or name.startswith("_") or type(target).__module__ != "__main__":
        raise AttributeError(f"'{type(target).__name__}' object has no attribute '{name}' that can be set")
    setattr(target, name, value)


def _special(target: Any, name: Any, *args: Any) -> Any:
    if name not in GUEST_OPERATIONS:
        raise TypeError("that cannot be asked for")
    method = getattr(type(target), name)
    if name != "__next__":
        return method(target, *args)
    try:
        return [method(target)]
    except StopIteration:
        return []


ACTIONS: dict[str, Callable[..., Any]] = {
    "call": lambda target, /, *args, **kwargs: target(*args, **kwargs),
    "get": _get,
    "set": _set,
    "special": _special,
}
