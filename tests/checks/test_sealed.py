"""What the published data of the checks gives away: nothing, except to an answer that returns the same."""

from __future__ import annotations

import base64
import contextlib
import json
import re
import zlib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from check import sealed
from check.words import WORDS
from coursebuild.catalogue import Known
from coursebuild.seal import MARGIN, Probes, _Boxes, _chosen, _near, _variants
from tests.catalogue.catalogue import entries

ROOT = Path(__file__).parents[2]
DATA = sorted((ROOT / "notebooks" / "check").glob("*.json"))
MOST_BYTES = 58_000  # of one lab, as a student is handed it
MOST_IN_ALL = 300_000  # of all labs, as a course hands them out


def boxes(*answers: tuple[str, str]) -> sealed.Sealed:
    made = _Boxes("half")
    for output, sentence in answers:
        made.add(sealed.WHOLE, output, Known("", (sentence,) if sentence else ()))
    return sealed.read("half", made.data())


def test_only_the_same_output_opens_a_sentence() -> None:
    both = boxes(("(3,)1,2,3", "You doubled."), ("(3,)0.5,1,1.5", ""))
    assert both.open(sealed.WHOLE, "(3,)1,2,3") == "You doubled."
    assert both.open(sealed.WHOLE, "(3,)0.5,1,1.5") == sealed.RIGHT
    assert both.open(sealed.WHOLE, "(3,)1,2,4") is None
    assert both.open("0", "(3,)1,2,3") is None


def test_a_changed_box_opens_nothing() -> None:
    made = boxes(("1", "You doubled."))
    (name, box), *_ = made.boxes.items()
    spoiled = sealed.Sealed("half", {name: bytes([box[0] ^ 1]) + box[1:]}, made.sentences)
    assert spoiled.open(sealed.WHOLE, "1") is None


@pytest.mark.parametrize(
    "value", [0.25, np.float32(0.25), np.array([0.25]), [0.25], np.array([[0.25]]), np.array(0.25, dtype=np.float32)]
)
def test_the_same_number_in_any_form_is_rounded_alike(value: Any) -> None:
    assert sealed.rounded(value) == "()0.25"


def test_precision_and_powers_of_ten_make_no_difference() -> None:
    for number in (1 / 3, 9.996, 10.004, 99.96, -0.0999, 2e-9, 12345.0):
        assert sealed.rounded(float(np.float32(number))) == sealed.rounded(number)
    assert sealed.rounded(np.array([np.nan, np.inf])) == "(2,)nan,inf"
    assert sealed.rounded(-1e-9) == sealed.rounded(0.0)


def test_outputs_near_an_edge_get_a_box_for_either_side() -> None:
    edge = 0.12350000001
    assert _near([edge], MARGIN) == 1
    assert {seen[sealed.WHOLE] for seen in _variants([edge], 0)} >= {"()0.123", "()0.124"}
    assert _near([0.1231], MARGIN) == 0


def test_probes_tell_written_mistakes_apart() -> None:
    answers = {"right": lambda x: 3.1 * x, "size": abs, "same": lambda x: x}
    known = [Known("right"), Known("size", ("It is the size.",)), Known("same", ("It comes back.",))]
    for seed in range(5):
        probes = Probes(lambda rng, seed=seed: [[float(np.round(rng.uniform(-1, 1) * (seed + 1), 2))]])
        asked: Any = SimpleNamespace(
            probes=probes, outputs=lambda answer, inputs: [answers[answer.text](*probe) for probe in inputs]
        )
        assert _chosen(asked, known)[0][0][0] < 0


def test_exceptions_and_changed_arguments_are_outputs_too() -> None:
    def spoil(x: Any) -> Any:
        x *= 2
        return x

    assert sealed.outputs(spoil, [[[1.0, 2.0]]]) == ["changed [0]"]
    assert sealed.outputs(lambda x: spoil(x) is None or None, [[[1.0, 2.0]]]) == ["changed [0], gave None"]
    assert sealed.outputs(lambda x: x / None, [[1.0]]) == ["raised TypeError"]


def test_an_answer_that_deals_with_objects_is_asked_through_a_function() -> None:
    def listed(node: Any) -> list[Any]:
        return [*node.parents, node]

    asked = sealed.used_through("automatic_differentiation", "numbered", listed)
    assert sealed.outputs(asked, [["a; b: a 2"]]) == [[0, 1]]
    assert sealed.used_through("automatic_differentiation", "", listed) is listed


