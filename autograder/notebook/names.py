"""Which names a cell reads but does not make: in a test cell, those are the student's.

`free_names` asks Python's own symbol table, so nested functions, comprehensions, `global`, `except ... as` and the
walrus mean here what they mean to the interpreter. `bound_names` is its other half: what a cell leaves behind.
"""

from __future__ import annotations

import ast
import builtins
import re
import symtable
from collections.abc import Iterator
from functools import lru_cache
from typing import TypeGuard

_ALWAYS_THERE = frozenset(dir(builtins)) | {"__name__", "__file__", "__builtins__", "__annotations__"}
UNPARSABLE = (SyntaxError, ValueError, RecursionError, MemoryError)
"""What Python's parser raises over a text that a stranger wrote."""
MAX_PARSED = 200_000  # characters of a cell; a longer one takes the parser more memory than it is worth
_TARGET = r"[(\[* \t]*\w+[)\] \t]*"
_BINDS = re.compile(
    r"^(?:(?:async\s+)?def|class)\s+(\w+)"  # def name, class name
    rf"|^(?![ \t])({_TARGET}(?:,{_TARGET})*)(?::[^=\n]+)?=(?!=)",  # name = ..., (name, name) = ..., name: type = ...
    re.MULTILINE,
)
_WORD = re.compile(r"\w+")
_SHELL_LINE = re.compile(
    r"^([ \t]*)(?:[%!?].*"
    r"|[\w.*]+[ \t]*\?{1,2}[ \t]*"  # np.sum?
    r"|[\w, \t]+=[ \t]*[%!].*)$",  # names = !ls
    re.MULTILINE,
)
_CELL_MAGIC = re.compile(r"\s*%%(\w+)")
_CAPTURE = re.compile(r"\s*%%capture[ \t]+(?:--[\w-]+[ \t]+)*([^\W\d]\w*)[ \t]*\n")
_UNWRITTEN_TEST = re.compile(r"^[ \t]*#.*\bAUTOTEST\b", re.MULTILINE)
_NAMESPACES = frozenset({"globals", "locals", "vars", "dir"})
_RUNS_PYTHON = frozenset({"capture", "prun", "time", "timeit"})
"""Cell magics below which the cell is plain Python."""


def free_names(source: str, *, stars: bool = False) -> dict[str, int]:
    """Name -> first line on which it is read, for every name that must come from outside the cell.

    Args:
        source: the cell.
        stars: accept `from module import *`; what it imports counts as coming from outside.

    Raises:
        SyntaxError: the cell is no plain Python, or it imports `*`, which would hide whose name is whose.
    """
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if not stars and imports_star(node):
            raise SyntaxError(f"line {node.lineno}: import the names that the cell uses, not *")
    top = symtable.symtable(source, "<cell>", "exec")
    wanted = _read(top) - _bound(top) - _ALWAYS_THERE
    lines: dict[str, int] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in wanted and isinstance(node.ctx, ast.Load):
            lines[node.id] = min(node.lineno, lines.get(node.id, node.lineno))
    return dict(sorted(lines.items(), key=lambda item: (item[1], item[0])))


@lru_cache(maxsize=4096)  # the same catalogued texts are asked on top of each mistake
def imported_packages(source: str) -> frozenset[str]:
    """Top-level names of the modules that a cell imports anywhere, also inside functions; none if it is no Python."""
    try:
        nodes = list(ast.walk(cell_tree(source)))
    except UNPARSABLE:
        return frozenset()
    named = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    named += [node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level]
    return frozenset(name.partition(".")[0] for name in named)


def imports_star(node: ast.AST) -> TypeGuard[ast.ImportFrom]:
    """Whether a part of a syntax tree is `from module import *`."""
    return isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names)


def bound_names(source: str) -> frozenset[str]:
    """Names that running the cell would define: assignments, imports, functions, classes.

    Raises:
        SyntaxError: the cell is no Python, even without its shell lines.
    """
    return frozenset(_bound(symtable.symtable(plain_python(source), "<cell>", "exec")))


def assigned_names(text: str) -> frozenset[str]:
    """Names that a cell's text binds at top level, as far as its lines show: also when it is no valid Python."""
    return frozenset(name for groups in _BINDS.findall(text) for group in groups for name in _WORD.findall(group))


