"""An answer as the operators see it: its places, and what may be said about them."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from autograder.error_model.tree import Replacements, Slot, block, names_read, names_stored
from autograder.error_model.vocabulary import Vocabulary
from autograder.error_model.writing import Writing

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Edit:
    """One change of an answer.

    Attributes:
        name: of the operator and what it touched, readable; unique once `generate` has numbered it.
        replacements: places and what is to stand there.
        sentence: what a student reads whose answer behaves like this; `generate` makes its first letter large.
        weight: how likely it is beside others.
        hides: whether nothing of another change could be seen beside it.
        fact: whether the sentence says no more than what can be seen of a value, and so is true whatever was done.
    """

    name: str
    replacements: Replacements
    sentence: str
    weight: float = 1.0
    hides: bool = False
    fact: bool = False

    @property
    def keys(self) -> frozenset[tuple[int, str, int | None]]:
        """Its places."""
        return frozenset(slot.key for slot, _ in self.replacements)


@dataclass(frozen=True)
class Code:
    """An answer cell, parsed, without docstrings and annotations.

    Attributes:
        tree: its statements.
        names: those that the exercise asks for.
        vocabulary: what other names mean.
        form: how it was rewritten before, "" if it stands as it was written.
        seen: statements that stand in other forms of it as well, where they are changed already.

    """

    tree: ast.Module
    names: frozenset[str]
    vocabulary: Vocabulary
    form: str = ""
    seen: frozenset[str] = frozenset()

    @cached_property
    def writing(self) -> Writing:
        """Writes the cell, as it is and changed."""
        return Writing(self.tree)

    def text(self) -> str:
        """The cell."""
        return self.writing.text()

    @cached_property
    def modules(self) -> frozenset[str]:
        """Names of modules that the answer may use."""
        imports = [node for node in ast.walk(self.tree) if isinstance(node, (ast.Import, ast.ImportFrom))]
        here = {(alias.asname or alias.name).split(".")[0] for node in imports for alias in node.names}
        return self.vocabulary.modules | here

    @cached_property
    def related(self) -> tuple[str, ...]:
        """Known functions of one parameter that answer or task mention, that these call, or that are formulas."""
        known = self.vocabulary.functions
        near = {name for name in known if name in names_read(self.tree) or name in self.vocabulary.words}
        for name in sorted(near):
            near |= names_read(ast.parse(self.vocabulary.bodies.get(name, ""))) & known.keys()
        near |= {name for name, wanted in known.items() if len(wanted) == 1 and self.vocabulary.is_formula(name)}
        return tuple(name for name, wanted in known.items() if len(wanted) == 1 and name in near - self.names)

    @cached_property
    def called(self) -> tuple[str, ...]:
        """Those of them that the answer itself calls."""
        return tuple(name for name in self.related if name in names_read(self.tree))

    @cached_property
    def functions(self) -> list[ast.FunctionDef]:
        """The functions that the exercise asks for."""
        return [node for node in self.tree.body if isinstance(node, ast.FunctionDef) and node.name in self.names]

    @cached_property
    def flows(self) -> dict[str, dict[str, set[int]]]:
        """For each of these functions, variable -> the members of the result that it has an influence on."""
        return {function.name: flows(function) for function in self.functions}

    @cached_property
    def results(self) -> dict[str, tuple[list[ast.expr], list[str]]]:
        """For each of these functions, the members of its result and what the student calls them."""
        return {function.name: (returned(function), result_names(function, self)) for function in self.functions}

    @cached_property
    def stored(self) -> frozenset[str]:
        """Names that the answer itself makes."""
        return frozenset(names_stored(self.tree))

    @cached_property
    def places(self) -> list[Place]:
        """Every place in it, in the order of the text."""
        return list(self._below(self.tree, ()))

    def _below(self, node: ast.AST, above: tuple[ast.AST, ...]) -> Iterator[Place]:
        for name, value in ast.iter_fields(node):
            members = enumerate(value) if isinstance(value, list) else [(None, value)]
            for index, child in members:
                if isinstance(child, (ast.expr, ast.stmt, ast.keyword, ast.comprehension)):
                    yield Place(self, Slot(node, name, index), child, (*above, node))
                if isinstance(child, ast.AST):
                    yield from self._below(child, (*above, node))


@dataclass(frozen=True)
class Place:
    """A node of an answer, and where it hangs.

    Attributes:
        code: the answer.
        slot: the place in the tree.
        node: what stands there.
        above: its ancestors, the whole cell first.
    """

    code: Code
    slot: Slot
    node: ast.AST
    above: tuple[ast.AST, ...]

    @cached_property
    def is_new(self) -> bool:
        """Whether it stands in a statement, or in a formula written out, that no other form of the answer has."""
        if self.code.form == "unfolded":
            near = (*self.above, self.node, *ast.iter_child_nodes(self.node))
            return any(getattr(node, "written_out", False) for node in near)
        statement = self.statement
        return not self.code.seen or statement is None or ast.unparse(statement) not in self.code.seen

    @cached_property
    def function(self) -> Function | None:
        """The innermost function around it, itself left out."""
        return next((node for node in reversed(self.above) if isinstance(node, Function)), None)

    @cached_property
    def statement(self) -> ast.stmt | None:
        """The innermost statement around it, or itself if it is one."""
        return next((node for node in reversed((*self.above, self.node)) if isinstance(node, ast.stmt)), None)

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        """Those of the function around it."""
        return () if self.function is None else parameters(self.function)

    @cached_property
    def is_read(self) -> bool:
        """Whether it is an expression whose value counts: no target, no name of a function that is called."""
        if not isinstance(self.node, ast.expr) or isinstance(self.node, (ast.Starred, ast.Slice)):
            return False
        if isinstance(getattr(self.node, "ctx", None), (ast.Store, ast.Del)):
            return False
        parent, name = self.slot.parent, self.slot.field
        return not (isinstance(parent, (ast.Call, ast.Attribute)) and name in ("func", "value"))

    @cached_property
    def is_whole(self) -> bool:
        """Whether it is all that a statement computes, a member of that, an argument, or an operand of a product."""
        parent, name = self.slot.parent, self.slot.field
        if not self.is_read or isinstance(self.node, (ast.Constant, ast.Lambda)):
            return False
        if isinstance(parent, (ast.Assign, ast.AugAssign, ast.Return)) and not isinstance(self.node, ast.Tuple):
            return name == "value"
        if isinstance(parent, (ast.ListComp, ast.GeneratorExp)):
            return name == "elt"
        if isinstance(parent, ast.Tuple):
            return len(self.above) > 1 and isinstance(self.above[-2], (ast.Assign, ast.Return))
        return isinstance(parent, (ast.Call, ast.Lambda)) and name in ("args", "body")

    @cached_property
    def part(self) -> str:
        """The results that it helps to compute, in words, if the student knows them by name and there are others."""
        function = self.function
        if function is None or function not in self.code.functions:
            return ""
        members, names = self.code.results[function.name]
        if len(members) < 2 or not all(names):
            return ""
        chain = (*self.above, self.node)
        statement = self.statement
        touched: set[int] = set()
        if isinstance(statement, ast.Return):
            touched = {index for index, member in enumerate(members) if member in chain}
        elif isinstance(statement, (ast.Assign, ast.AugAssign)):
            stored = self._stored(statement)
            own = {
                index for index, member in enumerate(members) if isinstance(member, ast.Name) and member.id in stored
            }
            flow = self.code.flows[function.name]
            touched = own or set().union(*(flow.get(name, set()) for name in stored))
        if not touched or len(touched) == len(members):
            return ""
        return listed([f"`{names[index]}`" for index in sorted(touched)])

    def _stored(self, statement: ast.Assign | ast.AugAssign) -> set[str]:
        """The names that get what it helps to compute: of several values for several names, only its own."""
        target = statement.targets[0] if isinstance(statement, ast.Assign) else statement.target
        if isinstance(target, ast.Tuple) and isinstance(statement.value, ast.Tuple):
            pairs = zip(target.elts, statement.value.elts, strict=False)
            own = [name for name, value in pairs if value in (*self.above, self.node)]
            return names_stored(own[0]) if own else names_stored(statement)
        return names_stored(statement)

    def is_known(self, name: str) -> bool:
        """Whether a student who wrote other code knows this name too."""
        vocabulary = self.code.vocabulary
        asked = any(name in parameters(function) for function in self.code.functions)
        result = name in vocabulary.results or name in self.code.names
        result = result or any(name in members for members in vocabulary.members.values())
        return (
            asked or result or name in vocabulary.functions or (name in vocabulary.values and not self.is_local(name))
        )

    def is_local(self, name: str) -> bool:
        """Whether the answer itself makes this name."""
        return name in self.code.stored

    def change(self, operator: str, new: ast.AST, body: str, weight: float = 1.0, what: str = "") -> Edit:
        """An edit that puts `new` here.

        Args:
            operator: its name.
            new: what is to stand here.
            body: the sentence; its first letter small unless it is a name, so that the place can be told before it.
            weight: see `Edit`.
            what: what it touched, for the name.
        """
        part = "".join(letter for letter in self.part.replace(" and ", "-").replace(", ", "-") if letter != "`")
        sentence = f"In {self.part}, {body}" if self.part else body
        return Edit("-".join(filter(None, (operator, part, what))), ((self.slot, new),), sentence, weight)

    def followed_by(self, lines: Sequence[ast.stmt], name: str, body: str, weight: float) -> Edit:
        """An edit that puts lines after the statement that stands here."""
        return Edit(name, ((self.slot, block(self.node, *lines)),), body, weight)


def parameters(function: Function) -> tuple[str, ...]:
    """The names of a function's parameters, in order."""
    arguments = function.args
    return tuple(one.arg for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs))


