"""Which of several results a test looks at: found by giving it the student's for one, and the reference's otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from autograder.judge.oracle import Question
from autograder.judge.plan import TestCell
from autograder.judge.subject import Called, Meanings, TrustedSubject
from autograder.judge.testcell import run_test
from autograder.model.record import Verdict
from autograder.protocol import codec


def looks_at(test: TestCell, reference: TrustedSubject, outcomes: Mapping[Question, Called], index: int) -> bool:
    """Whether a test fails when only one result is the student's and the others are the reference's.

    Args:
        test: the test.
        reference: the reference answer.
        outcomes: what the student's functions answered.
        index: position of the result.
    """
    return run_test(test, _MixedSubject(reference, outcomes, index)).verdict is not Verdict.PASSED


class _MixedSubject:
    """Answers as the reference does, but for one of several results, which is the student's."""

    def __init__(self, reference: TrustedSubject, outcomes: Mapping[Question, Called], index: int) -> None:
        self.reference, self.outcomes, self.index = reference, outcomes, index

    def begin(self, seconds: float) -> None:
        """See `Subject.begin`."""

    def fetch(self, names: Sequence[str]) -> dict[str, bytes]:
        """See `Subject.fetch`."""
        return self.reference.fetch(names)

    def bind(self, meanings: Meanings) -> None:
        """See `Subject.bind`."""
        self.reference.bind(meanings)

    def call(self, name: str, arguments: bytes) -> Called:
        """See `Subject.call`."""
        ours, theirs = self.reference.call(name, arguments), self.outcomes.get((name, arguments))
        if theirs is None or theirs.value is None or ours.value is None:
            return ours
        mixed, given = codec.decode(ours.value), codec.decode(theirs.value)
        if not isinstance(mixed, tuple) or not isinstance(given, (tuple, list)) or len(mixed) != len(given):
            return ours
        return Called(codec.encode((*mixed[: self.index], given[self.index], *mixed[self.index + 1 :])))
