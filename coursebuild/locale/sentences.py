"""Finds the sentences that Python modules say, as templates: `{name} must be one number, but it has {size} elements`.

The modules compose sentences in English where they find something out. Nothing is threaded through them: what they can
say is read from their syntax trees. A string expression becomes one or several templates. Names that hold a few known
strings are written out, so that a translator sees whole sentences; everything else is a placeholder.
"""

from __future__ import annotations

import ast
import itertools
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from coursebuild.locale.template import (
    Hole,
    Template,
    from_text,
    hole,
    is_open,
    is_sentence,
    joined,
    shortened,
    speaks,
    tells,
    written,
)
from coursebuild.locale.words import listed

MOST = 16  # templates of one expression; beyond it, names with many values become placeholders
_QUIET_CALLS = listed(
    "compile match search fullmatch findall finditer sub startswith endswith getattr hasattr setattr split partition "
    "rpartition removeprefix removesuffix replace strip lstrip rstrip isinstance TypeVar ParamSpec NewType execute "
    "expression debug info warning import_module get find index count encode decode getLogger field namedtuple "
    "add_argument add_parser open isidentifier mkstemp Path PurePosixPath"
)


@dataclass
class Module:
    """What is known of one module: constants that hold strings, and functions that return some."""

    constants: dict[str, ast.expr] = field(default_factory=dict)
    functions: dict[str, ast.FunctionDef] = field(default_factory=dict)


def templates(texts: Mapping[str, str]) -> dict[str, list[str]]:
    """Templates of some modules -> the modules that say each, in order.

    Args:
        texts: name of a module -> its text; functions and constants that one imports from another are known.
    """
    trees = {name: ast.parse(text) for name, text in texts.items()}
    known = Module()
    for tree in trees.values():
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                known.functions[node.name] = node
            elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                known.constants[node.targets[0].id] = node.value
    found: dict[str, list[str]] = {}
    for name, tree in trees.items():
        for template in _Reader(tree, known).read():
            places = found.setdefault(written(template), [])
            places += [name] if name not in places else []
    return found


