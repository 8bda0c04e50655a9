"""Which parts of a result are parts of the arguments or of the result itself, or look into their memory.

What crosses is a copy, so a test could not tell a function that returns its argument from one that copies it: nothing
that the test then does to the result would reach the argument.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

MAX_PARTS = 2_000  # that are looked at on either side
MAX_TOLD = 100
MAX_STEPS = 20
_CONTAINERS = (list, dict, set, bytearray)
RESULT = -1
"""In place of an argument's position, for a part of the result that is there more than once."""

Path = tuple[Any, ...]
"""Key of an argument (for a result: nothing), then the position in each list, tuple or dictionary on the way."""
Alias = tuple[Path, Path, tuple[Any, ...]]
"""Path in the result, path in the arguments; of an array that looks into another's memory offset, shape and strides."""


def aliases_in(result: Any, arguments: Mapping[Any, Any]) -> list[Alias]:
    """The parts of a result that are the arguments' own, or that were met in it before.

    Args:
        result: what a call gave.
        arguments: position or name -> what it was called with.
    """
    if _is_new(result, arguments.values()):
        return []
    known: dict[int, Path] = {}
    arrays: list[tuple[Path, np.ndarray]] = []
    for key, argument in arguments.items():
        for path, part in _parts(argument, (key,)) if _may_hold(argument) else ():
            known.setdefault(id(part), path)
            if type(part) is np.ndarray and part.flags.c_contiguous and not part.dtype.hasobject:
                arrays.append((path, part))
    found: list[Alias] = []
    for path, part in _parts(result, (), known):
        if id(part) in known:
            found.append((path, known[id(part)], ()))
            continue
        known[id(part)] = RESULT, *path
        if type(part) is np.ndarray:
            found += ((path, of, view) for of, whole in arrays if (view := _view(part, whole)))
        if len(found) >= MAX_TOLD:
            break
    return found


def _is_new(result: Any, arguments: Collection[Any]) -> bool:
    """Whether a result is numbers or arrays of its own, as most are: seen without looking at every part."""
    kind = type(result)
    if kind is float or not _may_hold(result):
        return True
    parts = result if kind is tuple else (result,)
    if not all((type(part) is np.ndarray and part.base is None) or not _may_hold(part) for part in parts):
        return False
    if any(_may_hold(argument) and type(argument) is not np.ndarray for argument in arguments):
        return False
    arrays = [id(part) for part in parts if type(part) is np.ndarray]
    return len(set(arrays)) == len(arrays) and not {id(argument) for argument in arguments} & set(arrays)


def substituted(result: Any, told: Any, arguments: Mapping[Any, Any]) -> Any:
    """A result with the arguments' own parts in it; what was told is not trusted, and passed over where it is odd."""
    for path, of, view in told:
        try:
            own = _at(result if of[0] == RESULT else arguments[of[0]], of[1:])
            part = _at(result, path)
            if view:
                offset, shape, strides = view
                own = np.ndarray(shape, part.dtype, own, offset, strides) if own.flags.c_contiguous else part
            if type(own) is type(part):
                result = _replaced(result, path, own)
        except (LookupError, TypeError, ValueError, AttributeError):
            continue
    return result


def _parts(value: Any, path: Path, closed: Mapping[int, Path] = MappingProxyType({})) -> Iterator[tuple[Path, Any]]:
    """Everything that can be changed in a value, from the outside in; nothing within what is `closed`."""
    left, seen = [(path, value)], 0
    while left and seen < MAX_PARTS:
        path, part = left.pop()
        seen += 1
        kind, inside = type(part), id(part) not in closed
        if kind is not tuple:
            yield path, part
        if not inside or len(path) > MAX_STEPS:
            continue
        if kind is list or kind is tuple:
            left += (((*path, at), inner) for at, inner in enumerate(part[:MAX_PARTS]) if _may_hold(inner))
        elif kind is dict:
            left += (((*path, at), inner) for at, inner in enumerate(part.values()) if _may_hold(inner))


def _may_hold(value: Any) -> bool:
    kind = type(value)
    return kind is np.ndarray or kind is tuple or kind in _CONTAINERS or kind.__module__.partition(".")[0] == "pandas"


def _view(part: np.ndarray, whole: np.ndarray) -> tuple[Any, ...]:
    if part.base is None or part.dtype != whole.dtype or not part.size or not np.may_share_memory(part, whole):
        return ()
    offset = part.__array_interface__["data"][0] - whole.__array_interface__["data"][0]
    return offset, part.shape, part.strides


def _at(value: Any, path: Path) -> Any:
    for step in path:
        value = list(value.values())[step] if type(value) is dict else value[step]
    return value


def _replaced(value: Any, path: Path, own: Any) -> Any:
    if not path:
        return own
    inner = _replaced(_at(value, path[:1]), path[1:], own)
    if type(value) is tuple:
        return (*value[: path[0]], inner, *value[path[0] + 1 :])
    value[list(value)[path[0]] if type(value) is dict else path[0]] = inner
    return value
