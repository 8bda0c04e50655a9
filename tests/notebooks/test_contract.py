"""Ids, points and names of the exercises change only on purpose, and mean the same in source and release."""

from __future__ import annotations

import json

import pytest

from tests.notebooks.conftest import read
from tests.notebooks.contract import COMMAND, RECORDED, contract


def test_the_contract_is_kept() -> None:
    """What changed in a lab that is handed out already must be changed back; in a new one, record it."""
    recorded = json.loads(RECORDED.read_text(encoding="utf-8"))
    found = contract()
    assert found == recorded, f"If this change is meant, record it: {COMMAND}"
    assert list(found) == list(recorded)
    for lab, kept in recorded.items():
        assert list(found[lab]["exercises"]) == list(kept["exercises"]), "the exercises are in another order"


@pytest.mark.parametrize("kind", ["source", "release"])
def test_exercises(lab: str, kind: str) -> None:
    """Ids in the lab's order, points by exercise, and what grades them, as recorded."""
    kept = json.loads(RECORDED.read_text(encoding="utf-8"))[lab]["exercises"]
    order, written, tests = [], {}, {}
    for cell in read(kind, lab).cells:
        nbgrader = cell.metadata.get("nbgrader", {})
        exercise = cell.metadata.autograder.get("exercise")
        if nbgrader.get("solution"):
            assert nbgrader.grade_id == exercise
            order.append(exercise)
            if nbgrader.grade:
                assert cell.cell_type == "markdown"
                written[exercise] = nbgrader.points
        elif nbgrader.get("grade"):
            assert nbgrader.grade_id == f"test_{exercise}" or nbgrader.grade_id.startswith(f"test_{exercise}_")
            tests[nbgrader.grade_id] = nbgrader.points
    assert order == list(kept)
    assert written == {name: entry["points"] for name, entry in kept.items() if "points" in entry}
    assert tests == {test: worth for entry in kept.values() for test, worth in entry.get("tests", {}).items()}