class _Reader:
    def __init__(self, tree: ast.Module, known: Module) -> None:
        self.tree, self.known = tree, known
        self.parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
        self.used: set[ast.AST] = set()  # expressions that were written out in another
        self.depth = 0
        self.given: dict[str, Template] = {}  # arguments of a function that is looked into

    def read(self) -> Iterator[Template]:
        """Templates of all string expressions that are parts of no other."""
        roots = [node for node in ast.walk(self.tree) if isinstance(node, ast.expr) and self._is_root(node)]
        roots.sort(key=lambda node: (getattr(node, "lineno", 0), getattr(node, "col_offset", 0)))
        found = [(node, self._values(node)) for node in roots]
        for node, values in found:
            if node not in self.used:
                yield from (value for value in values if is_sentence(value))

    def _is_root(self, node: ast.AST) -> bool:
        if not isinstance(node, ast.expr) or not self._is_text(node):
            return False
        above = self.parents[node]
        if isinstance(above, ast.expr) and self._is_text(above):
            return False
        if isinstance(above, ast.FormattedValue | ast.JoinedStr | ast.Expr):
            return False
        return not self._is_quiet(node)

    def _is_text(self, node: ast.AST) -> bool:
        if isinstance(node, ast.Constant):
            return isinstance(node.value, str)
        if isinstance(node, ast.JoinedStr):
            return True
        if isinstance(node, ast.BinOp):
            return isinstance(node.op, ast.Add) and (self._is_text(node.left) or self._is_text(node.right))
        if isinstance(node, ast.Call):
            return (
                isinstance(node.func, ast.Attribute) and node.func.attr == "format" and self._is_text(node.func.value)
            )
        return False

    def _is_quiet(self, node: ast.AST) -> bool:
        """Whether a string is no sentence by where it stands."""
        while not isinstance(node, ast.stmt):
            above = self.parents[node]
            if isinstance(above, ast.Subscript) and above.slice is node:
                return True
            if isinstance(above, ast.Compare | ast.arguments | ast.MatchValue):
                return True
            if isinstance(above, ast.Dict) and node in above.keys:
                return True
            if isinstance(above, ast.Call):
                name = above.func.attr if isinstance(above.func, ast.Attribute) else getattr(above.func, "id", "")
                if name in _QUIET_CALLS and node is not above.func:
                    return True
            if isinstance(above, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.AnnAssign | ast.arg):
                return node in (
                    getattr(above, "returns", None),
                    getattr(above, "annotation", None),
                    *getattr(above, "decorator_list", []),
                )
            node = above
        return False

    def _reaching(self, name: str, node: ast.AST) -> list[ast.expr]:
        """The expressions that may have given a name its value where a node stands; empty if one is not known."""
        found: list[ast.expr] = []
        while node in self.parents:
            above = self.parents[node]
            if isinstance(above, ast.ListComp | ast.GeneratorExp | ast.SetComp | ast.DictComp):
                for generator in above.generators:
                    if name in _stored(generator.target):
                        return _of_loop(name, generator)
            if isinstance(node, ast.stmt):
                block = next((body for body in _blocks(above) if node in body), [])
                for before in reversed(block[: block.index(node)] if block else []):
                    values, is_certain = _given(name, before)
                    if values is None:
                        return []
                    found += values
                    if is_certain:
                        return found
            if isinstance(above, ast.For) and node in above.body and name in _stored(above.target):
                return found + _of_loop(name, above)
            if isinstance(above, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
                arguments = above.args
                if name in {one.arg for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}:
                    return []
            node = above
        return found

    def _values(self, node: ast.expr) -> list[Template]:
        """The templates that an expression can give; a single placeholder if nothing is known."""
        self.depth += 1
        try:
            return (
                [joined(value) for value in self._found(node)]
                if self.depth < 12
                else [(Hole("value", ast.unparse(node)),)]
            )
        finally:
            self.depth -= 1

    def _found(self, node: ast.expr) -> list[Template]:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return [from_text(node.value)]
        if isinstance(node, ast.JoinedStr):
            return self._product(node.values)
        if isinstance(node, ast.FormattedValue):
            return self._values(node.value)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            values = self._product([node.left, node.right])
            return values if any(isinstance(part, str) for value in values for part in value) else [(hole(node),)]
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult) and isinstance(node.left, ast.Constant):
            return [(str(node.left.value),), ()] if isinstance(node.left.value, str) else [(hole(node),)]
        if isinstance(node, ast.IfExp):
            return self._union([node.body, node.orelse])
        if isinstance(node, ast.BoolOp):
            values = self._union(node.values)
            return [value for value in values if value] if isinstance(node.op, ast.Or) else values
        if isinstance(node, ast.Name):
            return self._named(node)
        if isinstance(node, ast.Subscript):
            return self._picked(node)
        if isinstance(node, ast.Call):
            return self._called(node)
        return [(hole(node),)]

    def _product(self, nodes: Iterable[ast.expr]) -> list[Template]:
        """All that parts beside one another can give; names that get their values together go together."""
        before = set(self.used)
        nodes = list(nodes)
        parts = [self._values(node) for node in nodes]
        groups = [self._together(node, values) or i for i, (node, values) in enumerate(zip(nodes, parts, strict=True))]
        counts = {group: len(values) for group, values in zip(groups, parts, strict=True)}
        if math.prod(counts.values()) > MOST:
            self.used = before
            parts = [
                values if len(values) == 1 or isinstance(node, ast.Constant) else [(hole(node),)]
                for node, values in zip(nodes, parts, strict=True)
            ]
            groups = list(range(len(parts)))
            counts = {i: len(values) for i, values in enumerate(parts)}
        made = []
        for chosen in itertools.product(*map(range, counts.values())):
            index = dict(zip(counts, chosen, strict=True))
            pieces = [values[index[group]] for group, values in zip(groups, parts, strict=True)]
            made.append(tuple(part for piece in pieces for part in piece))
        return list(dict.fromkeys(made))

    def _together(self, node: ast.expr, values: list[Template]) -> tuple[int, ...]:
        """The tuples that a name gets its values from, which another name may get its own from, too."""
        inner = node.value if isinstance(node, ast.FormattedValue) else node
        if not isinstance(inner, ast.Name) or len(values) < 2:
            return ()
        tuples = [self.parents.get(one) for one in self._reaching(inner.id, inner)]
        return tuple(map(id, tuples)) if len(tuples) == len(values) and all(map(_is_tuple, tuples)) else ()

    def _union(self, nodes: Iterable[ast.expr]) -> list[Template]:
        return list(dict.fromkeys(value for node in nodes for value in self._values(node)))

    def _named(self, node: ast.Name) -> list[Template]:
        if node.id in self.given:
            return [self.given[node.id]]
        expressions = self._reaching(node.id, node)
        if not expressions and node.id in self.known.constants and not self._is_local(node):
            expressions = [self.known.constants[node.id]]
        if not expressions or not all(_may_be_text(one) for one in expressions):
            return [(hole(node),)]
        values = self._union(expressions)
        if len(values) > MOST or any(is_open(value) for value in values) or not any(map(tells, values)):
            return [(hole(node),)]
        if not self._is_handed_on(node):
            self._use(expressions)
        return values

    def _is_handed_on(self, node: ast.Name) -> bool:
        """Whether a function is called with a name, so that what it holds may be said by itself, too."""
        function: ast.AST = node
        while function in self.parents and not isinstance(function, ast.FunctionDef):
            function = self.parents[function]
        calls = [one for one in ast.walk(function) if isinstance(one, ast.Call)]
        return any(isinstance(one, ast.Name) and one.id == node.id for call in calls for one in call.args)

    def _use(self, nodes: Iterable[ast.AST]) -> None:
        self.used.update(inner for node in nodes for inner in ast.walk(node))

    def _is_local(self, node: ast.AST) -> bool:
        """Whether a name has a meaning inside the function that it stands in."""
        assert isinstance(node, ast.Name)
        above: ast.AST = node
        while above in self.parents:
            above = self.parents[above]
            if isinstance(above, ast.FunctionDef | ast.Lambda):
                names = {one.arg for one in ast.walk(above.args) if isinstance(one, ast.arg)}
                if node.id in names or node.id in _stored(above):
                    return True
        return False

    def _picked(self, node: ast.Subscript) -> list[Template]:
        where = self.known.constants.get(node.value.id) if isinstance(node.value, ast.Name) else node.value
        inside = where.values if isinstance(where, ast.Dict) else where.elts if isinstance(where, ast.Tuple) else []
        if inside and len(inside) <= MOST and all(map(_may_be_text, inside)):
            values = self._union(inside)
            if any(map(speaks, values)):
                self._use(inside)
                return values
        if isinstance(node.slice, ast.Slice) and ast.unparse(node.slice) == ":-1":
            return [shortened(value) for value in self._values(node.value)]
        return [(hole(node),)]

    def _called(self, node: ast.Call) -> list[Template]:
        if isinstance(node.func, ast.Attribute) and node.func.attr == "format":
            return self._values(node.func.value)
        function = self.known.functions.get(node.func.id) if isinstance(node.func, ast.Name) else None
        if function is None or node.keywords or any(isinstance(one, ast.Starred) for one in node.args):
            return [(hole(node),)]
        returns = [one.value for one in ast.walk(function) if isinstance(one, ast.Return) and one.value is not None]
        if not returns or not all(map(_may_be_text, returns)):
            return [(hole(node),)]
        names = [argument.arg for argument in function.args.args]
        defaults = dict(zip(reversed(names), reversed(function.args.defaults), strict=False))
        texts = {**defaults, **dict(zip(names, node.args, strict=False))}
        before = self.given
        given = {
            name: from_text(one.value)
            for name, one in texts.items()
            if isinstance(one, ast.Constant) and isinstance(one.value, str)
        }
        self.given = {**{name: (Hole(name, name),) for name in names}, **given}
        try:
            values = self._union(returns)
        finally:
            self.given = before
        spoken = [value for value in values if value]
        if len(spoken) > 3 or not all(map(is_sentence, spoken)):
            return [(hole(node),)]
        self._use(node.args)
        return values


