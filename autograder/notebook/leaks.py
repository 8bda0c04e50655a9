"""Answers and hidden tests of a lab, and whether a text for students shows a line of them.

Lines are compared without spaces and comments. A line tells something if it has an operator (`=` is one), or a bracket
and at least four names. `return a, b`, `plt.show()`, `)` and imports tell nothing, nor does a docstring, nor a `def`
line, which the task gives anyway. A line of a hidden test that a visible test shows as well is no secret.
"""

from __future__ import annotations

import ast
import io
import json
import keyword
import re
import tokenize
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

SHORTEST = 10
"""Characters of a line of code that is looked for inside prose; a line of a model answer has twice as many."""
_LAYOUT = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}


def squeeze(line: str) -> str:
    """A line of code without spaces and comment."""
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(line.strip()).readline))
    except (tokenize.TokenError, SyntaxError):
        return re.sub(r"\s+", "", line)
    return "".join(token.string for token in tokens if token.type not in _LAYOUT)


def tells(line: str) -> bool:
    """Whether a line of code carries an idea."""
    if re.match(r"\s*(def|class|import|from)\b|\s*#", line):
        return False
    names = [name for name in re.findall(r"[A-Za-z_]\w*", line) if not keyword.iskeyword(name)]
    return bool(names and re.search(r"[-+*/@%=<>|&]", line)) or (len(names) >= 4 and "(" in line)


def without_docstrings(code: str) -> list[str]:
    """The lines of code, docstrings and other lone strings left out."""
    strings = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Expr) and _is_text(node.value)]
    said = {number for node in strings for number in range(node.lineno, (node.end_lineno or node.lineno) + 1)}
    return [line for number, line in enumerate(code.splitlines(), 1) if number not in said]


def find(line: str, secrets: Mapping[str, str], code: bool) -> str:
    """Whose line this is, or that of which it shows one; empty when it is nobody's.

    Args:
        line: a line of a text for students.
        secrets: squeezed line -> whose it is.
        code: a line of code is compared as a whole; prose may have a secret anywhere in it.
    """
    squeezed = squeeze(line)
    if squeezed in secrets:
        return secrets[squeezed]
    # What is commented out, or stands in a heading, can be read all the same.
    _, mark, comment = line.partition("#")
    shown = re.sub(r"\s+", "", comment) if code else squeezed + (re.sub(r"\s+", "", comment) if mark else "")
    if shown in secrets:
        return secrets[shown]
    return next((whose for secret, whose in secrets.items() if len(secret) >= SHORTEST and secret in shown), "")


@dataclass(frozen=True)
class Delimiters:
    """What encloses answers and hidden tests in source notebooks: nbgrader's settings."""

    begin_solution: str
    end_solution: str
    begin_hidden: str
    end_hidden: str

    def found(self, line: str) -> bool:
        """Whether a line is one of them."""
        return any(mark in line for mark in self.__dict__.values())


@dataclass(frozen=True)
class Secrets:
    """What one lab's source tells and its students' copies must not.

    Attributes:
        answers: squeezed line -> whose it is, of reference answers and model answers.
        hidden: squeezed line -> whose it is, of hidden tests.
        public: squeezed lines of everything else in the source.
    """

    answers: dict[str, str]
    hidden: dict[str, str]
    public: frozenset[str]


def read_secrets(lab: str, source: str, marks: Delimiters) -> Secrets:
    """Sort the lines of a source notebook.

    Args:
        lab: name of the lab.
        source: text of its source notebook.
        marks: nbgrader's delimiters.
    """
    answers: dict[str, str] = {}
    hidden: dict[str, str] = {}
    public: set[str] = set()
    for cell in json.loads(source)["cells"]:
        code = cell["cell_type"] == "code"
        name = cell["metadata"].get("nbgrader", {}).get("grade_id") or cell.get("id", "a cell")
        parts = _parts("".join(cell["source"]), marks)
        public |= {squeeze(line) for line in parts["public"].splitlines()}
        if code:
            answers |= _telling(parts["solution"], f"a line of the answer to {name} ({lab})")
            hidden |= _telling(parts["hidden"], f"a line of the hidden part of {name} ({lab})")
        else:
            model = {squeeze(line) for line in parts["solution"].splitlines()}
            whose = f"a line of the model answer to {name} ({lab})"
            answers |= {line: whose for line in model if len(line) > 2 * SHORTEST}
    return Secrets(answers, {line: whose for line, whose in hidden.items() if line not in public}, frozenset(public))


def _parts(text: str, marks: Delimiters) -> dict[str, str]:
    """A cell's text, sorted into "solution", "hidden" and "public"."""
    parts = {"public": "", "solution": "", "hidden": ""}
    where = "public"
    for line in text.splitlines(keepends=True):
        if marks.begin_solution in line:
            where = "solution"
        elif marks.begin_hidden in line:
            where = "hidden"
        elif marks.end_solution in line or marks.end_hidden in line:
            where = "public"
        else:
            parts[where] += line
    return parts


def _telling(code: str, whose: str) -> dict[str, str]:
    try:
        lines = without_docstrings(code)
    except SyntaxError:  # magics, or a part of a function
        lines = code.splitlines()
    return {squeeze(line): whose for line in lines if tells(line)}


def texts(notebook: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
    """Every line that a notebook carries, and whether it is code: sources, and whatever hides in metadata."""
    for cell in notebook["cells"]:
        code = cell["cell_type"] == "code"
        yield from ((line, code) for line in "".join(cell["source"]).splitlines())
        yield from ((line, False) for text in _strings(cell["metadata"]) for line in text.splitlines())
    yield from ((line, False) for text in _strings(notebook.get("metadata", {})) for line in text.splitlines())


def _strings(data: object) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        for value in data.values():
            yield from _strings(value)
    elif isinstance(data, list):
        for value in data:
            yield from _strings(value)


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)
