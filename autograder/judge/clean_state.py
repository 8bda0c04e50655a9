"""One test's surroundings in the judge: bounded in time and memory, and put back as they were afterwards."""

from __future__ import annotations

import os
import random
import resource
import signal
import sys
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from functools import cache
from io import TextIOBase
from types import FrameType
from typing import Any, cast

import numpy as np

MAX_PRINTED = 10_000


class Bounded(TextIOBase):
    """Keeps the first characters of what is printed."""

    def __init__(self) -> None:
        self.text = ""

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, text: str) -> int:
        """Keep what fits."""
        self.text += text[: MAX_PRINTED - len(self.text)]
        return len(text)


class TimeUp(BaseException):
    """The judge itself worked too long on one test."""


@contextmanager
def clean_state() -> Iterator[Bounded]:
    """Run one test, or other trusted code, and undo what it did to this process.

    Random numbers start from the same seed every time. Warnings are not shown, printed text is kept.
    """
    printed = Bounded()
    with ExitStack() as undo:
        undo.callback(os.chdir, os.getcwd())
        undo.enter_context(np.errstate())
        undo.enter_context(np.printoptions())
        undo.enter_context(warnings.catch_warnings())
        undo.enter_context(redirect_stdout(printed))
        undo.enter_context(redirect_stderr(Bounded()))
        if "matplotlib.pyplot" in sys.modules:
            undo.callback(_put_pictures_back, _settings(), frozenset(sys.modules["matplotlib.pyplot"].get_fignums()))
        warnings.simplefilter("ignore")
        start_drawing()
        yield printed


_FRESH = random.Random(0).getstate()


def start_drawing() -> None:
    """Let Python's and NumPy's global generators begin as seed 0 lets them."""
    np.random.seed(0)
    random.setstate(_FRESH)  # which takes half as long as seeding


@cache
def _settings() -> dict[str, Any]:
    """Matplotlib's settings as the first test found them."""
    import matplotlib

    return dict.copy(cast(Any, matplotlib.rcParams))


def _put_pictures_back(settings: dict[str, Any], figures: frozenset[int]) -> None:
    import matplotlib
    from matplotlib import pyplot

    for number in pyplot.get_fignums():
        if number not in figures:
            pyplot.close(number)
    now: Any = matplotlib.rcParams
    if list(dict.values(now)) != list(settings.values()):  # takes less than comparing what is looked up
        dict.update(now, settings)


@contextmanager
def alarm(seconds: float) -> Iterator[None]:
    """Raise `TimeUp` in the body after so many seconds; only the main thread can."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(number: int, frame: FrameType | None) -> None:
        raise TimeUp

    before, started = signal.signal(signal.SIGALRM, ring), time.monotonic()
    outer, _ = signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        if outer:  # an alarm around this one still rings, late rather than never
            signal.setitimer(signal.ITIMER_REAL, max(outer - (time.monotonic() - started), 0.001))


@contextmanager
def no_alarm() -> Iterator[None]:
    """Stop the clock of an alarm around the body: what is made here is made once, and not on this test's time."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    left, _ = signal.setitimer(signal.ITIMER_REAL, 0)
    try:
        yield
    finally:
        if left:
            signal.setitimer(signal.ITIMER_REAL, left)


@contextmanager
def memory(extra_bytes: int) -> Iterator[None]:
    """Let the body reserve at most so much more memory: a blown-up array is a MemoryError, not the machine's end."""
    before = bound_memory(extra_bytes)
    try:
        yield
    finally:
        if before is not None:
            resource.setrlimit(resource.RLIMIT_AS, before)


def bound_memory(extra_bytes: int) -> tuple[int, int] | None:
    """Let this process reserve at most so much more memory; give the limits before, None where it cannot be counted."""
    try:
        with open("/proc/self/statm", encoding="ascii") as statm:
            used = int(statm.read().split()[0]) * resource.getpagesize()
        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        bound = used + extra_bytes
        resource.setrlimit(resource.RLIMIT_AS, (bound if soft == resource.RLIM_INFINITY else min(bound, soft), hard))
    except (OSError, ValueError):
        return None
    return soft, hard
