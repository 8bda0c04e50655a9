"""The statistics of a class, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Score:
    """One student's points for one lab.

    Attributes:
        points: points of tests and written answers that are decided so far, after the late penalty.
        decided: maximum points of the cells that are decided so far.
        max_points: maximum points of the whole lab.
        waiting: written answers that a person has to grade, or to look at again.
        late: submitted after the due date (plus extension).
    """

    student: str
    lab: str
    points: float
    decided: float
    max_points: float
    waiting: int = 0
    late: bool = False

    @property
    def share(self) -> float | None:
        """Share of the decided points, 0 to 1 (more with extra credit); ``None`` while nothing is decided."""
        return self.points / self.decided if self.decided else None


@dataclass(frozen=True)
class ExerciseStatistics:
    """Results of one exercise, as numbers of students unless stated otherwise.

    Attributes:
        submitted: submitted the lab; the sum of the next five.
        solved: passed every test.
        partial: some of the points.
        wrong: an answer without points.
        unanswered: no answer.
        not_gradable: a test could not be graded.
        share: mean share of the decided points, 0 to 1; ``None`` if nothing is decided.
        median_seconds, p95_seconds: time that the tests took, median and 95th percentile over those who answered.
        uncatalogued: failed a test, match no catalogued mistake, and do not use an earlier answer that failed.
        carried: have points that count only because an earlier error was carried forward.
        weak: were judged by a test that ran beside their code.
    """

    lab: str
    name: str
    submitted: int
    solved: int
    partial: int
    wrong: int
    unanswered: int
    not_gradable: int
    share: float | None
    median_seconds: float | None = None
    p95_seconds: float | None = None
    uncatalogued: int = 0
    carried: int = 0
    weak: int = 0

    @property
    def answered(self) -> int:
        """Students who wrote an answer."""
        return self.submitted - self.unanswered


@dataclass(frozen=True)
class WrittenStatistics:
    """Results of one question that a person grades.

    Attributes:
        submitted: students who submitted the lab.
        unanswered: students without an answer.
        waiting: answers that a person has to grade, or to look at again.
        share: mean share of the points given by a person, 0 to 1; ``None`` if none are given yet.
    """

    lab: str
    name: str
    submitted: int
    unanswered: int
    waiting: int
    share: float | None


@dataclass(frozen=True)
class MistakeCount:
    """One known mistake: how many students made it, out of how many who answered the exercise.

    Attributes:
        message: what one of them was told; it names a generated mistake, of which no catalogue has a sentence.
    """

    lab: str
    exercise: str
    name: str
    students: int
    answered: int
    message: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """Exercise and name, which identify the mistake in the catalogue."""
        return self.exercise, self.name


@dataclass(frozen=True)
class Attention:
    """Something that a person should look at.

    Attributes:
        kind: short label, the same for all events of one kind.
        what: details in one sentence; may quote what the student wrote.
    """

    student: str
    lab: str
    kind: str
    what: str


@dataclass(frozen=True)
class ClassStatistics:
    """The contents of a class report.

    Attributes:
        labs: names of the labs, in order.
        students: student id -> full name, "" if the gradebook has none.
        unanswered: lab -> students who submitted it without a single answer.
        without_isolation: number of submissions graded without isolation.
    """

    labs: tuple[str, ...]
    students: dict[str, str]
    scores: list[Score]
    exercises: list[ExerciseStatistics]
    written: list[WrittenStatistics]
    mistakes: list[MistakeCount]
    attention: list[Attention]
    unanswered: dict[str, list[str]] = field(default_factory=dict)
    without_isolation: int = 0

    def missing(self, lab: str) -> list[str]:
        """Students who have submitted nothing for a lab."""
        submitted = {score.student for score in self.scores if score.lab == lab}
        return [student for student in self.students if student not in submitted]
