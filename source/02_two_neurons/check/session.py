"""One check from call to display, and what the notebook remembers of it.

In a notebook a check shows its list and then raises `NotYet` if a cross is in it: nbgrader, and everything else that
runs notebooks, sees a failed cell, and the students see one short line instead of a traceback. The test cells carry
the tag `raises-exception`, so that *Run All* goes on. Where there is no notebook, as in front of the judge, the first
fact that does not hold raises its own sentence.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from check import explain, reading, relating, said, sealed, show
from check.facts import Wrong, ended

HERE = Path(__file__).parent
HINTS_AFTER = (2, 4)  # failed runs after which the first and the second hint are pointed at
MOST_NAMED = 2
AGREES = "It agrees with the lab's own answer on further inputs"


class NotYet(AssertionError):
    """A check has a cross in its list; the sentence of the first one is its message."""

    def _render_traceback_(self) -> list[str]:
        return show.wrapped(f"Not yet: {self}")


@dataclass
class Facts:
    """The facts of one run of a check.

    Attributes:
        live: whether to go on after a fact that does not hold.
        rows: what was found so far.
        first: the sentence of the first fact that does not hold.
        share: of the points, that an answer earns of which all facts hold.
    """

    live: bool
    rows: list[show.Row] = field(default_factory=list)
    first: str = ""
    share: float = 1.0

    def missing(self, title: str, share: float) -> None:
        """State what is missing for all points where the rest holds and earns a share of them."""
        if self.live:
            self.rows.append(show.Row("open", title))
            self.share = share

    def waits(self, title: str) -> bool:
        """Whether a fact that takes long to look at must wait, because another one does not hold: it is "not run"."""
        if not self.hold:
            self.rows.append(show.Row("not run", title))
        return not self.hold

    @contextmanager
    def __call__(self, title: str) -> Iterator[None]:
        """State a fact: it holds if the body raises nothing."""
        if not self.live:
            yield
            return
        try:
            yield
        except Exception as error:
            self.cross(title, error)
        else:
            self.rows.append(show.Row("right", title))

    def cross(self, title: str, error: Exception) -> None:
        """Add a fact that does not hold; only the first one explains itself."""
        details: list[tuple[str, str]] = []
        if not self.first:
            self.first = str(error) if isinstance(error, Wrong) else explain.exception(error)
            if isinstance(error, Wrong) and error.expected:
                details = [("", f"`{error.what}`"), ("expected", error.expected), ("got", error.got)]
                details += [("", ended(f"{error.hint[:1].upper()}{error.hint[1:]}"))] if error.hint else []
            else:
                details = [("", self.first)]
        self.rows.append(show.Row("not yet", title, details))

    @property
    def hold(self) -> bool:
        """Whether no cross is among them."""
        return all(row.state != "not yet" for row in self.rows)


Body = Callable[..., None]


class Check:
    """The check of an exercise: called with the student's names, it shows what is right and what is not yet."""

    def __init__(self, name: str, body: Body) -> None:
        self.name, self.body = name, body

    def __call__(self, *answers: Any, part: str = "") -> None:
        """Check the student's answers.

        Args:
            answers: the names that the exercise asks for.
            part: the part of the exercise to check; "" for all of it.

        Raises:
            NotYet: in a notebook, if a fact does not hold.
            Wrong: elsewhere, at once.
        """
        extra = {"part": part} if part else {}
        if not in_notebook():
            self.body(Facts(live=False), *answers, **extra)
            return
        facts = Facts(live=True)
        with quiet():
            try:
                self.body(facts, *answers, **extra)
            except Exception as error:
                facts.cross(f"`{self.name}` can be checked", error)
            named = [] if _grading() else self._named(facts, answers, part)
        SESSION.finish(self.name, part, facts, named)

    def _named(self, facts: Facts, answers: tuple[Any, ...], part: str) -> list[str]:
        """Lines about a mistake: those of the catalogue, or if none fits, what stands in the code."""
        recognised, related = self._recognised(facts, answers, part)
        if facts.hold or not answers or lab_of(self.name).get("without_sentences"):
            return []
        named = [f"What it looks like: {text}" for text in recognised]
        named += [f"How it compares: {text}" for text in related]
        read = [f"In your code: {text}" for text in reading.read(answers[0], sure_only=bool(named))]
        return [*read, *named][:MOST_NAMED]

    def _recognised(self, facts: Facts, answers: tuple[Any, ...], part: str) -> tuple[list[str], list[str]]:
        """Sentences of the catalogued mistakes that return the same, or else how the results relate to the right ones.

        Adds a fact about further inputs.
        """
        lab = lab_of(self.name)
        data = lab.get("sealed", {}).get(self.name)
        if data is None or not answers or (data["probes"] and not callable(answers[0])):
            return [], []
        boxes = sealed.read(self.name, data, lab.get("phrases", ""), lambda text: said.opened(self.name, text))
        results, parts = data.get("results", 0), data.get("parts", [])
        module = self.body.__module__.rpartition(".")[2]
        own = [str(i) for i, name in enumerate(parts) if name == part] or [sealed.WHOLE]
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            probes = data["probes"]
            asked = sealed.used_through(module, data.get("through", ""), answers[0]) if probes else answers[0]
            found = sealed.outputs(asked, probes) if probes else list(answers)
            seen = sealed.views(found, results)
            opened = sealed.opened(boxes, seen)
            if data.get("agree", True) and not lab.get("without_agreement") and facts.hold:
                self._agreement(facts, opened.right(*own))
            if facts.hold or lab.get("without_sentences"):
                return [], []
            looked_at = own if parts or len(seen) == 1 else [view for view in seen if view != sealed.WHOLE]
            wrong = [view for view in looked_at if not opened.right(view)]
            names = relating.parameters(answers[0], probes)
            search = relating.Relating(asked, names, probes, found, results, boxes)
            drawn = self._drawn(boxes, asked, data.get("drawn", []), results)
            if opened.whole is None and not drawn and (mixed_up := search.of_places(wrong)):
                return [], [mixed_up]
            named = drawn or opened.sentences(own)
            if named or not probes:
                return named[:MOST_NAMED], []
            related = search.sentence(wrong, _called(wrong, parts))
        return [], [related] * bool(related)

    @staticmethod
    def _drawn(boxes: sealed.Sealed, asked: Any, probes: list[Any], results: int) -> list[str]:
        """The sentence of a mistake that draws as the usual answer does, where results depend on it."""
        if not probes:
            return []
        whole = boxes.open(f"drawn{sealed.WHOLE}", sealed.views(sealed.outputs(asked, probes), results)[sealed.WHOLE])
        return [whole] if isinstance(whole, str) else []

    def _agreement(self, facts: Facts, right: bool) -> None:
        if right:
            facts.rows.append(show.Row("right", AGREES))
        else:
            sentence = (
                "The examples above are right, but for other inputs the result differs: think of "
                "other signs, sizes, shapes and special cases"
            )
            facts.cross(AGREES, Wrong(sentence))


