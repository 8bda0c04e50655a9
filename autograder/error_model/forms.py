"""An answer read, and rewritten in forms that do the same: what is one place here may be several places there.

A factor that is written once, in a variable that three results use, can be lost in one of the three only where the
variable's value stands in its place. A student who did not call an earlier function wrote its formula out.
"""

from __future__ import annotations

import ast
import copy
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from autograder.error_model.code import Code, Function, parameters
from autograder.error_model.tree import assign, expression, names_read
from autograder.error_model.vocabulary import Vocabulary
from autograder.notebook.names import UNPARSABLE, cell_tree

MOST_DEPTH = 100  # nodes inside one another
MOST_NODES = 30  # of a function that is written out where it is called
MOST_GROWTH = 2  # times as long as before
MOST_CHARACTERS = 1500  # of a form


def read(answer: str, names: frozenset[str], vocabulary: Vocabulary) -> Code | None:
    """An answer cell as the operators need it; None if it cannot be parsed."""
    try:
        tree = cell_tree(answer)
        if _depth(tree) > MOST_DEPTH:
            return None
        tree.body = [each for each in tree.body if not _is_text(each)]
        return Code(ast.fix_missing_locations(_Plain().visit(tree)), names, vocabulary)
    except UNPARSABLE:
        return None


def _depth(tree: ast.AST) -> int:
    """How many nodes stand inside one another, at most."""
    depth, level = 0, [tree]
    while level and depth <= MOST_DEPTH:
        depth += 1
        level = [child for node in level for child in ast.iter_child_nodes(node)]
    return depth


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def forms(code: Code) -> Iterator[Code]:
    """The answer as it was written, and in other forms where there are any."""
    seen = {code.text()}
    statements = _statements(code)
    yield code
    size = len(code.text())

    inlined = _inlined(code)
    others = (
        ("inlined", inlined),
        ("bare", _bare(inlined)),
        ("by_exp", replace(code, tree=_Logistic().visit(copy.deepcopy(code.tree)))),
        ("unfolded", _inlined(_unfolded(code))),
    )
    for name, rewritten in others:
        text = rewritten.text()
        if text not in seen and len(text) <= min(MOST_GROWTH * size + 300, max(MOST_CHARACTERS, size)):
            seen.add(text)
            yield replace(rewritten, form=name, seen=statements)
            statements |= _statements(rewritten)


def _statements(code: Code) -> frozenset[str]:
    return frozenset(ast.unparse(node) for node in ast.walk(code.tree) if isinstance(node, ast.stmt))


class _Plain(ast.NodeTransformer):
    """Without docstrings and annotations, which do nothing; a lambda with a name is a function."""

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.annotation = None
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        if ast.get_docstring(node, clean=False) is not None:
            node.body = node.body[1:] or [ast.Pass()]
        return self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        if node.value is None or not isinstance(node.target, ast.Name):
            return node
        return self.visit_Assign(assign([node.target], node.value))

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        if len(node.targets) == 1 and isinstance(node.targets[0], ast.Name) and isinstance(node.value, ast.Lambda):
            body: list[ast.stmt] = [ast.Return(node.value.body)]
            return self.visit_FunctionDef(_function(node.targets[0].id, node.value.args, body))
        return self.generic_visit(node)


def _function(name: str, arguments: ast.arguments, body: list[ast.stmt]) -> ast.FunctionDef:
    made = ast.parse(f"def {name}(): pass").body[0]
    assert isinstance(made, ast.FunctionDef)
    made.args, made.body = arguments, body
    return made


def _bare(code: Code) -> Code:
    """Without conversions, which keep a value but would break over a wrong one."""
    tree = copy.deepcopy(code.tree)
    return replace(code, tree=ast.fix_missing_locations(_Bare().visit(tree)))


class _Bare(ast.NodeTransformer):
    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        converted = name in ("float", "asarray") and node.args and not isinstance(node.args[0], (ast.List, ast.Tuple))
        return node.args[0] if converted else node


class _Logistic(ast.NodeTransformer):
    """1 / (1 + exp(-z)) as exp(z) / (1 + exp(z)), which is the same."""

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        found = re.fullmatch(r"1(?:\.0)? / \(1(?:\.0)? \+ ([\w.]*exp)\(-(.+)\)\)", ast.unparse(node))
        if found is None:
            return node
        try:
            return expression(f"{found[1]}({found[2]}) / (1 + {found[1]}({found[2]}))")
        except SyntaxError:  # the brackets were no pair
            return node


def _inlined(code: Code) -> Code:
    tree = copy.deepcopy(code.tree)
    for node in tree.body:
        for one in node.body if isinstance(node, ast.ClassDef) else [node]:
            if isinstance(one, ast.FunctionDef):
                _inline(one)
    return replace(code, tree=ast.fix_missing_locations(tree))


