"""Which mistake a failing answer is, and if none is known, what was expected and what came.

The exercise's tests have put questions to the student's functions. The same questions go to the reference and to every
catalogued mistake; the mistake that answers all of them as the student did, and at least one of them otherwise than
the reference, is the one that was made. Where the student's tests ended early, the questions that the reference was
asked are put to the student too, while their runner lives and the budget lasts.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from autograder.judge import messages
from autograder.judge.clean_state import clean_state
from autograder.judge.compare import Part, differing, parts, value_parts
from autograder.judge.mixed_subject import looks_at
from autograder.judge.oracle import Mistake, Question, Workbook
from autograder.judge.plan import TestCell
from autograder.judge.subject import Called, Stopped, Subject, argument_names
from autograder.judge.testcell import TestRun
from autograder.model.record import Verdict
from autograder.protocol import codec
from autograder.sandbox.outcomes import StudentError

BUDGET_SECONDS = 3.0
MAX_REPLAYED = 40  # calls
CHEAP_SECONDS = 0.02  # what the reference may need for a question that is asked for diagnosis' sake
Place = tuple[str, Part]
"""A part of what one name answers."""


@dataclass(frozen=True)
class Diagnosis:
    """What is wrong with a failing answer.

    Attributes:
        mistake: name of the catalogued mistake; None if it is none of them.
        sentence: the mistake's sentence, or "expected and got", or "".
    """

    mistake: str | None = None
    sentence: str = ""


class Evidence:
    """What a student's names answered so far, for one exercise."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        self.outcomes: dict[Question, Called] = {}
        self._answers: dict[Question, dict[Part, Any]] = {}
        self.calls: list[tuple[str, bytes, Called]] = []
        self._asked_all = False

    def add(self, run: TestRun) -> None:
        """Take in what one test of the exercise asked and got."""
        self.calls += [call for call in run.calls if call[0] in self.workbook.exercise.names]
        outcomes: dict[Question, Called] = {}
        for name, arguments, outcome in run.calls:
            outcomes.setdefault((name, arguments), outcome)
        for question in self.workbook.asked(run):
            if question not in self.outcomes:
                value = run.values.get(question[0])
                self.outcomes[question] = outcomes[question] if question in outcomes else Called(value)

    @property
    def answers(self) -> dict[Question, dict[Part, Any]]:
        """The outcomes taken apart, which nobody needs while every test passes."""
        for question, outcome in self.outcomes.items():
            if question not in self._answers:
                called = question[1] is not None
                self._answers[question] = parts(outcome) if called else value_parts(outcome.value or b"")
        return self._answers

    @property
    def until_unsteady(self) -> list[tuple[str, bytes, Called]]:
        """The calls up to the first whose answer differs from an earlier answer to the same call; [] if none does."""
        first: dict[Question, dict[Part, Any]] = {}
        for position, (name, arguments, outcome) in enumerate(self.calls[:MAX_REPLAYED]):
            answer = parts(outcome)
            if differing(first.setdefault((name, arguments), answer), answer):
                return self.calls[: position + 1]
        return []

    def complete(self, subject: Subject, deadline: float) -> None:
        """Put the questions that the reference was asked to the student as well, once."""
        if self._asked_all:
            return
        self._asked_all = True
        for name, arguments in self.workbook.questions:
            if (name, arguments) in self.outcomes or self.workbook.cost((name, arguments)) > CHEAP_SECONDS:
                continue
            left = deadline - time.monotonic()
            if left <= 0:
                return
            subject.begin(left)
            try:
                if arguments is not None:
                    self.outcomes[name, arguments] = subject.call(name, arguments)
                elif name in (found := subject.fetch([name])):
                    self.outcomes[name, arguments] = Called(found[name])
            except Stopped:
                return


