"""Every sentence that grading says to a student: short, concrete, and about their own code only.

No sentence quotes a test cell or an answer: they are made of the test's own message, the student's lines and names,
and values.
"""

from __future__ import annotations

import re
import reprlib
from collections.abc import Collection, Iterable, Sequence
from datetime import date, time, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import PurePath

import numpy as np

from autograder.model.record import Verdict
from autograder.protocol import codec
from autograder.sandbox.outcomes import StudentError

MAX_SENTENCE = 1_000
MAX_VALUE = 120
SMALL = 6  # elements of an array that are shown one by one
_SHORT = (range, Fraction, Decimal, date, time, timedelta, PurePath)  # their text says what they are

NOT_ANSWERED = "There is no answer in this exercise's cell yet."
UNREADABLE = "what it returned could not be read"
TEST_BROKEN = (
    "This test does not accept the reference answer either, so it says nothing about yours: a person will look."
)
TEST_BROKE = "This test broke over your answer, and there is no reference answer to try it on: a person will look."
UNWRITTEN = (
    "This test is an AUTOTEST that nbgrader could not write out, so nothing was tested: a person will look. "
    "(`nbgrader generate_assignment` says why.)"
)
WEAK = "Weak: ran beside the student's code."
NO_RUNNER = "Your code could not be run, through no fault of yours: a person will look."
POISONED = (
    "Your cell for this exercise left Python in a state in which nothing more could be run: does it change Python "
    "itself, its limits, or its processes?"
)
GONE = "The Python process that held one of your objects ended before this test had asked it everything."
TOO_MANY_STARTS = "Your code ended Python itself too often: there is no use in trying again."
ENGINE_FAILED = "The grader itself failed on this test: a person will look."
TIME_UP = (
    "The time for the whole notebook was used up before this test: is there a cell or a function that takes too long?"
)
JUDGE_TIME = "Checking this answer took too long: are its values much larger than asked for?"
JUDGE_MEMORY = "Checking this answer needs more memory than there is: are its values much larger than asked for?"
CHANGED_ADVICE = "Compute into a new name, or work on a copy."
NO_SENTENCE = "This answer does not pass the test."

OWN_CELL = "the student's own"
"""Stands for an exercise where a cell is one of the student's own."""

_PLACE = re.compile(r"^(\S.{0,80}), line (\d+)(?:, in .{1,200})?$", re.MULTILINE)
_NUMBER = re.compile(r"-?\d+\.?\d*(?:e[+-]?\d+)?")
_ADDRESS = re.compile(r" at 0x[0-9a-f]{6,16}\b")  # another one in each run
_STOPPED = {
    Verdict.TIMEOUT: "{what} did not finish within {seconds} s: is there a loop that never ends, an input(), or much "
    "more work than the task asks for?",
    Verdict.MEMORY: "{what} needed more memory than allowed: is there an array or a list that grows too large?",
    Verdict.OUTPUT: "{what} printed more than allowed: is there a print in a loop that runs very often, or never ends?",
    Verdict.CRASH: "{what} ended Python itself: is there an exit(), or a function that calls itself without end?",
}


def clip(text: str, most: int = MAX_SENTENCE) -> str:
    """At most so many characters."""
    return text if len(text) <= most else text[: most - 4].rstrip() + " ..."


def joined(sentences: Iterable[str]) -> str:
    """One paragraph of them, within bounds; each ends as a sentence does, and none tells an address in memory."""
    told = [_ADDRESS.sub("", " ".join(sentence.split())) for sentence in sentences if sentence.strip()]
    return clip(" ".join(sentence if sentence[-1] in ".!?:)" else sentence + "." for sentence in told))


def stopped(verdict: Verdict, seconds: float, function: str | None = None, *, own: bool = False) -> str:
    """A student's function was stopped, their cell, or a cell that belongs to no exercise."""
    cell = "This cell" if own else "Your cell for this exercise"
    what = f"`{function}`" if function else cell
    return _STOPPED[verdict].format(what=what, seconds=f"{round(seconds, 1):g}")


def changed(function: str, arguments: Sequence[str]) -> str:
    """A function changed what it was given."""
    if len(arguments) == 1:
        what, they = f"its argument {arguments[0]}", "it"
    else:
        what, they = f"its arguments {', '.join(arguments[:-1])} and {arguments[-1]}", "them"
    return f"`{function}` changed {what}: whoever calls it finds {they} spoiled afterwards."


def raised(error: StudentError, function: str | None = None) -> str:
    """A student's code raised an exception: where, and what it says."""
    message = clip(" ".join(error.message.split()).rstrip("."), 300)
    what = f"{error.type_name}: {message}" if message else error.type_name
    places = _PLACE.findall(error.traceback)
    if error.line and places:
        file, number = places[-1]
        where = "In your cell" if file.startswith("Cell In[") else f"In {file}"
        return f"{where}, line {number}: `{error.line}` raised {what}."
    return f"`{function}` raised {what}." if function else f"Your cell raised {what}."


