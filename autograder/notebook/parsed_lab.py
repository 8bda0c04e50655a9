"""A lab, parsed once: its cells with their roles, both as the instructor wrote them and as students got them."""

from __future__ import annotations

import ast
import json
import re
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from autograder.model.lab import Lab
from autograder.notebook.cells import (
    Kind,
    Role,
    compares,
    exercise_of,
    grade_id,
    is_demonstration,
    points_of,
    role_of,
    text_of,
)
from autograder.notebook.names import UNPARSABLE, assigned_names, plain_python

_WORD = re.compile(r"[^\W\d]\w*")
_DELIMITER = re.compile(r"^\s*### (?:BEGIN|END) SOLUTION.*\n?", re.MULTILINE)


@dataclass(frozen=True)
class LabCell:
    """One cell of a lab.

    Attributes:
        position: index in the lab's notebook.
        role: what it is for.
        kind: nbformat's cell type.
        source: its text in the instructor's notebook, with answer or hidden tests.
        released: its text as students were given it.
        original: the same in the lab's own language, if `released` is that of another edition.
        cell: the released cell (metadata, id, attachments), a plain nbformat-4 dictionary.
        grade_id: nbgrader's label; empty if it has none.
        exercise: the exercise that it belongs to; empty if none.
        points: what it is worth; 0 if it is not graded.
        names: names that the tests of an answer ask for (answer cells only).
        demonstration: whether it only shows something.
        compares: whether "expected and got" makes sense for its exercise.
    """

    position: int
    role: Role
    kind: Kind
    source: str
    released: str
    cell: dict[str, Any]
    grade_id: str = ""
    exercise: str = ""
    points: float = 0.0
    names: frozenset[str] = frozenset()
    demonstration: bool = False
    compares: bool = True
    original: str = ""

    @property
    def label(self) -> str:
        """How to call it in a sentence."""
        return self.grade_id or str(self.cell.get("id", "")) or f"cell {self.position + 1}"

    @property
    def text(self) -> str:
        """What grading runs when nothing is the student's: a test with its hidden part, the stub of an answer."""
        return self.source if self.role == "test" else self.original or self.released

    def untouched(self, text: str) -> bool:
        """Whether ``text``, as an answer, says nothing: empty, the stub, or (in code) comments only."""
        if text.strip() in ("", self.released.strip(), self.original.strip()):
            return True
        return self.kind == "code" and all(line.strip()[:1] in ("", "#") for line in text.splitlines())


