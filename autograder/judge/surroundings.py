"""What a test cell finds when it starts: names of the lab's own, names that earlier test cells made, the student's.

In a kernel all cells share one namespace. In the judge each test starts from a fresh one, so that the same test always
comes to the same: first run the statements of the lab's other cells that make the names which the test uses. What is
the student's is never made here. It is asked of the runner, and a name that an answer makes is always the student's.
"""

from __future__ import annotations

import ast
import builtins
import re
import symtable
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from autograder.notebook.names import UNPARSABLE, bound_names, imports_star, judged_python, names_read_first
from autograder.notebook.parsed_lab import LabCell

_DEFINITIONS = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_AT_ONCE = frozenset({"listcomp", "setcomp", "dictcomp", "genexpr"})
_WORD = re.compile(r"[^\W\d]\w*")
_PATCHED = re.compile(r"\b__main__\.(\w+)")  # as in `patch("__main__.area")`
_BUILTINS = frozenset(dir(builtins))


@dataclass(frozen=True)
class Piece:
    """Statements of one cell that run before a test.

    Attributes:
        text: the statements.
        makes: names that the test takes from it.
        given: whether they are of a cell of the lab's that is no test.
    """

    text: str
    makes: frozenset[str]
    given: bool


@dataclass(frozen=True)
class Surroundings:
    """What one test cell finds.

    Attributes:
        pieces: what runs before it, in the lab's order.
        names: names that are the student's.
        unknown: those of them that no cell of the lab's is seen to make.
        imports: student's name -> the import statement of the reference answer that makes it.
        shared: names that the cell makes and that code of the student's may read.
        replaced: student's names that the cell gives another meaning, or deletes.
    """

    pieces: tuple[Piece, ...] = ()
    names: tuple[str, ...] = ()
    unknown: frozenset[str] = frozenset()
    imports: Mapping[str, str] = field(default_factory=dict)
    shared: frozenset[str] = frozenset()
    replaced: frozenset[str] = frozenset()


@dataclass(frozen=True)
class _Statement:
    """One statement of a cell's top level.

    Attributes:
        text: the statement.
        makes: names that it binds.
        changes: names whose values it changes.
        reads: names that it reads, in bodies of functions as well.
        reads_at_once: those that it reads when it runs.
        defines: whether it is an import or a definition, which needs nothing that runs before it.
        star: whether it imports `*`.
    """

    text: str
    makes: frozenset[str]
    changes: frozenset[str]
    reads: frozenset[str]
    reads_at_once: frozenset[str]
    defines: bool
    star: bool

    @property
    def imports(self) -> bool:
        """Whether it is an import."""
        return self.text.startswith(("import ", "from "))


