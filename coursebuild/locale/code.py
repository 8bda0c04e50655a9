"""Walks through Python code, message by message: comments, docstrings and strings that are shown.

A string is shown if it is an argument of a call that shows something, such as `print` or `set_title`, the value or the
default of a name such as `title`, a key that is no name, if it has several words, or if it is equal to one that is
shown: a label may also be a key. Everything else is code.
"""

from __future__ import annotations

import ast
import io
import re
import textwrap
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass

from coursebuild.locale.words import Say, has_words_in_code, listed

WIDTH = 120
SHOWING = listed(
    "print plot_curves plot_run plot_errors compare scatter_by_class plot_boundary plot_networks plot_digits "
    "_plot_quantity set_title set_xlabel set_ylabel set_label suptitle title xlabel ylabel annotate text format "
    "DataFrame ImportError ModuleNotFoundError"
)
SHOWN_KEYWORDS = listed("label title xlabel ylabel columns index name")
CODE_KEYWORDS = listed("loc layout cmap style")
_SEVERAL = re.compile(r"[A-Za-z]{2,}(?:'s)?[ ,:;]+\(?[A-Za-z]{2,}")
_HEAD = re.compile(r"^\s*(?:Args|Attributes|Returns|Raises):$")
_ITEM = re.compile(r"^\s+[A-Za-z_]\w*(?:, \w+)*: (?=\S)")
_PREFIX = re.compile(r"^([A-Za-z]*)('''|\"\"\"|'|\")")
_LITERAL = re.compile(r"([A-Za-z]*)('''|\"\"\"|'|\")(.*?)(?<!\\)\2", re.DOTALL)


@dataclass(frozen=True)
class _Piece:
    """A part of a text, as offsets, with what may stand in its place."""

    start: int
    end: int
    kind: str


def rewrite(source: str, say: Say, comments: bool = True) -> str:
    """Code with each of its messages as `say` gives it; without `comments` those and docstrings stay as they are."""
    plain = "\n".join(f"#{line[1:]}" if line.startswith(("%", "!")) else line for line in source.split("\n"))
    tree = ast.parse(plain)
    starts = _line_starts(plain)
    pieces = [_Piece(*_span(plain, starts, node), "shown text") for node in _shown(tree)]
    if comments:
        pieces += [_Piece(*_span(plain, starts, node), "docstring") for node in _docstrings(tree)]
        pieces += _comments(plain, starts)
    text = source
    found = sorted(pieces, key=lambda piece: piece.start)
    said = [_said(source[piece.start : piece.end], piece.kind, say, source, piece.start) for piece in found]
    for piece, new in zip(reversed(found), reversed(said), strict=True):
        text = text[: piece.start] + new + text[piece.end :]
    return text


def _said(text: str, kind: str, say: Say, source: str, start: int) -> str:
    column = start - source.rfind("\n", 0, start) - 1
    if kind == "comment":
        return _comment(text, say, column, alone=not source[start - column : start].strip())
    if kind == "docstring":
        found = _PREFIX.match(text)
        assert found is not None
        opening, closing = found[0], found[2]
        return opening + _docstring(text[len(opening) : -len(closing)], say, column) + closing
    opening, inner, closing = _joined(text)
    before, core, after = _core(inner)
    new = say(core, kind)
    if new == core:
        return text
    if closing in new or "\n" in new:
        raise ValueError(f"The text of a string cannot contain {closing} or a line break: {new}")
    return f"{opening}{before}{new}{after}{closing}"


def _joined(text: str) -> tuple[str, str, str]:
    """Opening, content and end of one literal that stands for several beside one another."""
    literals = list(_LITERAL.finditer(text))
    if len(literals) == 1:
        return literals[0][1] + literals[0][2], literals[0][3], literals[0][2]
    has_fields = any("f" in literal[1].lower() for literal in literals)
    inners = [
        literal[3] if not has_fields or "f" in literal[1].lower() else re.sub(r"[{}]", r"\g<0>\g<0>", literal[3])
        for literal in literals
    ]
    return f"{'f' if has_fields else literals[0][1]}{literals[0][2]}", "".join(inners), literals[0][2]


def _core(inner: str) -> tuple[str, str, str]:
    """A string's text without what is around it: spaces and line breaks."""
    found = re.fullmatch(r"((?:\s|\\n)*)(.*?)((?:\s|\\n)*)", inner, re.DOTALL)
    assert found is not None
    return found[1], found[2], found[3]


def _comment(text: str, say: Say, column: int, *, alone: bool) -> str:
    lines = text.split("\n")
    joined = " ".join(line.strip().removeprefix("#").strip() for line in lines)
    if not has_words_in_code(joined):
        return text
    new = say(joined, "comment")
    if new == joined:
        return text
    if not alone or len(f"# {new}") <= WIDTH - column:
        return f"# {new}"
    return ("\n" + " " * column).join(textwrap.wrap(new, WIDTH - column, initial_indent="# ", subsequent_indent="# "))


def _docstring(inner: str, say: Say, column: int) -> str:
    """A docstring, paragraph by paragraph; in a list of arguments, each has a line of its own."""
    parts: list[list[str]] = []
    for line in inner.split("\n"):
        alone = not line.strip() or _HEAD.match(line) or _ITEM.match(line)
        if alone or not parts or not parts[-1][-1].strip() or _HEAD.match(parts[-1][-1]):
            parts.append([line])
        else:
            parts[-1].append(line)
    return "\n".join(_docstring_part(lines, say, column) for lines in parts)


