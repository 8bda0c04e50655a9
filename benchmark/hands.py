"""Answers in a student's own hand, and copies that are disguised: what `benchmark.similar` makes its classes of."""

from __future__ import annotations

import ast
import io
import itertools
import random
import re
import tokenize
from dataclasses import dataclass

from autograder.notebook.names import assigned_names

NOUNS = [
    "value",
    "result",
    "out",
    "data",
    "total",
    "part",
    "tmp",
    "res",
    "s",
    "h",
    "p",
    "a",
    "b",
    "acc",
    "step",
    "each",
    "item",
    "number",
    "cur",
    "prev",
    "left",
    "right",
    "vec",
    "mat",
    "arr",
]
WORDS = [
    "the",
    "of",
    "and",
    "to",
    "a",
    "in",
    "is",
    "it",
    "we",
    "that",
    "for",
    "on",
    "with",
    "as",
    "are",
    "at",
    "from",
    "by",
    "this",
    "each",
    "both",
    "than",
    "more",
    "when",
    "which",
    "then",
    "so",
    "weight",
    "bias",
    "neuron",
    "input",
    "output",
    "curve",
    "slope",
    "steep",
    "flat",
    "left",
    "right",
    "up",
    "down",
    "zero",
    "one",
    "point",
    "line",
    "value",
    "sum",
    "function",
    "sigmoid",
    "tanh",
    "layer",
    "hidden",
    "network",
    "step",
    "rate",
    "loss",
    "error",
    "grows",
    "falls",
    "moves",
    "turns",
    "shifts",
    "cuts",
    "becomes",
    "gives",
    "takes",
    "shows",
    "depends",
    "larger",
    "smaller",
    "faster",
    "slower",
    "nearly",
    "exactly",
    "always",
    "never",
    "only",
    "because",
    "while",
    "where",
    "after",
    "before",
    "between",
    "around",
    "through",
    "first",
    "second",
    "positive",
    "negative",
    "same",
    "other",
    "axis",
    "origin",
    "limit",
    "range",
    "shape",
    "figure",
    "see",
    "think",
    "means",
    "called",
    "makes",
    "needs",
    "keep",
    "every",
    "column",
    "row",
    "batch",
    "epoch",
    "random",
    "seed",
    "order",
    "class",
    "probability",
    "decision",
    "boundary",
    "data",
    "test",
    "train",
    "mistake",
    "small",
    "big",
]
_KEPT_NAMES = 0.35
"""How often a name of an answer of the course is what a student calls it, too."""


def sentence(rng: random.Random) -> str:
    """A few words of somebody's own: the usual ones most often."""
    return " ".join(WORDS[int(len(WORDS) * rng.random() ** 1.5)] for _ in range(rng.randrange(5, 9)))


@dataclass
class Hand:
    """Somebody's habits.

    Attributes:
        tight: operators without blanks around them.
        comma: what follows a comma.
        comments: how likely a line gets a comment.
        detours: how likely an answer gets a name more, or one less.
    """

    tight: frozenset[str]
    comma: str
    comments: float
    detours: float

    @staticmethod
    def drawn(rng: random.Random) -> Hand:
        """Anybody's."""
        tight = frozenset(sign for sign in "+-*/@=<>" if rng.random() < 0.25)
        return Hand(tight, ", " if rng.random() < 0.85 else ",", rng.choice([0, 0, 0.1, 0.3]), rng.random() * 0.4)


def written(answer: str, hand: Hand, rng: random.Random) -> str:
    """An answer of the course as this student would write it."""
    names = {name: _name(name, rng) for name in sorted(local_names(answer)) if rng.random() > _KEPT_NAMES}
    text = renamed(_without_words(answer), names)
    if rng.random() < hand.detours:
        text = _detour(text, rng)
    return commented(laid_out(text, hand), hand, rng)


