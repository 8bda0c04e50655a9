"""Whole notebooks: every test gets one record, whatever happens on the way."""

from __future__ import annotations

import json
from typing import Any

import nbformat
import pytest

from autograder.judge.packages import installed
from autograder.judge.session import run_session
from autograder.model.lab import Lab
from autograder.model.limits import Limits
from autograder.model.record import Record, Verdict
from autograder.sandbox.outcomes import CallOutcome, CellOutcome, FetchOutcome
from tests.engine.fixtures import mini_lab
from tests.engine.fixtures.mini_lab import ANSWERS, SCALE, SQUARE
from tests.engine.judge.conftest import Grade, by_test
from tests.engine.judge.fake import FakeRunner
from tests.engine.judge.labs import lab_of, record_of, session_of
from tests.engine.judge.oracles import oracle_of

TESTS = ["test_square", "test_scale_length", "test_scale_values"]


def verdicts(outcome: Any) -> list[str]:
    return [str(record.verdict) for record in outcome.records]


def test_right_answers_get_everything(grade: Grade) -> None:
    outcome = grade(ANSWERS)
    assert [record.test for record in outcome.records] == TESTS
    assert verdicts(outcome) == ["passed"] * 3
    assert [record.points for record in outcome.records] == [2, 1, 2]
    assert {record.message for record in outcome.records} == {""}


def test_the_untouched_release_gets_nothing(grade: Grade) -> None:
    outcome = grade({})
    assert verdicts(outcome) == ["not answered"] * 3
    assert sum(record.points or 0 for record in outcome.records) == 0


@pytest.mark.parametrize(
    "text", ["", "# later", "pass", "...", "raise NotImplementedError", "%load solutions/square.py"]
)
def test_cells_without_code_are_not_answered(grade: Grade, text: str) -> None:
    class Shell(FakeRunner):
        def execute(self, source: str, seconds: float, quiet: bool = False) -> CellOutcome:
            return super().execute(source.replace("%load", "#"), seconds, quiet)

    outcome = grade({**ANSWERS, "square": text}, runner=Shell)
    assert verdicts(outcome) == ["not answered", "passed", "passed"]


def test_an_answer_in_a_cell_of_ones_own_counts(lab: Lab) -> None:
    notebook = mini_lab.answered({"scale": SCALE})
    for own, verdict in ((SQUARE, Verdict.PASSED), ("def square(x): return 7", Verdict.FAILED)):
        cells = [*notebook["cells"][:2], mini_lab.code_cell("own", own, "extra"), *notebook["cells"][2:]]
        outcome = run_session({**notebook, "cells": cells}, oracle_of(lab), FakeRunner, Limits())
        assert outcome.records[0].verdict is verdict


def test_one_wrong_answer_costs_only_itself(grade: Grade) -> None:
    outcome = grade({**ANSWERS, "square": "def square(x): return x ** 3"})
    assert verdicts(outcome) == ["failed", "passed", "passed"]
    record = outcome.records[0]
    assert record.message.startswith("square(3) should be 9, yours gives 27. The ")
    assert str(record.mistake).startswith("generated: ")


@pytest.mark.parametrize(
    ("status", "word"), [("timeout", "finish"), ("memory", "memory"), ("output", "printed"), ("crash", "ended Python")]
)
def test_stopped_cells_and_functions_cost_one_exercise(grade: Grade, status: str, word: str) -> None:
    cell = grade({**ANSWERS, "square": f"raise Die({status!r})"})
    call = grade({**ANSWERS, "square": f"def square(x): raise Die({status!r})"})
    for outcome in (cell, call):
        assert verdicts(outcome) == [status, "passed", "passed"]
        assert word in outcome.records[0].message


def test_a_cell_that_stops_after_its_answer_keeps_it(grade: Grade) -> None:
    outcome = grade({**ANSWERS, "square": SQUARE + "\nraise Die('timeout')"})
    assert verdicts(outcome) == ["passed"] * 3


