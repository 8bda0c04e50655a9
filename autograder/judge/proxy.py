"""Stand-ins for the functions that a notebook names: called by a test, they answer from the other side."""

from __future__ import annotations

import inspect
from typing import Any

from autograder.judge.mirrors import RemoteFunction, remote_for
from autograder.judge.remote import Remote, RemoteMeta, kept_of, signature_of
from autograder.judge.world import Calls, World
from autograder.protocol import codec
from autograder.protocol.keeping import Kept
from autograder.protocol.kinds import Kind
from autograder.protocol.signatures import parse_signature


class Proxy(RemoteFunction):
    """Looks like the student's function of a name to a test."""

    def __init__(self, name: str, told: codec.Function, calls: Calls, number: int = 0, of: int = 0) -> None:
        super().__init__(calls.world, Kept(Kind.HANDLE, number, of=of), codec.Function(name, told.signature))
        object.__setattr__(self, "_remote_told", told.signature)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the student's function with copies of the arguments; see `Calls.call` for what it raises."""
        if (
            self._remote_number and self._remote_world.calls.within
        ):  # within a call the name may mean what the test made of it
            return self._remote_world.ask("call", self, *args, **kwargs)
        return self._remote_world.calls.call(self.__name__, args, kwargs)

    def __getattr__(self, name: str) -> Any:
        """An attribute of the function, if the other side keeps it."""
        if not object.__getattribute__(self, "_remote_number"):
            raise AttributeError(f"'function' object has no attribute '{name}'")
        return super().__getattr__(name)

    @property
    def __doc__(self) -> Any:  # type: ignore[override]
        return self.__getattr__("__doc__") if self._remote_number else None

    @property
    def __signature__(self) -> inspect.Signature:
        if self._remote_number:
            return signature_of(self)
        if (parsed := parse_signature(object.__getattribute__(self, "_remote_told"))) is None:
            raise AttributeError("__signature__")
        return parsed


Proxy.__name__ = Proxy.__qualname__ = "function"  # a test may tell the student what type it found


def world_of(subject: Any) -> World:
    """The world of a subject, made when it is first asked for."""
    if getattr(subject, "world", None) is None:
        subject.world = World(subject, remote_for, kept_of)
    world: World = subject.world
    return world


def arrived(name: str, data: bytes, calls: Calls) -> Any:
    """The value of a name of the notebook, as a test gets it."""
    try:
        value = codec.decode(data, keeper=calls.world)
    except codec.CodecError:
        return codec.Opaque("unreadable value")
    if isinstance(value, codec.Function):
        return Proxy(name, value, calls)
    kind = type(value)
    if kind is RemoteFunction:
        told = codec.decode(data)
        return Proxy(name, told, calls, value._remote_number, value._remote_of)
    if issubclass(kind, RemoteMeta):
        type.__setattr__(value, "_remote_called", name)
    elif issubclass(kind, Remote) and callable(value):
        object.__setattr__(value, "_remote_name", name)
    return value
