"""Every mistake is rejected where it was made and nowhere else, and every unusual right answer passes.

What is marked `inner` is for whoever is writing an entry: seconds, and a fault for each test. A full run leaves it out,
because `tests/corpus/test_catalogue_engine.py` proves the same of the same entries through the engine.
"""

from __future__ import annotations

import pytest

from tests.catalogue import labtext
from tests.catalogue.catalogue import Entry, all_entries, count_faults, sentence_faults
from tests.catalogue.proof import alternative_faults, mistake_faults, twins, unknown_tests
from tests.catalogue.trial import verdicts

pytestmark = pytest.mark.spread
LAB_OF = labtext.lab_of()
MISTAKES = all_entries("mistakes", tuple(LAB_OF))
ALTERNATIVES = all_entries("alternatives", tuple(LAB_OF))


@pytest.mark.parametrize("exercise", LAB_OF)
def test_there_are_enough_of_both(exercise: str) -> None:
    assert count_faults(exercise, labtext.is_main(exercise)) == []


@pytest.mark.parametrize("entry", MISTAKES + ALTERNATIVES, ids=str)
def test_sentence_helps_and_does_not_give_the_answer_away(entry: Entry) -> None:
    assert sentence_faults(entry) == []


@pytest.mark.parametrize("exercise", LAB_OF)
def test_each_sentence_belongs_to_one_mistake(exercise: str) -> None:
    sentences = [entry.sentence for entry in all_entries("mistakes", (exercise,))]
    assert len(set(sentences)) == len(sentences)


def test_stated_tests_exist() -> None:
    assert [fault for entry in MISTAKES for fault in unknown_tests(LAB_OF[entry.exercise], entry)] == []


@pytest.mark.slow(seconds=3)
@pytest.mark.parametrize("exercise", LAB_OF)
def test_mistakes_behave_differently(exercise: str) -> None:
    assert twins(LAB_OF[exercise], exercise) == []


@pytest.mark.inner
@pytest.mark.slow(seconds=2)
@pytest.mark.parametrize("entry", MISTAKES, ids=str)
def test_mistake_is_rejected_in_its_own_exercise_only(entry: Entry) -> None:
    assert mistake_faults(LAB_OF[entry.exercise], entry) == []


@pytest.mark.inner
@pytest.mark.slow(seconds=2)
@pytest.mark.parametrize("entry", ALTERNATIVES, ids=str)
def test_alternative_passes(entry: Entry) -> None:
    assert alternative_faults(LAB_OF[entry.exercise], entry) == []


RESTATED = {
    "lists": "np.asarray(value).tolist()",
    "single precision": "np.float32(value)",
    "columns": "np.reshape(value, (-1, 1))",
    "no needless axis": "np.squeeze(value)",
}
RESHAPED = {"columns", "no needless axis"}


def restated(exercise: str, form: str) -> str:
    """The reference answer, with its result (or each of its results) in another form."""
    return (
        f"import numpy as np\n\n{labtext.answer_to(exercise).source}\n"
        f"as_written = {exercise}\n"
        f"def {exercise}(*args, **kwargs):\n"
        f"    result = as_written(*args, **kwargs)\n"
        f"    if isinstance(result, tuple):\n"
        f"        return [{RESTATED[form]} for value in result]\n"
        f"    value = result\n"
        f"    return {RESTATED[form]}\n"
    )


@pytest.mark.slow(seconds=2)
@pytest.mark.parametrize(
    ("exercise", "form"),
    [
        (exercise, form)
        for exercise in LAB_OF
        for form in RESTATED
        if labtext.is_function(exercise)
        and not labtext.deals_with_objects(exercise)
        and not (form in RESHAPED and labtext.asks_for_shape(exercise))
    ],
)
def test_form_of_a_right_result_does_not_matter(exercise: str, form: str) -> None:
    lab = LAB_OF[exercise]
    problems = verdicts(lab, exercise, restated(exercise, form), elsewhere=False)
    assert {test: problems[test] for test in labtext.tests_of(lab, exercise) if problems[test]} == {}
