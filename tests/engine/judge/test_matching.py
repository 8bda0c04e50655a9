"""What speaks for and against a known mistake, and how little has to be asked to find out."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
import pytest

from autograder.judge.compare import Part
from autograder.judge.matching import MistakeMatch, match
from autograder.judge.oracle import Answers, Mistake, Question

CHEAP: Question = ("train", b"cheap")
DEAR: Question = ("train", b"dear")
WHOLE: Part = ("", "")


class Told:
    """Answers that note what they were asked."""

    def __init__(self, cheap: Any, dear: Any) -> None:
        self.all = {CHEAP: {WHOLE: cheap}, DEAR: {WHOLE: dear}}
        self.asked: list[Question] = []

    def to(self, question: Question) -> dict[Part, Any]:
        """The answer to one question."""
        self.asked.append(question)
        return self.all[question]


def matched(student: Told, mistake: Told, steady: bool = True) -> tuple[MistakeMatch | None, int]:
    """The match, and how often it was asked whether the mistake is steady."""
    looked: list[Question] = []

    def is_steady(question: Question) -> bool:
        looked.append(question)
        return steady

    found = match(
        Mistake("other", "", ("Sentence.",)),
        cast(Answers, mistake),
        cast(Answers, Told(1.0, 2.0)),
        student.all,
        [CHEAP, DEAR],
        False,
        is_steady,
        {("train", WHOLE)},
    )
    return found, len(looked)


def test_a_mistake_that_answers_alike_is_found() -> None:
    found, _ = matched(Told(5.0, 6.0), Told(5.0, 6.0))
    assert found is not None
    assert found.whole
    assert found.explained == 2


def test_one_that_differs_wherever_the_student_is_wrong_is_asked_no_more() -> None:
    mistake = Told(1.0, 6.0)
    assert matched(Told("text", 6.0), mistake) == (None, 0)
    assert mistake.asked == [CHEAP]


@pytest.mark.parametrize("odd", ["text", np.nan, np.zeros(2), None, [1.0, 2.0]])
def test_what_no_draw_can_explain_needs_no_second_stream(odd: Any) -> None:
    assert matched(Told(odd, odd), Told(3.0, 3.0), steady=False) == (None, 0)


def test_other_numbers_may_be_other_draws() -> None:
    found, looked = matched(Told(4.0, 6.0), Told(3.0, 6.0), steady=False)
    assert looked == 1
    assert found is not None
    assert found.explained == 1
