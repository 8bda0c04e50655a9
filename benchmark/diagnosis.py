"""`make diagnosis`: what share of mistakes is named rightly, and what share wrongly.

Each catalogued mistake is put into an otherwise right notebook, once with the whole catalogue known, and once with it
and every entry that behaves alike held out, so that the others and the generated mistakes must name it. What is found
counts as right if it also behaves as the answer does on fresh questions, which recognition never uses.

python -m benchmark.diagnosis                      all labs; figures go to docs/benchmark/diagnosis.json
python -m benchmark.diagnosis 03_backpropagation   one lab, figures on the screen only
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.course.config import load_course
from autograder.judge import messages
from autograder.judge.argument_relations import Call, related_to_arguments
from autograder.judge.clean_state import clean_state
from autograder.judge.compare import Part, differing, parts
from autograder.judge.diagnosis import GENERATED, RELATED, arguments_of, diagnose, encoded
from autograder.judge.evidence import Evidence
from autograder.judge.exceptions import advice
from autograder.judge.explanation import words
from autograder.judge.kept_tables import table_of
from autograder.judge.oracle import Answers, CountedSubject, Mistake, Oracle, Question, Workbook
from autograder.judge.other_draws import OLDER
from autograder.judge.packages import installed, working_folder
from autograder.judge.probes import FRESH, probes
from autograder.judge.rarer import likeliest
from autograder.judge.relations import ignored, relation
from autograder.judge.subject import Called
from autograder.judge.testcell import run_test
from autograder.model.record import Verdict
from autograder.notebook.parsed_lab import parse_lab
from autograder.sandbox.outcomes import Folder

ROOT = Path(__file__).parents[1]
RIGHTLY, WRONGLY, NOT_NAMED, PLAIN = "rightly", "wrongly", "not named", "said by the test"
MAX_FRESH = 60
STUDENT = 100, 200_000  # times the reference's steps, and so many more, that an answer may take
CHANGED: Part = ("changed", "")
SWAPS = ((r"np\.random\.default_rng\(", "np.random.RandomState("), (r"\.integers\(", ".randint("))


@dataclass
class Outcome:
    """How one answer was told about.

    Attributes:
        name: of the answer.
        kind: `RIGHTLY`, `WRONGLY`, `NOT_NAMED`, or `PLAIN` where a name is missing and the engine says so.
        found: what was named.
        sentence: what the student reads.
    """

    name: str
    kind: str
    found: str = ""
    sentence: str = ""


@dataclass
class Figures:
    """The outcomes of one exercise, for each way to ask."""

    lab: str
    exercise: str
    held_out: list[Outcome] = field(default_factory=list)
    known: list[Outcome] = field(default_factory=list)
    swapped: list[Outcome] = field(default_factory=list)
    right_answers_named: list[Outcome] = field(default_factory=list)
    right_answers: int = 0
    mutants: int = 0
    seconds: float = 0.0


class Student(CountedSubject):
    """An answer that is asked anew each time, as a student's is."""

    def call(self, name: str, arguments: bytes, drawn: bytes = b"", folder: Folder | None = None) -> Called:
        """See `Subject.call`."""
        return self.call_anew(name, arguments)