def undefined(name: str, own: bool, error: StudentError | None = None) -> str:
    """A name that the test needs does not exist."""
    if not own:
        return f"`{name}`, which this test needs, is not defined: answer the exercise that asks for it first."
    if error is not None:
        return f"`{name}` is not defined, because your cell stopped before. {raised(error)}"
    return f"`{name}` is not defined: does your cell give it exactly this name?"


def broken_off(error: StudentError) -> str:
    """The cell ended early, so what it made may be unfinished."""
    return f"Your cell stopped before its end. {raised(error)}"


def own_cell_stopped(verdict: Verdict) -> str:
    """For the instructor: a cell that belongs to no exercise went beyond a limit, which costs no points."""
    what = {Verdict.MEMORY: "it needed more memory than allowed", Verdict.OUTPUT: "it showed more than allowed"}[
        verdict
    ]
    return f"A cell outside the exercises was stopped: {what}."


def ended_once(function: str) -> str:
    """For the instructor: a crash that did not happen again."""
    return f"A call of {function} ended Python, and worked when it was repeated in a fresh process."


def passed_apart(test: str, exercises: Sequence[str]) -> str:
    """For the instructor: whose cell was left out for a test."""
    cells = " and ".join(exercises)
    return f"{test} passes only without the cell of {cells}, which may change Python itself: it was left out there."


def overwritten(name: str, exercise: str) -> str:
    """Another cell gives a name a new meaning."""
    if exercise == OWN_CELL:
        return f"A cell of your own gives `{name}` another meaning: use another name there."
    return f"Your cell of the exercise `{exercise}` gives `{name}` another value: use another name there."


def unusable(culprit: str, value: object, error: Exception) -> str:
    """A test could not work with what it got."""
    why = clip(" ".join(str(error).split()), 200) if type(error) is ValueError else ""
    return f"The test cannot work with {culprit}: {describe(value)}" + (f" ({why})." if why else ".")


def partial(points: float, most: float, printed: str) -> str:
    """Some of the points, and the last thing that the test printed."""
    last = printed.strip().rpartition("\n")[2]
    return joined([f"This answer gets {points:g} of {most:g} points.", last])


def builds_on(names: Sequence[str]) -> str:
    """An answer uses answers that failed."""
    return f"Your answer uses {_listed(names)}, which did not pass: put that right first."


def carried(names: Sequence[str], unanswered: Collection[str]) -> str:
    """A right answer that builds on one that did not pass."""
    missing = [name for name in names if name in unanswered]
    if not missing:
        reason = "yours did not pass"
    elif len(missing) == len(names):
        reason = "yours is not there yet" if len(names) == 1 else "yours are not there yet"
    else:
        reason = f"yours did not pass or, like {_listed(missing)}, is not there yet"
    return f"Counted with the lab's own {_listed(names)}, because {reason}."


def also_with(names: Sequence[str]) -> str:
    """A wrong answer that builds on one that did not pass either."""
    return f"(Tested with the lab's own {_listed(names)}, because yours did not pass.)"


def follows_from(results: Sequence[str]) -> str:
    """A result that is wrong only because an earlier result of the same function is."""
    verb = "is" if len(results) == 1 else "are"
    return f"Counted, because it follows correctly from your own {_listed(results)}, which {verb} not right yet."


def waits_for(exercises: Sequence[str]) -> str:
    """A test that was not tried, because an earlier answer that it needs did not end in time."""
    return f"Your answer uses {_listed(exercises)}, which did not finish in time: fix that first."


