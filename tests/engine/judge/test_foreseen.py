"""Results that a second run need not ask for: those of the reference's own calls, in boxes that only the call opens."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.judge import foreseen as module
from autograder.judge import kept_files
from autograder.judge.foreseen import Boxes, Foresight
from autograder.judge.oracle import Oracle
from autograder.model.lab import Lab
from autograder.notebook.parsed_lab import parse_lab
from autograder.protocol import codec
from autograder.protocol.boxes import box, opened
from autograder.sandbox.outcomes import CallOutcome
from tests.engine.judge.labs import CHAIN, chain_lab


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(kept_files.FOLDER_VARIABLE, str(tmp_path))
    monkeypatch.setattr(module, "MIN_STEPS", 0)


def boxes_of(exercise: str, *functions: str) -> Boxes:
    """Boxes for what an exercise of the chain asks of the exercises of these names."""
    oracle = Oracle(parse_lab(chain_lab()))
    subjects = {name: answers.subject for name in functions if (answers := oracle.workbooks[name].reference)}
    signatures = dict.fromkeys(functions, "(x)")
    workbook = oracle.workbooks[exercise]
    return Foresight(workbook, signatures, lambda name, given: subjects[name].outcome(name, given)).boxes


def call(*args: object) -> bytes:
    return codec.encode((args, {}))


def test_a_box_is_opened_by_its_question_alone() -> None:
    answer = codec.encode(0.25)
    place, content = box("f", call(0.5), answer)
    assert opened({place: content}, "f", call(0.5)) == answer
    assert opened({place: content}, "g", call(0.5)) is None
    assert opened({place: content}, "f", call(0.75)) is None
    assert answer not in content
    assert call(0.5) not in place


def test_calls_of_the_reference_are_foreseen_through_others() -> None:
    own = boxes_of("volume", "square")
    assert len(own) == 3
    assert codec.decode(opened(own, "square", call(5)) or b"") == 25
    assert opened(own, "square", call(4)) is None
    both = boxes_of("volume", "square", "area")
    assert opened(both, "area", call(5))
    assert opened(both, "square", call(5)) is None  # which the lab's `area` does not ask


def test_they_are_kept_and_made_anew_if_broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = boxes_of("total", "area")
    (path,) = tmp_path.rglob("*.msgpack")
    path.write_bytes(b"\x01")
    assert boxes_of("total", "area") == made
    monkeypatch.setattr(Foresight, "_made", None)  # nobody makes them again
    assert boxes_of("total", "area") == made


def test_results_left_to_chance_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CHAIN, "area", "def area(r): return square(r) + 2 * square(r)")
    workbook = Oracle(parse_lab(chain_lab())).workbooks["area"]
    drawn = itertools.count()
    found = Foresight(
        workbook, {"square": "(x)"}, lambda name, given: CallOutcome("ok", value=codec.encode(next(drawn)))
    )
    assert not found.boxes


def long_lab() -> Lab:
    """The chain, whose last answer asks `area` a hundred times, in an order that another right answer turns round."""
    asks = "def final(x):\n    for k in {}:\n        area(k)\n    return halved(total) + base * x"
    lab = chain_lab()
    source = json.loads(lab.source)
    for cell in source["cells"]:
        cell["source"] = cell["source"].replace(CHAIN["final"], asks.format("range(100)"))
    odd = {"backwards": asks.format("range(299, 199, -1)"), "asks_nothing": CHAIN["final"]}
    return replace(lab, source=json.dumps(source), alternatives={"final": odd})


def test_an_alternative_is_recognised_by_what_it_asks_first() -> None:
    workbook = Oracle(parse_lab(long_lab())).workbooks["final"]
    asked = []

    def area(name: str, given: bytes) -> CallOutcome:
        asked.append(given)
        return CallOutcome("ok", value=codec.encode(codec.decode(given)[0][0]))

    for _ in range(2):  # the second time from disk
        foresight = Foresight(workbook, {"area": "(r)"}, area)
        assert len(foresight.boxes) == 100
        outcomes = [foresight.outcome("area", call(k)) for k in range(299, 199, -1)]
        (boxes,) = [outcome.boxes for outcome in outcomes if outcome.boxes]
        assert outcomes[module.LISTENED - 1].boxes is boxes
        assert codec.decode(opened(boxes, "area", call(200)) or b"") == 200
        assert opened(boxes, "area", call(1)) is None
    before = len(asked)
    foresight = Foresight(workbook, {"area": "(r)"}, area)
    assert not any(foresight.outcome("area", call(k + 0.5)).boxes for k in range(100))
    assert len(asked) == before + 100