class Exercise:
    """One exercise, its known answers, and fresh questions to check with."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        self.table = table_of(workbook)
        self.fresh = list(self._fresh())
        self.every = list(workbook.mistakes)
        self.behaviour = {mistake.name: workbook.wrong(mistake) for mistake in self.every}

    def _fresh(self) -> Iterator[Question]:
        """Questions that no test asks and recognition does not use, to which right answers all give the same."""
        workbook, reference = self.workbook, self.workbook.reference
        assert reference is not None
        right = [reference, *filter(None, map(workbook.right, workbook.alternatives))]
        if self.table.drawn:
            right += filter(None, map(workbook.drawing_otherwise, range(1, 9)))
        calls = [question for question in workbook.questions if workbook.cheap(question)]
        count = 0
        for question in probes(calls, FRESH):
            if question in self.table.probes or not workbook.cheap(question) or count == MAX_FRESH:
                continue
            answer = reference.to(question)
            if ("raised", "") not in answer and not any(differing(answer, a.to(question), True) for a in right[1:]):
                count += 1
                yield question

    def alike(self, mistake: Mistake) -> set[str]:
        """Names of the catalogued mistakes that behave as this one does, itself among them."""
        mine = self.behaviour[mistake.name]
        asked = [question for question in (*self.workbook.questions, *self.fresh) if self.workbook.cheap(question)]
        return {mistake.name} | {
            name
            for name, answers in self.behaviour.items()
            if mine and answers and not any(differing(mine.to(q), answers.to(q), True) for q in asked)
        }

    def told(self, name: str, text: str, known: list[Mistake]) -> Outcome:
        """Grade an answer as a student's, with these catalogued mistakes known."""
        workbook = self.workbook
        workbook.mistakes = known
        vars(workbook).pop("changing", None)
        made = workbook.fresh(Mistake(name, text))
        if made is None or workbook.reference is None:
            return Outcome(name, PLAIN, "", "it does not run")
        subject = Student(made.namespace, made.counter, made.cell_steps)
        subject.limit(workbook.reference.subject.steps, *STUDENT)
        evidence, outcomes = Evidence(workbook), []
        for test in workbook.exercise.tests:
            run = run_test(test, subject, allowed=workbook.handed_in(test))  # as in a grading
            evidence.add(run)
            if run.verdict is Verdict.PASSED:
                continue
            if run.missing is not None:
                outcomes.append(Outcome(name, PLAIN, "", run.sentence))
                continue
            evidence.complete(subject, math.inf, self.table.probes)  # a busy machine finds the same
            diagnosis = diagnose(test, evidence, run.sentence, heard=run.heard)
            if (diagnosis.mistake is None and run.changed) or (run.raised and advice(run.raised, words(text))):
                outcomes.append(Outcome(name, PLAIN, "", run.sentence))
                continue
            if diagnosis.mistake is not None and diagnosis.mistake.startswith(RELATED):
                kind = RIGHTLY if self._relates(diagnosis.mistake.removeprefix(RELATED), subject) else WRONGLY
                outcomes.append(Outcome(name, kind, diagnosis.mistake, diagnosis.sentence))
                continue
            if diagnosis.mistake is None:
                outcomes.append(Outcome(name, NOT_NAMED, "", messages.joined([run.sentence, diagnosis.sentence])))
                continue
            found = next(
                each
                for each in itertools.chain(
                    (*known, *self.table.mutants, *self.table.changing, *(evidence.rarer or ())), likeliest(workbook)
                )
                if each.name == diagnosis.mistake.removeprefix(GENERATED) and each.text == diagnosis.text
            )
            kind = RIGHTLY if self._behaves(found, subject) or self._goes_on(found, text) else WRONGLY
            outcomes.append(Outcome(name, kind, found.name, diagnosis.sentence))
        order = [WRONGLY, RIGHTLY, NOT_NAMED, PLAIN]
        return min(outcomes, key=lambda each: order.index(each.kind), default=Outcome(name, NOT_NAMED, "", "passes"))

    def _relates(self, name: str, subject: CountedSubject) -> bool:
        """Whether a relation between results holds on the tests' questions and fresh ones together."""
        student, reference = Answers(subject), self.workbook.reference
        assert reference is not None
        calls: dict[Part, list[Call]] = {}
        asked = [question for question in self.workbook.questions if question[1] and self.workbook.cheap(question)]
        for question in (*asked, *self.fresh):
            right, got = reference.to(question), student.to(question)
            given = arguments_of(reference.subject.namespace.get(question[0]), question[1] or b"")
            for part in right.keys() & got.keys() - {("changed", ""), ("raised", "")}:
                calls.setdefault(part, []).append(Call(given, right[part], got[part]))
        found = set()
        for each in calls.values():
            pairs = [(call.right, call.got) for call in each]
            found |= {related[0] for related in (relation(pairs), related_to_arguments(each)) if related is not None}
            if ignored([(encoded(call.given), call.right, call.got) for call in each]):
                found.add("argument ignored")
        return name.endswith("result missing") or not calls or name in found

    def _behaves(self, found: Mistake, subject: CountedSubject) -> bool:
        """Whether a mistake agrees with the answer on fresh questions, wherever it shows.

        It may draw from the usual streams or from the older generator's; or else only what does not depend on its
        draws is compared.
        """
        steady = [question for question in self.fresh if self.workbook.steady(found, question)]
        ways = [(None, self.fresh), *([(OLDER, self.fresh), (None, steady)] if self.table.drawn else [])]
        return any(self._agrees(found, subject, salt, questions) for salt, questions in ways)

    def _goes_on(self, found: Mistake, text: str) -> bool:
        """Whether a mistake whose answers depend on the calls before gives the answer's to a row of fresh calls."""
        if found not in (*self.workbook.changing, *self.table.changing):
            return False
        answers = []
        for mistake in (found, Mistake("", text)):
            subject = self.workbook.fresh(mistake)
            if subject is None:
                return False
            with clean_state():
                calls = [(name, arguments) for name, arguments in self.fresh if arguments is not None]
                answers.append([parts(subject.call_anew(*call)) for call in calls])
        return not any(map(differing, *answers, itertools.repeat(True)))

    def _agrees(self, found: Mistake, subject: CountedSubject, salt: int | None, questions: list[Question]) -> bool:
        workbook = self.workbook
        answers, reference = workbook.wrong(found, salt), workbook.right(workbook.exercise.answer, salt)
        assert answers is not None
        assert reference is not None
        student, shows, differs = Answers(subject), set(), set()
        values = [question for question in workbook.questions if question[1] is None]
        for question in (*questions, *values):
            here, theirs = answers.to(question), student.to(question)
            if question[1] is not None and {("raised", "")} & {*here, *theirs}:
                continue
            shows |= {(question[0], part) for part in differing(reference.to(question), here, True)}
            unlike = differing(here, theirs, True)
            if theirs.get(CHANGED, frozenset()) <= here.get(
                CHANGED, frozenset()
            ):  # 0 may have been added to the others
                unlike -= {CHANGED}
            differs |= {(question[0], part) for part in unlike}
        return not shows & differs