@dataclass(frozen=True)
class ParsedLab:
    """A lab as values instead of two JSON texts.

    Attributes:
        lab: what was parsed.
        cells: the cells of the source in order.
        editions: language -> the same with the released texts of the lab's edition in it.
        metadata: the released notebook's metadata.
        kernelspec: the source notebook's kernel, as nbformat has it.
    """

    lab: Lab
    cells: tuple[LabCell, ...]
    metadata: dict[str, Any]
    kernelspec: dict[str, Any]
    editions: dict[str, tuple[LabCell, ...]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Name of the lab."""
        return self.lab.name

    @property
    def mistakes(self) -> dict[str, dict[str, str]]:
        """Exercise -> mistake name -> text of the wrong answer."""
        return self.lab.mistakes

    @property
    def alternatives(self) -> dict[str, dict[str, str]]:
        """Exercise -> name -> text of a right answer in another form."""
        return self.lab.alternatives

    @property
    def built_from(self) -> str:
        """The authored file that the notebook was built from, "" if the notebook does not say."""
        return str(self.metadata.get("built_from", ""))

    @cached_property
    def tests(self) -> tuple[LabCell, ...]:
        """The autograded test cells in order."""
        return tuple(cell for cell in self.cells if cell.role == "test")

    def released_notebook(self) -> dict[str, Any]:
        """A new copy of the notebook that students were given."""
        notebook: dict[str, Any] = json.loads(self.lab.release)
        return notebook


_PARSING = threading.Lock()
"""Python 3.11 counts the depth of syntax trees for all threads together, and stops where two make one at once."""


def parse_lab(lab: Lab) -> ParsedLab:
    """Parse a lab.

    Raises:
        ValueError: it is damaged, or source and release do not belong together; said in one sentence.
    """
    with _PARSING:
        return _parsed(lab)


def _parsed(lab: Lab) -> ParsedLab:
    try:
        source, release = json.loads(lab.source), json.loads(lab.release)
        _refuse_other_languages(source["metadata"], lab.name)
        _refuse_repeated_ids(source["cells"], lab.name)
        released = dict(_labelled(release["cells"]))
        handed_out = [(label, cell) for label, cell in _labelled(source["cells"]) if label in released]
        for label, cell in _labelled(source["cells"]):
            if label not in released and role_of(cell) not in ("locked", "prose"):
                raise ValueError(f"Cell {label} of source/{lab.name} is not in release/{lab.name}: build it again.")
        cells = [_lab_cell(position, cell, released[label]) for position, (label, cell) in enumerate(handed_out)]
        cells = _with_exercises(cells)
        kernelspec = source["metadata"].get("kernelspec", {})
        cells = list(map(_with_names, cells, [cells] * len(cells)))
        labels = [label for label, _ in handed_out]
        editions = {
            language: tuple(_in_edition(cell, texts.get(label, "")) for label, cell in zip(labels, cells, strict=True))
            for language, texts in lab.editions.items()
        }
        return ParsedLab(lab, tuple(cells), release["metadata"], kernelspec, editions)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{lab.name} is no notebook that nbformat 4 describes ({error}): build it again.") from error


def texts_by_label(release: str) -> dict[str, str]:
    """Label of each cell of a released notebook -> its text."""
    return {label: text_of(cell) for label, cell in _labelled(json.loads(release)["cells"])}


def _in_edition(cell: LabCell, text: str) -> LabCell:
    return replace(cell, released=text, original=cell.released) if text and text != cell.released else cell


def _refuse_other_languages(metadata: dict[str, Any], name: str) -> None:
    language = metadata.get("kernelspec", {}).get("language") or metadata.get("language_info", {}).get("name") or ""
    if language and "python" not in language.lower():
        raise ValueError(f"{name} is in {language}: only Python is graded here; leave it to plain nbgrader.")


def _refuse_repeated_ids(cells: list[dict[str, Any]], name: str) -> None:
    """Points are kept by grade id: two cells of one id would be one exercise or test."""
    counts = Counter(grade_id(cell) for cell in cells if role_of(cell) not in ("locked", "prose", "play"))
    for label, count in counts.items():
        if label and count > 1:
            raise ValueError(
                f"{count} cells of {name} have the grade id {label}: give each its own, and release it again."
            )


def _labelled(cells: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each cell with what tells it from the others, in source and release alike."""
    before, number = "the first", 0
    for cell in cells:
        label = grade_id(cell) or cell.get("id")
        before, number = (label, 0) if label else (before, number + 1)
        yield label or f"number {number} after {before}", cell


def _lab_cell(position: int, source: dict[str, Any], released: dict[str, Any]) -> LabCell:
    role, label = role_of(source), grade_id(source)
    if role == "test" and "points" not in source["metadata"].get("nbgrader", {}):
        raise ValueError(f"Test cell {label or position + 1} has no points: build the lab again.")
    return LabCell(
        position=position,
        role=role,
        kind=source["cell_type"],
        source=text_of(source),
        released=text_of(released),
        cell={**released, "source": text_of(released)},
        grade_id=label,
        exercise=exercise_of(source),
        points=points_of(source),
        demonstration=is_demonstration(source),
        compares=compares(source),
    )


def _with_exercises(cells: list[LabCell]) -> list[LabCell]:
    """The cells; a test that says of no answer that it belongs to it gets the nearest before it whose names it uses.

    What it uses of earlier tests' functions, it uses as well.
    """
    known = {cell.exercise for cell in cells if cell.role == "answer"}
    answers: list[tuple[LabCell, frozenset[str]]] = []
    helpers: dict[str, frozenset[str]] = {}
    found = []
    for cell in cells:
        if cell.role == "answer":
            answers.append((cell, assigned_names(_DELIMITER.sub("", cell.source))))
        elif cell.role == "test" and answers and cell.exercise not in known:
            words = set(_WORD.findall(cell.source))
            for name in reversed(helpers):  # a function uses those before it
                words |= helpers[name] if name in words else set()
            used = [answer for answer, names in answers if names & words] or [answers[-1][0]]
            cell = replace(cell, exercise=used[-1].exercise)
        if cell.role == "test":
            helpers |= _functions_in(cell.source)
        found.append(cell)
    return found


def _with_names(cell: LabCell, cells: list[LabCell]) -> LabCell:
    """An answer cell with the names that its tests ask for, or all that it makes if they ask for none of those."""
    if cell.role != "answer":
        return cell
    made = assigned_names(_DELIMITER.sub("", cell.source))
    tests = (other.source for other in cells if other.role == "test" and other.exercise == cell.exercise)
    asked = frozenset[str]().union(*map(_names_in, tests))
    return replace(cell, names=made & asked or made)


def _functions_in(test: str) -> dict[str, frozenset[str]]:
    """Function or class of a test -> the words in it."""
    try:
        statements = ast.parse(plain_python(test)).body
    except UNPARSABLE:
        return {}
    defined = (one for one in statements if isinstance(one, (ast.FunctionDef, ast.ClassDef)))
    return {one.name: frozenset(_WORD.findall(ast.unparse(one))) for one in defined}


def _names_in(test: str) -> frozenset[str]:
    try:
        return frozenset(node.id for node in ast.walk(ast.parse(test)) if isinstance(node, ast.Name))
    except SyntaxError:  # magics
        return frozenset()
