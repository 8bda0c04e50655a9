"""A bound on memory that the kernel charges to no process: shared anonymous mappings, and buffers of sockets.

A page of such a mapping stays in memory when the process that wrote it unmaps it, gives it back (`MADV_DONTNEED`) or
ends, as long as any part of the mapping is left somewhere. No process shows it. So the sizes are added up when the
mappings are made: the system call filter stops each such ``mmap`` and asks the warm parent, which lets it pass until
the runner has been granted as much as it may use in all. Memory is never credited back; code that maps and unmaps
shared memory again and again does not occur in a notebook.

Where no network namespace lets the trusted side count the runner's sockets, ``socketpair`` is granted in the same way,
for as much as the buffers of both ends can hold.

See https://docs.kernel.org/userspace-api/seccomp_filter.html, "Userspace Notification".
"""

from __future__ import annotations

import errno
import fcntl
import os
import struct
from contextlib import suppress
from functools import cache

from autograder.runner import seccomp

RECEIVE, SEND = 0xC0502100, 0xC0182101  # SECCOMP_IOCTL_NOTIF_RECV and _SEND
REQUEST_BYTES = 80  # struct seccomp_notif: id, pid, flags, number, architecture, instruction, six arguments
CALL_AT, LENGTH_AT = 16, 40  # places of the call's number and of its second argument in it
CONTINUE = 1  # SECCOMP_USER_NOTIF_FLAG_CONTINUE, of kernel 5.5
NO_LISTENER = -1
DEFAULT_BUFFER = "/proc/sys/net/core/wmem_default"
FULL_SOCKET = 2  # times the default buffer: a message that begins to fit is taken in whole


class SharedMemory:
    """Grants shared anonymous mappings to one runner after another.

    Args:
        bound: bytes that one runner may be granted.

    Attributes:
        granted: bytes that the current runner has been granted.
        listener: file descriptor on which its filter asks, or `NO_LISTENER`.
    """

    def __init__(self, bound: int) -> None:
        self.bound = bound
        self.granted = 0
        self.listener = NO_LISTENER

    def listen(self, listener: int) -> None:
        """Answer the questions of a new runner."""
        self.close()
        self.listener = listener

    def close(self) -> None:
        """Forget the runner, which has ended."""
        if self.listener != NO_LISTENER:
            os.close(self.listener)
        self.granted, self.listener = 0, NO_LISTENER

    def answer(self) -> None:
        """Answer one question; it may have been withdrawn because its process was killed."""
        request = bytearray(REQUEST_BYTES)
        with suppress(OSError):
            fcntl.ioctl(self.listener, RECEIVE, request)
            (question,), (call,) = struct.unpack_from("=Q", request), struct.unpack_from("=i", request, CALL_AT)
            (size,) = struct.unpack_from("=Q", request, LENGTH_AT)
            if call == seccomp.number_of("socketpair"):
                size = 2 * socket_bytes()
            if self.granted + size <= self.bound:
                fcntl.ioctl(self.listener, SEND, struct.pack("=QqiI", question, 0, 0, CONTINUE))
                self.granted += size
            else:
                fcntl.ioctl(self.listener, SEND, struct.pack("=QqiI", question, 0, -errno.ENOMEM, 0))


@cache
def socket_bytes() -> int:
    """Return the most bytes that the buffer of one local socket can hold; its size cannot be changed in a runner."""
    with open(DEFAULT_BUFFER, encoding="ascii") as file:
        return FULL_SOCKET * int(file.read())