def test_a_fresh_runner_replays_what_worked(lab: Lab) -> None:
    runners: list[FakeRunner] = []

    def start() -> FakeRunner:
        runners.append(FakeRunner())
        return runners[-1]

    answers = {"square": SQUARE + "\n1 / 0", "scale": "def scale(v, k): raise Die('crash')"}
    outcome = run_session(mini_lab.answered(answers), oracle_of(lab), start, Limits())
    assert verdicts(outcome) == ["passed", "crash", "crash"]
    replayed = [entry[1] for entry in runners[-1].log if entry[0] == "execute"]
    cells = [mini_lab.SETUP, answers["square"], mini_lab.PLAY, answers["scale"]]
    assert [source for source in replayed if source in cells] == cells
    assert not any(runner.alive for runner in runners)


def test_a_cell_that_no_longer_works_is_left_out(lab: Lab) -> None:
    lives = []

    def start() -> FakeRunner:
        lives.append(1)
        runner = FakeRunner()
        runner.namespace["life"] = len(lives)
        return runner

    answers = {"square": SQUARE + "\nif life > 1: raise Die('crash')", "scale": "raise Die('crash')"}
    outcome = run_session(mini_lab.answered(answers), oracle_of(lab), start, Limits())
    assert verdicts(outcome) == ["passed", "crash", "crash"]
    assert len(lives) <= 5


@pytest.mark.parametrize(("status", "words"), [("memory", "more memory"), ("output", "showed more"), ("timeout", "")])
def test_a_cell_of_the_students_own_beyond_a_limit_is_told(lab: Lab, status: str, words: str) -> None:
    """It costs no points; taking all memory is no accident that nobody should know of."""
    notebook = mini_lab.answered(ANSWERS)
    play = next(cell for cell in notebook["cells"] if cell["id"] == "play")
    play["source"] = f"raise Die('{status}')"
    outcome = run_session(notebook, oracle_of(lab), FakeRunner, Limits())
    assert verdicts(outcome) == ["passed"] * 3
    assert [words in sighting for sighting in outcome.sightings] == ([True] if words else [])


@pytest.mark.parametrize(("deaths", "told"), [(1, 1), (9, 0)])
def test_a_call_that_ended_python_once_is_told(lab: Lab, deaths: int, told: int) -> None:
    """It worked when it was repeated, and counts; one that ends it each time is a crash."""
    calls: list[int] = []

    def start() -> FakeRunner:
        runner = FakeRunner()
        runner.namespace["calls"] = calls
        return runner

    square = "def square(x):\n    calls.append(1)\n    if len(calls) <= %d: raise Die('crash')\n    return x * x"
    answers = {"square": square % deaths, "scale": SCALE}
    outcome = run_session(mini_lab.answered(answers), oracle_of(lab), start, Limits())
    assert verdicts(outcome)[0] == ("passed" if told else "crash")
    sentence = "A call of square ended Python, and worked when it was repeated in a fresh process."
    assert outcome.sightings.count(sentence) == told


def test_time_in_all_is_bounded(grade: Grade) -> None:
    outcome = grade({**ANSWERS, "square": SQUARE + "\nimport time\ntime.sleep(0.3)"}, total_seconds=0.25)
    assert verdicts(outcome) == ["timeout"] * 3
    assert "whole notebook" in outcome.records[1].message


def test_no_runner_is_our_fault(grade: Grade) -> None:
    def start() -> FakeRunner:
        raise OSError

    outcome = grade(ANSWERS, runner=start)
    assert verdicts(outcome) == ["not gradable"] * 3
    assert [record.points for record in outcome.records] == [None] * 3


class Breaking(FakeRunner):
    """A runner whose channel breaks with the first call."""

    def call(self, name: str, args: bytes, seconds: float, *more: Any) -> CallOutcome:
        raise EOFError


class Lost(FakeRunner):
    """A runner whose channel breaks when values are asked for."""

    def fetch(self, names: Any, seconds: float) -> FetchOutcome:
        raise EOFError


@pytest.mark.parametrize("runner", [Breaking, Lost])
def test_a_broken_channel_is_a_crash(grade: Grade, runner: type[FakeRunner]) -> None:
    assert verdicts(grade(ANSWERS, runner=runner)) == ["crash"] * 3


def test_sightings_are_kept_once(grade: Grade) -> None:
    class Seeing(FakeRunner):
        def execute(self, source: str, seconds: float, quiet: bool = False) -> CellOutcome:
            outcome = super().execute(source, seconds, quiet)
            outcome.sightings = ["looked for the gradebook"]
            return outcome

    assert grade(ANSWERS, runner=Seeing).sightings == ["looked for the gradebook"]


