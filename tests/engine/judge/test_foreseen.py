"""Results that a second run need not ask for: those of the reference's own calls, in boxes that only the call opens."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import msgpack
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
    workbook = Oracle(parse_lab(chain_lab())).workbooks[exercise]
    return Foresight(workbook, functions, unasked).boxes_of(workbook.exercise.answer)


def unasked(name: str, given: bytes) -> CallOutcome:
    """Answers no question."""
    raise AssertionError(name)


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
    paths = list(tmp_path.rglob("*.msgpack"))
    assert len(paths) == 2  # the beginnings, and the boxes
    for path in paths:
        for odd in (b"\x01", b"", msgpack.packb({"area": 1}), msgpack.packb([[{"area": [1]}], {}])):
            path.write_bytes(odd)
            assert boxes_of("total", "area") == made
    monkeypatch.setattr(Foresight, "_recording", None)  # nobody makes them again
    assert boxes_of("total", "area") == made


def test_one_recording_serves_each_set_of_functions(tmp_path: Path) -> None:
    boxes_of("volume", "square", "area")
    kept = len(list(tmp_path.rglob("*.msgpack")))
    boxes_of("volume", "area")
    assert len(list(tmp_path.rglob("*.msgpack"))) == kept
    boxes_of("volume", "square")  # on the student's own `area`, which asks what the lab's does not
    assert len(list(tmp_path.rglob("*.msgpack"))) > kept


def test_results_left_to_chance_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CHAIN, "square", "made = []\ndef square(x):\n    made.append(x)\n    return x * x + len(made)")
    monkeypatch.setitem(CHAIN, "area", "def area(r): return square(r) + 2 * square(r)")
    assert not boxes_of("area", "square")


def test_objects_stay_on_their_side(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = "class Squared:\n    def __init__(self, x): self.x = x * x\ndef square(x): return Squared(x)"
    monkeypatch.setitem(CHAIN, "square", kept)
    monkeypatch.setitem(CHAIN, "area", "def area(r): return 3 * square(r).x")
    assert not boxes_of("volume", "square")
    assert len(boxes_of("volume", "area")) == 3


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
        foresight = Foresight(workbook, ["area"], area)
        assert len(foresight.boxes_of(workbook.exercise.answer)) == 100
        outcomes = [foresight.outcome("area", call(299 - k)) for k in range(module.LISTENED)]
        assert not any(outcome.boxes for outcome in outcomes[:-1])
        boxes = outcomes[-1].boxes
        assert all(opened(boxes, "area", call(k)) for k in range(200, 300))
        assert codec.decode(opened(boxes, "area", call(200)) or b"") == 3 * 200**2
        assert opened(boxes, "area", call(1)) is None
    before = len(asked)
    foresight = Foresight(workbook, ["area"], area)
    assert not any(foresight.outcome("area", call(k + 0.5)).boxes for k in range(100))
    assert len(asked) == before + 100


def test_cells_of_the_lab_may_ask_first_and_a_fresh_runner_gets_its_boxes_again() -> None:
    workbook = Oracle(parse_lab(long_lab())).workbooks["final"]
    foresight = Foresight(workbook, ["area"], lambda name, given: CallOutcome("ok", value=codec.encode(0)))
    others, own = [call(k + 0.5) for k in range(module.LISTENED + 15)], [call(k) for k in range(100)]
    for asked in (others + own, own):
        assert any(foresight.outcome("area", given).boxes for given in asked)
    assert not any(foresight.outcome("area", call(k + 0.25)).boxes for k in range(20 * module.LISTENED))
    assert not any(foresight.outcome("area", given).boxes for given in own)  # which is not listened to for ever


def test_what_most_need_is_made_before_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    workbook = Oracle(parse_lab(long_lab())).workbooks["final"]
    foresight = Foresight(workbook, ["area"], lambda name, given: CallOutcome("ok", value=codec.encode(0)))
    foresight.prepare()
    monkeypatch.setattr(Foresight, "_recording", None)
    foresight.prepare()
    assert any(foresight.outcome("area", call(k)).boxes for k in range(module.LISTENED))