def measure(lab: str, workbook: Workbook) -> Figures:
    """All figures of one exercise."""
    started = time.process_time()
    exercise, figures = Exercise(workbook), Figures(lab, workbook.exercise.name)
    figures.seconds, figures.mutants = time.process_time() - started, len(exercise.table.mutants)
    for mistake in exercise.every:
        alike = exercise.alike(mistake)
        rest = [other for other in exercise.every if other.name not in alike]
        figures.held_out.append(exercise.told(mistake.name, mistake.text, rest))
        figures.known.append(exercise.told(mistake.name, mistake.text, exercise.every))
        swapped = mistake.text
        for pattern, other in SWAPS:
            swapped = re.sub(pattern, other, swapped)
        if exercise.table.drawn and swapped != mistake.text:
            figures.swapped.append(exercise.told(mistake.name, swapped, exercise.every))
    for number, text in enumerate([workbook.exercise.answer, *workbook.alternatives]):
        figures.right_answers += 1
        outcome = exercise.told(f"right answer {number}", text, exercise.every)
        if outcome.found:
            figures.right_answers_named.append(outcome)
    return figures


def main() -> int:
    """Measure, print a table and what is not as it should be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labs", nargs="*", help="labs (default: all)")
    parser.add_argument("--exercise", help="only this exercise")
    args = parser.parse_args()
    course, found = load_course(ROOT), []
    for name in args.labs or course.lab_names():
        lab = course.lab(name)
        with installed(lab.packages), working_folder(lab.own_files), clean_state():
            for exercise, workbook in Oracle(parse_lab(lab)).workbooks.items():
                if args.exercise in (None, exercise) and workbook.reference is not None:
                    print(f"benchmark: {name} {exercise} ...", file=sys.stderr, flush=True)
                    found.append(measure(name, workbook))
    print_report(found)
    if not args.labs and not args.exercise:
        path = ROOT / "docs" / "benchmark" / "diagnosis.json"
        path.write_text(json.dumps(as_json(found), indent=1) + "\n", encoding="utf-8")
        print(f"written to {path.relative_to(ROOT)}")
    return 0


def print_report(found: list[Figures]) -> None:
    """The table, then each answer that is not named or named wrongly."""
    heads = ("held out", "known", "other generator")
    print(f"{'exercise':20}" + "".join(f"{head:>26}" for head in heads) + f"{'mutants':>9}{'CPU s':>7}")
    columns = ("held_out", "known", "swapped")
    total: dict[str, Counter[str]] = {column: Counter() for column in columns}
    for figures in found:
        counts = {column: Counter(each.kind for each in getattr(figures, column)) for column in columns}
        for column in columns:
            total[column] += counts[column]
        shares = "".join(f"{_share(counts[column]):>26}" for column in columns)
        print(f"{figures.exercise:20}{shares}{figures.mutants:9}{figures.seconds:7.1f}")
    print(f"{'all':20}" + "".join(f"{_share(total[column]):>26}" for column in columns))
    for column, head in zip(columns, heads, strict=True):
        for figures in found:
            for each in getattr(figures, column):
                if each.kind in (WRONGLY, NOT_NAMED):
                    print(
                        f"\n{head}: {figures.exercise}/{each.name} {each.kind} {each.found}\n    {each.sentence[:300]}"
                    )
    for figures in found:
        for each in figures.right_answers_named:
            print(f"\nright answer of {figures.exercise}: {each.name} {each.found}\n    {each.sentence[:300]}")


def _share(counts: Counter[str]) -> str:
    told = counts.total() - counts[PLAIN]
    if not told:
        return "-"
    return f"{counts[RIGHTLY]} of {told} ({counts[RIGHTLY] / told:.0%}), {counts[WRONGLY]} wrong"


def as_json(found: list[Figures]) -> dict[str, Any]:
    """The figures for the documentation."""
    columns = ("held_out", "known", "swapped")
    exercises = [
        {"lab": figures.lab, "exercise": figures.exercise, "right_answers_named": len(figures.right_answers_named)}
        | {column: Counter(each.kind for each in getattr(figures, column)) for column in columns}
        for figures in found
    ]
    return {
        "exercises": exercises,
        "right_answers": sum(figures.right_answers for figures in found),
        **{
            column: sum((Counter(each.kind for each in getattr(figures, column)) for figures in found), Counter())
            for column in columns
        },
    }


if __name__ == "__main__":
    sys.exit(main())
