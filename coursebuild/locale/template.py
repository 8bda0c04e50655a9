"""Templates of sentences: text with a placeholder for each part that is known only when the sentence is said."""

from __future__ import annotations

import ast
import itertools
import re
import warnings
from dataclasses import dataclass

from coursebuild.locale.words import has_words, has_words_in_code, listed

_CODE = r"\w*[\[(]|(?:if|for|while|with|from|import|def|class|return|del|assert|raise|lambda) "
_FIELD = re.compile(r"\{(\w*)(?:[:!][^{}]*)?\}")
_PLAIN_CALLS = listed("len str int float round abs shown describe number join repr sorted list float")


@dataclass(frozen=True)
class Hole:
    """A part of a template that is known only when the sentence is said, and the expression that gives it."""

    name: str
    source: str = ""


Template = tuple["str | Hole", ...]


def written(template: Template) -> str:
    """A template as text, with a name of its own for each placeholder."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for part in template:
        if isinstance(part, Hole) and part.source not in names:
            further = (f"{part.name}_{number}" for number in itertools.count(2))
            names[part.source] = next(name for name in itertools.chain([part.name], further) if name not in taken)
            taken.add(names[part.source])
    return "".join(part if isinstance(part, str) else f"{{{names[part.source]}}}" for part in template)


def speaks(value: Template) -> bool:
    """Whether a template has a word of English, and not only names."""
    return any(isinstance(part, str) and has_words_in_code(part) for part in value)


def tells(value: Template) -> bool:
    """Whether a template makes a difference to a sentence: it has words, or is the end of a plural."""
    return speaks(value) or value in ((), ("s",))


def is_open(value: Template) -> bool:
    """Whether a template says nothing but what fills it."""
    return len(value) == 1 and isinstance(value[0], Hole)


def from_text(text: str) -> Template:
    """A string, whose `{fields}` for `format` are placeholders."""
    parts: list[str | Hole] = []
    end = 0
    for found in _FIELD.finditer(text):
        parts += [
            text[end : found.start()],
            Hole(f"value_{found[1]}" if found[1].isdigit() else found[1] or "value", f"{found[0]} at {found.start()}"),
        ]
        end = found.end()
    parts.append(text[end:])
    return tuple(part for part in parts if part != "")


def shortened(value: Template) -> Template:
    """A template without its last character."""
    last = value[-1] if value else ""
    return (*value[:-1], last[:-1]) if isinstance(last, str) and last else value


def hole(node: ast.AST) -> Hole:
    """A placeholder named after what fills it."""
    source = node.value if isinstance(node, ast.FormattedValue) else node
    return Hole(_name_of(source).strip("_") or "value", ast.unparse(source))


def _name_of(node: ast.AST) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return _name_of(node.value) if node.attr in ("shape", "name", "size") else node.attr
    if isinstance(node, ast.Subscript):
        return _name_of(node.value)
    if isinstance(node, ast.BinOp):
        return _name_of(node.left) if not isinstance(node.left, ast.Constant) else _name_of(node.right)
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "value")
        inside = [one for one in node.args if isinstance(one, ast.Name | ast.Attribute | ast.Subscript)]
        return _name_of(inside[0]) if name in _PLAIN_CALLS and inside else name
    return "value"


def joined(value: Template) -> Template:
    """Neighbouring texts as one."""
    parts: list[str | Hole] = []
    for part in value:
        if isinstance(part, str) and parts and isinstance(parts[-1], str):
            parts[-1] += part
        elif part != "":
            parts.append(part)
    return tuple(parts)


def is_sentence(value: Template) -> bool:
    """Whether a template has several words of English and is no code."""
    text = "".join(part if isinstance(part, str) else "x" for part in value)
    literal = " ".join(part for part in value if isinstance(part, str))
    return (
        has_words(literal) and bool(re.search(r"[A-Za-z][a-z]", literal)) and " " in text.strip() and not _is_code(text)
    )


def _is_code(text: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a pattern has escapes that are none of Python's
            ast.parse(text.strip())
    except SyntaxError:
        return False
    is_english = re.search(r"\b[a-z]+ [a-z]+\b", text) and not re.match(_CODE, text.strip())
    return bool(re.search(r"[()=\[\]*/_]", text)) and not is_english