def exercise(body: Body) -> Check:
    """Make the check of the exercise that has the function's name; the function gets `Facts`, then the answers."""
    return Check(body.__name__, body)


@dataclass
class Session:
    """What was checked since the kernel started.

    Attributes:
        passed: id of a test cell -> whether its last run passed.
        shares: id of a test cell -> the share of its points that its last run earned if it passed.
        failures: id of a test cell -> how often it failed in a row.
    """

    passed: dict[str, bool] = field(default_factory=dict)
    shares: dict[str, float] = field(default_factory=dict)
    failures: dict[str, int] = field(default_factory=dict)

    def finish(self, name: str, part: str, facts: Facts, named: list[str]) -> None:
        """Remember a check and show it.

        Raises:
            NotYet: a fact does not hold.
        """
        test = "_".join(filter(None, ["test", name, part]))
        self.passed[test], self.shares[test] = facts.hold, facts.share
        self.failures[test] = 0 if facts.hold else self.failures.get(test, 0) + 1
        lab = lab_of(name)
        below = [] if facts.hold else [*named, *self._advice(lab, name, test)]
        heading = self._heading(lab, name, part, test, facts)
        show_page(show.Page(heading, facts.rows, [*below, self._points(lab)]))
        if not facts.hold:
            raise NotYet(said.said(f"{name}: {facts.first}"))

    def _heading(self, lab: dict[str, Any], name: str, part: str, test: str, facts: Facts) -> str:
        points = lab.get("tests", {}).get(test)
        earned = f"{_number(points * facts.share)} of " if points and facts.share < 1 else ""
        worth = f" ({earned}{_number(points)} point{'s' * (points != 1)})" if points else ""
        return f"{'✓ Passed' if facts.hold else '✗ Not yet'}: `{name}`{f', {part}' if part else ''}{worth}"

    def _advice(self, lab: dict[str, Any], name: str, test: str) -> list[str]:
        wrong = [used for used in lab.get("builds_on", {}).get(name, []) if self._state(lab, used) == "not yet"]
        advice = [f"It uses your `{wrong[0]}`, which is not right yet: repair that one first."] if wrong else []
        count = sum(self.failures[test] >= limit for limit in HINTS_AFTER)
        if count:
            advice.append(f"Stuck? Open Hint {count} in the task above: click on the small triangle.")
        return advice

    def _points(self, lab: dict[str, Any]) -> str:
        tests: dict[str, float] = lab.get("tests", {})
        if not tests:
            return ""
        so_far = self._earned(tests)
        return (
            f"So far: {_number(so_far)} of {_number(sum(tests.values()))} points that this notebook can "
            "check. Further tests run when it is graded."
        )

    def _earned(self, tests: dict[str, float]) -> float:
        return sum(points * self.shares[test] for test, points in tests.items() if self.passed.get(test))

    def _state(self, lab: dict[str, Any], name: str) -> str:
        tests = [test for test in lab.get("tests", {}) if test == f"test_{name}" or lab["parts"].get(test) == name]
        if any(self.passed.get(test) is False for test in tests):
            return "not yet"
        return "right" if tests and all(self.passed.get(test) for test in tests) else "not run"

    def summary(self, name: str) -> None:
        """Show every exercise of a lab: passed, not yet or not run; points so far, and what to do next."""
        lab = _labs().get(name, {})
        rows = []
        for exercise in lab.get("exercises", []):
            if exercise in lab["written"]:
                points = lab["written"][exercise]
                rows.append(show.Row("open", f"`{exercise}`: {_number(points)} point, a person reads your text"))
                continue
            tests = {
                test: worth
                for test, worth in lab["tests"].items()
                if lab["parts"].get(test, test) in (exercise, f"test_{exercise}")
            }
            got = self._earned(tests)
            title = f"`{exercise}`: {_number(got)} of {_number(sum(tests.values()))} points"
            rows.append(show.Row(self._state(lab, exercise), title))
        todo = [row.title.split("`")[1] for row in rows if row.state in ("not yet", "not run")]
        if todo:
            next_step = (
                f"Next: `{todo[0]}`. Go to its task, repair your answer, run its cell and the test cell below it."
            )
        else:
            next_step = (
                "Every test passes. Look at your written answers once more, save the notebook, press "
                "Validate, then hand it in."
            )
        show_page(
            show.Page(
                f"Summary of {name}",
                rows,
                [self._points(lab), next_step] if lab else ["The data of this lab is missing."],
            )
        )


