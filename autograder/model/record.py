"""What grading decided: the only thing in the project that gives points.

A missing record means "needs review", never full marks and never a silent zero.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

TIMESTAMP, SECRET = "timestamp.txt", "submission_secret.txt"
"""Files that nbgrader's exchange adds to a submission; the second names the feedback page in the exchange."""
EXCHANGE_FILES = frozenset({TIMESTAMP, SECRET})


class Verdict(StrEnum):
    """The closed vocabulary of outcomes of one test."""

    PASSED = "passed"
    FAILED = "failed"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    OUTPUT = "output"
    CRASH = "crash"
    NOT_ANSWERED = "not answered"
    NOT_GRADABLE = "not gradable"  # our fault or an unreadable file, never "wrong answer"


@dataclass(frozen=True)
class Record:
    """The verdict on one test cell.

    Attributes:
        lab: name of the lab, e.g. ``01_single_neuron``.
        exercise: id of the exercise, e.g. ``sigmoid``.
        test: grade id of the test cell, e.g. ``test_sigmoid``.
        verdict: one of `Verdict`.
        points: points given, ``None`` exactly when the verdict is ``NOT_GRADABLE``.
        max_points: points of the test cell.
        message: sentences for the student; never the text of a hidden test or of an answer.
        seconds: wall time of the test cell.
        mistake: name of the catalogued mistake that the answer behaves like, if any.
        follows: names of earlier answers that did not pass and that this answer used.
        carried: exercises for which the lab's own answers stood in, or earlier results of the same answer from which
            this one follows: it counts, because the error was made there.
        weak: whether the test ran beside the student's code, which could have made it pass.
    """

    lab: str
    exercise: str
    test: str
    verdict: Verdict
    points: float | None
    max_points: float
    message: str = ""
    seconds: float = 0.0
    mistake: str | None = None
    follows: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()
    weak: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Plain data, for JSON, msgpack and the notebook's metadata."""
        data = {**self.__dict__, "verdict": str(self.verdict)}
        return {**data, "follows": list(self.follows), "carried": list(self.carried)}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Record:
        """Inverse of `to_dict`; accepts records from before ``follows`` and ``carried`` existed."""
        names = {key: tuple(data.get(key, ())) for key in ("follows", "carried")}
        return cls(**{**data, **names, "verdict": Verdict(data["verdict"])})


@dataclass(frozen=True)
class Result:
    """All that grading one submission made.

    Attributes:
        student: student id.
        lab: name of the lab.
        records: one per autograded test cell of the lab, in the lab's order.
        notebook: the executed notebook as nbformat-4 JSON text, records in its cells' metadata.
        problem: why the submission could not be graded at all, as one sentence; ``None`` if it was.
        answered: grade ids of the cells that a student fills in and that hold an answer, in the lab's order.
        repairs: what repair changed in the submitted notebook, one sentence each (costs no points).
        sightings: what was seen while it ran, one sentence each: attempts to reach files, network or interpreter
            internals outside the notebook's folder, tests that passed only without another exercise's cell, calls that
            ended Python once, and files that may hold a written answer.
        faults: tracebacks of the engine's own faults while it graded, for its log; they cost the student nothing.
        isolation: name of the isolation level that it was graded at.
        seconds: wall time in all.
        cpu_seconds: CPU time of runner and judge.
        submission_digest: SHA-256 over the submitted files.
        lab_digest: SHA-256 over everything that the verdicts depend on besides the submission; empty if they also
            depend on a fault of the engine or the machine.
    """

    student: str
    lab: str
    records: tuple[Record, ...]
    notebook: str
    problem: str | None = None
    answered: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()
    sightings: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    isolation: str = ""
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    submission_digest: str = ""
    lab_digest: str = ""

    @property
    def repeat(self) -> bool:
        """Whether the next run must grade the submission again, because this one was disturbed by a fault."""
        return not self.lab_digest

    def to_dict(self) -> dict[str, Any]:
        """Plain data, for msgpack."""
        return {
            **self.__dict__,
            "records": [record.to_dict() for record in self.records],
            "answered": list(self.answered),
            "repairs": list(self.repairs),
            "sightings": list(self.sightings),
            "faults": list(self.faults),
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Result:
        """Inverse of `to_dict`.

        Raises:
            KeyError: a field is missing, e.g. ``answered`` in a result of an earlier version.
        """
        return cls(
            **{
                **data,
                "answered": tuple(data["answered"]),
                "records": tuple(Record.from_dict(record) for record in data["records"]),
                "repairs": tuple(data["repairs"]),
                "sightings": tuple(data["sightings"]),
                "faults": tuple(data.get("faults", ())),
            }
        )


@dataclass(frozen=True)
class Submission:
    """What one student handed in for one lab.

    Attributes:
        student: student id.
        lab: name of the lab.
        files: relative path -> content, everything in the submitted folder (links are never followed).
        problem: why the folder could not be read in full, as one sentence, if so.
    """

    student: str
    lab: str
    files: dict[str, bytes] = field(default_factory=dict)
    problem: str | None = None