def names_bound_and_read(source: str) -> tuple[frozenset[str], frozenset[str]]:
    """Names that the cell makes, and all that it reads at its top level or from its functions, made there or not.

    Raises:
        SyntaxError: the cell is no plain Python.
    """
    top = symtable.symtable(source, "<cell>", "exec")
    changed: set[str] = set()  # by `x += 1` or `del x`, which the symbol table does not count as reading
    for node in ast.walk(ast.parse(source)):
        target = node.target if isinstance(node, ast.AugAssign) else node
        if isinstance(target, ast.Name) and (target is not node or isinstance(node.ctx, ast.Del)):
            changed.add(target.id)
    return frozenset(_bound(top)), frozenset(_read(top) | changed)


def plain_python(source: str) -> str:
    """The cell as it is if it is Python, otherwise with its magic and shell lines replaced by `pass`, line for line."""
    try:
        ast.parse(source)
    except UNPARSABLE:
        return _without_shell_lines(source)
    return source


def _without_shell_lines(source: str) -> str:
    return _SHELL_LINE.sub(r"\1pass", source)


def has_unwritten_test(source: str) -> bool:
    """Whether a cell says `### AUTOTEST ...`, which nbgrader replaces by a test when it generates an assignment."""
    return _UNWRITTEN_TEST.search(source) is not None


def judged_python(source: str) -> str:
    """A test cell without its magic lines, as far as they change nothing that Python does.

    Raises:
        SyntaxError: below its first line the cell is another language, or it is no Python without its magics either.
    """
    if (magic := _CELL_MAGIC.match(source)) and magic[1] not in _RUNS_PYTHON:
        raise SyntaxError(f"%%{magic[1]} hands the cell to another program")
    text = plain_python(source)
    tree = ast.parse(text)
    if capture := _CAPTURE.match(source):
        return _captured(capture[1], text, tree) or text
    return text


def _captured(name: str, text: str, tree: ast.Module) -> str | None:
    """A cell below `%%capture NAME`, line for line; None if its lines cannot be indented."""
    texts = (one for one in ast.walk(tree) if isinstance(one, (ast.Constant, ast.JoinedStr)))
    if any(one.end_lineno != one.lineno for one in texts):
        return None
    first, *rest = text.lstrip().split("\n")
    captured = f"with __import__('IPython.utils.capture', fromlist=['']).capture_output() as {name}: {first}"
    return "\n".join([captured.removesuffix("pass").rstrip(), *(f"    {line}" for line in [*rest, "pass"])])


def cell_tree(source: str) -> ast.Module:
    """The cell's syntax tree; if it is no plain Python, without its magic and shell lines.

    Raises:
        SyntaxError, ValueError, RecursionError, MemoryError: see `UNPARSABLE`.
    """
    try:
        return ast.parse(source)
    except UNPARSABLE:
        return ast.parse(_without_shell_lines(source))


def has_code(source: str) -> bool:
    """False for a cell that only holds comments, strings, `pass`, `...` or `raise NotImplementedError`.

    What cannot be parsed is code: somebody wrote it.
    """
    if len(source) > MAX_PARSED:
        return True
    try:
        body = cell_tree(source).body
    except UNPARSABLE:
        return True
    return not all(_says_nothing(statement) for statement in body)


def _says_nothing(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Pass):
        return True
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Constant)
    if isinstance(statement, ast.Raise):
        raised = statement.exc.func if isinstance(statement.exc, ast.Call) else statement.exc
        return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"
    return False