def test_the_executed_notebook_is_valid_and_carries_the_records(grade: Grade) -> None:
    outcome = grade({**ANSWERS, "scale": "def scale(v, k): return [k + x for x in v]\nprint('hello')"})
    notebook = nbformat.from_dict(outcome.notebook)
    nbformat.validate(notebook)
    cells = {cell["id"]: cell for cell in notebook.cells}
    assert cells["play"].outputs[0].text == "play with 2\n"
    assert cells["scale"].outputs[0].text == "hello\n"
    for record in outcome.records:
        assert Record.from_dict(cells[record.test].metadata.autograder.record) == record
    assert cells["test_square"].outputs[0].text == "passed: 2 of 2 points\n"
    failed = cells["test_scale_values"].outputs[0]
    assert (failed.output_type, failed.ename) == ("error", "failed")
    assert "you added k" in failed.traceback[0]


def test_outputs_agree_with_nbgraders_own_reading(grade: Grade) -> None:
    from nbgrader.utils import determine_grade

    half = "def scale(v, k):\n    return [k * x for x in v] if k != -2 else v"
    outcome = grade({"square": SQUARE, "scale": half})
    assert [record.points for record in outcome.records] == [2, 1, 1]
    cells = {cell["id"]: cell for cell in nbformat.from_dict(outcome.notebook).cells}
    for record in [*outcome.records, *grade({}).records]:
        assert determine_grade(cells[record.test])[0] == record.points or record.verdict is Verdict.NOT_ANSWERED


def test_no_hidden_text_gets_into_the_notebook(grade: Grade) -> None:
    for square in (
        "def square(x): return 2 * x",
        "def square(x): return 'a'",
        "def square(x): return {}[x]",
        "square = 5",
    ):
        outcome = grade({**ANSWERS, "square": square})
        assert outcome.records[0].verdict is Verdict.FAILED
        assert "secret" not in json.dumps(outcome.notebook)


def test_a_missing_or_doubled_test_cell_still_gives_one_record(lab: Lab) -> None:
    notebook = mini_lab.answered()
    cells = [cell for cell in notebook["cells"] if cell["id"] != "test_square"]
    twice = [cell for cell in cells if cell["id"] == "test_scale_length"]
    notebook["cells"] = [*cells, *json.loads(json.dumps(twice))]
    outcome = run_session(notebook, oracle_of(lab), FakeRunner, Limits())
    assert [record.test for record in outcome.records] == TESTS
    assert verdicts(outcome) == ["not gradable", "passed", "passed"]


BROKEN = [
    "assert task(1) == 2, 'no'",  # the reference says 1
    "task(1) + undefined_thing",
    "from no_such_package import nothing",
    "task(1).shape",
    "exit()",
]


@pytest.mark.parametrize("test", BROKEN)
def test_a_test_that_the_reference_fails_is_our_fault(test: str) -> None:
    record = record_of(lab_of(test, answer="def task(x): return x"), "def task(x): return 'text'")
    assert (record.verdict, record.points) == (Verdict.NOT_GRADABLE, None)


def test_a_test_that_the_value_breaks_is_the_answers_fault() -> None:
    lab = lab_of("assert task(1) - 1 == 0, 'no'", answer="def task(x): return x")
    record = record_of(lab, "def task(x): return 'text'")
    assert record.verdict is Verdict.FAILED
    assert record.message.startswith("The test cannot work with what `task` returned: 'text'.")


def test_a_missing_name_of_another_exercise_is_told_apart() -> None:
    lab = lab_of("assert task(1) == other, 'no'", answer="def task(x): return x", setup="other = 1")
    assert "`task` is not defined: does your cell" in record_of(lab, "unlike = 1").message
    assert "`task` is not defined, because your cell stopped" in record_of(lab, "1/0\ntask = 1").message


def test_an_answer_that_builds_on_a_failed_one_says_so(lab: Lab) -> None:
    answers = {"square": "def square(x): return -x", "scale": "def scale(v, k): return [square(k) for x in v]"}
    outcome = run_session(mini_lab.answered(answers), oracle_of(lab), FakeRunner, Limits(), carry_errors=False)
    assert by_test(outcome)["test_scale_values"].message.endswith(
        "uses `square`, which did not pass: put that right first."
    )


