"""Work on code that may do anything: what never comes back costs its own piece only."""

from __future__ import annotations

import threading
import time

import pytest

from autograder.judge import apart
from autograder.judge.apart import Begin, made_apart


def test_what_waits_without_end_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """It does not compute, so no count of computing ends it."""
    monkeypatch.setattr(apart, "WAITING_SECONDS", 0.5)

    def work(begin: Begin) -> bytes:
        done = b""
        for label in range(3):
            if begin(label):
                if label == 1:
                    threading.Event().wait()
                done += bytes([label])
        return done

    assert made_apart(work) == bytes([0, 2])


def test_sleeping_takes_no_time() -> None:
    def work(begin: Begin) -> bytes:
        begin(0)
        time.sleep(10**6)
        return b"awake"

    assert made_apart(work) == b"awake"