def _docstring_part(lines: list[str], say: Say, column: int) -> str:
    found = _ITEM.match(lines[0])
    lead = found[0] if found else lines[0][: len(lines[0]) - len(lines[0].lstrip())]
    joined = " ".join([lines[0][len(lead) :].strip(), *(line.strip() for line in lines[1:])])
    if not has_words_in_code(joined):
        return "\n".join(lines)
    new = say(joined, "docstring")
    if new == joined:
        return "\n".join(lines)
    follow = " " * (len(lead) - len(lead.lstrip()) + 4 if found else max(column, len(lead)))
    return textwrap.fill(
        new, WIDTH - 4, initial_indent=lead, subsequent_indent=follow, break_long_words=False, break_on_hyphens=False
    )


def _shown(tree: ast.Module) -> list[ast.expr]:
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    strings = [node for node in ast.walk(tree) if isinstance(node, ast.expr) and _is_text(node, parents)]
    direct = {ast.dump(node) for node in strings if _is_shown(node, parents)}
    for node in strings:  # the other keys of a dictionary of labels
        above = parents.get(node)
        if isinstance(above, ast.Dict) and any(ast.dump(key) in direct for key in above.keys if key is not None):
            direct |= {ast.dump(key) for key in above.keys if key is node}
    return [node for node in strings if ast.dump(node) in direct]


def _is_text(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool:
    if isinstance(node, ast.JoinedStr):
        text = "".join(str(part.value) if isinstance(part, ast.Constant) else "{x}" for part in node.values)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        text = node.value
    else:
        return False
    above = parents.get(node)
    return (
        not isinstance(above, ast.JoinedStr | ast.FormattedValue | ast.Expr)
        and has_words_in_code(text)
        and (not _is_annotation(node, parents))
    )


def _is_annotation(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool:
    while not isinstance(node, ast.stmt):
        above = parents[node]
        if isinstance(above, ast.arg) or (
            isinstance(above, ast.FunctionDef | ast.AnnAssign)
            and node in (getattr(above, "returns", None), getattr(above, "annotation", None))
        ):
            return True
        node = above
    return False


def _is_shown(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool:
    text = ast.unparse(node)
    if _keyword(node, parents) in CODE_KEYWORDS or _is_code(node):
        return False
    if _SEVERAL.search(re.sub(r"\$[^$]*\$|\{[^{}]*\}", " ", text)):
        return True
    while not isinstance(node, ast.stmt):
        above = parents[node]
        if isinstance(above, ast.Dict) and node in above.keys and " " in text.strip("'\""):
            return True
        if isinstance(above, ast.Assign):
            return node is above.value and getattr(above.targets[0], "id", "") in SHOWN_KEYWORDS
        if isinstance(above, ast.arguments):
            return node in above.defaults and _with_default(node, above) in SHOWN_KEYWORDS
        if isinstance(above, ast.keyword):
            call = parents[above]
            return above.arg in SHOWN_KEYWORDS or (isinstance(call, ast.Call) and _name(call) in SHOWING)
        if isinstance(above, ast.Call):
            return node in above.args and _name(above) in SHOWING
        if isinstance(above, ast.Subscript | ast.Compare):
            return False
        node = above
    return False


def _with_default(node: ast.AST, arguments: ast.arguments) -> str:
    """The argument whose default is `node`."""
    names = [argument.arg for argument in (*arguments.posonlyargs, *arguments.args)]
    return names[len(names) - len(arguments.defaults) + [*arguments.defaults].index(node)]  # type: ignore[arg-type]


def _keyword(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> str:
    above = parents.get(node)
    return above.arg or "" if isinstance(above, ast.keyword) else ""


def _is_code(node: ast.AST) -> bool:
    """Whether a string is Python itself."""
    if not isinstance(node, ast.Constant):
        return False
    try:
        return isinstance(ast.parse(str(node.value)).body[0], ast.Import | ast.ImportFrom | ast.Assign)
    except (SyntaxError, IndexError):
        return False


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _docstrings(tree: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node):
            first = node.body[0]
            assert isinstance(first, ast.Expr)
            yield first.value


def _comments(source: str, starts: list[int]) -> Iterator[_Piece]:
    """Comments; those that fill lines below one another, from the same column on, are one."""
    tokens = [t for t in tokenize.generate_tokens(io.StringIO(source).readline) if t.type == tokenize.COMMENT]
    groups: list[list[tokenize.TokenInfo]] = []
    for token in tokens:
        alone = not token.line[: token.start[1]].strip()
        last = groups[-1][-1] if groups else None
        if (
            alone
            and last is not None
            and not last.line[: last.start[1]].strip()
            and (last.start[0] + 1, last.start[1]) == token.start
        ):
            groups[-1].append(token)
        else:
            groups.append([token])
    for group in groups:
        first, last = group[0], group[-1]
        if not first.string.startswith(("# noqa", "# type:", "# mypy:")):
            yield _Piece(starts[first.start[0] - 1] + first.start[1], starts[last.end[0] - 1] + last.end[1], "comment")


def _line_starts(source: str) -> list[int]:
    starts = [0]
    for line in source.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return starts


def _span(source: str, starts: list[int], node: ast.expr) -> tuple[int, int]:
    """First and last offset of a node, in characters; the tree counts bytes."""
    lines = source.split("\n")

    def offset(line: int, column: int) -> int:
        return starts[line - 1] + len(lines[line - 1].encode()[:column].decode())

    return offset(node.lineno, node.col_offset), offset(node.end_lineno or 0, node.end_col_offset or 0)
