"""A student's cell, and how its text is compared with the lab's."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from dataclasses import dataclass, field

from autograder.notebook.cells import Kind, Role

STUDENTS_ROLES: tuple[Role, ...] = ("answer", "written", "play")
"""Roles of cells of ours whose text is the student's."""

MAX_COMPARED_CHARACTERS = 20_000

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


def fenced(text: str) -> str:
    """The code between lines of three backticks or tildes, all of it together; empty if there is none."""
    return "\n\n".join(textwrap.dedent(block).strip("\n") for _, block in _FENCED.findall(text))


def unfenced(text: str) -> str:
    """What stands outside such code."""
    return _FENCED.sub("", text).strip()


def plain_lines(text: str) -> list[str]:
    """The lines that are not empty, without spaces at their ends: what two texts must share to count as the same."""
    return [line for line in map(str.rstrip, text.split("\n")) if line]


def likeness(ours: str, theirs: str) -> float:
    """Share of our lines that the other text still has, from 0 to 1."""
    lines = Counter(line for line in map(str.strip, ours.splitlines()) if line)
    compared = theirs[: 4 * len(ours) + MAX_COMPARED_CHARACTERS]
    kept = lines & Counter(map(str.strip, compared.splitlines()))
    return kept.total() / lines.total() if lines else float(not theirs.strip())
