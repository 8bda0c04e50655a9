"""How a test of a lab can be judged."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """What trying a test on the reference answer showed."""

    OUTSIDE = "outside"  # the judge runs it, and the student's code never sees it
    BOTH = "both"  # outside, and beside the student's code as well: the judge has copies of what an object may keep
    WEAK = "weak"  # it only works in the student's process
    BROKEN = "broken"  # the reference answer does not pass it either


@dataclass(frozen=True)
class CheckedTest:
    """One test of a lab.

    Attributes:
        test: its grade id.
        standing: how it can be judged.
        reason: why not from outside, or what is broken; empty if it is judged from outside.
        line: the line of the cell at which the judge gave up; None if none did.
        advice: what to write instead; empty if nothing.
    """

    test: str
    standing: Standing
    reason: str = ""
    line: int | None = None
    advice: str = ""
