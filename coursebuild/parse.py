"""Parses the authored text of a lab into cells with roles and line numbers.

A lab is a text notebook in jupytext's percent format. A cell's header gives its role:

    # %% [markdown]                                  prose
    # %% [markdown] exercise="sigmoid" minutes=5     task
    # %% [markdown] written="observe" points=1       written: a question that a person grades
    # %% id="setup" locked=true                      locked: not for editing; restored before grading
    # %% id="try_it" play=true                       play: the student is invited to change it
    # %% answer="sigmoid"                            answer: `from solutions.sigmoid import sigmoid`
    # %% test="backprop" part="dL_dw1" points=2      test

A test with `many_right=true` accepts more than one result, so no message shows the result of the reference answer.
A test with `shape=true` tests the shape of the result, too: a column is wrong where a row is due.
A locked cell with `demo=true` is a demonstration: no answer and no test needs it, and grading does not run it.
A locked or play cell with `check=true` prints numbers that the text mentions; CI compares them.
"""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import jupytext

from coursebuild.problem import BuildError, Problem


class Role(StrEnum):
    """What a cell is for."""

    PROSE = "prose"
    TASK = "task"
    WRITTEN = "written"
    LOCKED = "locked"
    PLAY = "play"
    ANSWER = "answer"
    TEST = "test"


# role -> (key that marks it, other required keys, optional keys)
_KEYS: dict[Role, tuple[str, set[str], set[str]]] = {
    Role.TASK: ("exercise", {"minutes"}, set()),
    Role.WRITTEN: ("written", {"points"}, set()),
    Role.ANSWER: ("answer", set(), set()),
    Role.TEST: ("test", {"points"}, {"part", "many_right", "shape"}),
    Role.LOCKED: ("locked", {"id"}, {"check", "demo"}),
    Role.PLAY: ("play", {"id"}, {"check"}),
}
_MARKDOWN = {Role.PROSE, Role.TASK, Role.WRITTEN}
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


@dataclass(frozen=True)
class AuthoredCell:
    """One authored cell.

    Attributes:
        role: what the cell is for.
        source: its text.
        line: line of its header in the lab's file; its text begins on the next line.
        name: exercise of a task, written, answer or test cell; id of a locked or play cell; "" for prose.
        part: the part of the exercise that a test cell tests; "" if it tests the whole exercise.
        points: points of a test or written cell.
        minutes: expected working time of a task.
        check: whether CI compares the cell's output.
        many_right: whether results other than that of the reference answer are right as well.
        shape: whether the shape of a result is part of what a test asks for.
        demo: whether the cell is a demonstration that grading need not run.
    """

    role: Role
    source: str
    line: int
    name: str = ""
    part: str = ""
    points: float = 0
    minutes: float = 0
    check: bool = False
    demo: bool = False
    many_right: bool = False
    shape: bool = False

    @property
    def is_markdown(self) -> bool:
        """Whether it is a Markdown cell."""
        return self.role in _MARKDOWN

    @property
    def grade_id(self) -> str:
        """Its nbgrader grade_id, unique in the lab; "" for prose and tasks."""
        if self.role is Role.TEST:
            return "_".join(filter(None, ["test", self.name, self.part]))
        return "" if self.role in (Role.PROSE, Role.TASK) else self.name


@dataclass(frozen=True)
class AuthoredLab:
    """One authored lab."""

    name: str
    cells: tuple[AuthoredCell, ...]

    @property
    def path(self) -> str:
        """Path of its file, relative to the course's root."""
        return f"labs/{self.name}.py"

    def of(self, *roles: Role) -> list[AuthoredCell]:
        """Its cells with one of these roles, in order."""
        return [cell for cell in self.cells if cell.role in roles]


