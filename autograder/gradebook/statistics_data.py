"""What a report is made of, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Score:
    """One student's points for one lab.

    Attributes:
        points: tests and written answers, what is not decided yet left out, late penalty taken off.
        decided: most points of what is decided.
        most: most points of the whole lab.
        waiting: written answers that a person must still grade (or look at again).
        late: handed in after the due date (and extension).
    """

    student: str
    lab: str
    points: float
    decided: float
    most: float
    waiting: int = 0
    late: bool = False

    @property
    def share(self) -> float | None:
        """Share of the decided points, 0 to 1 (more with extra credit); ``None`` while nothing is decided."""
        return self.points / self.decided if self.decided else None


@dataclass(frozen=True)
class Exercise:
    """How one exercise went.

    Attributes:
        handed: students who handed in the lab.
        solved: all tests passed.
        partly: some points, not all.
        wrong: an answer without points.
        untouched: no answer.
        unclear: a test that could not be graded.
        share: mean share of the points, 0 to 1; ``None`` if nobody has any decided.
        median, slow: seconds that the tests took, median and 95 %, of those who answered.
        uncatalogued: students with a failed test that is like no catalogued mistake, and no consequence of another one.
    """

    lab: str
    name: str
    handed: int
    solved: int
    partly: int
    wrong: int
    untouched: int
    unclear: int
    share: float | None
    median: float | None = None
    slow: float | None = None
    uncatalogued: int = 0

    @property
    def answered(self) -> int:
        """Students who wrote an answer."""
        return self.handed - self.untouched


@dataclass(frozen=True)
class Written:
    """How one question went that a person grades.

    Attributes:
        handed: students who handed in the lab.
        untouched: no answer.
        waiting: answers that a person must still grade, or look at again.
        share: mean share of the points that a person gave, 0 to 1; ``None`` if none are given yet.
    """

    lab: str
    name: str
    handed: int
    untouched: int
    waiting: int
    share: float | None


@dataclass(frozen=True)
class Mistake:
    """One catalogued mistake, and how many of those who answered made it."""

    lab: str
    exercise: str
    name: str
    students: int
    answered: int

    @property
    def key(self) -> tuple[str, str]:
        """Where its file lies in the catalogue."""
        return self.exercise, self.name


@dataclass(frozen=True)
class Attention:
    """Something that a person should look at.

    Attributes:
        kind: a short name, the same for everything alike.
        what: the details, as one sentence; may quote what the student wrote.
    """

    student: str
    lab: str
    kind: str
    what: str


@dataclass(frozen=True)
class Figures:
    """All that a report says, labs in order."""

    labs: tuple[str, ...]
    students: dict[str, str]  # id -> name to show, "" if the gradebook has none
    scores: list[Score]
    exercises: list[Exercise]
    written: list[Written]
    mistakes: list[Mistake]
    attention: list[Attention]
    untouched: dict[str, list[str]] = field(default_factory=dict)  # lab -> who handed in a copy without an answer
    unguarded: int = 0  # submissions graded without isolation

    def missing(self, lab: str) -> list[str]:
        """Who has handed in nothing for a lab."""
        handed = {score.student for score in self.scores if score.lab == lab}
        return [student for student in self.students if student not in handed]
