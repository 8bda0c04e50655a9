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
from tests.engine.judge.oracles import oracle_of


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
    return run_session(notebook, oracle_of(lab), runner, Limits(**limits))


def record_of(lab: Lab, answer: str, **more: Any) -> Record:
    """The record of the first test."""
    return session_of(lab, answer, **more).records[0]


CHAIN_SETUP = "import numpy as np\nbase = 10\ndef halved(x): return x / 2"
CHAIN = {
    "square": "def square(x): return x * x",
    "area": "def area(r): return 3 * square(r)",
    "volume": "def volume(r): return area(r) * r",
    "total": "total = sum(area(r) for r in (1, 2, 3))",
    "final": "def final(x): return halved(total) + base * x",
}
CHAIN_TESTS = {
    "square": "for x in (1, 3, 5):\n    assert square(x) == x * x, f'square({x})'",
    "area": "for r in (1, 2, 5):\n    assert area(r) == 3 * r * r, f'area({r})'",
    "volume": "for r in (1, 2, 5):\n    assert volume(r) == 3 * r**3, f'volume({r})'",
    "total": "assert total == 42, 'total'",
    "final": "assert final(1) == 31, 'final'",
}
CHAIN_MISTAKES = {
    "square": {"doubled": '"""You doubled x."""\ndef square(x): return 2 * x'},
    "area": {"factor_lost": '"""The factor is lost."""\ndef area(r): return square(r)'},
}


def chain_lab() -> Lab:
    """Exercises of which each builds on the one before it."""
    cells = [mini_lab.code_cell("setup", CHAIN_SETUP, "locked", mini_lab.nbgrader_metadata("setup", locked=True))]
    for name, answer in CHAIN.items():
        cells += [mini_lab.answer_cell(name, answer), mini_lab.graded_cell(name, CHAIN_TESTS[name], 1)]
    release = json.loads(json.dumps(cells))
    for cell in release:
        if cell["metadata"]["autograder"]["role"] == "answer":
            cell["source"] = mini_lab.STUB
    source = mini_lab.notebook(cells)
    return Lab("chain", json.dumps(source), json.dumps(mini_lab.notebook(release)), mistakes=CHAIN_MISTAKES)
