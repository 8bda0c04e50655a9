"""The catalogue as data, and the rules that hold for every file in it.

`mistakes/<exercise>/<name>.py` holds a wrong answer, `alternatives/<exercise>/<name>.py` a right one in an unusual
form: a docstring (the sentence that helps; what is unusual), then the text of a student's answer cell. Below the
docstring of a mistake may stand

    # fails: test_x, test_y      exactly these tests of its own exercise fail; without this line, at least one
    # spreads: test_z            exactly these later tests fail too, because they call the wrong function
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Entry:
    """One file of the catalogue.

    Attributes:
        kind: ``mistakes`` or ``alternatives``.
        exercise: whose answer it is.
        name: of the mistake or form.
        text: the whole file, which is also what runs in place of the student's answer cell.
        sentence: its docstring in one line.
        fails: tests of its own exercise that fail, as stated; empty if nothing is stated.
        spreads: tests of other exercises that fail, as stated.
    """

    kind: str
    exercise: str
    name: str
    text: str
    sentence: str
    fails: frozenset[str]
    spreads: frozenset[str]

    def __str__(self) -> str:
        return f"{self.kind}/{self.exercise}/{self.name}"


@cache
def entries(kind: str, exercise: str) -> tuple[Entry, ...]:
    """All mistakes or alternatives of an exercise, by name."""
    return tuple(_read(path) for path in sorted((ROOT / kind / exercise).glob("*.py")))


def all_entries(kind: str, exercises: tuple[str, ...]) -> list[Entry]:
    """The same for several exercises, as one list to parametrise a test with."""
    return [entry for exercise in exercises for entry in entries(kind, exercise)]


def _read(path: Path) -> Entry:
    text = path.read_text(encoding="utf-8")
    sentence = " ".join((ast.get_docstring(ast.parse(text, str(path))) or "").split())
    return Entry(
        kind=path.parts[-3],
        exercise=path.parts[-2],
        name=path.stem,
        text=text,
        sentence=sentence,
        fails=_tests_after("fails", text),
        spreads=_tests_after("spreads", text),
    )


def _tests_after(word: str, text: str) -> frozenset[str]:
    return frozenset(name for line in re.findall(rf"(?m)^# {word}:(.*)$", text) for name in re.findall(r"\w+", line))


def count_faults(exercise: str, main: bool) -> list[str]:
    """What is missing from the numbers of entries that the course promises, in sentences.

    Args:
        exercise: whose entries.
        main: whether much depends on the exercise, so that it needs more mistakes.
    """
    wanted = {"mistakes": 6 if main else 3, "alternatives": 4}
    found = {kind: len(entries(kind, exercise)) for kind in wanted}
    return [f"{kind}/{exercise}: {found[kind]} of {wanted[kind]}" for kind in wanted if found[kind] < wanted[kind]]


def sentence_faults(entry: Entry) -> list[str]:
    """What is wrong with the wording of an entry, in sentences."""
    faults = []
    if not entry.sentence.endswith((".", "?")):
        faults.append("The docstring must be a sentence that ends with a full stop or a question mark.")
    if len(entry.sentence) > 320:
        faults.append(f"The docstring has {len(entry.sentence)} characters, and nobody reads more than 320.")
    if entry.kind == "mistakes":
        given_away = [answer for answer in answer_expressions(entry.exercise) if answer in _squeezed(entry.sentence)]
        faults += [f"The sentence contains a piece of the answer: {answer}." for answer in given_away]
        if len(entry.sentence) < 40:
            faults.append("The sentence is too short to say both what happened and what to look at.")
    elif entry.fails or entry.spreads:
        faults.append("An alternative fails no test.")
    return faults


def answer_expressions(exercise: str) -> set[str]:
    """The expressions that the reference answer returns or assigns, without blanks; mere names and values left out."""
    tree = ast.parse((ROOT / "solutions" / f"{exercise}.py").read_text(encoding="utf-8"))
    values = [node.value for node in ast.walk(tree) if isinstance(node, ast.Return | ast.Assign | ast.AnnAssign)]
    parts = [value for value in values if value and not isinstance(value, ast.Name | ast.Constant | ast.Tuple)]
    return {_squeezed(ast.unparse(part)) for part in parts}


def _squeezed(text: str) -> str:
    return re.sub(r"[\s`]", "", text)
