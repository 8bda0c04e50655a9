"""What the catalogue knows of an exercise, run on inputs: right answers, written mistakes, and generated ones."""

from __future__ import annotations

import ast
import contextlib
import io
import itertools
import sys
import types
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from autograder.error_model import paired_mutants, single_mutants, vocabulary_of
from autograder.judge.stepping import OutOfSteps, StepCounter, compiled
from coursebuild.answers import defined_names, load_text
from coursebuild.course import AuthoredCourse
from coursebuild.parse import AuthoredCell, AuthoredLab, Role
from coursebuild.source import find_load, own_code

STEPS = 12_000  # of one wrong answer on all inputs; more is an endless loop
MOST_SINGLE, MOST_FORMS, MOST_OF_FORM, MOST_PAIRED = 600, 2, 80, 200  # generated answers that are tried
MOST_OF_VALUES = 25  # of these, if the answer is no function and each has to run its whole cell
MOST_OF_CLASS = 700  # if it is a class


@dataclass(frozen=True)
class Known:
    """One known answer of an exercise.

    Attributes:
        text: its answer cell.
        sentences: what to tell the student; empty for a right answer.
        written: whether the catalogue lists it; else it is generated.
    """

    text: str
    sentences: tuple[str, ...] = ()
    written: bool = True


class Workbook:
    """The names that a lab's answers find, made once for all of them.

    Args:
        lab: the lab.
        course: the course.
    """

    def __init__(self, lab: AuthoredLab, course: AuthoredCourse) -> None:
        self.lab, self.course = lab, course
        self.answers: dict[str, str] = {}
        self._before: dict[str, dict[str, Any]] = {}
        self._texts: dict[str, list[str]] = {}
        self._prose: dict[str, str] = {}
        names: dict[str, Any] = {}
        texts: list[str] = []
        prose: list[str] = []
        with calm(), beside(course):
            for cell in lab.cells:
                if cell.is_markdown:
                    prose.append(cell.source)
                elif cell.role is Role.ANSWER:
                    text = load_text(find_load(cell, course), course.solutions[cell.name])
                    self.answers[cell.name] = text
                    self._before[cell.name] = dict(names)
                    self._texts[cell.name], self._prose[cell.name] = list(texts), "\n\n".join(prose)
                    texts.append(text)
                    exec(compile(text, cell.name, "exec"), names)
                elif cell.role is Role.LOCKED and not cell.demo:
                    texts.append(own_code(cell, course))
                    exec(compile(texts[-1], cell.name, "exec"), names)

    def known(self, exercise: str, times: int = 1) -> Iterator[Known]:
        """Right answers, written mistakes, then generated ones, the likeliest first.

        Args:
            exercise: its name.
            times: how many times as many single changes as usual are made.
        """
        answer = self.answers[exercise]
        yield Known(answer)
        forms = [text for _, text in sorted(self.course.alternatives.get(exercise, {}).items())]
        for text in forms:
            yield Known(text)
        for _, text in sorted(self.course.mistakes.get(exercise, {}).items()):
            sentence = " ".join((ast.get_docstring(ast.parse(text)) or "").split())
            yield Known(text, (sentence,))
        asked = frozenset(defined_names(answer))
        vocabulary = vocabulary_of(self._texts[exercise], self._prose[exercise])
        defined = [node for node in ast.parse(answer).body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
        kinds = {type(node) for node in defined if node.name in asked}
        if not kinds:
            for mutant in itertools.islice(single_mutants(answer, asked, vocabulary), MOST_OF_VALUES):
                yield Known(mutant.text, mutant.sentences, written=False)
            return
        most = MOST_OF_CLASS if ast.ClassDef in kinds else times * MOST_SINGLE
        for mutant in itertools.islice(single_mutants(answer, asked, vocabulary), most):
            yield Known(mutant.text, mutant.sentences, written=False)
        if ast.ClassDef in kinds:
            return
        for text in forms[:MOST_FORMS]:
            for mutant in itertools.islice(single_mutants(text, asked, vocabulary, outside=False), MOST_OF_FORM):
                yield Known(mutant.text, mutant.sentences, written=False)
        for mutant in paired_mutants(answer, asked, vocabulary, MOST_PAIRED):
            yield Known(mutant.text, mutant.sentences, written=False)

    def run(self, exercise: str, text: str) -> tuple[dict[str, Any], StepCounter]:
        """The names after an answer ran, as far as it came, and the counter of its steps."""
        names = {name: copied(value) for name, value in self._before[exercise].items()}
        counter = StepCounter()
        counter.allowed = STEPS
        counter.install(names)
        with contextlib.suppress(Exception, SystemExit, OutOfSteps):
            exec(compiled(text), names)
        counter.taken = 0
        return names, counter


def copied(value: Any) -> Any:
    """An array of its own; everything else is shared."""
    return value.copy() if hasattr(value, "__array__") and hasattr(value, "copy") else value


def checked_names(cell: AuthoredCell) -> list[str]:
    """The student's names that a test cell hands to its check, in order."""
    calls = [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Call)]
    return [argument.id for call in calls[:1] for argument in call.args if isinstance(argument, ast.Name)]


@contextlib.contextmanager
def beside(course: AuthoredCourse) -> Iterator[None]:
    """Make the module that lies beside the notebooks importable as `given`."""
    module = types.ModuleType("given")
    exec(compile(course.given, "given.py", "exec"), module.__dict__)
    before = sys.modules.get("given")
    sys.modules["given"] = module
    try:
        yield
    finally:
        sys.modules.pop("given")
        if before is not None:
            sys.modules["given"] = before


@contextlib.contextmanager
def calm() -> Iterator[None]:
    """No warnings, no output, no figure windows."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt
    import numpy as np

    swallowed = io.StringIO()
    with (
        warnings.catch_warnings(),
        np.errstate(all="ignore"),
        contextlib.redirect_stdout(swallowed),
        contextlib.redirect_stderr(swallowed),
    ):
        warnings.simplefilter("ignore")
        try:
            yield
        finally:
            plt.close("all")


def namespace_of(text: str) -> Mapping[str, Any]:
    """The names of a module given as text."""
    names: dict[str, Any] = {"__name__": "probes"}
    exec(compile(text, "probes.py", "exec"), names)
    return names
