"""Finished English sentences become sentences of another language."""

from __future__ import annotations

import time

import pytest

from autograder.language.translate import Translator

CATALOGUE = {
    "{what} must be {expected}, but it is {got}": "{what}: має бути {expected}, а є {got}",
    "it is {word} the right result": "це {word} від правильного",
    "half of": "половина",
    "Your code raised {name}: {text}": "Ваш код викликав {name}: {text}",
    "a minus sign seems to be missing{where}: check the signs.": "здається, бракує мінуса{where}: перевірте знаки.",
    "In {part}, {body}": "У {part} {body}",
    "the sum of `{name}`": "сума `{name}`",
    "Each number is {told} times what it should be": "Кожне число в {told} разів більше",
    "Stuck? Open Hint {count}.": "Застрягли? Відкрийте підказку {count}.",
    "passed": "зараховано",
    " ({number} points)": " ({number} балів)",
    "✗ Not yet": "✗ Ще ні",
    "{quoted} and {quoted_2}": "{quoted} та {quoted_2}",
    "{words}, in part": "{words}, частково",
    "`{name}` is wrong where `{name}` is 0.": "`{name}` хибне, де `{name}` є 0.",
}
SAY = Translator(CATALOGUE)


@pytest.mark.parametrize(
    ("english", "other"),
    [
        ("passed", "зараховано"),
        ("passed, in part", "зараховано, частково"),
        (
            "sigmoid(0) must be 0.5, but it is 0.25: it is half of the right result.",
            "sigmoid(0): має бути 0.5, а є 0.25: це половина від правильного.",
        ),
        ("A minus sign seems to be missing: check the signs.", "Здається, бракує мінуса: перевірте знаки."),
        (
            "In `dL_db2`, a minus sign seems to be missing: check the signs.",
            "У `dL_db2` здається, бракує мінуса: перевірте знаки.",
        ),
        ("Each number is the sum of `x` times what it should be.", "Кожне число в сума `x` разів більше."),
        (
            "Stuck? Open Hint 2. Stuck? Open Hint 1.",
            "Застрягли? Відкрийте підказку 2. Застрягли? Відкрийте підказку 1.",
        ),
        ("`half of` is wrong where `half of` is 0.", "`half of` хибне, де `half of` є 0."),
        ("✗ Not yet: `sigmoid` (2 points)", "✗ Ще ні: `sigmoid` (2 балів)"),
        ("", ""),
        ("0.25", "0.25"),
    ],
)
def test_sentences(english: str, other: str) -> None:
    assert SAY(english) == other
    assert SAY.remains(english) == ""


def test_what_is_not_known_stays_and_is_told() -> None:
    sentence = "Nobody has ever said such a thing."
    assert SAY(sentence) == sentence
    assert SAY.remains(sentence) == sentence
    assert SAY.remains("Your code raised ValueError: this text is Python's own") != ""


def test_pythons_own_words_are_left_alone() -> None:
    """Two names with an "and" between are a list; an "and" in a message of Python's is none."""
    assert SAY("`a` and `b`") == "`a` та `b`"
    sentence = "Your code raised ValueError: shapes (3,4) and (5,6) not aligned."
    assert SAY(sentence) == "Ваш код викликав ValueError: shapes (3,4) and (5,6) not aligned."


def test_a_long_text_of_nobodys_takes_no_long_time() -> None:
    started = time.process_time()
    SAY("the quick brown fox, jumps over: the lazy dog; and runs (fast), to it. " * 12)
    assert time.process_time() - started < 2


def test_different_values_do_not_fit_one_placeholder() -> None:
    assert SAY("`a` is wrong where `b` is 0.") == "`a` is wrong where `b` is 0."


def test_messages_are_filled_as_they_are() -> None:
    assert SAY.message("Stuck? Open Hint {count}.", count="passed") == "Застрягли? Відкрийте підказку passed."
    assert SAY.message("{count} things", count=2) == "2 things"


def test_without_a_catalogue_everything_stays_english() -> None:
    assert Translator({})("passed, in part") == "passed, in part"


def test_single_words_of_a_heading_are_translated() -> None:
    """They count as no English, as names do, but where a message is known it is used."""
    translator = Translator({"✓ Passed": "✓ Пройдено", " ({number} points)": " (балів: {number})"})
    assert translator("✓ Passed: `sigmoid` (2 points)") == "✓ Пройдено: `sigmoid` (балів: 2)"
    assert translator("sigmoid: `x` (2)") == "sigmoid: `x` (2)"
