"""Answers of a made-up lab, their mutants, and what these say."""

from __future__ import annotations

from functools import cache

from autograder.error_model import Mutant, single_mutants, vocabulary_of

BEFORE = (
    "import numpy as np\nimport matplotlib.pyplot as plt",
    "X_train, X_test, X = np.ones(3), np.ones(2), np.ones(5)\ny_train, y_test, y = np.ones(3), np.ones(2), np.ones(5)",
    "def squash(z):\n    return 1 / (1 + np.exp(-z))",
    "def slope(z):\n    s = squash(z)\n    return s * (1 - s)",
    "def weighted(x, w, b):\n    return w * x + b",
)
PROSE = "Write `f(x, w, b)` with the help of `squash` and `slope`.\n\n| result | `dw`, `db` | the two gradients |"
VOCABULARY = vocabulary_of(BEFORE, PROSE)


def function(body: str, parameters: str = "x, w, b") -> str:
    """The text of a function `f`."""
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    return f"def f({parameters}):\n{lines}"


@cache
def mutants(answer: str, names: str = "f", prose: str = PROSE, before: tuple[str, ...] = BEFORE) -> dict[str, Mutant]:
    """The single mutants of an answer by name."""
    return {
        mutant.name: mutant for mutant in single_mutants(answer, frozenset(names.split()), vocabulary_of(before, prose))
    }


def said_of(answer: str, wanted: str, names: str = "f", prose: str = PROSE, before: tuple[str, ...] = BEFORE) -> str:
    """The sentences, in small letters, of the mutants in whose text a piece stands up to the end of a line."""
    found = [mutant for mutant in mutants(answer, names, prose, before).values() if f"{wanted}\n" in f"{mutant.text}\n"]
    return "\n".join(sentence for mutant in found for sentence in mutant.sentences).lower()
