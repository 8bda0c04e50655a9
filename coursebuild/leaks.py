"""No answer and no hidden test in what students get.

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
from collections.abc import Mapping

from coursebuild.answers import load_text
from coursebuild.course import Course
from coursebuild.inclass import split_test
from coursebuild.parse import Lab, Role
from coursebuild.problem import Problem
from coursebuild.source import HIDDEN, SOLUTION, find_load

_LAYOUT = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
_FORBIDDEN = re.compile("|".join([*SOLUTION, *HIDDEN, r"^\s*(from|import) (solutions|labs)\b"]))
_SHORTEST = 10  # characters of a line of code that is looked for inside prose


def leaks(lab: Lab, course: Course, built: Mapping[str, str]) -> list[Problem]:
    """Lines of a lab's answers and hidden tests in the notebooks that students get.

    Args:
        lab: the authored lab.
        course: the authored course.
        built: path -> text of the lab's release and in-class notebooks.
    """
    secrets = _secrets(lab, course)
    problems = []
    for path, text in built.items():
        for cell in json.loads(text)["cells"]:
            for line in "".join(cell["source"]).splitlines():
                whose = (
                    "a line that only the source may have" if _FORBIDDEN.search(line) else _whose(line, cell, secrets)
                )
                if whose:
                    number = text[: text.index(json.dumps(line, ensure_ascii=False)[1:-1])].count("\n") + 1
                    problems.append(Problem(path, number, f"The cell {cell['id']} shows {whose}.", (line,)))
            if cell.get("outputs"):
                problems.append(Problem(path, 1, f"The cell {cell['id']} has outputs."))
    return problems


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


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _secrets(lab: Lab, course: Course) -> dict[str, str]:
    """Squeezed line -> whose it is."""
    shown = {squeeze(line) for cell in lab.of(Role.TEST) for line in split_test(cell.source)[0].splitlines()}
    secrets: dict[str, str] = {}
    for cell in lab.of(Role.TEST):
        hidden = [
            line for line in split_test(cell.source)[1].splitlines() if tells(line) and squeeze(line) not in shown
        ]
        secrets |= {squeeze(line): f"a line of the hidden part of {cell.grade_id}" for line in hidden}
    for cell in lab.of(Role.WRITTEN):
        model = {squeeze(line) for line in course.written[cell.name].splitlines()}
        secrets |= {line: f"a line of the model answer to {cell.name}" for line in model if len(line) > 2 * _SHORTEST}
    for cell in lab.of(Role.ANSWER):
        answer = load_text(find_load(cell, course), course.solutions[cell.name])
        secrets |= {
            squeeze(line): f"a line of the answer to {cell.name}" for line in answer.splitlines() if tells(line)
        }
    return secrets


def _whose(line: str, cell: Mapping[str, object], secrets: Mapping[str, str]) -> str:
    if _FORBIDDEN.search(line):
        return "a line that only the source may have"
    squeezed = squeeze(line)
    if squeezed in secrets or cell["cell_type"] == "code":
        return secrets.get(squeezed, "")
    return next((whose for secret, whose in secrets.items() if len(secret) >= _SHORTEST and secret in squeezed), "")