def diagnose(
    test: TestCell,
    evidence: Evidence,
    subject: Subject | None,
    said: str = "",
    earlier: Mapping[str, str] | None = None,
    seconds: float = BUDGET_SECONDS,
) -> Diagnosis:
    """Find the mistake behind a failed test.

    Where the student's earlier answers were recognised as mistakes, the reference is asked first as if it stood on
    top of them: if it answers as the student did, there is no further mistake in this exercise.

    Args:
        test: the test cell that failed.
        evidence: what the exercise's tests have seen so far.
        side: the student's side, to ask more; None if nobody is there to answer.
        said: the test's own sentence, which need not be repeated.
        earlier: earlier exercise -> text of the mistake that the student's answer to it is.
        seconds: about how long it may take.
    """
    deadline = time.process_time() + seconds  # of computing, so that a busy machine finds the same
    workbook = evidence.workbook
    if workbook.reference is None:
        return Diagnosis()
    if calls := evidence.until_unsteady:
        unsteady = _unsteady(workbook, calls, deadline)
        return Diagnosis(unsteady.name, unsteady.sentence) if unsteady else Diagnosis()
    if subject is not None:
        evidence.complete(subject, time.monotonic() + seconds / 2)
    if earlier:
        explained, mistake = _compared(test, evidence, workbook.on_top_of(earlier), deadline)
        if explained:
            return _found(mistake)
    _, mistake = _compared(test, evidence, workbook, deadline)
    if mistake is not None:
        return _found(mistake)
    return Diagnosis(None, _expected_and_got(test, evidence, said) if test.compare else "")


def _found(mistake: Mistake | None) -> Diagnosis:
    return Diagnosis(mistake.name, mistake.sentence) if mistake is not None else Diagnosis()


def _compared(test: TestCell, evidence: Evidence, workbook: Workbook, deadline: float) -> tuple[bool, Mistake | None]:
    """Whether the student's answers are explained, and by which mistake; by none if they are the reference's.

    Args:
        test: the failed test; a mistake that would not fail it does not explain it.
        evidence: the student's answers.
        workbook: the reference and the mistakes, perhaps on top of earlier mistakes.
        deadline: of computing, in CPU time.
    """
    reference, got, cost = workbook.reference, evidence.answers, evidence.workbook.cost
    if reference is None:
        return False, None
    for lenient in (False, True):
        asked = [question for question in _in_order(got, cost) if cost(question) <= CHEAP_SECONDS]
        if not any(differing(reference.to(question), got[question], lenient) for question in asked):
            asked = _in_order(got, cost)
            if not any(differing(reference.to(question), got[question], lenient) for question in asked):
                return True, None
        whole, partly = _matching(evidence, workbook, asked, lenient, deadline)
        for mistake in [*whole, *partly]:
            run = evidence.workbook.run(test, mistake)
            if run is not None and run.verdict is not Verdict.PASSED:
                return True, mistake
        if whole:
            return True, None  # known, but another test's business
    return False, None


def _in_order(questions: Iterable[Question], cost: Callable[[Question], float]) -> list[Question]:
    """The cheapest first, and otherwise always in the same order."""
    return sorted(questions, key=lambda question: (cost(question), question[0], question[1] or b""))


def _matching(
    evidence: Evidence, workbook: Workbook, asked: list[Question], lenient: bool, deadline: float
) -> tuple[list[Mistake], list[Mistake]]:
    """Mistakes that answer as the student did: all questions, or else every part in which they show."""
    got, reference = evidence.answers, workbook.reference
    assert reference is not None
    whole: list[tuple[int, Mistake]] = []
    partly: list[tuple[int, Mistake]] = []
    for mistake in workbook.mistakes:
        if time.process_time() > deadline:
            break
        answers = workbook.wrong(mistake)
        if answers is None:
            continue
        shows: set[Place] = set()  # where the mistake differs from the reference
        differs: set[Place] = set()  # where the student differs from the mistake
        solid, explained = False, 0
        for question in asked:
            theirs = answers.to(question)
            here = differing(reference.to(question), theirs, lenient)
            there = differing(theirs, got[question], lenient)
            shows |= {(question[0], part) for part in here}
            differs |= {(question[0], part) for part in there}
            solid = solid or _is_solid(here - there, theirs, got[question])
            explained += bool(here)
            if shows & differs:
                break
        else:
            if solid:
                (partly if differs else whole).append((explained, mistake))
    ranked = [sorted(found, key=lambda one: (-one[0], one[1].name)) for found in (whole, partly)]
    return [mistake for _, mistake in ranked[0]], [mistake for _, mistake in ranked[1]]