def _listed(names: Sequence[str]) -> str:
    quoted = [f"`{name}`" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def out_of_reach(name: str) -> str:
    """A value that cannot be handed to the judge."""
    return f"`{name}` is too large to be looked at."


def already_said(sentence: str, value: object) -> bool:
    """Whether a sentence tells this small value already, in whatever way it prints numbers."""
    array = _array(value)
    if array is None:
        return str(value)[:MAX_VALUE] in sentence
    said = [float(number) for number in _NUMBER.findall(sentence)]
    return array.size <= SMALL and all(
        any(abs(number - element) <= 1e-3 * max(abs(element), 0.1) for number in said) for element in array.flat
    )


def value_differs(name: str, difference: str) -> str:
    """A value is not the expected one."""
    return _ended(f"`{name}`: {difference}")


def call_differs(name: str, arguments: dict[str, object], difference: str) -> str:
    """A call did not give the expected result."""
    inputs = ", ".join(f"{argument} = {describe(value)}" for argument, value in arguments.items())
    return _ended(f"`{name}` with {inputs}: {difference}" if inputs else f"`{name}()`: {difference}")


def _ended(sentence: str) -> str:
    """With a full stop, unless it ends in a question mark."""
    return sentence if sentence.endswith("?") else sentence + "."


def describe(value: object, depth: int = 2) -> str:
    """A value in a few words: small ones themselves, large ones by their size."""
    if isinstance(value, np.ndarray):
        if value.dtype.kind in "biufc" and value.size <= SMALL:
            return _numbers(value)
        what = "an array" if value.dtype.kind in "biufc" else f"an array of {value.dtype.name}"
        return f"{what} of shape {value.shape}"
    if isinstance(value, (float, np.floating)):
        return f"{float(value):.6g}"
    if isinstance(value, np.generic):
        return clip(str(value), MAX_VALUE)
    if isinstance(value, codec.Opaque):
        return f"an object of type {value.type_name}"
    if isinstance(value, codec.Function):
        return f"a function ({value.name})"
    if isinstance(value, (list, tuple, dict, set, frozenset)) and (len(value) > SMALL or not depth):
        return f"a {type(value).__name__} of {len(value)} elements"
    if isinstance(value, (list, tuple)):
        open_, close = "[]" if isinstance(value, list) else "()"
        return clip(open_ + ", ".join(describe(item, depth - 1) for item in value) + close, MAX_VALUE)
    if isinstance(value, (str, bytes)):
        return clip(repr(value[:MAX_VALUE]), MAX_VALUE)
    if value is None or isinstance(value, (int, complex, dict, set, frozenset, *_SHORT)):
        return clip(_repr(value), MAX_VALUE)
    if isinstance(shape := getattr(value, "shape", None), tuple):
        return f"a {type(value).__name__} of shape {shape}"
    return f"a {type(value).__name__}"


def _numbers(value: np.ndarray) -> str:
    return np.array2string(value, separator=", ", formatter={"float_kind": lambda x: f"{x:.6g}"}).replace("\n", "")


def _repr(value: object) -> str:
    try:
        return reprlib.repr(value)
    except ValueError:  # a whole number of too many digits
        return "a very large number"


def difference(which: str, expected: object, got: object) -> str:
    """Expected and got, for one result."""
    ours, theirs = _array(expected), _array(got)
    where = f"{which} should be" if which else "expected"
    but = "but it is" if which else "got"
    if ours is None or theirs is None or ours.shape == theirs.shape == ():
        return f"{where} {describe(expected)}, {but} {describe(got)}{_brackets(expected, got)}"
    if ours.shape != theirs.shape:
        return f"{where} {_shape(ours)}, {but} {_shape(theirs)}"
    if ours.size <= SMALL:
        return f"{where} {_numbers(ours)}, {but} {_numbers(theirs)}"
    with np.errstate(all="ignore"):
        far = ~np.isclose(theirs, ours, rtol=1e-4, equal_nan=True)
    index = tuple(int(i) for i in np.argwhere(far)[0]) if far.any() else (0,) * ours.ndim
    element = f"element [{', '.join(map(str, index))}]" + (f" of {which}" if which else "")
    return f"{element} should be {describe(ours[index])}, but it is {describe(theirs[index])}"


def other_kind(expected: object, got: object) -> str:
    """How a value's kind or shape differs from what is expected, without a word on its content; "" if it does not."""
    ours, theirs = _kind(expected), _kind(got)
    return f"expected {ours}, got {theirs}{_brackets(expected, got)}" if ours and theirs and ours != theirs else ""


def _brackets(expected: object, got: object) -> str:
    """Why a function may stand where something else is expected: it, or a method, was not called."""
    missing = isinstance(got, codec.Function) and not isinstance(expected, codec.Function)
    return ": are the brackets `()` after it missing?" if missing else ""


def _kind(value: object) -> str:
    if (array := _array(value)) is not None:
        return f"an array of shape {array.shape}" if array.ndim else "a number"
    kinds = {codec.Function: "a function", str: "a text", type(None): "None"}
    return kinds.get(type(value), describe(value) if isinstance(value, codec.Opaque) else "")


def several_for_one(count: int) -> str:
    """A function returned several results in place of one."""
    return f"expected one result, got {count}"


def _array(value: object) -> np.ndarray | None:
    if isinstance(value, (np.ndarray, np.generic, int, float, complex, list)) or hasattr(type(value), "to_numpy"):
        try:
            array = np.asarray(value)
        except ValueError:
            return None
        return array if array.dtype.kind in "biufc" else None
    return None


def _shape(value: np.ndarray) -> str:
    if value.ndim == 0:
        return f"one number, {describe(value[()])}"
    return f"an array of shape {value.shape}"
