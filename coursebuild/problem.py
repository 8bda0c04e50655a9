"""A violation of one of the build's rules, with its place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """A violation of one of the build's rules.

    Attributes:
        path: file, relative to the course's root.
        line: line in that file, from 1.
        message: one sentence that says what to do.
        lines: the lines of the file that the message refers to.
    """

    path: str
    line: int
    message: str
    lines: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "\n".join([f"{self.path}:{self.line}: {self.message}", *(f"    {line}" for line in self.lines)])


class BuildError(Exception):
    """Stops the build before anything is written; holds all problems found so far."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))
