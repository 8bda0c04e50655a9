"""Labs of one exercise, made for one test."""

from __future__ import annotations

import json
from typing import Any

from autograder.judge.session import SessionOutcome, run_session
from autograder.model.lab import Lab
from autograder.model.limits import Limits
from autograder.model.record import Record
from tests.engine.fixtures import mini_lab
from tests.engine.judge.fake import FakeRunner


def lab_of(
    *tests: str,
    answer: str,
    mistakes: dict[str, str] | None = None,
    setup: str = "import numpy as np",
    points: float = 2,
    **ours: Any,
) -> Lab:
    """A lab with the exercise `task` and as many test cells as given, `test_task_0` and so on."""
    cells = [
        mini_lab.code_cell("setup", setup, "locked", mini_lab.nbgrader_metadata("setup", locked=True)),
        mini_lab.answer_cell("task", answer),
        *(mini_lab.graded_cell("task", test, points, str(i)) for i, test in enumerate(tests)),
    ]
    for cell in cells[2:]:
        cell["metadata"]["autograder"] |= ours
    release = json.loads(json.dumps(cells))
    release[1]["source"] = mini_lab.STUB
    return Lab(
        name="made_up",
        source=json.dumps(mini_lab.notebook(cells)),
        release=json.dumps(mini_lab.notebook(release)),
        mistakes={"task": mistakes or {}},
    )


def session_of(lab: Lab, answer: str, runner: Any = FakeRunner, **limits: Any) -> SessionOutcome:
    """Grade one answer to a lab of one exercise."""
    notebook = json.loads(lab.release)
    for cell in notebook["cells"]:
        if cell["metadata"]["autograder"]["role"] == "answer":
            cell["source"] = answer
    return run_session(notebook, lab, runner, Limits(**limits))


def record_of(lab: Lab, answer: str, **more: Any) -> Record:
    """The record of the first test."""
    return session_of(lab, answer, **more).records[0]
