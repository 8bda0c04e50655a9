"""Reading a runner's answers: bounded in size and in number of parts, and nothing in them is trusted."""

from __future__ import annotations

import socket
from typing import Any

import msgpack

from autograder.protocol.framing import HEADER_BYTES
from autograder.sandbox.outcomes import BadMessage

MAX_ITEMS = 200_000
PIECE_BYTES = 64 * 1024


class MessageReader:
    """Assembles messages from the bytes that arrive, without blocking.

    Args:
        channel: the runner's channel, which must not block.
        max_bytes: bound on one message.
    """

    def __init__(self, channel: socket.socket, max_bytes: int) -> None:
        self._channel, self._max_bytes = channel, max_bytes
        self._data = bytearray()

    @property
    def idle(self) -> bool:
        """Whether no part of a further message has arrived."""
        if self._data:
            return False
        try:
            return not self._channel.recv(1, socket.MSG_PEEK)
        except OSError:  # nothing has arrived, or the other end is gone
            return True

    def receive(self) -> dict[str, Any] | None:
        """Read what has arrived; return a whole message, or None if there is none yet.

        Raises:
            EOFError: the runner's end is closed.
            BadMessage: the engine does not send such a message.
        """
        try:
            piece = self._channel.recv(PIECE_BYTES)
        except BlockingIOError:
            return None
        except OSError as error:
            raise EOFError from error
        if not piece:
            raise EOFError
        self._data += piece
        return self.next()

    def next(self) -> dict[str, Any] | None:
        """Return the next whole message of what has arrived already, or None.

        Raises:
            BadMessage: the engine does not send such a message.
        """
        if len(self._data) < HEADER_BYTES:
            return None
        size = int.from_bytes(self._data[:HEADER_BYTES], "big")
        if size > self._max_bytes:
            raise BadMessage(f"a message of {size} bytes")
        end = HEADER_BYTES + size
        if len(self._data) < end:
            return None
        body = bytes(memoryview(self._data)[HEADER_BYTES:end])
        del self._data[:end]
        return unpack(body)


def unpack(body: bytes) -> dict[str, Any]:
    """Read one message.

    Raises:
        BadMessage: it is not a plain dict with a bounded number of parts.
    """
    items = 0

    def count(container: Any) -> Any:
        nonlocal items
        items += 1 + len(container)
        if items > MAX_ITEMS:
            raise BadMessage("too many parts")
        return container

    try:
        message = msgpack.unpackb(
            body,
            raw=False,
            strict_map_key=True,
            list_hook=count,
            object_hook=count,
            max_array_len=MAX_ITEMS,
            max_map_len=MAX_ITEMS,
            max_ext_len=0,
        )
    except BadMessage:
        raise
    except Exception as error:  # msgpack has many names for "this is not msgpack"
        raise BadMessage(str(error)) from error
    if not isinstance(message, dict):
        raise BadMessage("a dict was expected")
    return message
