"""What holds for the mutants of every answer: valid Python, told apart, in one order, and silent about the answer."""

from __future__ import annotations

import ast
import re
import time
from pathlib import Path

import pytest

from autograder.error_model import Mutant, paired_mutants, single_mutants, vocabulary_of
from autograder.error_model.forms import forms, read
from autograder.error_model.operators import INSIDE, OUTSIDE
from autograder.error_model.tree import Slot, block, replaced
from autograder.error_model.writing import Writing
from tests.catalogue.catalogue import answer_expressions
from tests.engine.error_model.texts import VOCABULARY, function, mutants

ROOT = Path(__file__).parents[3]
EXERCISES = sorted(path.stem for path in (ROOT / "solutions").glob("[a-z]*.py"))
ODD = [
    "",
    "def f(:",
    "%matplotlib inline\n!pip install numpy\ndef f(x):\n    return x",
    "class F:\n    def __call__(self, x):\n        self.x = x\n        return x + 1\n\nf = F()",
    "def f(x):\n    yield from (a for a in x)\n    yield x",
    "async def f(x):\n    async with x as y:\n        return await y",
    "f = lambda x, *a, **k: (x, a, k)",
    "def f(*x):\n    try:\n        return [*x]\n    except ValueError as e:\n        raise KeyError from e\n"
    "    finally:\n        pass",
    "def f(x):\n    match x:\n        case [1, *rest]:\n            return rest\n        case _:\n            return x",
    "from functools import partial\nf = partial(max, 2)",
    "def f(x): return 1j * x + True - 'a' * 3 + b'c'[0] + 10 ** 400",
    "def f(x):\n    global y\n    y = x\n    del x\n    return (n := y) if y else ~n",
    "x: int\nf: float = 2.0\nf @= 3",
    "def f(x):\n    while True:\n        x[0][1:2, ::3] += 1\n        return\n",
    "def f(x):\n    return " + "(" * 60 + "x" + ")" * 60,
    "def f(x):\n    return " + "+".join(["x"] * 400),
    "def f(x):\n    return f'{x!r:>{x}} {x + 1}'",
    "f = " + "[" * 80 + "]" * 80,
    "@staticmethod\ndef f(x, /, y=1, *, z: int = 2) -> None:\n    '''Doc.'''\n",
    "\x00",
]


def answer(exercise: str) -> str:
    """A reference answer of the course."""
    return (ROOT / "solutions" / f"{exercise}.py").read_text(encoding="utf-8")


def of_exercise(exercise: str) -> list[Mutant]:
    """The single mutants of a reference answer, with the course's other functions known."""
    text = answer(exercise)
    names = frozenset(
        name
        for node in ast.parse(text).body
        for name in ([node.name] if isinstance(node, ast.FunctionDef) else _assigned(node))
    )
    others = [answer(other) for other in ("sigmoid", "affine", "hidden_layer", "forward", "sigmoid_derivative")]
    return single_mutants(text, names, vocabulary_of(["import numpy as np", *others], ""))


def _assigned(node: ast.stmt) -> list[str]:
    targets = node.targets if isinstance(node, ast.Assign) else []
    return [target.id for target in targets if isinstance(target, ast.Name)]


@pytest.mark.parametrize("exercise", EXERCISES)
def test_mutants_of_the_course_are_valid_distinct_and_silent(exercise: str) -> None:
    found = of_exercise(exercise)
    assert 10 < len(found) <= 2000
    assert len({mutant.name for mutant in found}) == len(found)
    assert len({mutant.text for mutant in found}) == len(found)
    expressions = answer_expressions(exercise)
    for mutant in found:
        ast.parse(mutant.text)
        assert mutant.changes == len(mutant.sentences) == 1
        (sentence,) = mutant.sentences
        assert 40 <= len(sentence) <= 200, sentence
        assert sentence[0].isupper() or sentence[0] == "`", sentence
        assert sentence.endswith((".", "?")), sentence
        squeezed = re.sub(r"[\s`]", "", sentence)
        assert not [expression for expression in expressions if expression in squeezed], sentence


def test_the_same_mutants_in_the_same_order() -> None:
    assert of_exercise("forward") == of_exercise("forward")


def test_generation_is_quick() -> None:
    started = time.process_time()
    of_exercise("forward")
    assert time.process_time() - started < 2


def test_no_more_than_wanted_and_no_operator_keeps_out_the_others() -> None:
    text = function(
        "\n".join(f"v{i} = w * x + b" for i in range(9)) + "\nreturn v0 + " + " + ".join(f"v{i}" for i in range(9))
    )
    found = single_mutants(text, frozenset({"f"}), VOCABULARY, most=300)
    assert len(found) == 300
    assert found == single_mutants(text, frozenset({"f"}), VOCABULARY, most=600)[:300]
    kinds = {mutant.name.partition("-")[0] for mutant in found}
    assert {"sign_turned", "name", "result_summed", "argument_negated", "term_lost"} <= kinds