def _tables(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    yield table
    for child in table.get_children():
        yield from _tables(child)


def _bound(top: symtable.SymbolTable) -> set[str]:
    names = {s.get_name() for s in top.get_symbols() if s.is_assigned() or s.is_imported()}
    for table in _tables(top):
        names |= {s.get_name() for s in table.get_symbols() if s.is_declared_global() and s.is_assigned()}
    return names


def _read(top: symtable.SymbolTable) -> set[str]:
    names = {s.get_name() for s in top.get_symbols() if s.is_referenced()}
    for table in _tables(top):
        if table is not top:
            names |= {s.get_name() for s in table.get_symbols() if s.is_global() and s.is_referenced()}
    return names


def names_read_first(source: str) -> dict[str, int]:
    """Name -> line, for every name that a cell reads before it binds it, or never binds.

    In `kept = square; del square` that is `square`, which `free_names` takes for the cell's own.

    Raises:
        SyntaxError: the cell is no plain Python.
    """
    reader = _FirstUse()
    reader.visit(ast.parse(source))
    return {**reader.read, **free_names(source, stars=True)}


def _is_namespace(node: ast.expr) -> bool:
    """Whether it is `globals()`, or another call that tells what names there are."""
    if not isinstance(node, ast.Call) or node.args:
        return False
    return isinstance(node.func, ast.Name) and node.func.id in _NAMESPACES


class _FirstUse(ast.NodeVisitor):
    """Goes through a cell's top level in the order in which it runs; bodies of functions run later and are left out."""

    def __init__(self) -> None:
        self.bound: set[str] = set()
        self.read: dict[str, int] = {}

    def visit_Name(self, node: ast.Name) -> None:
        """Note a name when it is first used, unless it is bound there."""
        if isinstance(node.ctx, ast.Store):
            self.bound.add(node.id)
        elif node.id not in self.bound | _ALWAYS_THERE:
            self.read.setdefault(node.id, node.lineno)

    def visit_Compare(self, node: ast.Compare) -> None:
        """A test may ask for a name by its text: `"x" in globals()`."""
        if any(map(_is_namespace, node.comparators)):
            self._note(node.left)
        self.generic_visit(node)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        """Likewise `globals()["x"]`."""
        if _is_namespace(node.value):
            self._note(node.slice)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        """Likewise `globals().get("x")`."""
        if isinstance(node.func, ast.Attribute) and _is_namespace(node.func.value) and node.args:
            self._note(node.args[0])
        self.generic_visit(node)

    def _note(self, text: ast.expr) -> None:
        name = text.value if isinstance(text, ast.Constant) else None
        if isinstance(name, str) and name.isidentifier() and name not in self.bound | _ALWAYS_THERE:
            self.read.setdefault(name, text.lineno)

    def visit_Assign(self, node: ast.Assign) -> None:
        """The value comes before its names."""
        self._in_order(node.value, *node.targets)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        """The value comes before its name."""
        self._in_order(node.value, node.target)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        """`x += 1` reads x."""
        target = ast.Name(node.target.id, ast.Load()) if isinstance(node.target, ast.Name) else node.target
        self._in_order(ast.copy_location(target, node.target), node.value, node.target)

    def visit_For(self, node: ast.For) -> None:
        """What it goes through comes before its variable."""
        self._in_order(node.iter, node.target, *node.body, *node.orelse)

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        """It binds its name; its body runs later."""
        self._in_order(*node.decorator_list, *node.args.defaults, *node.args.kw_defaults)
        self.bound.add(node.name)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """It binds its name."""
        self._in_order(*node.decorator_list, *node.bases)
        self.bound.add(node.name)

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        """It binds its name before its body runs."""
        self._in_order(node.type)
        self.bound |= {node.name} if node.name else set()
        self._in_order(*node.body)

    def visit_MatchAs(self, node: ast.MatchAs) -> None:
        """A pattern binds its name."""
        self._in_order(node.pattern)
        self.bound |= {node.name} if node.name else set()

    def visit_alias(self, node: ast.alias) -> None:
        """An import binds its name."""
        self.bound.add(node.asname or node.name.partition(".")[0])

    def visit_Lambda(self, node: ast.Lambda) -> None:
        """It runs later."""

    def _comprehension(self, node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp) -> None:
        """Its variables are its own."""
        inner = _FirstUse()
        inner.bound = set(self.bound)
        parts = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        for each in node.generators:
            inner._in_order(each.iter, each.target, *each.ifs)
        inner._in_order(*parts)
        self.read = {**inner.read, **self.read}

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = _comprehension

    def _in_order(self, *nodes: ast.AST | None) -> None:
        for node in nodes:
            if node is not None:
                self.visit(node)
