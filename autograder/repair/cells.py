"""The two kinds of cells that repair puts together: the lab's and the student's."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["code", "markdown", "raw"]
Role = Literal["locked", "play", "answer", "written", "test", "extra", "prose"]

STUDENTS_ROLES: tuple[Role, ...] = ("answer", "written", "play")
"""Roles of cells of ours whose text is the student's."""

MAX_COMPARED_CHARACTERS = 20_000

_TARGET = r"[(\[* \t]*\w+[)\] \t]*"
_BINDS = re.compile(
    r"^(?:(?:async\s+)?def|class)\s+(\w+)"  # def name, class name
    rf"|^(?![ \t])({_TARGET}(?:,{_TARGET})*)(?::[^=\n]+)?=(?!=)",  # name = ..., (name, name) = ..., name: type = ...
    re.MULTILINE,
)
_WORD = re.compile(r"\w+")
_FENCED = re.compile(r"^[ \t]*(```|~~~)[`~]*[^\n`]*\n(.*?)(?:^[ \t]*\1[`~]*[ \t]*$\n?|\Z)", re.MULTILINE | re.DOTALL)


@dataclass
class TheirCell:
    """A cell as the student handed it in, brought to one form whatever the file's format was.

    Attributes:
        position: index in the student's notebook.
        kind: its type.
        text: its source, with ``\\n`` line ends.
        grade_id: nbgrader's label, if it still carries one.
        cell_id: nbformat's cell id, if it has one.
        attachments: file name -> MIME type -> base64 text.
        given: whether its metadata says that it was handed out, not to be answered in.
        unreadable: why its text could not be read, to complete the sentence "<cell> ..."; empty if it was.
    """

    position: int
    kind: Kind
    text: str
    grade_id: str | None = None
    cell_id: str | None = None
    attachments: dict[str, dict[str, str]] = field(default_factory=dict)
    given: bool = False
    unreadable: str = ""

    @property
    def code(self) -> str:
        """Its text as code: of a text cell what stands in code fences, if there are any."""
        return self.text if self.kind == "code" else fenced(self.text) or self.text


@dataclass
class OurCell:
    """A cell of the lab.

    Attributes:
        position: index in the lab's notebook.
        role: what it is for.
        kind: its type.
        text: what grading runs when nothing is the student's: the test with its hidden part, the stub of an answer.
        released: the text that students were given.
        cell: the released cell (metadata, id, attachments), a plain nbformat-4 dictionary.
        grade_id: nbgrader's label; empty if it has none.
        exercise: the exercise that it belongs to; empty if none.
        names: names that the tests of an answer ask for (answer cells only).
    """

    position: int
    role: Role
    kind: Kind
    text: str
    released: str
    cell: dict[str, Any]
    grade_id: str = ""
    exercise: str = ""
    names: frozenset[str] = frozenset()

    @property
    def label(self) -> str:
        """How to call it in a sentence."""
        return self.grade_id or str(self.cell.get("id", "")) or f"cell {self.position + 1}"

    def untouched(self, text: str) -> bool:
        """Whether ``text``, as an answer, says nothing: empty, the stub, or (in code) comments only."""
        if text.strip() in ("", self.released.strip()):
            return True
        return self.kind == "code" and all(line.strip()[:1] in ("", "#") for line in text.splitlines())


def bound_names(text: str) -> frozenset[str]:
    """Names that a cell's text binds at top level, also when it is no valid Python."""
    return frozenset(name for groups in _BINDS.findall(text) for group in groups for name in _WORD.findall(group))


def fenced(text: str) -> str:
    """The code between lines of three backticks or tildes, all of it together; empty if there is none."""
    return "\n\n".join(textwrap.dedent(block).strip("\n") for _, block in _FENCED.findall(text))


def unfenced(text: str) -> str:
    """What stands outside such code."""
    return _FENCED.sub("", text).strip()


def likeness(ours: str, theirs: str) -> float:
    """Share of our lines that the other text still has, from 0 to 1."""
    lines = Counter(line for line in map(str.strip, ours.splitlines()) if line)
    compared = theirs[: 4 * len(ours) + MAX_COMPARED_CHARACTERS]
    kept = lines & Counter(map(str.strip, compared.splitlines()))
    return kept.total() / lines.total() if lines else float(not theirs.strip())
