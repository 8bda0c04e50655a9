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
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from autograder.course.config import load_course
from autograder.grading.prepared_lab import PreparedLab, prepare
from autograder.judge.packages import installed
from autograder.judge.session import run_session
from autograder.model.limits import Limits
from autograder.notebook.names import plain_python
from autograder.protocol import codec
from autograder.sandbox.outcomes import Answerer, CallOutcome, CellOutcome, FetchOutcome, Outcome, StudentError

ROOT = Path(__file__).parents[1]
FIGURES = ROOT / "docs" / "benchmark" / "carrying.json"


class InProcessRunner:
    """A runner for trusted answers: plain `exec`, in this process, without limits."""

    def __init__(self) -> None:
        self.alive = True
        self.namespace: dict[str, Any] = {"__name__": "__main__", "display": lambda *shown, **options: None}

    def execute(self, source: str, seconds: float, quiet: bool = False) -> CellOutcome:
        """Run a cell, its magics left out."""
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile(plain_python(source), "<cell>", "exec"), self.namespace)
        except Exception as error:
            return CellOutcome("error", _described(error))
        return CellOutcome("ok")

    def fetch(self, names: Sequence[str], seconds: float) -> FetchOutcome:
        """Values of names."""
        return FetchOutcome("ok", values={n: codec.encode(self.namespace[n]) for n in names if n in self.namespace})

    def call(self, name: str, args: bytes, seconds: float) -> CallOutcome:
        """Call a function; arguments that it changed are told by position."""
        positional, named = codec.decode(args)
        before = [codec.encode(value) for value in positional]
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                value = codec.encode(self.namespace[name](*positional, **named))
        except Exception as error:
            return CallOutcome("error", _described(error))
        after = map(codec.encode, positional)
        changed = [f"argument {i + 1}" for i, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
        return CallOutcome("ok", value=value, changed=changed)

    def provide(
        self, functions: Mapping[str, str], values: Mapping[str, bytes], answer: Answerer, seconds: float
    ) -> Outcome:
        """Bind names to values, and to functions that ask."""

        def asking(name: str) -> Any:
            def ask(*args: Any, **kwargs: Any) -> Any:
                outcome = answer(name, codec.encode((args, kwargs)))
                if outcome.error is not None:
                    raise RuntimeError(outcome.error.message)
                return codec.decode(outcome.value or b"")

            return ask

        self.namespace |= {name: codec.decode(data) for name, data in values.items()}
        self.namespace |= {name: asking(name) for name in functions}
        return Outcome("ok")

    def close(self) -> None:
        """End it."""
        self.alive = False


def _described(error: Exception) -> StudentError:
    kinds = [kind.__name__ for kind in type(error).__mro__]
    return StudentError(kinds[0], kinds, str(error), "")


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
        with installed(lab.packages):
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
