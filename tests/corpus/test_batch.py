"""One hostile or broken submission among ten changes nothing for the other nine."""

from __future__ import annotations

import pytest

from autograder.grading.worker_client import GraderProcess
from autograder.model.record import Submission
from tests.corpus.case import WRONG_SCALE, WRONG_SQUARE, Case, hand_in
from tests.corpus.cases import all_cases
from tests.corpus.conftest import Grade, in_time
from tests.corpus.test_corpus import outputs_of

HOSTILE = (
    "fork bomb caught",
    "daemon",
    "own folder locked",
    "odd files left",
    "huge files in shared memory",
    "kill all",
    "memory of many processes",
    "rubbish on the channel",
    "builtins emptied",
    "stop the process",
    "archive bomb beside it",
    "loop that cannot be interrupted",
)
"""Those that leave the most behind."""

NINE = [
    hand_in(),
    hand_in(WRONG_SQUARE),
    hand_in(scale=WRONG_SCALE),
    hand_in(None),
    hand_in("def square(x)\n    return x"),
    hand_in("def square(x):\n    return 2 * x"),
    hand_in("def square(x):\n    raise ValueError(x)"),
    hand_in(None, None),
    hand_in(first="import os\nprint(sorted(os.listdir('.')), os.listdir('/tmp'))"),
]


@pytest.fixture(scope="module")
def alone(grade: Grade) -> list[object]:
    """What the nine get when nobody disturbs them."""
    return [fingerprint(grade, one) for one in NINE]


@pytest.mark.parametrize("name", HOSTILE)
def test_nine_after_a_hostile_one(name: str, grade: Grade, grader: GraderProcess, alone: list[object]) -> None:
    """In the same worker, right after it: verdicts, points, sentences, and outputs are the same."""
    case: Case = next(one for one in all_cases() if one.name == name)
    grade(case.submission)
    assert [fingerprint(grade, one) for one in NINE] == alone
    assert grader.process is not None
    assert grader.process.poll() is None


def fingerprint(grade: Grade, submission: Submission) -> object:
    """All of a result that may not depend on who was graded before."""
    result = in_time(lambda: grade(submission))
    records = [{**record.to_dict(), "seconds": 0} for record in result.records]
    return records, result.sightings, result.repairs, result.problem, outputs_of(result)
