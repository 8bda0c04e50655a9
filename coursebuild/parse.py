"""The authored text of a lab -> its cells, with their roles and lines.

A lab is a text notebook in jupytext's percent format. The role of a cell stands in its header:

    # %% [markdown]                                  prose
    # %% [markdown] exercise="sigmoid" minutes=5     task
    # %% [markdown] written="observe" points=1       written: a question that a person grades
    # %% id="setup" locked=true                      locked: ours, also at grading
    # %% id="try_it" play=true                       play: the student is invited to change it
    # %% answer="sigmoid"                            answer: `from solutions.sigmoid import sigmoid`
    # %% test="backprop" part="dL_dw1" points=2      test

A test with `many_right=true` has more than one right result, so that no message says what the reference gives.
A test with `shape=true` asks for the shape of the result as well, so that a column is no answer where a row is due.
A locked cell with `demo=true` only shows something: no answer and no test needs it, and grading does not run it.
A locked or play cell with `check=true` prints numbers that the prose speaks of; CI compares them.
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


# role -> (key that marks it, other keys that it must have, keys that it may have)
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
class Cell:
    """One authored cell.

    Attributes:
        role: what it is for.
        source: its text.
        line: line of its header in the lab's file; its text begins on the next line.
        name: exercise of a task, written, answer or test cell; id of a locked or play cell; "" for prose.
        part: of a test cell, which part of the exercise it tests, if it tests one part.
        points: of a test or written cell.
        minutes: of a task cell.
        check: whether CI compares what the cell prints.
        many_right: whether other results than the reference's are right, too.
        shape: whether the shape of a result is part of what a test asks for.
        demo: whether the cell only shows something, so that grading need not run it.
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
        """Whether it is text."""
        return self.role in _MARKDOWN

    @property
    def grade_id(self) -> str:
        """Its id in nbgrader, unique in the lab; "" for prose and tasks."""
        if self.role is Role.TEST:
            return "_".join(filter(None, ["test", self.name, self.part]))
        return "" if self.role in (Role.PROSE, Role.TASK) else self.name


@dataclass(frozen=True)
class Lab:
    """One authored lab."""

    name: str
    cells: tuple[Cell, ...]

    @property
    def path(self) -> str:
        """Its file, relative to the course's root."""
        return f"labs/{self.name}.py"

    def of(self, *roles: Role) -> list[Cell]:
        """Its cells of these roles, in order."""
        return [cell for cell in self.cells if cell.role in roles]


def parse_lab(name: str, text: str) -> Lab:
    """Read the text of ``labs/<name>.py``.

    Raises:
        BuildError: a cell's header breaks the format above; all such headers are named.
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
    return Lab(name, tuple(parsed))


def _header_lines(text: str) -> list[int]:
    """Lines of the cells' headers, from 1. A `# %%` inside a string is none."""
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    except (tokenize.TokenError, SyntaxError):
        return [number for number, line in enumerate(text.splitlines(), 1) if line.startswith("# %%")]
    comments = [token for token in tokens if token.type == tokenize.COMMENT and token.start[1] == 0]
    return [token.start[0] for token in comments if token.string.startswith("# %%")]


def _parse_cell(cell: Mapping[str, Any], line: int) -> Cell:
    # jupytext keeps here how many empty lines follow a cell
    metadata = {key: value for key, value in cell["metadata"].items() if not key.startswith("lines_to_")}
    role = _role(metadata, cell["cell_type"] == "markdown")
    if role is Role.PROSE:
        return Cell(role, cell["source"], line)
    key, required, optional = _KEYS[role]
    missing = required - metadata.keys()
    unknown = metadata.keys() - required - optional - {key}
    if missing:
        raise ValueError(f"A cell with `{key}` needs `{min(missing)}` as well.")
    if unknown:
        known = ", ".join(sorted({key} | required | optional))
        raise ValueError(f"`{min(unknown)}` means nothing here: a cell with `{key}` knows {known}.")
    for flag in {"locked", "play", "check", "demo", "many_right", "shape"} & metadata.keys():
        if metadata[flag] is not True:
            raise ValueError(f"`{flag}` can only be true; leave it out otherwise.")
    name = metadata["id"] if "id" in metadata else metadata[key]
    for value in (name, metadata.get("part", "a")):
        if not isinstance(value, str) or not _NAME.fullmatch(value):
            raise ValueError(f"An id is made of letters, digits and _, and {value!r} is not.")
    return Cell(
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
    found = [role for role, (key, _, _) in _KEYS.items() if key in metadata and (role in _MARKDOWN) == is_markdown]
    if len(found) == 1:
        return found[0]
    if not found and is_markdown:
        if metadata:
            raise ValueError(
                f"`{min(metadata)}` means nothing on a text cell: it knows exercise, minutes, written, points."
            )
        return Role.PROSE
    keys = [_KEYS[role][0] for role in _KEYS if (role in _MARKDOWN) == is_markdown]
    raise ValueError(f"Say what this cell is by exactly one of {', '.join(keys)}.")


def _positive(metadata: dict[str, Any], key: str) -> float:
    value = metadata.get(key, 0)
    if isinstance(value, bool) or not isinstance(value, int | float) or (key in metadata and not value > 0):
        raise ValueError(f"`{key}` must be a number above 0, and {value!r} is not.")
    return value
