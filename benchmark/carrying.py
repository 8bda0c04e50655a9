"""What one mistake costs: points lost in the exercise where it was made, and in others, with and without carrying.

Each catalogued mistake is put into an otherwise right notebook, which a runner in this very process executes.

python -m benchmark.carrying                       all labs; figures go to docs/benchmark/carrying.json
python -m benchmark.carrying 02_two_neurons        one lab; the figures of the others stay
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from autograder.course.config import load_course
from autograder.grading.prepared_lab import PreparedLab, prepare
from autograder.judge.packages import installed, working_folder
from autograder.judge.session import run_session
from autograder.model.limits import Limits
from autograder.notebook.names import plain_python
from autograder.sandbox.outcomes import CallOutcome, CellOutcome, Folder
from tests.engine.judge.fake import FakeRunner

ROOT = Path(__file__).parents[1]
FIGURES = ROOT / "docs" / "benchmark" / "carrying.json"


class InProcessRunner(FakeRunner):
    """A runner for trusted answers, in this process, without limits; magics do nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.namespace["display"] = lambda *shown, **options: None

    def execute(self, source: str, seconds: float, quiet: bool = False) -> CellOutcome:
        """Run a cell, its magics left out."""
        return super().execute(plain_python(source), seconds, quiet)

    def call(
        self, name: str, args: bytes, seconds: float, random: bytes = b"", folder: Folder | None = None
    ) -> CallOutcome:
        """Call a function; what it prints is lost."""
        with contextlib.redirect_stdout(io.StringIO()):
            return super().call(name, args, seconds, random, folder)


@dataclass
class Cost:
    """Points that the mistakes of one lab cost.

    Attributes:
        mistakes: how many there are.
        own: points lost in the exercise where the mistake was made.
        elsewhere: points lost in other exercises, whose answers are right.
        own_carried, elsewhere_carried: the same, with errors carried forward.
    """

    lab: str
    mistakes: int = 0
    own: float = 0.0
    elsewhere: float = 0.0
    own_carried: float = 0.0
    elsewhere_carried: float = 0.0


def cost_of(prepared: PreparedLab) -> Cost:
    """Grade every catalogued mistake of a lab twice."""
    cost = Cost(prepared.lab.name)
    for exercise, mistakes in sorted(prepared.parsed.mistakes.items()):
        if exercise not in prepared.oracle.plan.exercises:
            continue
        for text in mistakes.values():
            cost.mistakes += 1
            own, elsewhere = _lost(prepared, exercise, text, carry=False)
            cost.own, cost.elsewhere = cost.own + own, cost.elsewhere + elsewhere
            own, elsewhere = _lost(prepared, exercise, text, carry=True)
            cost.own_carried, cost.elsewhere_carried = cost.own_carried + own, cost.elsewhere_carried + elsewhere
    return cost


def _lost(prepared: PreparedLab, exercise: str, answer: str, carry: bool) -> tuple[float, float]:
    """Points lost in an exercise and elsewhere, if this is its answer and all others are the reference's."""
    notebook = json.loads(prepared.lab.source)
    for cell, parsed in zip(notebook["cells"], prepared.parsed.cells, strict=True):
        cell["source"] = answer if parsed.role == "answer" and parsed.exercise == exercise else parsed.source
    records = run_session(notebook, prepared.oracle, InProcessRunner, Limits(), carry_errors=carry).records
    lost = {record: record.max_points - (record.points or 0.0) for record in records}
    own = sum(points for record, points in lost.items() if record.exercise == exercise)
    return own, sum(lost.values()) - own


def main(labs: Sequence[str]) -> None:
    """Print the figures of labs, and write them down as soon as a lab is measured."""
    course = load_course(ROOT)
    for name in labs or course.lab_names():
        lab = course.lab(name)
        with installed(lab.packages), working_folder(lab.own_files):
            cost = cost_of(prepare(lab))
        print(
            f"{name}: {cost.mistakes} mistakes; lost {cost.own:g} points in their own exercise and {cost.elsewhere:g} "
            f"elsewhere; carried forward {cost.own_carried:g} and {cost.elsewhere_carried:g}",
            flush=True,
        )
        before = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.exists() else []
        figures = [*(row for row in before if row["lab"] != name), asdict(cost)]
        text = json.dumps(sorted(figures, key=lambda row: row["lab"]), indent=1)
        FIGURES.write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