def test_values_too_large_to_cross_are_told() -> None:
    lab = lab_of("import numpy as np\nassert np.size(task) == 3, 'three please'", answer="task = [1, 2, 3]")
    record = record_of(lab, "task = np.zeros(10**6)")
    assert record.verdict is Verdict.FAILED
    assert record.message == "three please. `task` is too large to be looked at."


def test_names_are_fetched_once_for_neighbouring_tests() -> None:
    runners: list[FakeRunner] = []

    def start() -> FakeRunner:
        runners.append(FakeRunner())
        return runners[-1]

    lab = lab_of(*["assert task == 1, 'no'"] * 5, answer="task = 1")
    outcome = session_of(lab, "task = 1", start)
    assert verdicts(outcome) == ["passed"] * 5
    assert [entry for entry in runners[0].log if entry[0] == "fetch"] == [("fetch", "task")]


def test_each_lab_uses_its_own_packages(lab: Lab) -> None:
    other = Lab(**{**lab.to_dict(), "packages": {**lab.packages, "solutions/square.py": "def square(x): return x"}})
    with installed(other.packages):
        outcome = run_session(mini_lab.answered(), oracle_of(other), FakeRunner, Limits())
    assert verdicts(outcome) == ["failed", "passed", "passed"] or verdicts(outcome)[0] == "not gradable"


def test_a_cell_that_stopped_is_told_before_anything_else() -> None:
    """What a value is by then tells nothing."""
    lab = lab_of(
        "assert task == 3, 'task is too small'", answer="task = 3", mistakes={"one": '"""The first try."""\ntask = 1'}
    )
    record = record_of(lab, "task = 1\ntask = tasc + 2")
    assert record.message.startswith("Your cell stopped before its end. ")
    assert "tasc" in record.message
    assert "too small" not in record.message
    assert record.mistake is None


def test_a_function_of_a_cell_that_stopped_is_still_looked_at() -> None:
    lab = lab_of("assert task(2) == 4, 'task(2) must be 4'", answer="def task(x): return 2 * x")
    message = record_of(lab, "def task(x): return x\nprint(tasc)").message
    assert message.startswith("Your cell stopped before its end. ")
    assert "task(2) must be 4" in message


def test_which_argument_changed_is_part_of_the_mistake() -> None:
    changes = '"""Your function changes v."""\ndef task(v, w):\n    v += 1\n    return v'
    lab = lab_of(
        "import numpy as np\nv, w = np.ones(2), np.ones(2)\nassert np.allclose(task(v, w), 2), 'wrong'",
        answer="def task(v, w): return v + 1",
        mistakes={"changes_v": changes},
    )
    assert record_of(lab, "def task(v, w):\n    v += 1\n    return v").mistake == "changes_v"
    other = record_of(lab, "def task(v, w):\n    w += 1\n    return w")
    assert str(other.mistake).startswith("generated: argument_changed")
    assert "`w`" in other.message


def test_a_test_that_names_a_type_names_no_stand_in() -> None:
    lab = lab_of("assert isinstance(task, int), f'it is of type {type(task).__name__}'", answer="task = 3")
    assert "of type function" in record_of(lab, "task = lambda: 3").message


def test_a_cell_that_reaches_out_costs_no_help() -> None:
    """A failed test runs again without it; diagnosis has a runner to ask all the same."""
    lab = lab_of(
        "assert task(0) == 1, 'at 0'",
        "assert task(3) == 4, 'at 3'",
        answer="def task(x): return x + 1",
        mistakes={
            "a_zero": '"""Always 0."""\ndef task(x): return 0',
            "b_same": '"""As it is."""\ndef task(x): return x',
        },
    )
    notebook = json.loads(lab.release)
    notebook["cells"][1]["source"] = "def task(x): return x"
    notebook["cells"].insert(1, mini_lab.code_cell("own", "import os", "extra"))
    outcome = run_session(notebook, oracle_of(lab), FakeRunner, Limits())
    assert [record.mistake for record in outcome.records] == ["b_same", "b_same"]
