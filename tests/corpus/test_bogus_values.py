"""No test of the course takes what is no answer: every exercise at once answered by the same odd value."""

from __future__ import annotations

import ast

import pytest

from autograder.model.record import Verdict
from tests.corpus.conftest import LIMITS
from tests.corpus.one_judge import grade_all
from tests.corpus.test_catalogue_engine import LABS, ROOT, answers, exercises_of, lab

pytestmark = [pytest.mark.slow(seconds=25), pytest.mark.spread]

YES = """\
class Yes:
    __hash__ = None
    __array_priority__ = 1e9
    def __eq__(self, other):
        return True
    __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __bool__ = __contains__ = __eq__
    def __getattr__(self, name):
        return self
    def __call__(self, *args, **kwargs):
        return self
"""
ODD = {
    "nothing": "None",
    "true": "True",
    "text": "'0.5'",
    "not a number": "np.nan",
    "infinity": "np.inf",
    "complex": "0.5 + 0j",
    "empty": "np.zeros((0,))",
    "empty rows": "np.zeros((0, 2))",
    "empty columns": "np.zeros((2, 0))",
    "empty list": "[]",
    "four empty": "(np.zeros(0),) * 4",
    "four not numbers": "(np.nan,) * 4",
    "four true": "(True,) * 4",
    "all masked": "np.ma.masked_all((2, 3))",
    "structure": "np.zeros(3, dtype=[('a', 'f8')])",
    "dates": "np.array(['2026-01-01'], dtype='M8[D]')",
    "ragged": "[[1], [1, 2]]",
    "objects": "np.array([Yes(), Yes()], dtype=object)",
    "equal to all": "Yes()",
    "dict": "{'w': 1.0, 0: float('nan')}",
    "function": "lambda *a, **k: 0.5",
    "generator": "(i for i in range(3))",
    "large": "np.ones((1000, 1000))",
    "deep": "eval('[' * 40 + ']' * 40)",
    "figure": "__import__('matplotlib.figure').figure.Figure()",
    "own arguments": "a[0] if a else None",
}


@pytest.mark.parametrize("name", LABS[::-1])
def test_odd_values_get_nothing(name: str) -> None:
    """All tests fail, none breaks, and each says why."""
    exercises = dict.fromkeys(exercises_of(name).values())
    given = [{one: odd_answer(one, expression) for one in exercises} for expression in ODD.values()]
    results = grade_all([answers(name, texts) for texts in given], lab(name), LIMITS)
    wrong = [
        (what, record)
        for what, result in zip(ODD, results, strict=True)
        for record in result.records
        if record.verdict is not Verdict.FAILED or record.points or not record.message
    ]
    assert not wrong, "\n".join(map(str, wrong))


def odd_answer(exercise: str, expression: str) -> str:
    """An answer that has the exercise's names, and gives this to whoever asks."""
    text = (ROOT / "solutions" / f"{exercise}.py").read_text(encoding="utf-8")
    marked = text.partition("# --- answer ---")[2] or text
    lines = [YES]
    for node in ast.parse(marked).body:
        if isinstance(node, ast.FunctionDef):
            lines.append(f"def {node.name}(*a, **k):\n    return {expression}")
        elif isinstance(node, ast.Assign | ast.AnnAssign | ast.For | ast.AugAssign):
            names = {one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)}
            lines += [f"a = ()\n{one} = {expression}" for one in sorted(names)]
    return "\n".join(lines)
