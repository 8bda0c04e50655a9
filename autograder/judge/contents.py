"""What an object of a student's holds, for a test that works with plain data.

An object can say that it has three members and give none of them, or have one length now and another one later: a test
would then compare nothing. Where the reference has no object, what the student's holds is read once, as plain data, and
that one content answers everything.
"""

from __future__ import annotations

from itertools import chain, islice
from typing import Any

import numpy as np

from autograder.judge.world import World
from autograder.protocol.operations import JUDGED

MAX_MEMBERS = 100_000
_KINDS = (list, dict, np.ndarray)
_EACH_TIME = frozenset({"__iter__", "__next__"})
_ITERABLE = frozenset({"__iter__", "__getitem__"})


def told(remote: Any, operation: str, *args: Any) -> Any:
    """One of Python's operations, as the content does it; otherwise always what the object said first.

    Raises:
        TypeError: the content cannot do it.
    """
    if not _has_content(remote):
        if operation in JUDGED:
            raise TypeError(f"a {type(remote).__name__} has no members")
        return _first(remote, "special", operation, *args)
    content = _content(remote)
    method = getattr(type(content), operation, None)
    if method is None and operation == "__array__":
        return np.asarray(content)
    if method is None and operation != "__bool__":
        raise TypeError(f"a {type(content).__name__} has no {operation}")
    return bool(content) if method is None else method(content, *args)


def compared(remote: Any, operation: str, *args: Any) -> Any:
    """A comparison or arithmetic with the content of an object whose class has a plain base."""
    content = _content(remote)
    return getattr(type(content), operation, lambda *_: NotImplemented)(content, *args)


def iterated(remote: Any) -> Any:
    """The members that an object of the student's gives, as many as it says it has if the reference's does so.

    Raises:
        TypeError: it gives more or fewer.
    """
    world: World = object.__getattribute__(remote, "_remote_world")
    members: Any = world.ask("special", remote, "__iter__")
    if not {"__iter__", "__len__"} <= _able(remote) or "__next__" in _able(remote):
        return members
    count = world.ask("special", remote, "__len__")
    first = list(islice(members, count + 1)) if type(count) is int and 0 <= count < MAX_MEMBERS else []
    if world.calls.allowed is None:
        if len(first) == count:
            world.calls.may_hand_in("count members")
    elif len(first) != count and world.calls.may_hand_in("count members"):
        raise TypeError(f"a {type(remote).__name__} says that it has {count} members and gives {len(first)}")
    return chain(first, members)


def attribute(remote: Any, name: str) -> Any:
    """An attribute, of the content if such a content has it; otherwise always what the object said first."""
    if not name.startswith("__") and _has_content(remote):
        based = object.__getattribute__(remote, "_remote_based")
        if (based or any(hasattr(kind, name) for kind in _KINDS)) and hasattr(_content(remote), name):
            return getattr(_content(remote), name)
        if hasattr(np.ndarray, name) and type(_content(remote)) is list:
            array = np.asarray(_content(remote))
            if array.dtype.kind != "O":
                return getattr(array, name)
    return _first(remote, "get", name)


def _has_content(remote: Any) -> bool:
    able = _able(remote)
    return object.__getattribute__(remote, "_remote_based") or (
        "__next__" not in able and ("__array__" in able or not _ITERABLE.isdisjoint(able))
    )


def _able(remote: Any) -> frozenset[str]:
    """The operations that the classes of an object define."""
    return frozenset().union(*(vars(base).get("_remote_able", ()) for base in type(remote).__mro__))


def _content(remote: Any) -> Any:
    kept = _kept(remote)
    if "content" not in kept:
        world: World = object.__getattribute__(remote, "_remote_world")
        if object.__getattribute__(remote, "_remote_based"):
            kept["content"] = world.ask("base", remote)
        else:
            kept["content"] = _read(world, remote)
    return kept["content"]


def _read(world: World, remote: Any) -> Any:
    if "__array__" in _able(remote):
        found = world.ask("special", remote, "__array__")
        if type(found) is np.ndarray:
            return found
    found = world.ask("members", remote, MAX_MEMBERS)
    if type(found) not in (list, dict) or len(found) > MAX_MEMBERS:
        raise TypeError(f"a {type(remote).__name__} that cannot be read to its end")
    return found


def _first(remote: Any, action: str, name: str, *args: Any) -> Any:
    """What an object said when it was asked this for the first time."""
    world: World = object.__getattribute__(remote, "_remote_world")
    if args or name in _EACH_TIME:
        return world.ask(action, remote, name, *args)
    kept = _kept(remote)
    if name not in kept:
        kept[name] = world.ask(action, remote, name)
    return kept[name]


def _kept(remote: Any) -> dict[str, Any]:
    """What is known of an object, here."""
    space: dict[str, Any] = object.__getattribute__(remote, "__dict__")
    kept: dict[str, Any] = space.setdefault("_remote_kept", {})
    return kept
