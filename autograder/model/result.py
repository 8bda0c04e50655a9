"""What every result has, graded or not: a digest of what was handed in, a notebook, a record for every test."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from autograder.model.lab import Lab
from autograder.model.record import Record, Result, Submission, Verdict


def submission_digest(submission: Submission) -> str:
    """SHA-256 over names and contents of everything that was handed in."""
    sha = hashlib.sha256()
    for name, content in sorted(submission.files.items()):
        for part in (name.encode("utf-8", "surrogateescape"), content):
            sha.update(len(part).to_bytes(8, "big") + part)
    sha.update((submission.problem or "").encode())
    return sha.hexdigest()


def not_gradable(
    submission: Submission, lab: Lab, reason: str, *, isolation: str = "", repairs: tuple[str, ...] = ()
) -> Result:
    """A result that says, test by test, that a person must look, and why."""
    records = tuple(
        Record(lab.name, exercise, test, Verdict.NOT_GRADABLE, None, points, reason)
        for exercise, test, points in graded_cells(lab)
    )
    result = Result(
        student=submission.student,
        lab=lab.name,
        records=records,
        notebook="",
        problem=reason,
        repairs=repairs,
        isolation=isolation,
        submission_digest=submission_digest(submission),
        lab_digest=lab.digest,
    )
    notebook = json.loads(lab.release)
    by_test = {record.test: record for record in records}
    for cell in notebook["cells"]:
        record = by_test.get(cell["metadata"].get("nbgrader", {}).get("grade_id"))
        if record:
            cell["metadata"].setdefault("autograder", {})["record"] = record.to_dict()
    notice = {
        "cell_type": "markdown",
        "id": "not-gradable",
        "metadata": {},
        "source": f"**This submission could not be graded.** {reason}",
    }
    notebook["cells"].insert(0, notice)
    return with_notebook(result, notebook)


def graded_cells(lab: Lab) -> list[tuple[str, str, float]]:
    """The lab's autograded test cells in order: (exercise, grade id, points)."""
    found = []
    for cell in json.loads(lab.source)["cells"]:
        nbgrader = cell["metadata"].get("nbgrader", {})
        if nbgrader.get("grade") and not nbgrader.get("solution"):
            exercise = cell["metadata"].get("autograder", {}).get("exercise", nbgrader["grade_id"])
            found.append((exercise, nbgrader["grade_id"], float(nbgrader["points"])))
    return found


def with_notebook(result: Result, notebook: dict[str, Any]) -> Result:
    """The result, with ``notebook`` as its executed notebook; all but the records goes into the metadata too."""
    data = result.to_dict()
    del data["notebook"]
    notebook["metadata"]["autograder"] = {key: value for key, value in data.items() if key != "records"}
    return Result.from_dict({**data, "notebook": json.dumps(notebook, ensure_ascii=False, indent=1)})
