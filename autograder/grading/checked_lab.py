"""Why a test of a lab cannot be judged from outside, and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import asdict, replace
from typing import Any

from autograder.judge.oracle import Oracle
from autograder.judge.plan import TestCell
from autograder.model.standing import CheckedTest, Standing

_ADVICE = (
    (r"\bget_ipython\b|\b(?:In|Out)\s*\[|^\s*[!%]", "test what the answer's names hold, not what IPython remembers"),
    (r"\bgetsource\b|\b__code__\b", "test what the function does: its text is the student's"),
    (r"\bopen\(|\bos\.path\b|\bPath\(|\bread_(?:csv|text)\b", "let the answer keep or return what it read or wrote"),
    (r"\bdel\s+\w+\s*$", "call the function with an argument that shows what it uses"),
    (r"\bis(?:\s+not)?\s+(?!None|True|False|not\b)\w", "compare with == instead of `is`"),
)
_PLAIN = "compare plain data (numbers, text, lists, arrays) that the answer's functions return"
_TOGETHER = "it works only where test and answer share a process"


def describe(
    oracle: Oracle, standings: Mapping[str, Standing], too_slow: Collection[str], seconds: float
) -> list[dict[str, Any]]:
    """How each test can be judged, as plain data.

    Args:
        oracle: the lab's trusted answers.
        standings: what trying the tests came to.
        too_slow: tests in which time ran out, or in whose answers.
        seconds: that time.
    """
    late = f"the reference answer, or the test, takes longer than {seconds:g} s"
    found = []
    for test in oracle.plan.tests:
        one = _described(test, oracle, standings.get(test.name, Standing.BROKEN))
        if test.name in too_slow and one.standing is not Standing.OUTSIDE:
            one = replace(one, reason=late, line=None, advice="set c.Limits.cell_seconds in nbgrader_config.py")
        found.append(asdict(one))
    return found


def _described(test: TestCell, oracle: Oracle, standing: Standing) -> CheckedTest:
    if standing in (Standing.OUTSIDE, Standing.BOTH):
        return CheckedTest(test.name, Standing.OUTSIDE)
    if test.unwritten:
        return CheckedTest(test.name, standing, "nbgrader could not write out its AUTOTEST", 1, "see the log")
    if test.code is None:
        return CheckedTest(test.name, standing, "it is no Python", 1, "leave out its magic lines")
    workbook = oracle.workbooks.get(test.exercise)
    run = workbook.run(test) if workbook is not None else None
    broke, line = (run.broke, run.line) if run is not None else ("", None)
    if standing is Standing.BROKEN:
        reason = broke or "the reference answer does not pass it"
        return CheckedTest(test.name, standing, reason, line, "make test and reference answer agree")
    at_fault = "\n".join(test.source.splitlines()[(line or 1) - 1 :][:1]) if broke else ""
    fitting = (
        advice for text in (at_fault, test.source) for pattern, advice in _ADVICE if re.search(pattern, text, re.M)
    )
    return CheckedTest(test.name, standing, broke or _TOGETHER, line, next(fitting, _PLAIN))
