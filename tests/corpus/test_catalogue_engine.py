"""Every mistake and every unusual right answer of the catalogue through the real engine, on the real labs.

One submission holds the k-th mistake of every second exercise, the others answered rightly, then the other way round,
so that a few submissions a lab suffice and each answer still stands on right ones before it.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from autograder.model.lab import Lab, read_lab
from autograder.model.record import Record, Submission, Verdict
from tests.corpus.conftest import LabWorker

ROOT = Path(__file__).resolve().parents[2]
LABS = sorted(path.parent.name for path in (ROOT / "source").glob("*/*.ipynb"))
NAMED = 0.95
"""Share of the mistakes that must be named as themselves."""


@dataclass(frozen=True)
class Entry:
    """One file of the catalogue: an answer to one exercise."""

    exercise: str
    name: str
    text: str

    @property
    def fails(self) -> frozenset[str]:
        """Tests that it says it fails; empty: at least one of its own exercise."""
        return self._listed("fails")

    @property
    def spreads(self) -> frozenset[str]:
        """Tests of other exercises that it would fail if errors were not carried forward."""
        return self._listed("spreads")

    def _listed(self, word: str) -> frozenset[str]:
        lines = re.findall(rf"^# {word}: (.*)$", self.text, re.MULTILINE)
        return frozenset(name.strip() for line in lines for name in line.split(","))


@cache
def lab(name: str) -> Lab:
    """A lab of the course."""
    return read_lab(ROOT, name)


@cache
def exercises_of(name: str) -> dict[str, str]:
    """Test -> its exercise, in a lab's order."""
    cells = json.loads(lab(name).source)["cells"]
    return {
        cell["metadata"]["nbgrader"]["grade_id"]: cell["metadata"]["autograder"]["exercise"]
        for cell in cells
        if cell["metadata"].get("autograder", {}).get("role") == "test"
    }


def answers(name: str, given: dict[str, str] | None) -> Submission:
    """The lab with the reference's answers but for those given; None: the untouched release."""
    if given is None:
        return Submission("ada", name, {f"{name}.ipynb": lab(name).release.encode()})
    release, source = json.loads(lab(name).release), json.loads(lab(name).source)
    reference = {cell["id"]: cell["source"] for cell in source["cells"]}
    for cell in release["cells"]:
        ours = cell["metadata"].get("autograder", {})
        if ours.get("role") in ("answer", "written"):
            text = reference[cell["id"]]
            text = "".join(text) if isinstance(text, list) else text
            kept = [line for line in text.split("\n") if not line.startswith(("### BEGIN", "### END"))]
            cell["source"] = given.get(ours["exercise"], "\n".join(kept))
    return Submission("ada", name, {f"{name}.ipynb": json.dumps(release).encode()})


def entries(folder: str, name: str) -> dict[str, list[Entry]]:
    """Exercise -> what the catalogue holds on it, for the exercises of one lab."""
    exercises = dict.fromkeys(exercises_of(name).values())
    return {
        exercise: [
            Entry(exercise, path.stem, path.read_text(encoding="utf-8"))
            for path in sorted((ROOT / folder / exercise).glob("*.py"))
        ]
        for exercise in exercises
    }


def batches(folder: str, name: str, strict: bool = False) -> Iterator[list[Entry]]:
    """Answers that can be graded in one notebook: no one spreads into, or reads what is made by, another.

    Args:
        folder: of the catalogue.
        name: the lab's.
        strict: whether a third answer may not build on two of them either: forms that are right each for itself, as
            lists here and arrays there, need not fit together.
    """
    waiting = [entry for group in entries(folder, name).values() for entry in group]
    made = {exercise: _made(exercise) for exercise in entries(folder, name)}
    while waiting:
        batch: list[Entry] = []
        for entry in waiting:
            met = any(strict and _built_on(entry.exercise, name) & _built_on(one.exercise, name) for one in batch)
            if not met and all(_apart(entry, other, made, name) for other in batch):
                batch.append(entry)
        waiting = [entry for entry in waiting if entry not in batch]
        yield batch


@cache
def _built_on(exercise: str, name: str) -> frozenset[str]:
    """The exercise and all whose reference, or whose tests, use it, directly or through others."""
    found = {exercise}
    for other in dict.fromkeys(exercises_of(name).values()):
        text = (ROOT / "solutions" / f"{other}.py").read_text(encoding="utf-8")
        if (_used(text) | _tested(other, name)) & set().union(*map(_made, found)):
            found.add(other)
    return frozenset(found)


def _apart(one: Entry, other: Entry, made: dict[str, set[str]], name: str) -> bool:
    if one.exercise == other.exercise:
        return False
    of = exercises_of(name)
    spread = {of[test] for test in one.spreads}, {of[test] for test in other.spreads}
    if (spread[0] | {one.exercise}) & (spread[1] | {other.exercise}):
        return False
    if spread[0] & _built_on(other.exercise, name) or spread[1] & _built_on(one.exercise, name):
        return False  # a third answer may do with both what it does with neither
    used = _used(one.text) | _tested(one.exercise, name), _used(other.text) | _tested(other.exercise, name)
    return not (used[0] & made[other.exercise] or used[1] & made[one.exercise])


@cache
def _made(exercise: str) -> set[str]:
    tree = ast.parse((ROOT / "solutions" / f"{exercise}.py").read_text(encoding="utf-8"))
    return {
        node.name if isinstance(node, ast.FunctionDef | ast.ClassDef) else node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        or (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store))
    } | {exercise}


@cache
def _used(text: str) -> set[str]:
    return {node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)}


