"""How a test of a lab can be judged."""

from __future__ import annotations

from enum import StrEnum


class Standing(StrEnum):
    """What trying a test on the reference answer showed."""

    OUTSIDE = "outside"  # the judge runs it, and the student's code never sees it
    WEAK = "weak"  # it only works in the student's process
    BROKEN = "broken"  # the reference answer does not pass it either
