"""Test cells about objects, judged from outside: what honest answers need, and what false objects try."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from autograder.judge.session import SessionOutcome
from autograder.judge.student_subject import StudentSubject
from autograder.judge.testcell import run_test
from autograder.model.limits import Limits
from autograder.model.record import Verdict
from autograder.sandbox.levels import choose_level
from autograder.sandbox.sandbox import Sandbox
from tests.engine.judge.false_objects import FALSE
from tests.engine.judge.given_objects import FALSE_GIVEN, GIVEN
from tests.engine.judge.honest_objects import HONEST
from tests.engine.judge.labs import lab_of, session_of
from tests.engine.judge.members import FALSE_MEMBERS, HONEST_MEMBERS
from tests.engine.judge.oracles import oracle_of
from tests.engine.judge.under_conditions import FALSE_CONDITIONS, HONEST_CONDITIONS

pytestmark = pytest.mark.slow(seconds=20)
LIMITS = Limits(cell_seconds=1.5)
IMPORTS = "import numpy as np"
HONEST_CASES = HONEST | HONEST_CONDITIONS
FALSE_CASES = {
    name: (IMPORTS, *case) for name, case in (FALSE | FALSE_MEMBERS | FALSE_CONDITIONS).items()
} | FALSE_GIVEN


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    level = choose_level(unsafe=True).name
    with closing(Sandbox(LIMITS, level, libraries=("sklearn",))) as made:
        made.start()
        yield made


def outcome_of(sandbox: Sandbox, reference: str, test: str, answer: str, setup: str = IMPORTS) -> SessionOutcome:
    """One answer to a lab of one test."""
    lab = lab_of(test, answer=reference, setup=setup)
    return session_of(lab, answer, lambda: sandbox.runner({}), cell_seconds=LIMITS.cell_seconds)


@pytest.mark.parametrize("name", HONEST_CASES)
def test_an_honest_answer_passes(sandbox: Sandbox, name: str) -> None:
    answer, test = HONEST_CASES[name]
    outcome = outcome_of(sandbox, answer, test, answer)
    assert outcome.records[0].verdict is Verdict.PASSED, outcome.records[0]
    assert outcome.faults == []


@pytest.mark.parametrize("name", GIVEN)
def test_an_honest_answer_passes_that_leans_on_the_lab(sandbox: Sandbox, name: str) -> None:
    setup, answer, test = GIVEN[name]
    outcome = outcome_of(sandbox, answer, test, answer, setup)
    assert outcome.records[0].verdict is Verdict.PASSED, outcome.records[0]
    assert outcome.faults == []


@pytest.mark.parametrize("name", HONEST_MEMBERS)
def test_an_object_passes_that_holds_what_is_asked_for(sandbox: Sandbox, name: str) -> None:
    reference, test, answer = HONEST_MEMBERS[name]
    outcome = outcome_of(sandbox, reference, test, answer)
    assert outcome.records[0].verdict is Verdict.PASSED, outcome.records[0]
    assert outcome.faults == []


def test_files_that_the_answer_wrote_can_be_read(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As copies, in a folder of the test's own; a link leads nowhere."""
    monkeypatch.chdir(tmp_path)
    answer = "import os\nopen('out.txt', 'w').write('done')\nos.makedirs('made')\nopen('made/a.txt', 'w').write('a')"
    test = "import os\nassert open('out.txt').read() == 'done' and os.path.isfile('made/a.txt')"
    assert outcome_of(sandbox, answer, test, answer).records[0].verdict is Verdict.PASSED
    link = "import os\nos.symlink('/etc/hostname', 'out.txt')"
    assert outcome_of(sandbox, answer, test, link).records[0].verdict is Verdict.FAILED


def test_what_a_cell_captured_is_there_for_the_next(sandbox: Sandbox) -> None:
    answer = "def greet(name):\n    print('Hello', name)"
    tests = "%%capture --no-stderr shown\ngreet('Ada')\nsize = 3", "assert shown.stdout == 'Hello Ada\\n' and size == 3"
    outcome = session_of(lab_of(*tests, answer=answer), answer, lambda: sandbox.runner({}))
    assert [record.verdict for record in outcome.records] == [Verdict.PASSED, Verdict.PASSED], outcome.records


