"""Work on code that may do anything, in a fork of this process: what hangs or grows there costs nothing here.

Python's own signal handlers wait for a call into C to return, which some never do. So the fork's timers have no
handler: the kernel ends the fork, and the parent learns which piece of the work it was, and does without that piece.
One timer counts computing, which a busy machine does not make longer; the other ends what waits. Sleep takes no time.
"""

from __future__ import annotations

import mmap
import os
import signal
import struct
import time
from collections.abc import Callable

from autograder.judge.clean_state import bound_memory

PIECE_SECONDS = 2.0  # of computing, for one piece
WAITING_SECONDS = 120.0  # for one piece, all in all; a busy machine computes for two seconds in less
MEMORY_BYTES = 1024 * 1024 * 1024  # more than the parent has
MAX_RESTARTS = 8
_ENDED_BY = (signal.SIGPROF, signal.SIGALRM, signal.SIGSEGV, signal.SIGABRT)
_LABEL = struct.Struct("<Q")

Begin = Callable[[int], bool]
"""Told the label of the next piece of work; whether to do that piece at all."""


def made_apart(work: Callable[[Begin], bytes]) -> bytes | None:
    """The result of some work, done in a fork and without pieces that take for ever.

    Args:
        work: is given a function to be called before each piece.

    Returns:
        Nothing if too many pieces take for ever; None if the fork failed for another reason.
    """
    without: set[int] = set()
    with mmap.mmap(-1, _LABEL.size) as current:
        for _ in range(MAX_RESTARTS):
            _LABEL.pack_into(current, 0, 0)
            reader, writer = os.pipe()
            child = os.fork()
            if child == 0:
                os.close(reader)
                _be_the_fork(work, writer, current, frozenset(without))
            os.close(writer)
            with open(reader, "rb") as pipe:
                result = pipe.read()
            _, status = os.waitpid(child, 0)
            if status == 0:
                return result
            if os.WIFSIGNALED(status) and os.WTERMSIG(status) in _ENDED_BY:
                without.add(_LABEL.unpack_from(current)[0])
            else:
                return None
    return b""


def _be_the_fork(work: Callable[[Begin], bytes], writer: int, current: mmap.mmap, without: frozenset[int]) -> None:
    """Do the work, write its result, and end without a trace."""
    status, parent = 1, os.getppid()
    try:
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        vars(time)["sleep"] = lambda seconds: None
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        bound_memory(MEMORY_BYTES)

        def begin(label: int) -> bool:
            if os.getppid() != parent:
                os._exit(1)  # nobody waits for it any more
            if label in without:
                return False
            _LABEL.pack_into(current, 0, label)
            signal.setitimer(signal.ITIMER_PROF, PIECE_SECONDS)
            signal.setitimer(signal.ITIMER_REAL, WAITING_SECONDS)
            return True

        result = work(begin)
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        with open(writer, "wb") as pipe:
            pipe.write(result)
        status = 0
    finally:
        os._exit(status)
