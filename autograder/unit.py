"""The unit of work: one submission in, records and executed notebook out. No database, no course folder."""

from __future__ import annotations

import hashlib
import json
import resource
import time
from collections.abc import Callable
from typing import Any, Protocol

from autograder.judge.session import run_session
from autograder.lab import Lab
from autograder.record import Record, Result, Submission, Verdict
from autograder.repair import repair


class Nursery(Protocol):
    """The part of `autograder.sandbox.nursery.Nursery` that grading needs."""

    level: str

    def runner(self, files: dict[str, bytes]) -> Any:
        """Fork a fresh runner that sees ``files`` and nothing else."""


def submission_digest(submission: Submission) -> str:
    """SHA-256 over names and contents of everything that was handed in."""
    sha = hashlib.sha256()
    for name, content in sorted(submission.files.items()):
        for part in (name.encode("utf-8", "surrogateescape"), content):
            sha.update(len(part).to_bytes(8, "big") + part)
    sha.update((submission.problem or "").encode())
    return sha.hexdigest()


def grade(submission: Submission, lab: Lab, nursery: Nursery, limits: dict[str, Any]) -> Result:
    """Grade one submission.

    Args:
        submission: what the student handed in.
        lab: the lab, whose packages are importable in this process already.
        nursery: where runners come from.
        limits: bounds, see `autograder.limits.Limits`.

    Returns:
        Records for every autograded test cell, exactly one each, and the executed notebook. A submission that
        cannot be read gives records with the verdict "not gradable" and the reason in ``problem``.
    """
    started, cpu = time.monotonic(), _cpu_seconds()
    repaired = repair(submission, lab, limits)
    common = {
        "student": submission.student,
        "lab": lab.name,
        "isolation": nursery.level,
        "submission_digest": submission_digest(submission),
        "lab_digest": lab.digest,
    }
    if repaired.problem is not None:
        return not_gradable(submission, lab, repaired.problem, isolation=nursery.level, repairs=tuple(repaired.repairs))
    files = {**lab.files, **repaired.files}
    start_runner: Callable[[], Any] = lambda: nursery.runner(files)  # noqa: E731
    outcome = run_session(repaired.notebook, lab, start_runner, limits)
    seconds = time.monotonic() - started
    result = Result(
        **common,
        records=tuple(outcome.records),
        notebook="",
        repairs=tuple(repaired.repairs),
        sightings=tuple(outcome.sightings),
        seconds=seconds,
        cpu_seconds=_cpu_seconds() - cpu,
    )
    return _with_notebook(result, outcome.notebook)


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
    return _with_notebook(result, notebook)


def graded_cells(lab: Lab) -> list[tuple[str, str, float]]:
    """The lab's autograded test cells in order: (exercise, grade id, points)."""
    found = []
    for cell in json.loads(lab.source)["cells"]:
        nbgrader = cell["metadata"].get("nbgrader", {})
        if nbgrader.get("grade") and not nbgrader.get("solution"):
            exercise = cell["metadata"].get("autograder", {}).get("exercise", nbgrader["grade_id"])
            found.append((exercise, nbgrader["grade_id"], float(nbgrader["points"])))
    return found


def _with_notebook(result: Result, notebook: Any) -> Result:
    data = result.to_dict()
    del data["notebook"]
    notebook["metadata"]["autograder"] = {key: value for key, value in data.items() if key != "records"}
    return Result.from_dict({**data, "notebook": json.dumps(notebook, ensure_ascii=False, indent=1)})


def _cpu_seconds() -> float:
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    )
