"""What a judged test cell shows in the executed notebook, so that nbgrader's own views read naturally.

The points come from the record in the cell's metadata and from nowhere else; the outputs only agree with it.
"""

from __future__ import annotations

from typing import Any

from autograder.judge.testcell import TestRun
from autograder.model.record import Record, Verdict


def of_test(record: Record, run: TestRun | None = None) -> list[dict[str, Any]]:
    """Outputs of a test cell: what it printed, then the verdict with points and sentence."""
    shown: list[dict[str, Any]] = []
    if run is not None and run.printed:
        shown.append(stream(run.printed))
    if record.verdict is not Verdict.PASSED:
        line = headline(record)
        text = f"{line}\n{record.message}" if record.message else line
        shown.append(
            {"output_type": "error", "ename": str(record.verdict), "evalue": record.message, "traceback": [text]}
        )
        return shown
    shown.append(stream(headline(record) + "\n" + (record.message + "\n" if record.message else "")))
    if record.points is not None and record.points < record.max_points:
        # nbgrader's convention for partial credit
        shown.append(
            {
                "output_type": "execute_result",
                "data": {"text/plain": f"{record.points:g}"},
                "metadata": {},
                "execution_count": None,
            }
        )
    return shown


def headline(record: Record) -> str:
    """Verdict and points in one line."""
    if record.points is None:
        return f"{record.verdict}: a person will look at it"
    return f"{record.verdict}: {record.points:g} of {record.max_points:g} points{' (weak)' if record.weak else ''}"


def with_record(cell: Any, record: Record) -> None:
    """Put the record where the gradebook and the reports read it."""
    cell["execution_count"] = None
    cell["metadata"].setdefault("autograder", {})["record"] = record.to_dict()


def stream(text: str, name: str = "stdout") -> dict[str, Any]:
    """Printed text as nbformat has it."""
    return {"output_type": "stream", "name": name, "text": text}
