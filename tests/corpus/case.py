"""What a case of the corpus is, and how its submission is put together from the made-up lab."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from textwrap import dedent
from typing import Any

from autograder.model.record import Submission
from tests.engine.fixtures.mini_lab import ANSWERS, LAB, SCALE, SQUARE, WRITTEN_STUB, answered

TESTS = {"test_square": 2.0, "test_scale_length": 1.0, "test_scale_values": 2.0}
"""The tests of the made-up lab, with their points."""

PASSED, FAILED, TIMEOUT, MEMORY = "passed", "failed", "timeout", "memory"
LENGTH_ONLY = "length only"
OUTPUT, CRASH, UNANSWERED, NOT_GRADABLE = "output", "crash", "not answered", "not gradable"

WRONG_SQUARE = "def square(x):\n    return 3 * x + 1"
WRONG_SCALE = "def scale(v, k):\n    return []"


@dataclass(frozen=True)
class Case:
    """One submission and what must happen to it.

    Attributes:
        name: short, unique.
        does: what the submission does, one sentence without its full stop.
        submission: what is handed in.
        outcome: what must happen, in words, where the verdicts do not say it.
        square: verdict of the test of `square`; "a or b" where chance decides.
        scale: verdict of both tests of `scale`; LENGTH_ONLY where only the test of its values fails.
        says: test -> words that its message must hold.
        sighted: words, each of which must stand in one sighting.
        quiet: whether there must be no sighting at all: honest work is never suspected.
        repaired: words, each of which must stand in one note of repair.
        problem: words of the reason why nothing could be graded.
        shows: words that the outputs of the executed notebook must hold.
        waits: whether the written answer must wait for a person; None where that does not matter.
        hides: words that neither outputs nor messages may hold.
        plain: what plain nbgrader 0.9.6 does with it, where that is known from elsewhere.
        risky: whether plain nbgrader must not be tried on it, for the machine's sake.
    """

    name: str
    does: str
    submission: Submission
    outcome: str = ""
    square: str = PASSED
    scale: str = PASSED
    says: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sighted: Sequence[str] = ()
    quiet: bool = False
    repaired: Sequence[str] = ()
    problem: str | None = None
    shows: Sequence[str] = ()
    waits: bool | None = None
    hides: Sequence[str] = ()
    plain: str = ""
    risky: bool = False

    @property
    def verdicts(self) -> dict[str, str]:
        """Test -> the verdict that it must get."""
        length, values = (PASSED, FAILED) if self.scale == LENGTH_ONLY else (self.scale, self.scale)
        return {"test_square": self.square, "test_scale_length": length, "test_scale_values": values}


Notebook = dict[str, Any]


def code(source: str, **metadata: Any) -> dict[str, Any]:
    """A code cell of the student's own."""
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": metadata,
        "outputs": [],
        "source": dedent(source).strip("\n"),
    }


def block(*parts: str) -> str:
    """Pieces of code, one below the other."""
    return "\n".join(dedent(part).strip("\n") for part in parts)


def filled(square: str | None = SQUARE, scale: str | None = SCALE) -> Notebook:
    """The release with these answers in it; None leaves an exercise untouched."""
    given = {"square": square, "scale": scale, "observe": ANSWERS["observe"]}
    return answered({name: dedent(text).strip("\n") for name, text in given.items() if text is not None})


def hand_in(
    square: str | None = SQUARE,
    scale: str | None = SCALE,
    *,
    first: str | None = None,
    last: str | None = None,
    play: str | None = None,
    observe: str | None = None,
    change: Callable[[Notebook], object] | None = None,
    files: Mapping[str, bytes] | None = None,
    path: str = f"{LAB}.ipynb",
) -> Submission:
    """A submission to the made-up lab.

    Args:
        square: the answer to that exercise; None leaves it untouched.
        scale: the same.
        first: an own cell at the very beginning.
        last: an own cell at the very end.
        play: what stands in the cell that students may play with.
        observe: the written answer; None for a good one, "" for none.
        change: changes the notebook in place, after all that.
        files: what is handed in beside the notebook.
        path: the notebook's name.
    """
    notebook = filled(square, scale)
    if play is not None:
        cell(notebook, "play")["source"] = dedent(play).strip("\n")
    if observe is not None:
        cell(notebook, "observe")["source"] = observe or WRITTEN_STUB
    if first is not None:
        notebook["cells"].insert(0, code(first))
    if last is not None:
        notebook["cells"].append(code(last))
    for number, one in enumerate(notebook["cells"]):
        one.setdefault("id", f"own{number}")
    if change is not None:
        change(notebook)
    return Submission("ada", LAB, {path: json.dumps(notebook).encode(), **(files or {})})


def files_only(files: Mapping[str, bytes]) -> Submission:
    """A submission that is just these files."""
    return Submission("ada", LAB, dict(files))


def cell(notebook: Notebook, cell_id: str) -> dict[str, Any]:
    """The cell with this id."""
    found: dict[str, Any] = next(one for one in notebook["cells"] if one.get("id") == cell_id)
    return found


def position(notebook: Notebook, cell_id: str) -> int:
    """Where the cell with this id stands."""
    return next(i for i, one in enumerate(notebook["cells"]) if one.get("id") == cell_id)
