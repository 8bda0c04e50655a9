"""What a student's notebook has that another's may have too, and how much each of it says if it is rare."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from autograder.model.record import Verdict
from autograder.notebook.cells import exercise_of, grade_id, role_of, text_of
from autograder.notebook.parsed_lab import ParsedLab
from autograder.similar.forms import form_of, layout_of
from autograder.similar.reading import plain, read_code, words_of
from autograder.similar.traces import traces_of
from autograder.similar.winnowing import WINDOW, fingerprints

OWN = "own cells"
"""Where features of cells are that the student added or played with."""
FILE = "the files as handed in"
"""Where traces are: in the file as it was handed in, not in its text."""
SHORTEST_COMMENT = 12
SHORTEST_STATEMENT = 6
SHORTEST_CELL = 15
WORDS = 4
WEIGHTS = {
    "passage": 1.0,
    "statement": 1.0,
    "name": 0.5,
    "comment": 3.0,
    "cell": 2.0,
    "words": 1.0,
    "mistake": 4.0,
    "trace": 12.0,
    "form": 0.0,
    "layout": 0.0,
}  # the last two count over all exercises, see `autograder.similar.agreement`


class Feature(NamedTuple):
    """Something that two notebooks can share.

    Attributes:
        kind: one of `WEIGHTS`.
        where: exercise or written question, `OWN` or `FILE`.
        value: what is shared.
    """

    kind: str
    where: str
    value: str | int


@dataclass
class StudentWork:
    """One student's notebook.

    Attributes:
        student: student id.
        cells: (exercise, question or `OWN`, text) of the student's cells, in the notebook's order.
        features: feature -> (first line, last line) of its first place in `cells` of the same exercise, from 1; (0, 0)
            for a mistake and a trace.
        shown: feature -> how to call it in a sentence.
    """

    student: str
    cells: list[tuple[str, str]] = field(default_factory=list)
    features: dict[Feature, tuple[int, int]] = field(default_factory=dict)
    shown: dict[Feature, str] = field(default_factory=dict)

    def text(self, where: str) -> str:
        """All cells of one exercise."""
        return "\n\n".join(text for place, text in self.cells if place == where)


def read_work(student: str, notebook: Mapping[str, Any], lab: ParsedLab) -> StudentWork:
    """Read a graded notebook: answers in their places, the student's own cells beside them, records in the metadata.

    Raises:
        ValueError: it is no notebook of the lab that grading made.
    """
    work, wrong = StudentWork(student), defaultdict[str, list[Mapping[str, Any]]](list)
    released = {plain(cell.released) for cell in lab.cells}
    try:
        for cell in notebook["cells"]:
            role, text = role_of(cell), text_of(cell)
            if role in ("answer", "written", "play", "extra") and plain(text) not in released and plain(text):
                where = exercise_of(cell) or grade_id(cell) if role in ("answer", "written") else OWN
                _add_cell(work, where, str(cell["cell_type"]), text)
            elif role == "test":
                wrong[exercise_of(cell)].append(cell["metadata"].get("autograder", {}).get("record", {}))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"it is no graded notebook ({error})") from error
    for exercise, records in wrong.items():
        _add_mistake(work, exercise, records)
    return work


def features_of_lab(lab: ParsedLab) -> tuple[set[Feature], set[Feature]]:
    """What everybody was given, and what the course expects of different students.

    Given are the release and the reference answers; expected are the catalogued mistakes and right answers in other
    forms.
    """
    given, known = StudentWork(""), StudentWork("")
    add_traces(given, {"cells": [cell.cell for cell in lab.cells]})
    for cell in lab.cells:
        # A student may have moved a piece of the lab into any cell.
        for where in {cell.exercise or cell.grade_id, OWN, *(other.exercise for other in lab.tests)}:
            _add_cell(given, where, cell.kind, cell.released, window=1)
        if cell.role in ("answer", "written"):
            for where in (cell.exercise or cell.grade_id, OWN):
                _add_cell(given, where, cell.kind, cell.source, window=1)
    for exercise in {cell.exercise for cell in lab.cells} - {""}:
        for catalogue in (lab.alternatives, lab.mistakes):
            for text in catalogue.get(exercise, {}).values():
                _add_cell(known, exercise, "code", text, window=1)
    return set(given.features), set(known.features)


def add_traces(work: StudentWork, document: object) -> None:
    """Add what programs wrote into the file that the student handed in.

    Args:
        work: the student's.
        document: what the JSON of the file holds; it may be anything.
    """
    for trace in traces_of(document):
        work.features[Feature("trace", FILE, trace)] = (0, 0)


def load_work(student: str, text: str, lab: ParsedLab) -> StudentWork:
    """`read_work` of a notebook file's text.

    Raises:
        ValueError: it is no notebook of the lab that grading made.
    """
    notebook = json.loads(text)
    if not isinstance(notebook, dict):
        raise ValueError("it is no notebook")
    return read_work(student, notebook, lab)


def _add_cell(work: StudentWork, where: str, kind: str, text: str, window: int = WINDOW) -> None:
    before = work.text(where).count("\n") + 2 if any(place == where for place, _ in work.cells) else 0
    work.cells.append((where, text))
    found = _of_code(text, window) if kind == "code" else _of_words(text, window)
    for feature_kind, value, first, last, shown in found:
        feature = Feature(feature_kind, where, value)
        work.features.setdefault(feature, (first + before, last + before))
        if shown:
            work.shown.setdefault(feature, shown)


_Found = Iterator[tuple[str, str | int, int, int, str]]
"""Kind and value of a feature, its first and last line, and how to call it."""


def _of_code(text: str, window: int) -> _Found:
    """Every feature of a code cell."""
    code = read_code(text)
    for value, first, last in fingerprints(code.tokens, window=window):
        yield "passage", value, code.lines[first], code.lines[last], ""
    for first, end in code.statements:
        if end - first >= SHORTEST_STATEMENT:
            yield "statement", " ".join(code.tokens[first:end]), code.lines[first], code.lines[end - 1], ""
    for comment, line in code.comments:
        if len(plain(comment)) >= SHORTEST_COMMENT:
            yield "comment", plain(comment), line, line, comment.strip()
    for name, line in code.names.items():
        if len(name) > 2:
            yield "name", name, line, line, name
    if code.tokens and (form := form_of(text)):
        yield "form", form, code.lines[0], code.lines[-1], ""
        yield "layout", layout_of(text), code.lines[0], code.lines[-1], ""
    if len(code.tokens) >= SHORTEST_CELL:
        yield "cell", " ".join(code.tokens), code.lines[0], code.lines[-1], ""


def _of_words(text: str, window: int) -> _Found:
    """Every feature of a text."""
    words, lines = [], []
    for number, line in enumerate(text.splitlines(), 1):
        for word in words_of(line):
            words.append(word)
            lines.append(number)
    if len(words) >= WORDS:
        for value, first, last in fingerprints(words, WORDS, window):
            yield "words", value, lines[first], lines[last], " ".join(words[first : last + 1])


def _add_mistake(work: StudentWork, exercise: str, records: Sequence[Mapping[str, Any]]) -> None:
    """What went wrong in an exercise: the known mistake, or else what came out in place of the right results."""
    failed = [record for record in records if record.get("verdict") == str(Verdict.FAILED)]
    names = sorted({str(record["mistake"]) for record in failed if record.get("mistake")})
    messages = sorted({str(record["message"]) for record in failed if record.get("message")})
    if names or messages:
        feature = Feature("mistake", exercise, "\n".join(names or messages))
        work.features[feature] = (0, 0)
        work.shown[feature] = ", ".join(name.replace("_", " ") for name in names) or messages[0]
