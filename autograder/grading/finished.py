"""The end of grading one submission: a result whose notebook tells the same as its records."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from autograder.course.submissions import some_of
from autograder.model.lab import Lab
from autograder.model.record import Record, Result, Submission, Verdict
from autograder.model.result import submission_digest
from autograder.notebook.cells import grade_id
from autograder.notebook.parsed_lab import parse_lab
from autograder.repair.answered import answer_cells

WHY_NOT_GRADABLE = "why-not-gradable"
"""Id of the cell that says why a submission could not be graded."""


def not_gradable(
    submission: Submission, lab: Lab, reason: str, *, isolation: str = "", repairs: tuple[str, ...] = ()
) -> Result:
    """A result that says, test by test, that a person must look, and why."""
    parsed = parse_lab(lab)
    records = tuple(
        Record(lab.name, test.exercise, test.grade_id, Verdict.NOT_GRADABLE, None, test.points, reason)
        for test in parsed.tests
    )
    result = Result(
        student=submission.student,
        lab=lab.name,
        records=records,
        notebook="",
        problem=reason,
        answered=answer_cells(parsed),  # none could be read, so a person decides about all
        repairs=repairs,
        isolation=isolation,
        submission_digest=submission_digest(submission),
        lab_digest=lab.digest,
    )
    notebook = parsed.released_notebook()
    by_test = {record.test: record for record in records}
    for cell in notebook["cells"]:
        record = by_test.get(grade_id(cell))
        if record:
            cell["metadata"].setdefault("autograder", {})["record"] = record.to_dict()
    notebook["cells"].insert(0, notice(WHY_NOT_GRADABLE, f"**This submission could not be graded.** {reason}"))
    return with_notebook(result, notebook)


def handed_in_beside(paths: Sequence[str]) -> str:
    """A sentence for the person who grades the written answers."""
    return f"A written answer may be in what was handed in beside the notebook: {some_of(paths)}."


def notice(cell_id: str, text: str) -> dict[str, Any]:
    """A cell of the grader's own."""
    return {"cell_type": "markdown", "id": cell_id, "metadata": {}, "source": text}


def to_be_repeated(result: Result) -> Result:
    """The result, marked so that the next run grades the submission again."""
    return with_notebook(replace(result, lab_digest=""), json.loads(result.notebook))


def with_notebook(result: Result, notebook: dict[str, Any]) -> Result:
    """The result, with ``notebook`` as its executed notebook; all but the records goes into the metadata too."""
    data = result.to_dict()
    del data["notebook"]
    left_out = ("records", "faults")  # records are in their cells, faults are for the engine's log
    notebook["metadata"]["autograder"] = {key: value for key, value in data.items() if key not in left_out}
    return Result.from_dict({**data, "notebook": _written(notebook)})


def _written(notebook: dict[str, Any]) -> str:
    """The text of a notebook, with a line for each cell: `json` takes ten times as long with lines for everything."""
    rest = {key: value for key, value in notebook.items() if key != "cells"}
    cells = ",\n".join(json.dumps(cell, ensure_ascii=False) for cell in notebook["cells"])
    return f'{{"cells": [\n{cells}\n],\n{json.dumps(rest, ensure_ascii=False)[1:]}\n'
