"""One mistake costs once: a failed test runs again without what other exercises did to it, and only without that."""

from __future__ import annotations

import json
from typing import Any

import pytest

from autograder.judge import foreseen
from autograder.judge.session import SessionOutcome, run_session
from autograder.model.lab import Lab
from autograder.model.limits import Limits
from autograder.model.record import Record, Verdict
from tests.engine.fixtures import mini_lab
from tests.engine.judge.fake import FakeRunner
from tests.engine.judge.labs import CHAIN, chain_lab
from tests.engine.judge.oracles import oracle_of


class Watched:
    """Starts runners and remembers them."""

    def __init__(self) -> None:
        self.runners: list[FakeRunner] = []

    def __call__(self) -> FakeRunner:
        self.runners.append(FakeRunner())
        return self.runners[-1]

    def log(self) -> list[tuple[Any, ...]]:
        """All that was asked of any of them."""
        return [entry for runner in self.runners for entry in runner.log]


def graded(
    answers: dict[str, str], extra: dict[str, str] | None = None, carry: bool = True, start: Any = FakeRunner
) -> dict[str, Record]:
    """Records by exercise, of the reference answers but for those given; extra: exercise -> own cell behind it."""
    return {record.exercise: record for record in _session(answers, extra, carry, start).records}


def _session(answers: dict[str, str], extra: dict[str, str] | None, carry: bool, start: Any) -> SessionOutcome:
    lab = chain_lab()
    cells = []
    for cell in json.loads(lab.source)["cells"]:
        ours = cell["metadata"]["autograder"]
        if ours["role"] == "answer":
            cell["source"] = answers.get(ours["exercise"], CHAIN[ours["exercise"]])
        cells.append(cell)
        if ours["role"] == "answer" and ours["exercise"] in (extra or {}):
            cells.append(mini_lab.code_cell(f"own-{ours['exercise']}", (extra or {})[ours["exercise"]], "extra"))
    return run_session(mini_lab.notebook(cells), oracle_of(lab), start, Limits(), carry_errors=carry)


def failed(records: dict[str, Record]) -> set[str]:
    """Exercises without their points."""
    return {exercise for exercise, record in records.items() if not record.points}


@pytest.mark.parametrize(
    "square",
    [
        "def square(x): return x + x",
        "def square(x): return None",
        "def square(x): raise ValueError('no')",
        "def square(x): raise Die('timeout')",
        "def square(x): raise Die('crash')",
        "def square(y, x): return x * x",
        "square = 7",
        "raise Die('crash')",
        "raise Die('timeout')",
        "def square(x) return x",
        mini_lab.STUB,
        "",
    ],
)
def test_a_right_answer_on_a_wrong_one_counts(square: str) -> None:
    records = graded({"square": square})
    assert failed(records) == {"square"}
    assert records["area"].carried == ("square",)
    assert records["area"].message.startswith("Counted with the lab's own `square`, because yours ")
    assert records["final"].carried == ("square",)  # `total`, a value, was computed anew on the way


def test_switched_off_it_counts_nothing() -> None:
    records = graded({"square": "def square(x): return x + x"}, carry=False)
    assert failed(records) == {"square", "area", "volume", "total", "final"}
    assert records["area"].follows == ("square",)
    assert "put that right first" in records["area"].message


def test_it_costs_nothing_where_nothing_failed() -> None:
    start = Watched()
    assert failed(graded({}, start=start)) == set()
    assert len(start.runners) == 1


def test_no_text_of_a_reference_answer_enters_the_runner() -> None:
    start = Watched()
    graded({"square": "def square(x): return x + x"}, start=start)
    provided = [entry for entry in start.log() if entry[0] == "provide"]
    assert provided
    assert not any(CHAIN["square"] in str(entry) for entry in start.log())


def test_what_passed_only_on_the_labs_own_is_asked_in_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foreseen, "MIN_STEPS", 0)
    watched = Watched()
    records = graded({"square": "def square(x): return 2 * x"}, start=watched)
    assert failed(records) == {"square"}
    assert ("provide", "area") in watched.log()
    for record in records.values():
        assert "`area`" not in record.message or record.exercise == "area"
    # where it must be the student's own, it is
    own = "def area(r):\n    area.calls = r\n    return 3 * square(r)"
    peculiar = "def volume(r):\n    found = area(r) * r\n    return found if area.calls == r else None"
    assert failed(graded({"square": "def square(x): return 2 * x", "area": own, "volume": peculiar})) == {"square"}


def test_an_unanswered_exercise_is_said_to_be_missing() -> None:
    message = graded({"square": mini_lab.STUB})["area"].message
    assert message == "Counted with the lab's own `square`, because yours is not there yet."


def test_nobody_gets_points_through_their_own_stand_in() -> None:
    records = graded({"square": "def square(x): return x + x", "area": "def area(r): return square(r)"})
    assert failed(records) == {"square", "area"}
    assert records["area"].mistake == "factor_lost"
    assert records["area"].carried == ()
    assert records["volume"].carried == ("square", "area")


def test_nobody_gets_points_through_a_later_exercise() -> None:
    records = graded({"square": "def square(x): return area(x) / 3", "area": "def area(r): return 3"})
    assert records["square"].points == 0
    assert records["area"].points == 0


def test_a_wrong_answer_on_a_wrong_one_gets_its_own_sentence() -> None:
    records = graded({"square": "def square(x): return x + x", "area": "def area(r): return square(r)"})
    assert "The factor is lost." in records["area"].message
    assert "Tested with the lab's own `square`" in records["area"].message
    assert "put that right first" not in records["area"].message


