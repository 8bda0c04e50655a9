"""The unit of work: one submission in, records and executed notebook out. No database, no course folder."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any, Protocol

from autograder.course.submissions import some_of
from autograder.grading.finished import handed_in_beside, not_gradable, notice, with_notebook
from autograder.grading.prepared_lab import PreparedLab
from autograder.grading.standings import both as find_both
from autograder.grading.standings import weak as find_weak
from autograder.judge.session import run_session
from autograder.model.lab import own_modules
from autograder.model.limits import Limits
from autograder.model.record import Result, Submission, Verdict
from autograder.model.result import submission_digest
from autograder.repair import repair
from autograder.repair.answered import answer_files, answered_cells, unanswered_questions


class RunnerSource(Protocol):
    """The part of `autograder.sandbox.sandbox.Sandbox` that grading needs."""

    level: str

    def runner(self, files: dict[str, bytes], modules: Sequence[str] = ()) -> Any:
        """Fork a fresh runner that sees ``files`` and nothing else, and imports ``modules`` from them."""


def grade(
    submission: Submission,
    prepared: PreparedLab,
    sandbox: RunnerSource,
    limits: Limits,
    *,
    carry_errors: bool = True,
    weak: Collection[str] | None = None,
) -> Result:
    """Grade one submission.

    Args:
        submission: what the student handed in.
        prepared: the lab, whose packages are importable in this process already.
        sandbox: where runners come from.
        limits: bounds on what the submission may use.
        carry_errors: whether a right answer that builds on a wrong one counts.
        weak: tests to run beside the student's code; by default those that can be judged in no other way.

    Returns:
        Records for every autograded test cell, exactly one each, and the executed notebook. A submission that
        cannot be read gives records with the verdict "not gradable" and the reason in ``problem``.
    """
    started, cpu = time.monotonic(), _cpu_seconds()
    lab = prepared.lab
    repaired = repair(submission, prepared.parsed, limits)
    if repaired.problem is not None:
        return not_gradable(submission, lab, repaired.problem, isolation=sandbox.level, repairs=tuple(repaired.repairs))
    files, left_out = _beside(lab.files, repaired.files, limits.file_bytes)
    modules = tuple(sorted(own_modules(lab.files)))
    start_runner: Callable[[], Any] = lambda: sandbox.runner(files, modules)  # noqa: E731
    beside_files, _ = _beside(lab.own_files, repaired.files, limits.file_bytes)
    beside_modules = tuple(sorted(own_modules(lab.own_files)))
    outcome = run_session(
        repaired.notebook,
        prepared.oracle,
        start_runner,
        limits,
        carry_errors=carry_errors,
        weak=find_weak(prepared.standings) if weak is None else frozenset(weak),
        both=find_both(prepared.standings) if weak is None else frozenset(),
        start_beside=lambda: sandbox.runner(beside_files, beside_modules),
    )
    disturbed = outcome.faults and any(record.verdict is Verdict.NOT_GRADABLE for record in outcome.records)
    beside: list[str] = []
    if unanswered_questions(outcome.notebook, prepared.parsed):
        beside = answer_files(repaired.files, outcome.notebook, prepared.parsed)
    result = Result(
        student=submission.student,
        lab=lab.name,
        isolation=sandbox.level,
        submission_digest=submission_digest(submission),
        lab_digest="" if disturbed else lab.digest,
        records=tuple(outcome.records),
        notebook="",
        answered=answered_cells(outcome.notebook, prepared.parsed, beside=bool(beside)),
        repairs=(*repaired.repairs, *left_out),
        sightings=(*outcome.sightings, *([handed_in_beside(beside)] if beside else [])),
        faults=tuple(outcome.faults),
        seconds=time.monotonic() - started,
        cpu_seconds=_cpu_seconds() - cpu,
    )
    if beside:
        outcome.notebook["cells"].insert(0, notice("beside", handed_in_beside(beside)))
    return with_notebook(result, outcome.notebook)


def _beside(ours: Mapping[str, bytes], own: Mapping[str, bytes], most: int) -> tuple[dict[str, bytes], list[str]]:
    """The files in the runner's folder, and a sentence about those of the student's that cannot be there.

    Args:
        ours: the lab's files, which take the place of the student's, as nbgrader copies them over.
        own: the student's files.
        most: bytes that a file in the runner may have.
    """
    files, left_out = dict(ours), []
    folders = {str(folder) for name in ours for folder in PurePosixPath(name).parents}
    for name, content in own.items():
        if name in ours:
            continue
        above = [str(folder) for folder in PurePosixPath(name).parents]
        if len(content) > most or name in folders or not files.keys().isdisjoint(above):
            left_out.append(name)
        else:
            files[name] = content
            folders.update(above)
    reason = "larger than a file may be, or a file where a folder is needed"
    return files, [f"Left out: {some_of(left_out)} ({reason})."] if left_out else []


def _cpu_seconds() -> float:
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    )
