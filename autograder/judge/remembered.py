"""Calls of trusted functions made once: a cell that trains for seconds would else train anew for each mistake in it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from autograder.judge.plain_values import is_plain
from autograder.protocol import codec


class Remembered:
    """Functions that give the same result for the same arguments, of which only the first call is made.

    A call is remembered if plain data goes in and comes out, and it leaves its arguments as they are.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[str, bytes], bytes] = {}

    def wrapped(self, namespace: Mapping[str, Any]) -> dict[str, Any]:
        """The functions among these names, each with a memory."""
        return {name: self._wrapped(name, value) for name, value in namespace.items() if inspect.isfunction(value)}

    def _wrapped(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        signature = inspect.signature(function)

        @wraps(function)
        def call(*args: Any, **kwargs: Any) -> Any:
            try:
                bound = signature.bind(*args, **kwargs)
            except TypeError:
                return function(*args, **kwargs)
            given = (bound.args, tuple(bound.kwargs.items()))
            if not is_plain(given, depth=4):
                return function(*args, **kwargs)
            key = name, codec.encode(given)
            if key not in self._known:
                value = function(*args, **kwargs)
                if not is_plain(value) or codec.encode(given) != key[1]:
                    return value
                self._known[key] = codec.encode(value)
            return codec.decode(self._known[key])

        return call
