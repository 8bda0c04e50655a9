"""Replaces the imports of the course's own modules in locked and play cells by the text of the imported functions.

`from labs.given import gaussian` and `from solutions.sigmoid import sigmoid` work in the authored lab. Students have
neither module, so their notebooks contain the functions themselves.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable


def inline_imports(source: str, module_text: Callable[[str], str | None]) -> str:
    """Replace every top-level import from `labs` or `solutions` by the text of the imported functions.

    Args:
        source: text of a code cell.
        module_text: returns the text of a module, e.g. ``labs.given``, or ``None`` if it does not exist.

    Raises:
        ValueError: an imported name does not exist, or the import does not have the form described above; the message
            is one sentence.
    """
    if "labs" not in source and "solutions" not in source:
        return source
    lines = source.split("\n")
    imports = [
        node for node in _parse(source).body if isinstance(node, ast.ImportFrom) and _is_course_module(node.module)
    ]
    for node in reversed(imports):
        module = node.module or ""
        text = module_text(module)
        if text is None:
            raise ValueError(f"There is no {module.replace('.', '/')}.py.")
        lines[node.lineno - 1 : node.end_lineno] = ["\n", _definitions(node, text), "\n"]
    return re.sub(r"\n{4,}", "\n\n\n", "\n".join(lines)).strip("\n") if imports else source


def _is_course_module(module: str | None) -> bool:
    return (module or "").partition(".")[0] in ("labs", "solutions")


def _parse(source: str) -> ast.Module:
    """Parse a cell, with magics treated as comments."""
    plain = [f"#{line}" if line.startswith(("%", "!")) else line for line in source.split("\n")]
    try:
        return ast.parse("\n".join(plain))
    except SyntaxError as error:
        raise ValueError(f"This cell is not valid Python: {error}.") from None


def _definitions(node: ast.ImportFrom, module: str) -> str:
    texts = {alias.name: None if alias.asname else definition(alias.name, module) for alias in node.names}
    missing = [name for name, text in texts.items() if text is None]
    if missing:
        raise ValueError(f"{node.module} has no function or constant {missing[0]} (`as` and `*` are not supported).")
    return "\n\n\n".join(text for text in texts.values() if text)


def definition(name: str, module: str) -> str | None:
    """Text of the top-level function, class or constant `name`, decorators included; ``None`` if there is none."""
    lines = module.split("\n")
    for node in ast.parse(module).body:
        names: list[str | None] = [getattr(node, "name", None)]
        first = node.lineno
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            first = min([first, *(decorator.lineno for decorator in node.decorator_list)])
        elif isinstance(node, ast.Assign):
            names = [target.id for target in node.targets if isinstance(target, ast.Name)]
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names = [node.target.id]
        if name in names:
            return "\n".join(lines[first - 1 : node.end_lineno])
    return None
