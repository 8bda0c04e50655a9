"""Functions of the lab's own that stand in for a student's: each call is a question to the trusted side.

No text of a reference answer is ever here. What a call passes, and what it gets back, is plain data.
"""

from __future__ import annotations

import builtins
import inspect
from collections.abc import Mapping
from typing import Any

from autograder.protocol import codec
from autograder.protocol.boxes import opened
from autograder.protocol.signatures import parse_signature
from autograder.runner.guests import Ask


class ProvidedFunction:
    """Looks like a function to the student's code.

    Args:
        name: the function's name.
        signature: its parameters, as in `codec.Function`.
        ask: reaches the trusted side.
        boxes: answers that need not be asked for.
    """

    def __init__(self, name: str, signature: str, ask: Ask, boxes: Mapping[bytes, bytes] | None = None) -> None:
        self.__name__ = self.__qualname__ = name
        self.__doc__ = None
        self._ask, self._boxes = ask, boxes
        if parsed := parse_signature(signature):
            self.__signature__: inspect.Signature = parsed

    def __repr__(self) -> str:
        return f"<function {self.__name__}>"

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the lab's own function.

        Raises:
            Exception: what it raised, as the builtin type that fits best.
        """
        arguments = codec.encode((args, kwargs))
        if self._boxes and (known := opened(self._boxes, self.__name__, arguments)) is not None:
            return codec.decode(known)
        answer = self._ask(self.__name__, arguments)
        if answer.get("raised"):
            raise builtin_exception(*answer["raised"])
        return codec.decode(answer["value"])


def builtin_exception(type_name: str, message: str) -> Exception:
    """An exception of the other side, as the builtin type of that name if there is one."""
    kind = getattr(builtins, type_name, None)
    if isinstance(kind, type) and issubclass(kind, Exception) and not issubclass(kind, UnicodeError):
        return kind(message)
    return RuntimeError(message)