def test_sentences_are_short_and_come_back() -> None:
    text = "It looks as if you lost the minus sign in front of z."
    assert sealed.expanded(sealed.shortened(text)) == text
    assert len(sealed.shortened(text)) < len(text)


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.stem)
def test_no_sentence_and_no_output_can_be_read(path: Path) -> None:
    """Neither as text, nor decoded, nor inflated at any place."""
    data = json.loads(path.read_text(encoding="utf-8"))
    for exercise, found in data["sealed"].items():
        raw = b"".join(base64.b85decode(found[part]) for part in ("boxes", "sentences"))
        sentences = [entry.sentence.encode() for entry in entries("mistakes", exercise)]
        words = {word for sentence in sentences for word in sentence.split() if len(word) > 5}
        assert not [word for word in words if word in raw or word.decode() in found["boxes"]]
        for packed in sealed.read(exercise, found).sentences:
            for begin in range(4):
                with contextlib.suppress(zlib.error):
                    opened = zlib.decompressobj(-15, zdict=WORDS).decompress(packed[begin:])
                    assert not [sentence for sentence in sentences if sentence[:30] in opened]
        known = {"probes", "drawn", "boxes", "sentences", "results", "parts", "agree", "through", "said", "names"}
        assert set(found) <= known
        said = base64.b85decode(found.get("said", ""))
        assert not [word for word in words if word in said]
        for name in found.get("names", ()):
            assert name.replace("_", "").replace(".", "").isalnum()
    every = {entry.sentence for exercise in data["sealed"] for entry in entries("mistakes", exercise)}
    for phrase in sealed.unpacked(data["phrases"]):  # the same for every exercise: no variable of one stands in it
        assert not re.search(r"\w_\w", phrase)
        assert phrase not in every


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.stem)
def test_what_a_lab_is_handed_out_with_is_small(path: Path) -> None:
    words = ROOT / "check" / "words.py"
    assert path.stat().st_size + words.stat().st_size < MOST_BYTES


def test_what_is_handed_out_in_all_is_small() -> None:
    words = (ROOT / "check" / "words.py").stat().st_size
    assert sum(path.stat().st_size + words for path in (ROOT / "release").glob("*/check/*.json")) < MOST_IN_ALL


def test_a_sentence_that_is_far_too_long_is_refused() -> None:
    with pytest.raises(ValueError, match="about half is too long: shorten it"):
        boxes(("1", np.random.default_rng(0).bytes(300).hex()))


def test_probes_without_a_function_are_values() -> None:
    assert Probes().fixed is None


def test_two_mistakes_open_two_sentences() -> None:
    made = _Boxes("half")
    made.add(sealed.WHOLE, "1", Known("", ("You doubled.", "You turned the sign.")))
    made.add(sealed.WHOLE, "2", Known("", ("You doubled.",)))
    both = sealed.read("half", made.data())
    assert both.open(sealed.WHOLE, "1") == "You doubled. You turned the sign."
    assert both.open(sealed.WHOLE, "2") == "You doubled."
    assert len(both.sentences) == 2


def test_a_mistake_in_several_results_is_told_only_where_it_explains_them() -> None:
    mistake, other = "All are doubled.", "The first is zero."
    made = _Boxes("half")
    for view, output, sentence in (
        *((f"{i}{sealed.AMONG_OTHERS}", "2", mistake) for i in range(3)),
        ("0", "0", other),
        *((f"{i}", "1", "") for i in range(3)),
    ):
        made.add(view, output, Known("", (sentence,) if sentence else ()))
    every = sealed.read("half", made.data())

    def told(*outputs: str, own: tuple[str, ...] = (sealed.WHOLE,)) -> list[str]:
        seen = {sealed.WHOLE: "/".join(outputs)} | {str(i): output for i, output in enumerate(outputs)}
        return sealed.opened(every, seen).sentences(own)

    assert told("1", "1", "2") == []  # it would have changed the others, too
    assert told("0", "2", "2") == [other, mistake]
    assert told("0", "2", "2", own=("0",)) == [other]
    assert told("9", "2", "2") == [mistake]
    assert told("9", "9", "2") == []


def test_no_generated_mistake_is_added_to_full_boxes() -> None:
    made = _Boxes("half", most_bytes=40)
    for number in range(9):
        made.add(sealed.WHOLE, str(number), Known("", (f"Generated {number}.",), written=False))
    count = len(made.said)
    made.add(sealed.WHOLE, "written", Known("", ("Written.",)))
    assert 0 < count < 9
    assert len(made.entries) == 1


def test_generated_mistakes_are_told_in_phrases_and_names() -> None:
    phrases: list[str] = []
    made = _Boxes("half", phrases=phrases)
    sentence = "In `z_1`, a sign seems to be wrong: what about `b_1`?"
    made.add(sealed.WHOLE, "1", Known("", (sentence,), written=False))
    made.add(sealed.WHOLE, "2", Known("", (sentence.replace("b_1", "x"), "Another one."), written=False))
    made.add(sealed.WHOLE, "3", Known("", ("The formula `1 / x` stands here.",), written=False))
    data = made.data()
    assert phrases == ["In `, a sign seems to be wrong: what about `?", "Another one."]
    assert data["names"] == ["z_1", "b_1", "x"]
    every = sealed.read("half", data, sealed.packed(phrases))
    assert every.open(sealed.WHOLE, "1") == sentence
    assert every.open(sealed.WHOLE, "2") == sentence.replace("b_1", "x") + " Another one."
    assert every.open(sealed.WHOLE, "3") == "The formula `1 / x` stands here."
    assert every.open(sealed.WHOLE, "4") is None