def _unsteady(workbook: Workbook, calls: list[tuple[str, bytes, Called]], deadline: float) -> Mistake | None:
    """The mistake behind answers that change from call to call.

    If they depend on the calls before, a replay of all calls gives the student's answers. If they depend on chance,
    no replay gives them, nor do two replays agree; then it must be the only mistake of that kind.
    """
    student = [parts(outcome) for _, _, outcome in calls]
    by_chance: list[Mistake] = []
    for mistake in workbook.changing:
        one = _replay(workbook, mistake, calls, deadline)
        if one is None:
            continue
        if not any(map(differing, one, student)):
            return mistake
        other = _replay(workbook, mistake, calls, deadline)
        if other is not None and any(map(differing, one, other)):
            by_chance.append(mistake)
    return by_chance[0] if len(by_chance) == 1 else None


def _replay(
    workbook: Workbook, mistake: Mistake, calls: list[tuple[str, bytes, Called]], deadline: float
) -> list[dict[Part, Any]] | None:
    """What a mistake answers to calls in their order; None if it does not run, or time is up."""
    subject = workbook.fresh(mistake)
    answers: list[dict[Part, Any]] = []
    for name, arguments, _ in calls:
        if subject is None or time.process_time() > deadline:
            return None
        with clean_state():
            answers.append(parts(subject.call_anew(name, arguments)))
    return answers


def _is_solid(shared: Iterable[Part], theirs: dict[Part, Any], got: dict[Part, Any]) -> bool:
    """Whether parts in which mistake and student agree against the reference tell more than "it raised something"."""
    for part in shared:
        if part not in theirs or part not in got:
            continue
        one, other = theirs[part], got[part]
        if not isinstance(one, StudentError) or one.message == other.message:
            return True
    return False


def _expected_and_got(test: TestCell, evidence: Evidence, said: str) -> str:
    """The first question that the student answered otherwise than the reference, in words; "" if that is said."""
    reference = evidence.workbook.reference
    assert reference is not None
    expected = {question: reference.to(question) for question in evidence.answers}
    wrong = {part for question, got in evidence.answers.items() for part in differing(expected[question], got, True)}
    if len(members := {part for part in wrong if part[1] != ""}) > 1:
        # Several results are wrong: tell of one that this test looks at.
        subject, outcomes = reference.subject, evidence.outcomes
        wrong -= {part for part in members if not looks_at(test, subject, outcomes, int(str(part[1])))}
    for lenient in (True, False):
        for (name, arguments), got in evidence.answers.items():
            wanted = expected[name, arguments]
            found = differing(wanted, got, lenient)
            if arguments is None:  # the expected value is the answer: only its kind is told
                if found and (kind := messages.other_kind(wanted.get(("", "")), got.get(("", "")))):
                    return messages.value_differs(name, kind)
                continue
            difference = _in_words(wanted, got, sorted(found & wrong if lenient else found, key=str), said)
            if difference is None:
                return ""
            if difference:
                args, kwargs = codec.decode(arguments)
                names = argument_names(reference.subject.namespace.get(name), len(args), kwargs)
                given = dict(zip(names, (*args, *kwargs.values()), strict=True))
                return messages.call_differs(name, given, difference)
    return ""


def _in_words(wanted: dict[Part, Any], got: dict[Part, Any], differing_parts: list[Part], said: str) -> str | None:
    """The first of the differing parts that can be told, "" if none can; None if it is said already."""
    results = sum(1 for _, index in wanted if index != "")
    for part in differing_parts:
        feature, index = part
        if part not in wanted or part not in got or feature == "changed" or isinstance(wanted[part], StudentError):
            continue
        if feature:
            which = "the number of results" if feature == "length" else f"the figure's {feature}"
        else:
            which = f"result {int(str(index)) + 1} of {results}" if index != "" else ""
        if messages.already_said(said, got[part]):
            return None
        return messages.difference(which, wanted[part], got[part])
    if ("", "") in differing_parts and ("", "") in wanted and ("", 0) in got:
        return messages.several_for_one(sum(1 for _, index in got if index != ""))
    return ""