@cache
def _tested(exercise: str, name: str) -> set[str]:
    """Names that the tests of an exercise use, besides its own."""
    found: set[str] = set()
    for cell in json.loads(lab(name).source)["cells"]:
        ours = cell["metadata"].get("autograder", {})
        if ours.get("role") == "test" and ours["exercise"] == exercise:
            found |= _used("".join(cell["source"]))
    return found - _made(exercise)


pytestmark = pytest.mark.slow(seconds=100)
Grade = Callable[[str, dict[str, str] | None], dict[str, Record]]


@pytest.fixture(
    scope="module",
    params=[pytest.param(lab, marks=pytest.mark.xdist_group(f"catalogue {lab}")) for lab in reversed(LABS)],
)
def name(request: pytest.FixtureRequest) -> str:
    """Each lab in turn, the longest first: it costs a worker seconds to change to another lab."""
    lab: str = request.param
    return lab


@pytest.fixture
def grade(lab_worker: LabWorker) -> Grade:
    """Grade answers to a lab, each exercise on top of the student's own earlier answers."""
    return lambda name, given: records_of(lab_worker, name, given, carry_errors=False)


@pytest.fixture
def carry(lab_worker: LabWorker) -> Grade:
    """Grade answers to a lab, errors carried forward."""
    return lambda name, given: records_of(lab_worker, name, given, carry_errors=True)


def records_of(worker: LabWorker, name: str, given: dict[str, str] | None, carry_errors: bool) -> dict[str, Record]:
    """Grade answers to a lab: test -> its record."""
    result = worker.grade_so(answers(name, given), lab(name), carry_errors=carry_errors)
    assert result.problem is None
    assert not result.sightings, result.sightings
    assert not result.faults, result.faults
    assert [record.test for record in result.records] == list(exercises_of(name))
    return {record.test: record for record in result.records}


def test_the_reference_gets_full_marks(grade: Grade, name: str) -> None:
    """Every test passes with all its points."""
    for record in grade(name, {}).values():
        assert (record.verdict, record.points) == (Verdict.PASSED, record.max_points), record


@pytest.mark.xdist_group("catalogue 01_single_neuron")
def test_a_name_that_another_exercise_overwrites_is_told(grade: Grade) -> None:
    """The perceptron is right and counts, whatever stands in another exercise's cell."""
    plot = f"{(ROOT / 'solutions/plot_sig.py').read_text(encoding='utf-8').partition('# --- answer ---')[2]}\n"
    records = grade("01_single_neuron", {"plot_sig": plot + "sigmoid = sigmoid(x)"})
    assert records["test_plot_sig"].verdict is Verdict.PASSED
    assert "Your cell of the exercise `plot_sig` gives `sigmoid` another value" in records["test_perceptron"].message
    assert records["test_perceptron"].verdict is Verdict.PASSED


def test_the_release_gets_nothing(grade: Grade, name: str) -> None:
    """What was handed out is worth 0 points, and is not called wrong."""
    for record in grade(name, None).values():
        assert (record.verdict, record.points) == (Verdict.NOT_ANSWERED, 0), record


def test_alternatives_get_full_marks(grade: Grade, name: str) -> None:
    """A right answer in an unusual form is a right answer."""
    wrong = []
    for batch in batches("alternatives", name, strict=True):
        records = grade(name, {entry.exercise: entry.text for entry in batch})
        who = {entry.exercise: entry.name for entry in batch}
        wrong += [
            (who.get(record.exercise), record)
            for record in records.values()
            if record.verdict is not Verdict.PASSED or record.points != record.max_points
        ]
    assert not wrong, wrong


def test_mistakes_are_rejected_and_named(grade: Grade, name: str) -> None:
    """Each fails the tests that it says it fails, elsewhere just those that it says, and its sentence is told."""
    wrong: list[Any] = []
    count, named, others = 0, 0, []
    for batch in batches("mistakes", name):
        records = grade(name, {entry.exercise: entry.text for entry in batch})
        failed = {test for test, record in records.items() if record.points != record.max_points}
        for entry in batch:
            own = {test for test, exercise in exercises_of(name).items() if exercise == entry.exercise}
            if not failed & own or (entry.fails and failed & own != entry.fails & own):
                wrong.append((entry.exercise, entry.name, "fails", sorted(failed & own)))
            count += 1
            told = {records[test].mistake for test in failed & own}
            named += told == {entry.name}
            if told != {entry.name}:
                others.append((entry.exercise, entry.name, told))
        of = {entry.exercise for entry in batch}
        elsewhere = frozenset(test for test in failed if exercises_of(name)[test] not in of)
        stated = frozenset().union(*(entry.spreads for entry in batch))
        if elsewhere != stated:
            wrong.append(([entry.name for entry in batch], "elsewhere", sorted(elsewhere), "stated", sorted(stated)))
    print(f"{name}: {named} of {count} mistakes named as themselves; others: {others}")
    assert not wrong, wrong
    assert named >= NAMED * count, others


def test_errors_are_carried_forward(carry: Grade, name: str) -> None:
    """The mistake of an exercise that spreads furthest costs its own exercise, and nothing elsewhere.

    `python -m benchmark.carrying` does the same with every mistake.
    """
    wrong: list[Any] = []
    for exercise, known in entries("mistakes", name).items():
        spreading = max(known, key=lambda entry: len(entry.spreads), default=None)
        if spreading is None or not spreading.spreads:
            continue
        records = carry(name, {exercise: spreading.text})
        failed = {test for test, record in records.items() if record.points != record.max_points}
        own = {test for test in failed if exercises_of(name)[test] == exercise}
        carried = {test for test, record in records.items() if exercise in record.carried}
        if not own or failed - own or not spreading.spreads <= carried:
            wrong.append((exercise, spreading.name, sorted(failed), sorted(spreading.spreads - carried)))
    assert not wrong, wrong
