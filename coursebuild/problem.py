"""One broken rule, and where."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """A rule of the build that is broken.

    Attributes:
        path: file, relative to the course's root.
        line: line in that file, from 1.
        message: one sentence that says what to do.
        lines: the lines that the sentence speaks of.
    """

    path: str
    line: int
    message: str
    lines: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "\n".join([f"{self.path}:{self.line}: {self.message}", *(f"    {line}" for line in self.lines)])


class BuildError(Exception):
    """The build stops, and nothing is written. Carries all problems found so far."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))
