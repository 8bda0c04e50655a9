"""Many short answers alike tell what one does not; who works alone is not listed, however few the answers are."""

from __future__ import annotations

import random
import time

import pytest

from autograder.similar.features import Feature, StudentWork
from autograder.similar.forms import form_of, layout_of
from autograder.similar.pairs import Pair, similar_pairs

EXERCISES = [f"exercise {number}" for number in range(7)]
FORMS = {exercise: [f"form {number}" for number in range(16)] for exercise in EXERCISES}
REFERENCE = {Feature("form", exercise, "form 0") for exercise in EXERCISES}


def class_of(students: int, copies: int, seed: int, forms: int = 16) -> list[StudentWork]:
    """Each chooses each answer from a few, the first one most often; copies take over all but one."""
    rng, works = random.Random(seed), []
    for number in range(students):
        chosen = {each: FORMS[each][int(forms * rng.random() ** 1.5)] for each in EXERCISES}
        works.append(_work(f"s{number:03}", chosen))
        if number < copies:
            works.append(_work(f"t{number:03}", chosen | {rng.choice(EXERCISES): "of my own"}))
    return works


def _work(student: str, chosen: dict[str, str]) -> StudentWork:
    features = {Feature("form", exercise, form): (1, 1) for exercise, form in chosen.items()}
    return StudentWork(student, list(chosen.items()), features)


def names(pairs: list[Pair]) -> set[tuple[str, str]]:
    return {(pair.first.student, pair.second.student) for pair in pairs}


@pytest.mark.parametrize("seed", range(3))
def test_copies_of_short_answers_are_the_first(seed: int) -> None:
    pairs = similar_pairs(class_of(60, 3, seed), REFERENCE, set())
    assert {("s000", "t000"), ("s001", "t001"), ("s002", "t002")} >= names(pairs)
    assert len(pairs) >= 2
    assert pairs[0].reasons()[0].startswith(("5 answers are alike but for", "6 answers are alike but for"))


@pytest.mark.parametrize("forms", [1, 2, 5, 16])
def test_who_works_alone_is_not_listed(forms: int) -> None:
    assert [similar_pairs(class_of(size, 0, size, forms), REFERENCE, set()) for size in (2, 10, 60, 150)] == [[]] * 4


@pytest.mark.parametrize(("same", "listed"), [("the same", [("s01", "s02")]), ("", [])])
def test_a_layout_of_ones_own_tells_more_than_a_form(same: str, listed: list[tuple[str, str]]) -> None:
    """Ten write each answer in the same form, and all but the copy in a layout of their own."""
    works = []
    for number in range(60):
        layout = same if same and number in (1, 2) else f"layout {number}"
        form = "a form" if number < 10 else f"form {number}"
        features = {Feature("form", each, form): (1, 1) for each in EXERCISES[:4]}
        features |= {Feature("layout", each, layout): (1, 1) for each in EXERCISES[:4]}
        works.append(StudentWork(f"s{number:02}", [(each, form) for each in EXERCISES[:4]], features))
    found = similar_pairs(works, set(), set())
    assert [(pair.first.student, pair.second.student) for pair in found] == listed


@pytest.mark.parametrize("habits", [2, 8, 40])
@pytest.mark.parametrize("seed", range(3))
def test_a_habit_in_every_exercise_is_one_thing_in_common(habits: int, seed: int) -> None:
    """Right answers that many have, with the blanks that each student is used to."""
    rng, works = random.Random(seed), []
    for number in range(200):
        habit = rng.randrange(habits)
        features = {}
        for each in EXERCISES:
            form = f"form {int(3 * rng.random() ** 2)}"
            features[Feature("form", each, form)] = (1, 1)
            features[Feature("layout", each, f"{form} {habit} {rng.random() < 0.05}")] = (1, 1)
        works.append(StudentWork(f"s{number:03}", [(each, "") for each in EXERCISES], features))
    assert similar_pairs(works, REFERENCE, set()) == []


def test_five_hundred_students_take_seconds() -> None:
    started = time.process_time()
    similar_pairs(class_of(500, 5, 1), REFERENCE, set())
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    "disguised",
    [
        "def f(a: int) -> float:\n    '''Mine.'''\n    other: float = a + 1  # so\n    p = abs(a)\n    return other, p",
        "def f(n):\n    t = abs(n)\n    s = n + 1\n\n    return s, t",
    ],
)
def test_a_form_says_nothing_of_names_comments_and_order(disguised: str) -> None:
    original = "def f(x):\n    one = x + 1\n    two = abs(x)\n    return one, two"
    assert form_of(original) == form_of(disguised)
    assert form_of(original) != form_of(original.replace("abs", "round"))
    assert form_of(original) != form_of(original.replace("1", "2"))
    assert form_of("def f(:") == layout_of("def f(:") == ""


def test_a_layout_says_nothing_of_names_comments_and_order() -> None:
    original = "def f(x):\n    one = x+1\n    two = abs(x)\n    return (one,\n            two)"
    renamed = (
        "def f(n):\n    'Mine.'\n\n    b = abs(n)  # so\n    a = n+1\n    # and so\n    return (a,\n            b)"
    )
    assert layout_of(original) == layout_of(renamed)
    assert layout_of(original) != layout_of(original.replace("x+1", "x + 1"))
    assert layout_of(original) != layout_of(original.replace(",\n            ", ", "))