class LabNames:
    """Whose each name of a lab is.

    Args:
        cells: the lab's cells in order.
    """

    def __init__(self, cells: Sequence[LabCell]) -> None:
        self.cells = [cell for cell in cells if cell.kind == "code"]
        of_students = [cell for cell in self.cells if cell.role in ("answer", "play")]
        self.answered: frozenset[str] = frozenset()  # names that answers make otherwise than by an import
        self.imports: dict[str, str] = {}
        for statement in (one for cell in of_students for one in _statements(cell.source)):
            if statement.imports:
                self.imports |= dict.fromkeys(statement.makes, statement.text)
            else:
                self.answered |= statement.makes
        self.mentioned = frozenset[str]().union(*(_words(cell.source) for cell in of_students))

    @cached_property
    def _read_by_students(self) -> frozenset[str]:
        """Names that answers and given cells read and do not make themselves."""
        read: set[str] = set()
        for cell in self.cells:
            if cell.role != "test":
                made: set[str] = set()
                for statement in _statements(cell.source):
                    read |= statement.reads - made
                    made |= statement.makes
        return frozenset(read)

    @cached_property
    def _given(self) -> frozenset[str]:
        given = (cell for cell in self.cells if cell.role not in ("answer", "play", "test"))
        return frozenset[str]().union(*(one.makes for cell in given for one in _statements(cell.source)))

    @cached_property
    def _imported(self) -> frozenset[str]:
        statements = (one for cell in self.cells for one in _statements(cell.source))
        return frozenset[str]().union(*(one.makes for one in statements if one.imports))

    def around(self, position: int, code: str) -> Surroundings:
        """What a test cell finds.

        Args:
            position: of the cell in the lab.
            code: its text, plain Python.
        """
        patched = frozenset(_PATCHED.findall(code)) & self.answered
        needed = dict.fromkeys((*names_read_first(code), *sorted(patched)))
        pieces: list[Piece] = []
        stars = False
        for cell in reversed([cell for cell in self.cells if cell.position < position]):
            if cell.role in ("answer", "play"):
                continue
            taken = self._taken(cell, needed.keys() - self.answered)
            if taken:
                given = cell.role != "test"
                makes = frozenset[str]().union(*(self._own(one, given) & one.makes for one in taken))
                pieces.insert(0, Piece("\n".join(one.text for one in taken), makes, given))
                needed |= dict.fromkeys(name for one in taken for name in sorted(one.reads))
                stars = stars or any(one.star for one in taken)
        made = frozenset[str]().union(*(piece.makes for piece in pieces))
        names = tuple(name for name in needed if name not in made)
        known = self.answered | self.imports.keys() | self._given
        return Surroundings(
            tuple(pieces),
            names,
            frozenset(names) - known if stars else frozenset(),
            {name: self.imports[name] for name in names if name in self.imports and name not in self.answered},
            self._shared(code, pieces),
            (bound_names(code) | patched) & self.answered & frozenset(names),
        )

    def _shared(self, code: str, pieces: Iterable[Piece]) -> frozenset[str]:
        """Names that only tests make, as far as a cell of the student's may read them, and builtins that they hide."""
        made = bound_names(code).union(*(piece.makes for piece in pieces if not piece.given))
        return made & (_BUILTINS | self._read_by_students) - self.answered - self._given

    def _own(self, statement: _Statement, given: bool) -> frozenset[str]:
        """Names that a statement makes and that are the lab's: what answers work on has to come from the student."""
        not_ours = self.answered if statement.defines or not given else self.answered | self.mentioned
        changed = statement.changes - self._imported if statement.changes else statement.changes
        return (statement.makes | changed) - not_ours

    def _taken(self, cell: LabCell, needed: Iterable[str]) -> list[_Statement]:
        """The statements of a cell that make what is needed, and what these need in turn."""
        wanted, given = set(needed), cell.role != "test"
        if not _words(cell.source) & wanted and "*" not in cell.source:
            return []
        statements = _statements(cell.source)
        if given and any(one.reads_at_once & self.answered for one in statements if not one.defines):
            statements = tuple(one for one in statements if one.defines)  # the rest is the student's, at least in part
        taken: list[_Statement] = []
        everything = False
        for one in reversed(statements):
            if given and one.defines and one.reads_at_once & self.answered:
                continue
            if everything or one.star or self._own(one, given) & wanted:
                taken.insert(0, one)
                wanted |= one.reads
                everything = everything or not one.defines
        return taken


@lru_cache(maxsize=1024)
def _statements(source: str) -> tuple[_Statement, ...]:
    """The statements of a cell's top level; none if it is no Python."""
    try:
        return tuple(_statement(node) for node in ast.parse(judged_python(source)).body)
    except UNPARSABLE:
        return ()


def _statement(node: ast.stmt) -> _Statement:
    text = ast.unparse(node)
    return _Statement(
        text,
        bound_names(text),
        _changed(node),
        frozenset(names_read_first(text)),
        _read_at_once(symtable.symtable(text, "<cell>", "exec")),
        isinstance(node, _DEFINITIONS),
        imports_star(node),
    )


def _changed(node: ast.stmt) -> frozenset[str]:
    """Names whose values a statement changes, as in `table["x"] = 1` or `values.sort()`."""
    changed: list[ast.expr] = []
    if isinstance(node, (ast.Assign, ast.Delete)):
        changed = list(node.targets)
    elif isinstance(node, (ast.AugAssign, ast.AnnAssign)):
        changed = [node.target]
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        changed = [node.value.func]
    return frozenset(
        root.id for one in changed if isinstance(one, (ast.Attribute, ast.Subscript)) and (root := _root(one))
    )


def _root(value: ast.expr) -> ast.Name | None:
    while isinstance(value, (ast.Attribute, ast.Subscript, ast.Call)):
        value = value.func if isinstance(value, ast.Call) else value.value
    return value if isinstance(value, ast.Name) else None


def _read_at_once(table: symtable.SymbolTable) -> frozenset[str]:
    """Names from outside that are read when a statement runs: not those in bodies of functions."""
    at_top = table.get_type() == "module"
    found = {one.get_name() for one in table.get_symbols() if one.is_referenced() and (at_top or one.is_global())}
    for child in table.get_children():
        if child.get_type() == "class" or child.get_name() in _AT_ONCE:
            found |= _read_at_once(child)
    return frozenset(found)


@lru_cache(maxsize=1024)
def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text))
