"""The memory that a sandbox holds in all; the kernel's own limits count each process alone, and not all of it.

What no process is charged for is reckoned with by its own bounds: shared anonymous mappings by what the warm parent
granted (`autograder.runner.shared_memory`), files in memory by what their file system says, sockets by the most that
their buffers hold. The rest is small: pipes hold at most 64 MiB per user (``/proc/sys/fs/pipe-user-pages-soft``).
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from autograder.runner.shared_memory import socket_bytes

INODE_BYTES = 1024  # of the kernel's memory for each file in a tmpfs, however empty
WATCHED_KIB = ("VmPTE", "VmSwap")  # page tables, and what was swapped out


@dataclass(frozen=True)
class Uncharged:
    """Memory that a sandbox may hold besides what its processes show.

    Attributes:
        shared: bytes of shared mappings and of files in memory. Processes show the part that they have mapped.
        kernel: bytes of buffers in the kernel.
    """

    shared: int = 0
    kernel: int = 0


def used_bytes(pids: list[int], enough: int, uncharged: Uncharged) -> int:
    """Return the memory of processes together in bytes, pages that they share counted once.

    Args:
        pids: the processes.
        enough: below this the cheap sum, which counts shared pages once per process, is returned.
        uncharged: what they hold besides.
    """
    total = _sum(map(_resident, pids), uncharged)
    return total if total <= enough else _sum(map(_proportional, pids), uncharged)


def files_in_memory(folders: Iterable[str]) -> int:
    """Return the bytes that file systems in memory hold, inodes included; those that cannot be asked are left out."""
    total = 0
    for folder in folders:
        with suppress(OSError):
            status = os.statvfs(folder)
            total += (status.f_blocks - status.f_bfree) * status.f_frsize
            total += (status.f_files - status.f_ffree) * INODE_BYTES
    return total


def socket_buffers(pid: int) -> int:
    """Return the most bytes that the local sockets of a process's network namespace can hold."""
    with suppress(OSError, ValueError), open(f"/proc/{pid}/net/unix", "rb") as file:
        return max(0, file.read().count(b"\n") - 1) * socket_bytes()  # the first line is the heading
    return 0


def oom_kills() -> int:
    """Return how many processes the kernel has ended since it started because the machine had no memory left."""
    with suppress(OSError, ValueError), open("/proc/vmstat", encoding="ascii") as file:
        return next((int(line.split()[1]) for line in file if line.startswith("oom_kill ")), 0)
    return 0


def _sum(processes: Iterable[tuple[int, int]], uncharged: Uncharged) -> int:
    own, shared = 0, 0
    for own_part, shared_part in processes:
        own += own_part
        shared += shared_part
    return own + max(shared, uncharged.shared) + uncharged.kernel


def _resident(pid: int) -> tuple[int, int]:
    """Return the bytes of a process: its own and mapped files, and shared memory that it has mapped."""
    kib = _kib(f"/proc/{pid}/status")
    own = sum(kib.get(name, 0) for name in ("RssAnon", "RssFile", *WATCHED_KIB))
    return own * 1024, kib.get("RssShmem", 0) * 1024


def _proportional(pid: int) -> tuple[int, int]:
    """The same, each page divided among the processes that have it mapped, as far as the kernel tells."""
    kib = _kib(f"/proc/{pid}/smaps_rollup")
    if "Pss_Anon" not in kib:
        return _resident(pid)
    page_tables = _kib(f"/proc/{pid}/status").get("VmPTE", 0)
    own = kib["Pss_Anon"] + kib.get("Pss_File", 0) + kib.get("SwapPss", 0) + page_tables
    return own * 1024, kib.get("Pss_Shmem", 0) * 1024


def _kib(path: str) -> dict[str, int]:
    """Return the lines of a status file that end in "kB"; {} for a process that is gone or may not be asked."""
    with suppress(OSError, ValueError), open(path, encoding="ascii", errors="replace") as file:
        lines = (line.split() for line in file)
        return {line[0].rstrip(":"): int(line[1]) for line in lines if line[-1:] == ["kB"]}
    return {}