def _inline(function: Function) -> None:
    """Put the values of variables that are computed once, from what never changes, where the variables are read."""
    bindings = _bindings(function)
    for _ in range(20):
        found = next(
            (
                (block, statement)
                for block in _blocks(function)
                for statement in block
                if isinstance(statement, ast.Assign) and _is_movable(statement, bindings)
            ),
            None,
        )
        if found is None:
            break
        block, statement = found
        target = statement.targets[0]
        assert isinstance(target, ast.Name)
        block[block.index(statement)] = ast.Pass()
        _Insert({target.id: statement.value}).visit(function)
        bindings = _bindings(function)
    for block in _blocks(function):
        if len(block) > 1:
            block[:] = [each for each in block if not isinstance(each, ast.Pass)] or [ast.Pass()]


def _blocks(function: Function) -> Iterator[list[ast.stmt]]:
    for node in ast.walk(function):
        for name in ("body", "orelse"):
            value = getattr(node, name, None)
            if isinstance(value, list) and value and isinstance(value[0], ast.stmt):
                yield value


def _bindings(function: Function) -> Counter[str]:
    """How often each name gets a value in a function, parameters once more."""
    counts = Counter(parameters(function))
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            counts[node.id] += 1
        elif isinstance(node, (ast.FunctionDef, ast.Global, ast.Nonlocal)) and node is not function:
            counts.update([node.name] if isinstance(node, ast.FunctionDef) else node.names * 2)
        elif isinstance(node, ast.AugAssign):
            counts.update(names_read(node.target))
    return counts


def _is_movable(statement: ast.Assign, bindings: Counter[str]) -> bool:
    target, value = statement.targets[0], statement.value
    if len(statement.targets) != 1 or not isinstance(target, ast.Name) or bindings[target.id] != 1:
        return False
    calm = (ast.BinOp, ast.UnaryOp, ast.Name, ast.Subscript, ast.Compare, ast.Call, ast.Attribute, ast.Slice)
    leaves = (ast.Constant, ast.operator, ast.unaryop, ast.cmpop, ast.expr_context, ast.keyword, ast.Tuple)
    if not isinstance(value, (ast.BinOp, ast.UnaryOp, ast.Name, ast.Subscript, ast.Compare, ast.Call)):
        return False
    for node in ast.walk(value):
        if not isinstance(node, (*calm, *leaves)):
            return False
        if isinstance(node, ast.Call) and not _is_repeatable(node):
            return False
    return all(bindings[name] <= 1 for name in names_read(value))


def _is_repeatable(call: ast.Call) -> bool:
    """Whether a call gives the same each time: a function of a module, or one with a plain name; nothing random."""
    function = call.func
    if isinstance(function, ast.Attribute):
        return isinstance(function.value, ast.Name) and function.value.id in ("np", "numpy", "math")
    return isinstance(function, ast.Name) and function.id not in ("next", "input", "iter", "list", "open")


class _Insert(ast.NodeTransformer):
    def __init__(self, values: Mapping[str, ast.AST]) -> None:
        self.values = values

    def visit_Name(self, node: ast.Name) -> ast.AST:
        if isinstance(node.ctx, ast.Load) and node.id in self.values:
            return copy.deepcopy(self.values[node.id])
        return node


def _unfolded(code: Code) -> Code:
    """Calls of functions that are one expression, written out."""
    tree = copy.deepcopy(code.tree)
    return replace(code, tree=ast.fix_missing_locations(_Unfold(code.vocabulary.bodies).visit(tree)))


class _Unfold(ast.NodeTransformer):
    def __init__(self, bodies: Mapping[str, str]) -> None:
        self.bodies = bodies

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if not isinstance(node.func, ast.Name) or node.func.id not in self.bodies:
            return node
        plain = not any(isinstance(argument, ast.Starred) for argument in node.args)
        formula = _formula(self.bodies[node.func.id]) if plain else None
        if formula is None:
            return node
        names, value = formula
        values = dict(zip(names, node.args, strict=False))
        values |= {keyword.arg: keyword.value for keyword in node.keywords if keyword.arg in names}
        if len(values) != len(names) or len(node.args) + len(node.keywords) != len(names):
            return node
        written: ast.AST = _Insert(values).visit(value)
        written.written_out = True  # type: ignore[attr-defined]
        return written


def _formula(text: str) -> tuple[tuple[str, ...], ast.expr] | None:
    """Parameters and value of a function that is one short expression; None for any other."""
    tree = _Plain().visit(ast.parse(text))
    function = tree.body[0]
    if not isinstance(function, ast.FunctionDef) or function.args.vararg or function.args.kwarg:
        return None
    _inline(function)
    last = function.body[-1]
    if len(function.body) != 1 or not isinstance(last, ast.Return) or last.value is None:
        return None
    if sum(1 for _ in ast.walk(last.value)) > MOST_NODES or isinstance(last.value, ast.Tuple):
        return None
    return parameters(function), last.value