def local_names(text: str) -> set[str]:
    """Names that a cell makes and that nothing outside it asks for."""
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return set()
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    made = {
        node.id
        for each in functions
        for node in ast.walk(each)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    return made - set(assigned_names(text))


def renamed(text: str, names: dict[str, str]) -> str:
    """The text with other names; attributes and keywords of calls are not names."""
    tokens, lines = _tokens(text), text.splitlines()
    depth, found = 0, []
    for at, token in enumerate(tokens):
        depth += (token.string in ("(", "[", "{")) - (token.string in (")", "]", "}"))
        keyword = depth and tokens[at + 1].string == "=" if at + 1 < len(tokens) else False
        if token.type == tokenize.NAME and token.string in names and not keyword and tokens[at - 1].string != ".":
            found.append(token)
    for token in reversed(found):
        (row, start), (_, end) = token.start, token.end
        lines[row - 1] = lines[row - 1][:start] + names[token.string] + lines[row - 1][end:]
    return "\n".join(lines)


def laid_out(text: str, hand: Hand) -> str:
    """The text with this hand's blanks."""
    lines = text.splitlines()
    for token in reversed(_tokens(text)):
        (row, start), (_, end) = token.start, token.end
        line = lines[row - 1] if row <= len(lines) else ""
        if token.type != tokenize.OP or token.start[0] != token.end[0]:
            continue
        if token.string == ",":
            lines[row - 1] = line[:start] + hand.comma + line[end:].lstrip() if line[end:].strip() else line
        elif token.string[:1] in hand.tight and line[:start].endswith(" ") and line[:start].strip():
            lines[row - 1] = line[:start].rstrip() + token.string + line[end:].lstrip()
    return "\n".join(lines)


def commented(text: str, hand: Hand, rng: random.Random) -> str:
    """The text with comments of somebody's own."""
    lines = []
    for line in text.splitlines():
        indent = line[: len(line) - len(line.lstrip())]
        if indent and rng.random() < hand.comments:
            lines.append(f"{indent}# {sentence(rng)}")
        lines.append(line)
    return "\n".join(lines)


def reordered(text: str, rng: random.Random) -> str:
    """The text with neighbouring assignments exchanged where neither needs the other."""
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return text
    lines = text.splitlines()
    for body in [node.body for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.Module, ast.For))]:
        for one, two in itertools.pairwise(body):
            if all(isinstance(each, ast.Assign) and each.lineno == each.end_lineno for each in (one, two)) and not (
                _makes(one) & _uses(two) or _makes(two) & (_uses(one) | _makes(one))
            ):
                lines[one.lineno - 1], lines[two.lineno - 1] = lines[two.lineno - 1], lines[one.lineno - 1]
                break
    return "\n".join(lines)


def uncommented(text: str) -> str:
    """The text without its comments."""
    return "\n".join(line for line in text.splitlines() if not line.strip().startswith("#"))


def _tokens(text: str) -> list[tokenize.TokenInfo]:
    try:
        return list(tokenize.generate_tokens(io.StringIO(text + "\n").readline))
    except (tokenize.TokenError, SyntaxError):
        return []


def _name(name: str, rng: random.Random) -> str:
    return rng.choice(
        [rng.choice(NOUNS), f"{rng.choice(NOUNS)}_{rng.randrange(1, 4)}", f"my_{name}", f"{name}_new", name[:1] + "x"]
    )


class _Plain(ast.NodeTransformer):
    """Code as a student writes it: no docstrings and no types."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        if len(node.body) > 1 and isinstance(node.body[0], ast.Expr) and isinstance(node.body[0].value, ast.Constant):
            del node.body[0]
        return self.generic_visit(node)

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.annotation = None
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        return self.generic_visit(ast.Assign([node.target], node.value)) if node.value else node


def _without_words(text: str) -> str:
    try:
        return ast.unparse(ast.fix_missing_locations(_Plain().visit(ast.parse(text))))
    except SyntaxError:
        return text


def _detour(text: str, rng: random.Random) -> str:
    """A name for what is returned, another spelling of a product or a square, or a number with a dot."""
    choices = [
        (r"^( +)return (.+)$", rf"\1{rng.choice(NOUNS)}_r = \2\n\1return {{}}_r"),
        (r"\b(\w+) @ (\w+)\b", r"np.dot(\1, \2)"),
        (r"\bnp\.dot\((\w+), (\w+)\)", r"\1.dot(\2)"),
        (r"\b(\w+) \* (\w+)\b", r"\2 * \1"),
        (r"\b(\w+) \+ (\w+)\b", r"\2 + \1"),
        (r"\b1 (?=[-/+])", "1.0 "),
        (r"\b(\w+) \*\* 2\b", r"\1 * \1"),
    ]
    pattern, replacement = rng.choice(choices)
    if "{}" in replacement:
        name = replacement[2 : replacement.index(" = ")]
        replacement = replacement.replace("{}_r", name)
    changed = re.sub(pattern, replacement, text, count=1, flags=re.MULTILINE)
    try:
        ast.parse(changed)
    except SyntaxError:
        return text
    return changed


def _makes(node: ast.AST) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}


def _uses(node: ast.AST) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load)}
