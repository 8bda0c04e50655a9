"""What a freshly forked runner does to itself before any student code runs: it gives up all rights it can, for good.

The order matters: identity first (rights are needed to give up rights), then the folder, then limits, then Landlock and
the system call filter.
"""

from __future__ import annotations

import ctypes
import fcntl
import functools
import os
import resource
import shutil
import signal
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from autograder.runner import landlock, seccomp
from autograder.runner.config import Bounds, RunnerConfig

SET_PARENT_DEATH_SIGNAL, SET_DUMPABLE, SET_NO_NEW_PRIVILEGES, SET_SUBREAPER = 1, 4, 38, 36
CAPABILITY_VERSION = 0x20080522
CHANNEL_FD = 3
CPU_SPARE_SECONDS = 5  # for code that does not end at SIGXCPU
MAPPED_ROOM = 8 << 30  # address space for libraries and files that are mapped but hardly touched

_libc = ctypes.CDLL(None, use_errno=True)


def prctl(option: int, value: int) -> None:
    """Call ``prctl``; raises `OSError` where the kernel refuses."""
    if _libc.prctl(option, ctypes.c_ulong(value), ctypes.c_ulong(0), ctypes.c_ulong(0), ctypes.c_ulong(0)):
        number = ctypes.get_errno()
        raise OSError(number, f"prctl({option}): {os.strerror(number)}")


class _CapabilityHeader(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


def drop_capabilities() -> None:
    """Give up every privilege of root, which matters where the runner could not change to another user."""
    header, no_capabilities = _CapabilityHeader(CAPABILITY_VERSION, 0), (ctypes.c_uint32 * 6)()
    if _libc.capset(ctypes.byref(header), ctypes.byref(no_capabilities)):
        number = ctypes.get_errno()
        raise OSError(number, f"capset: {os.strerror(number)}")


def open_streams() -> list[int]:
    """Open new standard streams: an empty stdin, and two files in memory for what programs and C code print.

    Their content is collected after the cell; the limit on file size bounds it.
    """
    streams = [os.open(os.devnull, os.O_RDONLY)]
    for name in ("stdout", "stderr"):
        fd = os.memfd_create(name)
        fcntl.fcntl(fd, fcntl.F_SETFL, os.O_APPEND)
        streams.append(fd)
    return streams


def keep_only(channel: int, streams: list[int]) -> None:
    """Close every file but the standard streams and the channel, which becomes `CHANNEL_FD`."""
    high = [fcntl.fcntl(fd, fcntl.F_DUPFD, CHANNEL_FD + 1) for fd in (*streams, channel)]
    for position, fd in enumerate(high):
        os.dup2(fd, position, inheritable=position < CHANNEL_FD)
    os.closerange(CHANNEL_FD + 1, 1 << 20)


def restrict(config: RunnerConfig, ruleset_fd: int, filter_code: bytes) -> int:
    """Give up identity, files, processes, network and memory beyond the limits, and change into an empty home folder.

    Args:
        config: what the trusted side sent at the start.
        ruleset_fd: Landlock ruleset, or -1.
        filter_code: seccomp program, may be empty.

    Returns:
        What `seccomp.install` returns.

    Raises:
        OSError: something could not be given up; the runner must not go on.
    """
    prctl(SET_NO_NEW_PRIVILEGES, 1)
    if config.uid is not None:
        os.setgroups([])
        os.setresgid(config.uid, config.uid, config.uid)
        os.setresuid(config.uid, config.uid, config.uid)
    drop_capabilities()
    prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)  # after setuid, which clears it
    prctl(SET_DUMPABLE, 0)
    os.umask(0o077)
    for folder in config.scratch:
        empty(folder)
    os.makedirs(config.home, mode=0o700, exist_ok=True)
    os.makedirs(config.temporary, mode=0o700, exist_ok=True)
    os.chdir(config.home)
    set_limits(config.bounds, config.other_processes)
    if ruleset_fd >= 0:
        landlock.restrict_self(ruleset_fd)
    return seccomp.install(filter_code)


def empty(folder: str) -> None:
    """Remove everything in a folder.

    Raises:
        OSError: something could not be removed, so no other submission may start here.
    """
    prefix = os.path.join(folder, f".emptied-{os.urandom(8).hex()}-")
    moved = 0
    folders = _without_files(folder)
    while folders:
        current = folders.pop()
        os.chmod(current, 0o700)
        for inner in _without_files(current):
            # Move it up before emptying it: it may be nested deeper than a path can be long.
            os.chmod(inner, 0o700)
            moved += 1
            os.rename(inner, f"{prefix}{moved}")
            folders.append(f"{prefix}{moved}")
        os.rmdir(current)


def _without_files(folder: str) -> list[str]:
    """Remove everything in a folder except its sub-folders, and return their paths; links are not followed."""
    with os.scandir(folder) as entries:
        paths = [(entry.path, entry.is_dir(follow_symlinks=False)) for entry in entries]
    for path, is_folder in paths:
        if not is_folder:
            os.unlink(path)
    return [path for path, is_folder in paths if is_folder]


def allow_plain_copies() -> None:
    """Let `shutil.copy`, `copy2` and `copytree` copy content alone where the filter refuses to set mode and times."""
    for name in ("copymode", "copystat"):
        setattr(shutil, name, _passing_over_refusals(getattr(shutil, name)))


def _passing_over_refusals(copy: Callable[..., None]) -> Callable[..., None]:
    @functools.wraps(copy)
    def copy_if_allowed(*arguments: Any, **named: Any) -> None:
        with suppress(PermissionError):
            copy(*arguments, **named)

    return copy_if_allowed


def set_limits(bounds: Bounds, other_processes: int) -> None:
    """Set the kernel's limits for this process and all that it starts.

    Args:
        bounds: what one submission may use.
        other_processes: processes and threads that count on the same limit but are not the runner's.
    """
    seconds = int(bounds.total_seconds) + 60
    for kind, value in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_DATA, bounds.memory_bytes),
        (resource.RLIMIT_AS, bounds.memory_bytes + MAPPED_ROOM),
        (resource.RLIMIT_NPROC, bounds.processes + other_processes),
        (resource.RLIMIT_NOFILE, bounds.open_files),
        (resource.RLIMIT_FSIZE, bounds.file_bytes),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        limit = value if hard == resource.RLIM_INFINITY else min(value, hard)
        # At the soft limit of processor time comes a signal of its own, at the hard one the same as from anywhere.
        spare = CPU_SPARE_SECONDS if kind == resource.RLIMIT_CPU and hard == resource.RLIM_INFINITY else 0
        resource.setrlimit(kind, (limit, limit + spare))
