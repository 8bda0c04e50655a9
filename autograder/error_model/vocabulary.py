"""What the names around an answer mean, read from the lab's own text."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from autograder.notebook.names import UNPARSABLE, bound_names, plain_python

_QUOTED = re.compile(r"`([^`\n]+)`")
_IDENTIFIER = re.compile(r"[A-Za-z_]\w*")


@dataclass(frozen=True)
class Vocabulary:
    """Names that stand before an answer, and words that the student has read.

    Attributes:
        functions: functions that earlier exercises or the lab itself define -> their parameters.
        values: other names that the lab has defined by then, e.g. `X`, `y`.
        words: identifiers that the task mentions; only these, parameters and functions may appear in a sentence.
    """

    functions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    values: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()


def vocabulary_of(before: Iterable[str], prose: str = "") -> Vocabulary:
    """The vocabulary of an answer.

    Args:
        before: texts of the code cells that stand before it, reference answers among them; what cannot be parsed
            says nothing.
        prose: what the student reads about the task. Identifiers in backquotes, or with an underscore, count as known.
    """
    functions: dict[str, tuple[str, ...]] = {}
    values: set[str] = set()
    for text in before:
        try:
            tree = ast.parse(plain_python(text))
            values |= bound_names(text)
        except UNPARSABLE:
            continue
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                functions[node.name] = tuple(argument.arg for argument in (*node.args.posonlyargs, *node.args.args))
            elif isinstance(node, (ast.Import, ast.ImportFrom)):
                values -= {(alias.asname or alias.name).split(".")[0] for alias in node.names}
    quoted = " ".join(_QUOTED.findall(prose))
    words = set(_IDENTIFIER.findall(quoted)) | {word for word in _IDENTIFIER.findall(prose) if "_" in word}
    return Vocabulary(functions, frozenset(values - functions.keys()), frozenset(words))