@pytest.mark.parametrize("helper", ["def square(x): return 'text'", "square = None", "import math as square"])
def test_a_helper_that_overwrites_an_earlier_name_spoils_nothing(helper: str) -> None:
    answer = f"{helper}\n{CHAIN['volume']}"
    assert failed(graded({"volume": answer.replace("area(r) * r", "3 * r ** 3")})) == set()


def test_a_helper_that_overwrites_what_the_answer_itself_needs_costs_it_alone() -> None:
    records = graded({"volume": f"def square(x): return 0\n{CHAIN['volume']}"})
    assert failed(records) == {"volume"}
    assert failed(graded({"area": "base = halved = 0\n" + CHAIN["area"]})) == set()


@pytest.mark.parametrize("own", ["square = 1", "def square(x): return 0", "halved = base = None", "del square"])
def test_an_own_cell_that_overwrites_names_spoils_nothing(own: str) -> None:
    assert failed(graded({}, extra={"area": own})) <= ({"square"} if own.startswith("del") else set())
    assert failed(graded({}, extra={"square": own})) == set()


def test_an_answer_in_an_own_cell_stays_the_answer() -> None:
    records = graded({"square": "def square(x): return 2 * x"}, extra={"square": CHAIN["square"]})
    assert failed(records) == set()
    records = graded({"square": "def square(x): return 0"}, extra={"square": "def square(x): return 2 * x"})
    assert failed(records) == {"square"}


def test_an_earlier_answer_that_never_ends_is_waited_for_once() -> None:
    start = Watched()
    records = graded({"square": "def square(x): raise Die('timeout')"}, start=start)
    assert records["square"].verdict is Verdict.TIMEOUT
    assert [entry for entry in start.log() if entry == ("call", "square")] == [("call", "square")]
    assert failed(records) == {"square"}


def test_helpers_in_the_cell_of_a_wrong_answer_are_there_for_later_ones() -> None:
    answers = {"square": "def cube(x): return x ** 3\ndef square(x): return x + x"}
    assert failed(graded(answers | {"volume": "def volume(r): return 3 * cube(r) + 0 * square(r)"})) == {"square"}


def test_a_stand_in_raises_as_the_reference_does() -> None:
    area = "def area(r):\n    try:\n        square('text')\n    except Exception:\n        return 3 * square(r)"
    assert failed(graded({"square": "def square(x): return 1", "area": area})) == {"square"}


def parts_lab(reference: str) -> Lab:
    """One function with three results, tested one by one."""
    tests = [
        f"for x in (1.0, 2.0, 5.0):\n    assert abs(chain(x, 3.0)[{index}] - {right}) < 1e-6, 'result {index}'"
        for index, right in enumerate(["2 * (x - 3)", "2 * (x - 3) * x", "2 * (x - 3) * x * (1 + x)"])
    ]
    cells = [
        mini_lab.answer_cell("chain", reference),
        *(mini_lab.graded_cell("chain", test, 1, str(index)) for index, test in enumerate(tests)),
    ]
    source = json.dumps(mini_lab.notebook(cells))
    return Lab("parts", source, source.replace("def ", "# def "))


PARTS = """\
def chain(x, y):
    error = 2 * (x - y)
    first = error
    second = error * x
    third = second * (1 + x)
    return first, second, third
"""


@pytest.mark.parametrize(
    ("answer", "points"),
    [
        ("e = x - y; return e, e * x, e * x * (1 + x)", [0, 1, 1]),
        ("e = 2 * (y - x); return [e, e * x, e * x * (1 + x)]", [0, 1, 1]),
        ("e = 2 * (x - y); return e, e, e * (1 + x)", [1, 0, 1]),
        ("e = 2 * (x - y); return e, e * x, e", [1, 1, 0]),
        ("e = x - y; return e, e, e * (1 + x)", [0, 0, 1]),
        ("return 0.0, 0.0, 0.0", [0, 0, 0]),
        ("e = x - y; return e, e * x, 7.0", [0, 1, 0]),
        ("e = x - y; return e, 2 * e * x, 2 * e * x * (1 + x)", [0, 1, 1]),
        ("return x, x * x, x * x", [0, 1, 0]),
        ("return None", [0, 0, 0]),
        ("return 2 * (x - y), (x - y) * x", [1, 0, 0]),
    ],
)
def test_results_that_follow_from_an_own_earlier_one_count(answer: str, points: list[int]) -> None:
    lab = parts_lab(PARTS)
    notebook = json.loads(lab.release)
    notebook["cells"][0]["source"] = f"def chain(x, y):\n    {answer}"
    records = run_session(notebook, oracle_of(lab), FakeRunner, Limits()).records
    assert [record.points for record in records] == points
    for record in records:
        assert bool(record.carried) == ("follows correctly from your own" in record.message)


def test_where_the_reference_does_not_show_how_results_depend_nothing_follows() -> None:
    lab = parts_lab("def chain(x, y):\n    e = 2 * (x - y)\n    return e, e * x, e * x * (1 + x)")
    notebook = json.loads(lab.release)
    notebook["cells"][0]["source"] = "def chain(x, y):\n    e = x - y\n    return e, e * x, e * x * (1 + x)"
    assert [r.points for r in run_session(notebook, oracle_of(lab), FakeRunner, Limits()).records] == [0, 0, 0]


def test_a_mistake_is_named_beneath_a_name_that_was_overwritten() -> None:
    """With the name's own meaning back, the test fails by the answer's mistake, which is what is told."""
    mistaken = {"area": "def area(r): return square(r)"}
    record = graded(mistaken, {"area": "square = abs"})["area"]
    assert (record.verdict, record.mistake) == (Verdict.FAILED, "factor_lost")
