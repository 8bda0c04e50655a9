"""Results of one function that follow from its own earlier results, as far as the reference answer's code shows.

A function that returns several results often computes one from another: lose a factor in the first, and all are wrong.
The factor was lost once. So each result is compared with what the reference computes *from the student's own earlier
results*: where they agree, only the result in which the error was made costs its points.

Which result builds on which is read from the reference answer: ``return a, b`` names the results, and assignments
between them tell how one is computed from another. Where the code does not show it, nothing is assumed.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from autograder.judge.clean_state import clean_state
from autograder.judge.compare import agree
from autograder.judge.evidence import Evidence
from autograder.judge.mixed_subject import looks_at
from autograder.judge.oracle import Mistake, Question, Workbook
from autograder.judge.plan import TestCell
from autograder.protocol import codec

REPLACE = "__student_result__"
FEWEST_QUESTIONS = 2  # that tell: on fewer, agreement may be chance


@dataclass(frozen=True)
class DataFlow:
    """How the results of a function depend on one another.

    Attributes:
        function: its name.
        results: names of the results in order.
        builds_on: result -> earlier results from which it is computed.
        text: the function's cell, in which each result, once computed, passes through `REPLACE`.
    """

    function: str
    results: tuple[str, ...]
    builds_on: Mapping[str, frozenset[str]]
    text: str


@lru_cache(maxsize=64)
def data_flow(answer: str, function: str) -> DataFlow | None:
    """Read a reference answer; None if it does not return several named results."""
    tree = ast.parse(answer)
    definition = next((node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == function), None)
    returns = [node for node in ast.walk(definition) if isinstance(node, ast.Return)] if definition else []
    if definition is None or len(returns) != 1 or not isinstance(definition.body[-1], ast.Return):
        return None
    value = definition.body[-1].value
    if not isinstance(value, ast.Tuple) or not all(isinstance(item, ast.Name) for item in value.elts):
        return None
    results = tuple(item.id for item in value.elts if isinstance(item, ast.Name))
    assignments = [(target, statement) for statement in definition.body if (target := _single_target(statement))]
    assigned = {target: statement.value for target, statement in assignments if isinstance(statement, ast.Assign)}
    if len(set(results)) < len(results) or len(assignments) > len(assigned):
        return None  # a name that means two things one after the other
    roots = {result: _root(result, assigned) for result in results}
    reads = {name: _names_read(value) & assigned.keys() for name, value in assigned.items()}
    builds_on = {}
    for result in results:
        above = _ancestors(roots[result], reads)
        builds_on[result] = frozenset(other for other in results if other != result and roots[other] in above)
    index_of = {root: results.index(result) for result, root in roots.items() if root in assigned}
    body: list[ast.stmt] = []
    for statement in definition.body:
        body.append(statement)
        if (target := _single_target(statement)) in index_of:
            body += ast.parse(f"{target} = {REPLACE}({index_of[target]}, {target})").body
    definition.body = body
    return DataFlow(function, results, builds_on, ast.unparse(ast.fix_missing_locations(tree)))


def _single_target(statement: ast.stmt) -> str:
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1 and isinstance(statement.targets[0], ast.Name):
        return statement.targets[0].id
    return ""


def _root(name: str, assigned: Mapping[str, ast.expr]) -> str:
    """The variable that a result is another name for."""
    value = assigned.get(name)
    return _root(value.id, assigned) if isinstance(value, ast.Name) and value.id in assigned else name


def _names_read(node: ast.AST) -> set[str]:
    return {name.id for name in ast.walk(node) if isinstance(name, ast.Name)}


def _ancestors(name: str, reads: Mapping[str, set[str]]) -> set[str]:
    found, new = set[str](), set(reads.get(name, ()))
    while new:
        found |= new
        new = set().union(*(reads.get(other, set()) for other in new)) - found
    return found


def followed(test: TestCell, evidence: Evidence) -> list[str]:
    """The student's own wrong results from which the one that a failed test looks at follows; [] if it does not."""
    workbook = evidence.workbook
    reference = workbook.reference
    if reference is None or len(workbook.exercise.tests) < 2:
        return []
    called = {name for name, arguments in evidence.outcomes if arguments is not None}
    for name in sorted(called & workbook.exercise.names):
        flow = data_flow(workbook.exercise.answer, name)
        answers = _results(evidence, name, len(flow.results)) if flow else {}
        if flow is None or not answers:
            continue
        with clean_state():
            right = {question: _members(reference.subject.call(name, question[1] or b"").value) for question in answers}
        wrong = {
            result
            for index, result in enumerate(flow.results)
            if any(not agree(right[question][index], got[index], True) for question, got in answers.items())
        }
        for index, result in enumerate(flow.results):
            given = [other for other in flow.results if other in wrong & flow.builds_on[result]]
            if not given or result not in wrong or not looks_at(test, reference.subject, evidence.outcomes, index):
                continue
            return given if _follows(flow, index, given, answers, right, workbook) else []
    return []


def _results(evidence: Evidence, name: str, count: int) -> dict[Question, list[Any]]:
    """What a function answered to each question, result by result; {} if it did not always give so many."""
    found: dict[Question, list[Any]] = {}
    for (asked, arguments), outcome in evidence.outcomes.items():
        if asked == name and arguments is not None:
            members = _members(outcome.value)
            if len(members) != count:
                return {}
            found[asked, arguments] = members
    return found


def _members(value: bytes | None) -> list[Any]:
    try:
        results = codec.decode(value or b"")
    except codec.CodecError:
        return []
    return list(results) if isinstance(results, (tuple, list)) else []


def _follows(
    flow: DataFlow,
    index: int,
    given: Sequence[str],
    answers: Mapping[Question, list[Any]],
    right: Mapping[Question, list[Any]],
    workbook: Workbook,
) -> bool:
    """Whether one result is what the reference computes from the student's own results ``given``, on every question."""
    subject = workbook.fresh(Mistake(f"data flow of {flow.function}", flow.text))
    if subject is None:
        return False
    students: dict[int, Any] = {}
    subject.namespace[REPLACE] = lambda position, value: students.get(position, value)
    telling = 0
    for question, got in answers.items():
        name, arguments = question
        students.clear()
        students.update({flow.results.index(other): _array(got[flow.results.index(other)]) for other in given})
        with clean_state():
            members = _members(subject.outcome(name, arguments or b"").value)
        if len(members) != len(got) or not agree(members[index], got[index], True):
            return False
        telling += not agree(right[question][index], got[index], True) and _says_something(got[index])
    return telling >= FEWEST_QUESTIONS


def _array(value: Any) -> Any:
    return np.asarray(value, dtype=float) if isinstance(value, (list, tuple)) else value


def _says_something(value: Any) -> bool:
    """Whether a result is a number or numbers other than zero: zeros follow from everything."""
    try:
        numbers = np.asarray(value, dtype=float)
    except (TypeError, ValueError):
        return False
    return bool(np.all(np.isfinite(numbers)) and np.any(numbers))
