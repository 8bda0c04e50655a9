"""Landlock: the Linux kernel's way for a process to give up rights for good, called through ctypes.

A ruleset names everything it handles and allows only what is listed, so whatever is not listed is denied. Newer
kernels handle more; rights that the running kernel does not know are left out.
See https://docs.kernel.org/userspace-api/landlock.html.
"""

from __future__ import annotations

import ctypes
import os
import stat
from collections.abc import Iterable

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # the same numbers on every architecture
VERSION_FLAG = 1
RULE_PATH_BENEATH = 1

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = (1 << bit for bit in range(4))
REFER, TRUNCATE, IOCTL_DEV = 1 << 13, 1 << 14, 1 << 15
FILE_RIGHTS = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV
MAKE_CHAR, MAKE_BLOCK = 1 << 6, 1 << 11
BIND_TCP, CONNECT_TCP = 1, 2
ABSTRACT_SOCKETS, SIGNALS = 1, 2

SIGNALS_SINCE = 6
NETWORK_SINCE = 4

_libc = ctypes.CDLL(None, use_errno=True)


class _Ruleset(ctypes.Structure):
    _fields_ = (("fs", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def abi() -> int:
    """Return the version of Landlock that the kernel has; 0 where it has none."""
    version: int = _libc.syscall(CREATE_RULESET, None, ctypes.c_size_t(0), VERSION_FLAG)
    return max(version, 0)


def handled(version: int) -> int:
    """Return all file system rights that this version knows."""
    return (1 << 13) - 1 | REFER * (version >= 2) | TRUNCATE * (version >= 3) | IOCTL_DEV * (version >= 5)


def ruleset(read: Iterable[str], write: Iterable[str], devices: Iterable[str] = ()) -> int:
    """Make a ruleset and return its file descriptor, or -1 where the kernel has no Landlock.

    Args:
        read: files and folders that may be read and executed; those that do not exist are skipped.
        write: folders in which anything may be done, except making device nodes.
        devices: device files that may be read and written.

    Raises:
        OSError: the kernel refused the ruleset.
    """
    version = abi()
    if not version:
        return -1
    every = handled(version)
    attributes = _Ruleset(every, BIND_TCP | CONNECT_TCP, ABSTRACT_SOCKETS | SIGNALS)
    size = 24 if version >= SIGNALS_SINCE else 16 if version >= NETWORK_SINCE else 8
    fd = _check(_libc.syscall(CREATE_RULESET, ctypes.byref(attributes), ctypes.c_size_t(size), 0))
    for paths, allowed in (
        (read, EXECUTE | READ_FILE | READ_DIR),
        (write, every & ~(MAKE_CHAR | MAKE_BLOCK | IOCTL_DEV)),
        (devices, READ_FILE | WRITE_FILE),
    ):
        for path in paths:
            _allow(fd, path, allowed & every)
    return fd


def _allow(ruleset_fd: int, path: str, allowed: int) -> None:
    try:
        parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not stat.S_ISDIR(os.fstat(parent).st_mode):
            allowed &= FILE_RIGHTS
        rule = _PathBeneath(allowed, parent)
        _check(_libc.syscall(ADD_RULE, ruleset_fd, RULE_PATH_BENEATH, ctypes.byref(rule), 0))
    finally:
        os.close(parent)


def restrict_self(ruleset_fd: int) -> None:
    """Put the calling process under the ruleset, for good. Needs `no_new_privs`.

    Raises:
        OSError: the kernel refused.
    """
    _check(_libc.syscall(RESTRICT_SELF, ruleset_fd, 0))


def _check(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"Landlock: {os.strerror(number)}")
    return result