def test_test_and_answer_find_each_other_s_files(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = (
        "def save(path, text):\n    with open(path, 'w') as file:\n        file.write(text)\n"
        "def load(path):\n    with open(path) as file:\n        return file.read()\n"
        "def count(file):\n    return len(file.readlines())"
    )
    test = (
        "import os\nsave('o.txt', 'one')\nassert open('o.txt').read() == 'one'\n"
        "with open('i.txt', 'w') as file:\n    file.write('two\\nthree')\nassert load('i.txt') == 'two\\nthree'\n"
        "with open('i.txt') as file:\n    assert count(file) == 2"
    )
    record = outcome_of(sandbox, answer, test, answer).records[0]
    assert record.verdict is Verdict.PASSED, record


@pytest.mark.parametrize("name", FALSE_CASES)
def test_a_false_object_gains_nothing(sandbox: Sandbox, name: str) -> None:
    setup, reference, test, answer = FALSE_CASES[name]
    oracle = oracle_of(lab_of(test, answer=reference, setup=setup))
    cell = oracle.plan.tests[0]
    assert oracle.broken(cell) is False
    subject = StudentSubject(lambda: sandbox.runner({}), LIMITS)
    try:
        subject.execute(setup)
        subject.execute(answer)
        run = run_test(cell, subject, LIMITS.cell_seconds, allowed=oracle.handed_in(cell))
    finally:
        subject.drop()
    assert run.verdict in (Verdict.FAILED, Verdict.TIMEOUT), run
    assert run.points == 0
    assert subject.faults == []


HANDED_OVER = """\
class Node:
    def __init__(self, data):
        self.data = data
node, other = Node(2), Node(5)
doubled([node, other])
assert (node.data, other.data) == (4, 10), f"they hold {node.data} and {other.data}"
"""
DOUBLED = "def doubled(nodes):\n    for node in nodes:\n        node.data *= 2"
ON_OBJECTS = {
    "added": '"""You added 2."""\n' + DOUBLED.replace("*=", "+="),
    "first": '"""Only the first changed."""\ndef doubled(nodes):\n    nodes[0].data = 2 * nodes[0].data',
    "nothing": '"""Nothing changed."""\ndef doubled(nodes):\n    for node in nodes:\n        node.data * 2',
    "no loop": '"""There is no loop."""\ndef doubled(nodes):\n    nodes = [2 * node.data for node in nodes]',
}


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        ("def doubled(nodes):\n    for k in (1, 0):\n        nodes[k].data = nodes[k].data + 2", "added"),
        ("def doubled(nodes):\n    nodes[0].data += nodes[0].data", "first"),
        ("def doubled(nodes):\n    pass", None),  # two mistakes change nothing
        ("def doubled(nodes):\n    for node in nodes:\n        node.data *= 3", "generated: constant_changed-2to3"),
    ],
)
def test_a_mistake_is_known_by_what_it_does_to_objects_of_the_test(
    sandbox: Sandbox, answer: str, mistake: str | None
) -> None:
    lab = lab_of(HANDED_OVER, answer=DOUBLED, mistakes=ON_OBJECTS)
    record = session_of(lab, answer, lambda: sandbox.runner({}), cell_seconds=LIMITS.cell_seconds).records[0]
    assert (record.verdict, record.mistake) == (Verdict.FAILED, mistake)


def test_of_generated_mistakes_that_do_the_same_the_likeliest_is_told(sandbox: Sandbox) -> None:
    lab = lab_of(HANDED_OVER, answer=DOUBLED, mistakes={"added": ON_OBJECTS["added"]})
    answer = "def doubled(nodes):\n    pass"
    record = session_of(lab, answer, lambda: sandbox.runner({}), cell_seconds=LIMITS.cell_seconds).records[0]
    assert (record.mistake or "").startswith("generated: ")
    assert "`nodes` seems to have no influence" in record.message
