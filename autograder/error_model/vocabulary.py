"""What the names around an answer mean, read from the lab's own text."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from autograder.notebook.names import UNPARSABLE, bound_names, cell_tree

MOST_NODES = 80  # of a function that counts as a formula
_CODE = re.compile(r"`([^`\n]+)`")
_IDENTIFIER = re.compile(r"[A-Za-z_]\w*")
_RESULT = re.compile(r"\W*(results?|returns?)\b", re.IGNORECASE)
_NAMED = re.compile(r"`[A-Za-z_]\w*`(, `[A-Za-z_]\w*`)*")
_COUNTS = re.compile(r"`\w+`\W*(a )?whole numbers?\b")  # also where it says of what, as in "points for each step"
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
        bodies: functions -> the text of their definition.
        numbers: names that the task calls a number.
        arrays: names that the task calls an array, or gives a shape.
        members: name of a tuple or list -> names of its members, if the task gives them.
        attributes: what is read of objects, and not called.
    """

    functions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    values: frozenset[str] = frozenset()
    modules: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    results: tuple[str, ...] = ()
    bodies: Mapping[str, str] = field(default_factory=dict)
    numbers: frozenset[str] = frozenset()
    arrays: frozenset[str] = frozenset()
    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    attributes: frozenset[str] = frozenset()

    def is_formula(self, name: str) -> bool:
        """Whether a function only computes: it returns something, and calls nothing but functions of modules."""
        tree = ast.parse(self.bodies.get(name, ""))
        nodes = list(ast.walk(tree))
        calls = [node.func for node in nodes if isinstance(node, ast.Call)]
        statements = (ast.FunctionDef, ast.Assign, ast.AnnAssign, ast.Return, ast.Expr)
        plain = all(isinstance(node, statements) for node in nodes if isinstance(node, ast.stmt))
        return plain and len(nodes) < MOST_NODES and all(isinstance(call, ast.Attribute) for call in calls)


def vocabulary_of(before: Iterable[str], prose: str = "") -> Vocabulary:
    """The vocabulary of an answer.

    Args:
        before: texts of the code cells that stand before it, reference answers among them; what cannot be parsed
            says nothing.
        prose: what the student has read by then, Markdown. Identifiers in backquotes, or with an underscore, count as
            known. The task itself begins with the last heading.
    """
    task = prose[max(prose.rfind("\n#"), 0) :]
    functions: dict[str, tuple[str, ...]] = {}
    bodies: dict[str, str] = {}
    values: set[str] = set()
    modules: set[str] = set()
    attributes: set[str] = set()
    for text in before:
        try:
            tree = cell_tree(text)
            values |= bound_names(text)
        except UNPARSABLE:
            continue
        attributes |= _read_of_objects(tree)
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
        _results(task),
        bodies,
        *_kinds(task),
        _members(task),
        frozenset(attributes),
    )


def _read_of_objects(tree: ast.AST) -> set[str]:
    """Attributes that the methods of classes read of what they are given, and do not call."""
    read: set[str] = set()
    called: set[str] = set()
    kinds = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    for method in (node for kind in kinds for node in kind.body if isinstance(node, ast.FunctionDef)):
        given = {argument.arg for argument in method.args.args}
        for node in ast.walk(method):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in given:
                read.add(node.attr)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                called.add(node.func.attr)
    return read - called


def _results(prose: str) -> tuple[str, ...]:
    """Names in the code that says what to return; otherwise those of lines that begin with `result`."""
    if returned := _RETURNED.findall(prose):
        return tuple(_IDENTIFIER.findall(returned[-1]))
    named = [name for line in prose.splitlines() if _RESULT.match(line) for name in _first_named(line)]
    return tuple(dict.fromkeys(named))


def _first_named(line: str) -> list[str]:
    """The names with which a line begins to speak of code: one, or several with commas between."""
    found = _NAMED.search(line)
    return _CODE.findall(found.group()) if found else []


def _kinds(prose: str) -> tuple[frozenset[str], frozenset[str]]:
    """Names of numbers, and of arrays, as far as the lines that explain them say so."""
    numbers: set[str] = set()
    arrays: set[str] = set()
    for line in prose.splitlines():
        names = _first_named(line)
        rest = line[line.rfind(f"`{names[-1]}`") :].lower() if names else ""
        if _COUNTS.match(rest):
            numbers.update(names)
        elif re.search(r"\b(shapes?|arrays?|points)\b", rest):
            arrays.update(names)
        elif re.search(r"\bnumber\b", rest):
            numbers.update(names)
    return frozenset(numbers - arrays), frozenset(arrays - numbers)


def _members(prose: str) -> dict[str, tuple[str, ...]]:
    """Tuples and lists that a line explains by naming what is in them."""
    found = {}
    for line in prose.splitlines():
        names = _first_named(line)
        if len(names) == 1 and re.search(r"\b(tuple|list)\b", line):
            inside = tuple(code for code in _CODE.findall(line) if code.isidentifier() and code != names[0])
            if len(inside) > 1 or inside == ():
                found[names[0]] = inside
    return found
