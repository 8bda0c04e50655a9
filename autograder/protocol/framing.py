"""Length-prefixed msgpack messages over a stream socket, for processes that trust what they receive."""

from __future__ import annotations

import socket
from typing import Any

import msgpack

HEADER_BYTES = 8
MAX_BYTES = 1 << 30


def send(channel: socket.socket, message: Any) -> None:
    """Send one message.

    Raises:
        OSError: the other side is gone.
    """
    body = msgpack.packb(message, use_bin_type=True)
    channel.sendall(len(body).to_bytes(HEADER_BYTES, "big") + body)


def receive(channel: socket.socket) -> Any:
    """Receive one message.

    Raises:
        EOFError: the other side closed the channel.
        TimeoutError: the socket's time-out passed.
    """
    size = int.from_bytes(_read(channel, HEADER_BYTES), "big")
    if size > MAX_BYTES:
        raise EOFError(f"a message of {size} bytes is longer than any that the engine sends")
    return msgpack.unpackb(_read(channel, size), raw=False, strict_map_key=False, max_bin_len=size, max_str_len=size)


def _read(channel: socket.socket, size: int) -> bytearray:
    data = bytearray(size)
    view, have = memoryview(data), 0
    while have < size:
        count = channel.recv_into(view[have:])
        if not count:
            raise EOFError("the other side closed the channel")
        have += count
    return data
