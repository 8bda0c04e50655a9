"""What the students' page says about grading is what the engine does."""

from __future__ import annotations

from autograder.model.limits import Limits
from tests.docs.pages import ROOT

PAGE = (ROOT / "docs" / "students.md").read_text(encoding="utf-8")


def test_the_limits_of_time_are_the_default_ones() -> None:
    limits = Limits()
    assert f"A cell may take {limits.cell_seconds:.0f} seconds" in PAGE
    assert f"a whole notebook {limits.total_seconds / 60:.0f} minutes" in PAGE
