"""What the judge's tests share: the made-up lab, importable packages, a way to grade answers."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from autograder.judge.packages import installed
from autograder.judge.session import SessionOutcome, run_session
from autograder.model.lab import Lab
from autograder.model.limits import Limits
from autograder.model.record import Record
from tests.engine.fixtures import mini_lab
from tests.engine.judge.fake import FakeRunner
from tests.engine.judge.oracles import oracle_of


@pytest.fixture(scope="session")
def lab() -> Lab:
    """The made-up lab."""
    return mini_lab.mini_lab()


@pytest.fixture(autouse=True)
def _packages(lab: Lab) -> Iterator[None]:
    with installed(lab.packages):
        yield


Grade = Callable[..., SessionOutcome]


@pytest.fixture
def grade(lab: Lab) -> Grade:
    """Grade answers (exercise -> text) with fake runners."""

    def run(answers: dict[str, str], *, lab: Lab = lab, runner: Any = FakeRunner, **limits: Any) -> SessionOutcome:
        notebook = copy.deepcopy(mini_lab.answered(answers))
        return run_session(notebook, oracle_of(lab), runner, Limits(**limits))

    return run


def by_test(outcome: SessionOutcome) -> dict[str, Record]:
    """Records by the name of their test."""
    return {record.test: record for record in outcome.records}
