"""What student code may be given of a test's own objects, and what it may do with them.

A guest is a function or an instance that the test made itself, or a generator of random numbers. Only what is public is
there, and only results go back: no test's text, no globals, no module.
"""

from __future__ import annotations

import inspect
import random
import sys
import types
from collections.abc import Callable, Mapping
from enum import Enum
from functools import partial
from typing import Any

import numpy as np

from autograder.judge.packages import is_own
from autograder.protocol.keeping import Recipe
from autograder.protocol.operations import GUEST_OPERATIONS, IS

_GUEST_TYPES = (np.random.Generator, np.random.RandomState, random.Random)
_LIBRARY_FUNCTIONS = (types.BuiltinFunctionType, np.ufunc)
_LIBRARIES = frozenset({"builtins", "math", "cmath", "operator", "statistics", "numpy", "functools", "itertools"})


def may_be_guest(value: Any) -> bool:
    """Whether student code may be given a thing to ask: what a test made itself, and generators of random numbers."""
    if isinstance(value, types.MethodType):
        return may_be_guest(value.__self__)
    if isinstance(value, types.FunctionType):
        return value.__code__.co_filename.startswith("<") or is_own(value.__module__ or "")
    if isinstance(value, _GUEST_TYPES) or is_mock(value):
        return True
    if isinstance(value, types.BuiltinMethodType) and isinstance(value.__self__, _GUEST_TYPES):
        return True
    kind = value if isinstance(value, type) else type(value)
    return kind.__module__ == "__main__" or is_own(kind.__module__ or "")  # SymPy makes classes without a module


def is_mock(value: Any) -> bool:
    """Whether it is one of `unittest.mock`."""
    mock = sys.modules.get("unittest.mock")
    return mock is not None and isinstance(value, mock.NonCallableMock)


def operations(value: Any) -> str | None:
    """Python's operations that an instance has, as words; None for a function or a class, which is called."""
    if isinstance(value, (types.FunctionType, types.MethodType, types.BuiltinMethodType, type)):
        return None
    return " ".join(sorted(GUEST_OPERATIONS & {name for base in type(value).__mro__[:-1] for name in vars(base)}))


def kinds(value: Any, given: Mapping[str, type]) -> list[str]:
    """The classes that the lab gives of which it is an instance, as words."""
    return [f"{IS}{base.__name__}" for base in type(value).__mro__ if given.get(base.__name__) is base]


def library_name(value: Any) -> str | None:
    """The dotted name by which the other side finds a function of a library; None for anything else."""
    if not isinstance(value, _LIBRARY_FUNCTIONS) or may_be_guest(value):
        return None
    module = str(getattr(value, "__module__", None) or ("numpy" if isinstance(value, np.ufunc) else ""))
    name = str(getattr(value, "__qualname__", None) or getattr(value, "__name__", ""))
    return f"{module}:{name}" if module in _LIBRARIES and "<" not in name else None


def recipe(value: Any) -> Recipe | None:
    """How the other side makes an estimator of scikit-learn that is not fitted yet; None for anything else."""
    base = sys.modules.get("sklearn.base")
    kind = type(value)
    if base is None or not isinstance(value, base.BaseEstimator) or not kind.__module__.startswith("sklearn."):
        return None
    if any(name.endswith("_") and not name.startswith("_") for name in vars(value)):
        return None
    return Recipe(f"{kind.__module__}:{kind.__qualname__}", value.get_params(deep=False))


def given_name(value: Any, given: Mapping[str, type]) -> str | None:
    """The dotted name of a class that the lab gives, or of a member of such an enumeration; None for anything else.

    The other side has them as well, from the same cell.
    """
    kind = value if isinstance(value, type) else type(value)
    if given.get(kind.__name__) is not kind:
        return None
    if kind is value:
        return f"__main__:{kind.__name__}"
    return f"__main__:{kind.__name__}.{value.name}" if isinstance(value, Enum) and value.name else None


def _is_record(target: Any, name: Any) -> bool:
    """Whether it is what a mock keeps for the test: how often it was called, and what it is to answer."""
    return is_mock(target) and name in dir(sys.modules["unittest.mock"].Mock)


def _get(target: Any, name: Any) -> Any:
    if (
        _is_record(target, name)
        or type(name) is not str
        or name.startswith("_")
        or isinstance(target, types.FunctionType)
    ):
        raise AttributeError(f"'{type(target).__name__}' object has no attribute '{name}'")
    return getattr(target, name)


def _set(target: Any, name: Any, value: Any) -> None:
    kind = type(target)
    ours = kind.__module__ == "__main__" or is_own(kind.__module__ or "")
    may = not _is_record(target, name) if is_mock(target) else ours
    if type(name) is not str or name.startswith("_") or not may or _is_method(kind, name):
        raise AttributeError(f"'{type(target).__name__}' object has no attribute '{name}' that can be set")
    setattr(target, name, value)


def _is_method(kind: type, name: str) -> bool:
    """Whether the class defines what the test calls by this name: that stays the test's own."""
    return not isinstance(found := inspect.getattr_static(kind, name, None), property) and callable(found)


def _special(target: Any, name: Any, *args: Any) -> Any:
    if name not in GUEST_OPERATIONS:
        raise TypeError("that cannot be asked for")
    method = partial(_of_mock, name) if is_mock(target) else getattr(type(target), name)
    if name != "__next__":
        return method(target, *args)
    try:
        return [method(target)]
    except StopIteration:
        return []


def _of_mock(name: str, target: Any, *args: Any) -> Any:
    return getattr(target, name)(*args)  # a mock's operations belong to the mock itself, not to its class


ACTIONS: dict[str, Callable[..., Any]] = {
    "call": lambda target, /, *args, **kwargs: target(*args, **kwargs),
    "get": _get,
    "set": _set,
    "special": _special,
}