@pytest.mark.parametrize("text", ODD)
def test_nothing_is_raised_over_odd_text(text: str) -> None:
    for mutant in single_mutants(text, frozenset({"f"}), VOCABULARY):
        ast.parse(mutant.text)
    for mutant in paired_mutants(text, frozenset({"f"}), VOCABULARY, 20):
        ast.parse(mutant.text)


@pytest.mark.parametrize("text", ODD)
def test_no_operator_stumbles_over_odd_text(text: str) -> None:
    code = read(text, frozenset({"f"}), VOCABULARY)
    for form in forms(code) if code else ():
        for operator in (*INSIDE, *OUTSIDE):
            for place in form.places:
                list(operator(place))


def test_nothing_is_known_of_a_lab_without_numpy() -> None:
    found = mutants(function("return w * x"), before=())
    assert found
    assert all("np." not in mutant.text for mutant in found.values())


def test_pairs_have_two_changes_and_both_sentences() -> None:
    text = function("return w * x + b")
    singles = {mutant.text for mutant in mutants(text).values()}
    pairs = list(paired_mutants(text, frozenset({"f"}), VOCABULARY, 300))
    assert len(pairs) == 300 == len({pair.text for pair in pairs}) == len({pair.name for pair in pairs})
    for pair in pairs:
        ast.parse(pair.text)
        assert pair.changes == len(pair.sentences) == 2
        assert pair.text not in singles
        assert not any(name.startswith(("return_lost", "result_nothing", "curve_")) for name in pair.name.split("+"))


def test_a_sentence_names_only_what_a_student_knows() -> None:
    text = function("secret = w * x\nreturn secret + b")
    told = " ".join(sentence for mutant in mutants(text).values() for sentence in mutant.sentences)
    assert "secret" not in told
    assert "`w`" in told


def test_a_change_in_what_two_of_three_results_share_names_these() -> None:
    prose = "`return one, two, three`"
    text = function("e = 2 * x\none = e * w\ntwo = e * b\nthree = w\nreturn one, two, three")
    found = mutants(text, prose=prose)
    sentences = {sentence for mutant in found.values() for sentence in mutant.sentences}
    assert "In `one` and `two`, a factor 2 seems to be missing: check the constants." in sentences


def test_a_formula_is_changed_where_an_earlier_function_was_called() -> None:
    mutant = next(each for each in mutants(function("return weighted(x, w, b)")).values() if "w * x - b" in each.text)
    assert "sign in front of `b`" in mutant.sentences[0]


def test_results_are_those_of_the_task_not_of_an_earlier_one() -> None:
    prose = "### First\n\nWrite `return one, two`.\n\n### Second\n\n| result | `dw`, `db` | after `N` steps |\n"
    assert vocabulary_of([], prose).results == ("dw", "db")


def test_what_a_table_says_of_arguments() -> None:
    lines = ("| `n` | a number |", "| `x`, `y` | shape `(n,)` |", "| `p` | a tuple of two arrays: `a`, `b` |")
    found = vocabulary_of([], "\n".join(lines))
    assert set(found.numbers) == {"n"}
    assert set(found.arrays) == {"x", "y", "p"}
    assert found.members == {"p": ("a", "b")}


def test_whole_numbers_are_no_arrays_whatever_they_count() -> None:
    lines = ("| `n`, `size` | whole numbers: passes over all points, points for each step |", "| `X` | the points |")
    found = vocabulary_of([], "\n".join(lines))
    assert set(found.numbers) == {"n", "size"}
    assert set(found.arrays) == {"X"}


WRITTEN = [
    "x = 1\ndef f(a, *, b=2):\n    while a:\n        for i in range(3):\n            a -= i\n    return lambda: a * b\n"
    "y = f",
    "def f(a):\n    for i in a:\n        pass\n    else:\n        return 1\n\ndef g():\n    if f:\n        return 2\n"
    "    return 3",
    "@cache\ndef f(a):\n    def inner():\n        'docstring\\nof two lines'\n        return a\n    return inner",
]


@pytest.mark.parametrize("text", WRITTEN)
def test_what_a_change_leaves_alone_is_written_as_before(text: str) -> None:
    """Whatever is changed, the text is what `ast.unparse` writes; also when other changes were written before."""
    tree = ast.parse(text)
    writing = Writing(tree)
    assert writing.text() == ast.unparse(tree)
    for node in list(ast.walk(tree)):
        for name, value in ast.iter_fields(node):
            slot = Slot(node, name) if isinstance(value, ast.expr) else None
            if isinstance(value, list) and value and isinstance(value[0], ast.stmt):
                slot = Slot(node, name, 0)
            if slot is not None and isinstance(getattr(value, "ctx", ast.Load()), ast.Load):
                new = (
                    block(ast.parse("p = 1").body[0], ast.parse("q = 2").body[0])
                    if slot.index == 0
                    else ast.Name("new")
                )
                changed = writing.changed(((slot, new),))
                with replaced(((slot, new),)):
                    assert changed == ast.unparse(tree)
    assert writing.text() == ast.unparse(tree)
    with pytest.raises(SyntaxError):
        writing.changed(((Slot(tree, "body", 0), ast.Expr(ast.Name("no python"))),))