SESSION = Session()


def _called(views: list[str], parts: list[str]) -> dict[str, str]:
    """What sentences call the results that some views show."""
    if views == [sealed.WHOLE]:
        return {sealed.WHOLE: "your result"}
    return {view: f"`{parts[int(view)]}`" if parts else f"the {relating.PLACES[int(view)]} result" for view in views}


def _number(value: float) -> str:
    return f"{value:g}"


def _grading() -> bool:
    """Whether plain nbgrader grades this notebook: then the lab's tests alone decide, not the probes."""
    return os.environ.get("NBGRADER_EXECUTION") == "autograde"


def in_notebook() -> bool:
    """Whether a notebook's kernel runs this."""
    ipython = sys.modules.get("IPython")
    return ipython is not None and ipython.get_ipython() is not None


def show_page(page: show.Page) -> None:
    """Display a page, or print it where nothing can be displayed."""
    if in_notebook():
        from IPython.display import display

        display({"text/plain": page.text(), "text/html": page.html()}, raw=True)  # type: ignore[no-untyped-call]
    else:
        print(page.text())


@contextmanager
def quiet() -> Iterator[None]:
    """Warnings of the student's code are not shown in a test cell: nbgrader would count them as a failure."""
    with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):
        warnings.simplefilter("ignore")
        yield


@lru_cache(maxsize=1)
def _labs() -> dict[str, dict[str, Any]]:
    """Lab -> its data, of all labs whose data lies beside this module, or beside the notebook if none does."""
    paths = sorted(HERE.glob("*.json")) or sorted(Path("check").glob("*.json"))  # beside the notebook
    paths = [path for path in paths if not path.name.endswith(said.MESSAGES)]
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in paths}


def lab_of(exercise: str) -> dict[str, Any]:
    """The data of the lab with this exercise; empty if it is not here."""
    return next((lab for lab in _labs().values() if exercise in lab["exercises"]), {})


def explain_missing_names() -> None:
    """From now on a name that is missing in a test cell gets a sentence instead of a traceback."""
    shell = sys.modules["IPython"].get_ipython() if in_notebook() else None
    if shell is None:
        return

    def told(shell: Any, kind: type, error: NameError, trace: Any, tb_offset: Any = None) -> None:
        cells = [str(text) for text in shell.history_manager.input_hist_raw]
        name = getattr(error, "name", None)
        at_top = trace is not None and (trace.tb_next is None or trace.tb_next.tb_next is None)
        if "check." in cells[-1] and name and at_top:
            sentence = explain.missing_name(name, cells[:-1])
            shell._showtraceback(kind, error, show.wrapped(f"Not yet: {sentence}"))
        else:
            shell.showtraceback((kind, error, trace), tb_offset=tb_offset)

    shell.set_custom_exc((NameError,), told)