def _blocks(node: ast.AST) -> Iterator[list[ast.stmt]]:
    for name in ("body", "orelse", "finalbody"):
        block = getattr(node, name, None)
        if isinstance(block, list):
            yield block
    for handler in getattr(node, "handlers", []):
        yield handler.body


def _stored(node: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)}


def _of_loop(name: str, loop: ast.For | ast.comprehension) -> list[ast.expr]:
    """The values that a loop over a tuple written out gives a name."""
    elements = loop.iter.elts if isinstance(loop.iter, ast.Tuple | ast.List) else []
    found = [_part(name, loop.target, element) for element in elements]
    return [one for one in found if one is not None] if all(one is not None for one in found) else []


def _part(name: str, target: ast.expr, value: ast.expr) -> ast.expr | None:
    """The part of a value that a target stores under a name."""
    if isinstance(target, ast.Name):
        return value if target.id == name else None
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
        pairs = zip(target.elts, value.elts, strict=True)
        return next((_part(name, one, part) for one, part in pairs if name in _stored(one)), None)
    return None


def _given(name: str, statement: ast.stmt) -> tuple[list[ast.expr] | None, bool]:
    """What a statement may give a name, None if that is not known, and whether it certainly gives it a value."""
    if name not in _stored(statement):
        return [], False
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        target, value = statement.targets[0], statement.value
        if isinstance(target, ast.Tuple) and isinstance(value, ast.IfExp):
            both = [_part(name, target, value.body), _part(name, target, value.orelse)]
        else:
            both = [_part(name, target, value)]
        known = [one for one in both if one is not None]
        return (known if len(known) == len(both) else None), True
    if isinstance(statement, ast.AnnAssign):
        return ([statement.value] if statement.value else None), True
    if isinstance(statement, ast.If):
        found: list[ast.expr] = []
        is_certain = bool(statement.orelse)
        for block in (statement.body, statement.orelse):
            values, certain = _of_block(name, block)
            if values is None:
                return None, True
            found += values
            is_certain = is_certain and certain
        return found, is_certain
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return [], False
    return None, True


def _of_block(name: str, block: list[ast.stmt]) -> tuple[list[ast.expr] | None, bool]:
    found: list[ast.expr] = []
    if block and isinstance(block[-1], ast.Return | ast.Raise | ast.Continue | ast.Break):
        return [], True
    for statement in reversed(block):
        values, is_certain = _given(name, statement)
        if values is None:
            return None, True
        found += values
        if is_certain:
            return found, True
    return found, False


def _is_tuple(node: ast.AST | None) -> bool:
    return isinstance(node, ast.Tuple)


def _may_be_text(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str)
    return isinstance(
        node, ast.JoinedStr | ast.IfExp | ast.BoolOp | ast.BinOp | ast.Name | ast.Call | ast.Subscript | ast.Attribute
    )