def parse_lab(name: str, text: str) -> AuthoredLab:
    """Parse the text of ``labs/<name>.py``.

    Raises:
        BuildError: headers of cells do not follow the format above; it lists all of them.
    """
    path = f"labs/{name}.py"
    notebook = jupytext.reads(text, fmt="py:percent")
    cells = [cell for cell in notebook.cells if cell.cell_type != "raw"]
    lines = _header_lines(text)
    if len(cells) != len(lines):
        raise BuildError([Problem(path, 1, f"jupytext finds {len(cells)} cells under {len(lines)} `# %%` headers.")])
    problems: list[Problem] = []
    parsed = []
    for cell, line in zip(cells, lines, strict=True):
        try:
            parsed.append(_parse_cell(cell, line))
        except ValueError as error:
            problems.append(Problem(path, line, str(error), (text.splitlines()[line - 1],)))
    if problems:
        raise BuildError(problems)
    return AuthoredLab(name, tuple(parsed))


def _header_lines(text: str) -> list[int]:
    """Line numbers of the cells' headers, from 1. A `# %%` inside a string is not a header."""
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    except (tokenize.TokenError, SyntaxError):
        return [number for number, line in enumerate(text.splitlines(), 1) if line.startswith("# %%")]
    comments = [token for token in tokens if token.type == tokenize.COMMENT and token.start[1] == 0]
    return [token.start[0] for token in comments if token.string.startswith("# %%")]


def _parse_cell(cell: Mapping[str, Any], line: int) -> AuthoredCell:
    # jupytext stores the number of empty lines after a cell under lines_to_*
    metadata = {key: value for key, value in cell["metadata"].items() if not key.startswith("lines_to_")}
    role = _role(metadata, cell["cell_type"] == "markdown")
    if role is Role.PROSE:
        return AuthoredCell(role, cell["source"], line)
    key, required, optional = _KEYS[role]
    missing = required - metadata.keys()
    unknown = metadata.keys() - required - optional - {key}
    if missing:
        raise ValueError(f"A cell with `{key}` needs `{min(missing)}` as well.")
    if unknown:
        known = ", ".join(sorted({key} | required | optional))
        raise ValueError(f"`{min(unknown)}` means nothing here: the keys of a cell with `{key}` are {known}.")
    for flag in {"locked", "play", "check", "demo", "many_right", "shape"} & metadata.keys():
        if metadata[flag] is not True:
            raise ValueError(f"`{flag}` can only be true: write `{flag}=true` or leave it out.")
    name = metadata["id"] if "id" in metadata else metadata[key]
    for value in (name, metadata.get("part", "a")):
        if not isinstance(value, str) or not _NAME.fullmatch(value):
            raise ValueError(f"An id consists of letters, digits and _ and begins with a letter; {value!r} does not.")
    return AuthoredCell(
        role,
        cell["source"],
        line,
        name=name,
        part=metadata.get("part", ""),
        points=_positive(metadata, "points"),
        minutes=_positive(metadata, "minutes"),
        check=metadata.get("check", False),
        demo=metadata.get("demo", False),
        many_right=metadata.get("many_right", False),
        shape=metadata.get("shape", False),
    )


def _role(metadata: dict[str, Any], is_markdown: bool) -> Role:
    roles = [role for role, (key, _, _) in _KEYS.items() if key in metadata and (role in _MARKDOWN) == is_markdown]
    if len(roles) == 1:
        return roles[0]
    if not roles and is_markdown:
        if metadata:
            raise ValueError(
                f"`{min(metadata)}` means nothing here: the keys of a text cell are exercise, minutes, written, points."
            )
        return Role.PROSE
    keys = [_KEYS[role][0] for role in _KEYS if (role in _MARKDOWN) == is_markdown]
    raise ValueError(f"Give this cell exactly one of the keys {', '.join(keys)}.")


def _positive(metadata: dict[str, Any], key: str) -> float:
    value = metadata.get(key, 0)
    if isinstance(value, bool) or not isinstance(value, int | float) or (key in metadata and not value > 0):
        raise ValueError(f"`{key}` must be a number above 0, not {value!r}.")
    return value
