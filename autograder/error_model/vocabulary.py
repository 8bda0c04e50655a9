"""What the names around an answer mean, read from the lab's own text."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from autograder.notebook.names import UNPARSABLE, bound_names, plain_python

_CODE = re.compile(r"`([^`\n]+)`")
_IDENTIFIER = re.compile(r"[A-Za-z_]\w*")
_RESULT = re.compile(r"\W*(results?|returns?)\b", re.IGNORECASE)
_RETURNED = re.compile(r"`return ([^`\n]+)`")


@dataclass(frozen=True)
class Vocabulary:
    """Names that stand before an answer, and words that the student has read.

    Attributes:
        functions: functions that earlier exercises or the lab itself define -> their parameters.
        values: other names that the lab has defined by then, e.g. `X`, `y`.
        modules: names under which modules are imported, e.g. `np`.
        words: identifiers that the task mentions.
        results: names of the results in the order in which the task wants them returned, if it says so.
        bodies: functions that are a single expression -> the text of their definition.
    """

    functions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    values: frozenset[str] = frozenset()
    modules: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    results: tuple[str, ...] = ()
    bodies: Mapping[str, str] = field(default_factory=dict)


def vocabulary_of(before: Iterable[str], prose: str = "") -> Vocabulary:
    """The vocabulary of an answer.

    Args:
        before: texts of the code cells that stand before it, reference answers among them; what cannot be parsed
            says nothing.
        prose: what the student reads about the task. Identifiers in backquotes, or with an underscore, count as known.
    """
    functions: dict[str, tuple[str, ...]] = {}
    bodies: dict[str, str] = {}
    values: set[str] = set()
    modules: set[str] = set()
    for text in before:
        try:
            tree = ast.parse(plain_python(text))
            values |= bound_names(text)
        except UNPARSABLE:
            continue
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                functions[node.name] = tuple(argument.arg for argument in (*node.args.posonlyargs, *node.args.args))
                bodies[node.name] = ast.unparse(node)
            elif isinstance(node, (ast.Import, ast.ImportFrom)):
                modules |= {(alias.asname or alias.name).split(".")[0] for alias in node.names}
    words = set(_IDENTIFIER.findall(" ".join(_CODE.findall(prose))))
    words |= {word for word in _IDENTIFIER.findall(prose) if "_" in word}
    return Vocabulary(
        functions,
        frozenset(values - functions.keys() - modules),
        frozenset(modules),
        frozenset(words),
        _results(prose),
        bodies,
    )


def _results(prose: str) -> tuple[str, ...]:
    """Names in the code that says what to return; otherwise those of lines that begin with `result`."""
    if returned := _RETURNED.findall(prose):
        return tuple(_IDENTIFIER.findall(returned[-1]))
    lines = [line for line in prose.splitlines() if _RESULT.match(line)]
    return tuple(dict.fromkeys(code for line in lines for code in _CODE.findall(line) if code.isidentifier()))
