"""Plain data across the boundary between runner and judge: a closed vocabulary, bounded, never pickle.

A message is a flat stream of msgpack scalars. Containers are extension headers that say how many of the following
items are theirs, so nothing in a message can make its reader allocate more than the message itself holds.

The reader (`decode`) trusts nothing: lengths must be exact, types are listed here, every other byte is a `CodecError`.
The writer (`encode`) sends the plain base of whatever it meets: a subclass of list as a list, a Series as an array,
a function as a `Function`, and what has no plain form as an `Opaque` that only tells its type.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograder.protocol.forms import ForeignPath
from autograder.protocol.keeping import Keeper
from autograder.protocol.kinds import MAX_BYTES, MAX_DEPTH, CodecError, Function, Opaque, TooLarge
from autograder.protocol.reader import Reader
from autograder.protocol.templates import OUTLINE_DEPTH, Templates
from autograder.protocol.writer import Writer

__all__ = ["CodecError", "Function", "Opaque", "TooLarge", "decode", "encode"]


def encode(
    value: object, *, max_bytes: int = MAX_BYTES, max_depth: int = MAX_DEPTH, keeper: Keeper | None = None
) -> bytes:
    """Write one value.

    Args:
        value: any object.
        max_bytes: bound on the message.
        max_depth: what is nested deeper is left out.
        keeper: keeps objects that have no plain form; without one they are only described.

    Never raises for odd objects: they become `Opaque`, and so does what is nested deeper than `max_depth`.

    Raises:
        TooLarge: the message would pass `max_bytes` or hold more than `MAX_ITEMS` items.
    """
    if keeper is None and max_depth > OUTLINE_DEPTH:
        message = _templates.encode(value)
        if message is not None and len(message) <= max_bytes:
            return message
    return _written(value, max_bytes, max_depth, keeper)


def _written(
    value: object, max_bytes: int = MAX_BYTES, max_depth: int = MAX_DEPTH, keeper: Keeper | None = None
) -> bytes:
    writer = Writer(max_bytes, max_depth, keeper)
    writer.write(value, 0)
    return b"".join(writer.parts)


_templates = Templates(_written)


def decode(
    data: bytes,
    *,
    max_bytes: int | None = None,
    max_depth: int = 3 * MAX_DEPTH,
    keeper: Keeper | None = None,
    paths: Callable[[str], Any] = ForeignPath,
) -> Any:
    """Read one value that `encode` wrote, or that somebody wants us to believe it wrote.

    Args:
        data: the message. What it makes of itself is never much larger than the message.
        max_bytes: longer messages are refused.
        max_depth: deeper nesting is refused.
        keeper: finds kept objects; without one their placeholders stand for them.
        paths: makes the paths; those of the default lead nowhere outside the working folder.

    Raises:
        CodecError: anything else, whatever it is.
    """
    if not isinstance(data, bytes) or not 0 < len(data) <= (max_bytes or len(data)):
        raise CodecError("a message must be bytes, not empty and not longer than allowed")
    if max_depth > OUTLINE_DEPTH and (template := _templates.find(data)) is not None:
        return template.read(data)
    try:
        reader = Reader(data, max_depth, keeper, paths)
        value = reader.read(0)
        reader.finish()
    except CodecError:
        raise
    except Exception as error:
        raise CodecError(f"malformed message ({type(error).__name__})") from error
    _templates.learn(value)
    return value
