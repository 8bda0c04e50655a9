"""What lies beside a notebook: the given module, the checks of its lab, and their data.

A lab named `01_single_neuron` gets `given.py` if it imports it, the pages that it links to, and of `check/` the module
`single_neuron`, the modules that this one and the package import, and `01_single_neuron.json`, the data.
"""

from __future__ import annotations

import ast
import hashlib
import importlib
import inspect
import json
import pkgutil
from collections.abc import Mapping
from typing import Any

import autograder.error_model
from check import sealed as sealed_module
from coursebuild import catalogue
from coursebuild import seal as seal_module
from coursebuild.answers import load_text
from coursebuild.catalogue import Workbook, namespace_of
from coursebuild.course import AuthoredCourse
from coursebuild.inline import definition
from coursebuild.links import linked_pages
from coursebuild.parse import AuthoredLab, Role
from coursebuild.seal import seal
from coursebuild.source import find_load, module_of

GIVEN, PACKAGE = "given.py", "check"
_ERROR_MODEL = sorted(
    module.name for module in pkgutil.walk_packages(autograder.error_model.__path__, "autograder.error_model.")
)


def beside(lab: AuthoredLab, course: AuthoredCourse) -> dict[str, str]:
    """Path beside the notebook -> text, for one lab; empty if the lab needs nothing."""
    files = {GIVEN: course.given} if _imports(lab, "given") else {}
    files |= {name: course.pages[name] for name in linked_pages(lab, course.pages)}
    module = module_of(lab.name, course)
    if _imports(lab, PACKAGE) and module in course.checks:
        files |= {f"{PACKAGE}/{name}.py": course.checks[name] for name in _closure({"__init__", module}, course.checks)}
        files[f"{PACKAGE}/{lab.name}.json"] = _json(data(lab, course))
    return files


def data(lab: AuthoredLab, course: AuthoredCourse) -> dict[str, Any]:
    """What the checks know of a lab: points, exercises in order, what builds on what, and the sealed catalogue."""
    tests = {cell.grade_id: cell for cell in lab.of(Role.TEST)}
    answers = {
        cell.name: load_text(find_load(cell, course), course.solutions[cell.name]) for cell in lab.of(Role.ANSWER)
    }
    found: dict[str, Any] = {
        "exercises": [cell.name for cell in lab.of(Role.ANSWER, Role.WRITTEN)],
        "tests": {name: cell.points for name, cell in tests.items()},
        "parts": {name: cell.name for name, cell in tests.items() if cell.part},
        "written": {cell.name: cell.points for cell in lab.of(Role.WRITTEN)},
        "builds_on": {name: _used(text, answers, name) for name, text in answers.items()},
    }
    if "probes" not in course.hidden:
        return found
    settings = course.config.get("Checks", {})
    silent = {key: lab.name in settings.get(key, []) for key in ("without_sentences", "without_agreement")}
    digest = _digest(lab, course)
    before = course.sealed.get(lab.name, {})
    if before.get("made_of") == digest:
        sealed, phrases = before["sealed"], before.get("phrases", "")
    else:
        sealed, phrases = seal(lab, Workbook(lab, course), namespace_of(course.hidden["probes"])["PROBES"])
    silenced = {key: True for key in silent if silent[key]}
    return found | {"made_of": digest, **silenced, "phrases": phrases, "sealed": sealed}


def _digest(lab: AuthoredLab, course: AuthoredCourse) -> str:
    """Digest of everything that the sealed data depends on."""
    exercises = [cell.name for cell in lab.of(Role.ANSWER)]
    modules = [seal_module, catalogue, sealed_module, *map(importlib.import_module, _ERROR_MODEL)]
    texts = [cell.source for cell in lab.cells if not cell.demo]
    texts += [course.hidden["probes"], *(inspect.getsource(module) for module in modules)]
    for answers in (course.solutions, course.mistakes, course.alternatives):
        texts.append(json.dumps({name: answers.get(name) for name in exercises}, sort_keys=True))
    code = [cell.source for cell in lab.cells if not cell.demo and not cell.is_markdown]
    imported = [alias.name for text in code for node in _imports_from(text) for alias in node.names]
    texts += [definition(name, course.given) or "" for name in imported]
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def _imports_from(text: str) -> list[ast.ImportFrom]:
    try:
        nodes = list(ast.walk(ast.parse(text)))
    except SyntaxError:  # prose
        return []
    return [node for node in nodes if isinstance(node, ast.ImportFrom)]


def _used(text: str, answers: Mapping[str, str], name: str) -> list[str]:
    names = {node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)}
    return [other for other in answers if other in names and other != name]


def _imports(lab: AuthoredLab, module: str) -> bool:
    texts = [cell.source for cell in lab.cells if not cell.is_markdown]
    return any(f"import {module}" in text or f"from {module} import" in text for text in texts)


def _closure(wanted: set[str], modules: Mapping[str, str]) -> list[str]:
    """Modules of the package, and those of the package that they import."""
    found: set[str] = set()
    while wanted - found:
        name = min(wanted - found)
        found.add(name)
        for node in ast.walk(ast.parse(modules[name])):
            if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == PACKAGE:
                inside = (node.module or "").partition(".")[2]
                wanted |= {inside} if inside else {alias.name for alias in node.names}
    return sorted(found & modules.keys())


def _json(value: Mapping[str, Any]) -> str:
    """JSON with a line for each exercise, so that a change can be seen."""
    parts = []
    for key, item in value.items():
        if key == "sealed":
            lines = ",\n".join(f"  {json.dumps(name)}: {json.dumps(inner)}" for name, inner in item.items())
            parts.append(f' "{key}": {{\n{lines}\n }}')
        else:
            parts.append(f" {json.dumps(key)}: {json.dumps(item)}")
    return "{\n" + ",\n".join(parts) + "\n}\n"
