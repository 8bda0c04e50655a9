"""Repair: whatever a student's file looks like, the lab's notebook with the student's work in it.

The lab's cells, their order, the tests and all metadata are always ours; answers are the student's, found by label,
id, text, names or place; the student's own cells stay where they were. Nothing is executed, and mending costs nobody
points.
"""

from __future__ import annotations

import copy
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

from nbformat import NotebookNode, from_dict

from autograder.model.lab import notebook_of
from autograder.model.limits import Limits
from autograder.model.record import Submission
from autograder.notebook.cells import EDITION
from autograder.notebook.parsed_lab import LabCell, ParsedLab
from autograder.repair.choosing import Candidate, NotebookChoice, choose, companions
from autograder.repair.rebuild import Rebuilder

__all__ = ["Repaired", "repair"]

_log = logging.getLogger(__name__)


@dataclass
class Repaired:
    """A submission ready to be run.

    Attributes:
        notebook: nbformat 4.5; each cell's ``metadata.autograder`` holds its ``role`` ("locked", "play", "answer",
            "written", "test", "extra", "prose"), for exercises ``exercise``, for tests ``points``, for answers that
            were found by their names or place ``recognised``. Test cells hold their hidden part.
            ``None`` exactly when there is a ``problem``.
        repairs: what was mended, one sentence each.
        files: relative path -> content of what lay beside the notebook.
        problem: why there is nothing to grade, as a sentence.
    """

    notebook: NotebookNode | None = None
    repairs: list[str] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    problem: str | None = None


def repair(submission: Submission, lab: ParsedLab, limits: Limits) -> Repaired:
    """Rebuild the lab's notebook from what the student handed in. Never raises on account of the submission.

    Args:
        submission: the files, whatever they are.
        lab: the lab as it was released.
        limits: ``figure_bytes`` bounds the pictures attached to cells; files were bounded when they were read.
    """
    try:
        return repair_or_raise(submission, lab, limits.figure_bytes)
    except (Exception, RecursionError, MemoryError) as error:
        _log.exception("repair failed on the submission of %s to %s", submission.student, lab.name)
        return Repaired(
            problem=f"The grader could not read this submission ({type(error).__name__}); this is its fault."
        )


def repair_or_raise(submission: Submission, lab: ParsedLab, picture_bytes: int) -> Repaired:
    """`repair` without its safety net: raises whatever a flaw of repair itself raises."""
    name = notebook_of(lab.name)
    language, ours, choice = _chosen(submission, lab, picture_bytes)
    if choice.notebook is None:
        problems = (submission.problem, choice.problem if submission.files or not submission.problem else None)
        return Repaired(problem=" ".join(filter(None, problems)))
    unread = choice.notebook.unread(ours)
    if unread:
        return Repaired(problem=f"{unread} Fix it in Jupyter and hand in {name}.ipynb again.")
    rebuilder = Rebuilder(ours, choice.notebook.cells, choice.notebook.match)
    cells = rebuilder.cells()
    files, left_out = companions(submission.files, choice.notebook.path)
    metadata = copy.deepcopy(lab.metadata) | ({EDITION: language} if language else {})
    notebook = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return Repaired(
        notebook=from_dict(notebook),  # type: ignore[no-untyped-call]
        repairs=[*filter(None, [submission.problem]), *choice.notes, *rebuilder.notes, *left_out],
        files=files,
    )


def _chosen(
    submission: Submission, lab: ParsedLab, picture_bytes: int
) -> tuple[str, Sequence[LabCell], NotebookChoice]:
    """The notebook among the submitted files, and the lab's cells in the language in which the student got them.

    Returns:
        the language, "" for the lab's own; the cells; and the notebook.
    """
    name = notebook_of(lab.name)
    chosen, ours = "", lab.cells
    choice = choose(submission.files, name, ours, lab.built_from, picture_bytes)
    for language, cells in lab.editions.items():
        if choice.notebook is None or _shared(cells, choice.notebook) > _shared(ours, choice.notebook):
            other = choose(submission.files, name, cells, lab.built_from, picture_bytes)
            if other.notebook is not None:
                chosen, ours, choice = language, cells, other
    return chosen, ours, choice


def _shared(ours: Sequence[LabCell], candidate: Candidate) -> int:
    """How many texts of a lab's cells a notebook holds as they are."""
    return len({our.released.strip() for our in ours} & {cell.text.strip() for cell in candidate.cells})