def own_statements(function: Function) -> Iterator[ast.stmt]:
    """A function's statements, those of functions inside it left out."""
    waiting: list[ast.stmt] = list(reversed(function.body))
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            continue
        yield node
        for name in ("finalbody", "orelse", "body"):
            waiting += reversed([each for each in getattr(node, name, ()) if isinstance(each, ast.stmt)])


def returned(function: Function) -> list[ast.expr]:
    """The members of what a function returns, if it ends with the only return and that returns a tuple."""
    returns = [node for node in own_statements(function) if isinstance(node, ast.Return)]
    value = returns[0].value if len(returns) == 1 else None
    if isinstance(value, ast.Name):
        value = _tuple_of(function, value.id)
    return list(value.elts) if isinstance(value, ast.Tuple) else []


def _tuple_of(function: Function, name: str) -> ast.expr | None:
    made = [
        node.value
        for node in own_statements(function)
        if isinstance(node, ast.Assign) and any(isinstance(one, ast.Name) and one.id == name for one in node.targets)
    ]
    return made[0] if len(made) == 1 else None


def result_names(function: Function, code: Code) -> list[str]:
    """What the student calls the members of the result; "" where that is not known."""
    members = returned(function)
    if len(code.vocabulary.results) == len(members):
        return list(code.vocabulary.results)
    known = code.vocabulary.words
    return [member.id if isinstance(member, ast.Name) and member.id in known else "" for member in members]


def flows(function: Function) -> dict[str, set[int]]:
    """Variable -> the members of the result that it has an influence on."""
    found: dict[str, set[int]] = {}
    for index, member in enumerate(returned(function)):
        for name in names_read(member):
            found.setdefault(name, set()).add(index)
    assignments = [node for node in own_statements(function) if isinstance(node, (ast.Assign, ast.AugAssign))]
    changed = True
    while changed:
        changed = False
        for node in assignments:
            reached = set().union(*(found.get(name, set()) for name in names_stored(node)))
            for name in names_read(node.value):
                before = found.setdefault(name, set())
                if not reached <= before:
                    before |= reached
                    changed = True
    return found


def listed(words: list[str]) -> str:
    """Words as a list in a sentence."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
