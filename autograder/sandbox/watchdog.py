"""The memory that the processes of a sandbox use together; the kernel's own limits count each process alone."""

from __future__ import annotations

import os
from contextlib import suppress

PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


def used_bytes(pids: list[int], enough: int) -> int:
    """Return the memory of processes together in bytes, pages that they share counted once.

    Args:
        pids: the processes.
        enough: below this the cheap sum, which counts shared pages once per process, is returned.
    """
    total = sum(map(_resident, pids))
    return total if total <= enough else sum(map(_proportional, pids))


def _resident(pid: int) -> int:
    with suppress(OSError, ValueError, IndexError), open(f"/proc/{pid}/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * PAGE_BYTES
    return 0


def _proportional(pid: int) -> int:
    with suppress(OSError, ValueError), open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as file:
        for line in file:
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return _resident(pid)
