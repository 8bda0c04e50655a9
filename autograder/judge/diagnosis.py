"""Which mistake a failing answer is, and if none is known, what was expected and what came.

The exercise's tests have put questions to the student's functions. The same questions, and some more, go to the
reference, to every catalogued mistake and to the generated ones; the mistake that answers all of them as the student
did, and at least one of them otherwise than the reference, is the one that was made. Where results depend on random
draws and the student draws in another way, what does not depend on them decides.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.judge import messages
from autograder.judge.argument_relations import Call, related_to_arguments
from autograder.judge.clean_state import clean_state
from autograder.judge.compare import Part, differing, identical, parts, whole
from autograder.judge.evidence import MAX_REPLAYED, Evidence
from autograder.judge.kept_tables import table_of
from autograder.judge.known_answers import KnownAnswers, deals_with_objects
from autograder.judge.matching import Case, MistakeMatch, contradict, in_order
from autograder.judge.mixed_subject import looks_at
from autograder.judge.oracle import MAX_CHEAP_STEPS, Mistake, Question, Workbook
from autograder.judge.other_draws import OLDER, other_draws
from autograder.judge.plan import TestCell
from autograder.judge.rarer import likeliest, rarer_mistakes
from autograder.judge.relations import ignored, missing_members, relation
from autograder.judge.subject import Called, argument_names
from autograder.judge.testcell import TestRun
from autograder.judge.value_facts import value_fact
from autograder.judge.world import WITH_GUESTS, Heard
from autograder.model.record import Verdict
from autograder.protocol import codec
from autograder.sandbox.outcomes import StudentError

BUDGET_SECONDS = 3.0
FEWEST_PICKED = 3  # wrong results that were picked out of arguments, for a generated mistake that picks the same
FEWEST_ANSWERED = 3  # questions, of an answer that raises at others, for a mistake that shows in these
GENERATED, RELATED = "generated: ", "relation: "
"""How the names of mistakes begin that no catalogue lists."""


@dataclass(frozen=True)
class Diagnosis:
    """What is wrong with a failing answer.

    Attributes:
        mistake: name of the catalogued or generated mistake; None if it is none of them.
        sentence: the mistake's sentence, or "expected and got", or "".
        text: of the mistake; "" if there is none.
    """

    mistake: str | None = None
    sentence: str = ""
    text: str = ""


def diagnose(
    test: TestCell,
    evidence: Evidence,
    said: str = "",
    earlier: Mapping[str, str] | None = None,
    heard: Sequence[Heard] = (),
) -> Diagnosis:
    """Find the mistake behind a failed test.

    Where the student's earlier answers were recognised as mistakes, the reference is asked first as if it stood on
    top of them: if it answers as the student did, there is no further mistake in this exercise.

    Args:
        test: the test cell that failed.
        evidence: what the exercise's tests have seen so far.
        said: the test's own sentence, which need not be repeated.
        earlier: earlier exercise -> text of the mistake that the student's answer to it is.
        heard: what the test asked of objects of the student's, and what came of it.
    """
    workbook = evidence.workbook
    if workbook.reference is None:
        return Diagnosis()
    table = table_of(workbook)
    deadline = time.process_time() + BUDGET_SECONDS  # of computing, so that a busy machine finds the same
    if calls := evidence.until_unsteady:
        return _found(_unsteady(workbook, table, calls, deadline))
    search = _Search(test, evidence, said, table, deadline, heard)
    if earlier:
        explained, mistake = search.among(workbook.on_top_of(earlier), generated_too=False)
        if explained:
            return _found(mistake)
    explained, mistake = search.among(workbook)
    if explained and mistake is None:
        mistake = search.by_its_objects() if heard else search.to_the_last_digit()
    mistake = mistake or _repeated(workbook, table, evidence.calls[:MAX_REPLAYED], deadline)
    if mistake is None and (heard or deals_with_objects(workbook)):
        mistake = search.by_its_words()
    elif mistake is None and not explained:
        mistake = search.rarer()
    if mistake is not None:
        return _found(mistake)
    expected_and_got = _expected_and_got(test, evidence, said) if test.compare else ""
    if not expected_and_got and (facts := _value_facts(evidence)):
        return Diagnosis(f"{RELATED}value", facts)
    if related := _relation(test, evidence, table):
        name, sentence = related
        return Diagnosis(f"{RELATED}{name}", f"{sentence} {expected_and_got}".rstrip())
    return Diagnosis(None, expected_and_got)


def _found(mistake: Mistake | None) -> Diagnosis:
    if mistake is None:
        return Diagnosis()
    name = mistake.name if mistake.generated is None else f"{GENERATED}{mistake.name}"
    return Diagnosis(name, mistake.sentence, mistake.text)


@dataclass(frozen=True)
class _Search:
    """The search for the mistake behind one failed test.

    Attributes:
        test: the failed test; a mistake that would not fail it does not explain it.
        evidence: the student's answers.
        said: the test's own sentence about the student's answer.
        table: the generated mistakes.
        deadline: of computing, in CPU time.
        heard: the answers of the student's objects in the failed test.
    """

    test: TestCell
    evidence: Evidence
    said: str
    table: KnownAnswers
    deadline: float
    heard: Sequence[Heard] = ()

    def among(self, workbook: Workbook, generated_too: bool = True) -> tuple[bool, Mistake | None]:
        """Whether the student's answers are explained, and by which mistake; by none if they are the reference's.

        Args:
            workbook: the reference and the mistakes, perhaps on top of earlier mistakes.
            generated_too: whether the generated mistakes are those of this workbook.
        """
        cases = self._cases(workbook)
        for case in cases:
            explained, mistake = self._explained(case, generated_too)
            if mistake is not None or (explained and case is cases[0]):
                return explained, mistake
        return False, None

    def _cases(self, workbook: Workbook) -> list[Case]:
        """The lights in which the student's answers are looked at, one after the other."""
        known, drawn = self.evidence.telling(self.table.probes), self.table.drawn
        steady = {question: answer for question, answer in known.items() if question not in drawn}
        cases = [Case(workbook, self.table, known, None, False, self._in_time)]
        if len(steady) < len(known):
            cases.append(Case(workbook, self.table, known, OLDER, False, self._in_time))
            cases.append(Case(workbook, self.table, steady, None, True, self._in_time))
        answered = {question: answer for question, answer in steady.items() if ("raised", "") not in answer}
        if FEWEST_ANSWERED <= len(answered) < len(steady):  # what it raises elsewhere may be another mistake
            cases.append(Case(workbook, self.table, answered, None, False, self._in_time))
        return cases

    def _explained(self, case: Case, generated_too: bool) -> tuple[bool, Mistake | None]:
        reference, own, known = case.reference, self.evidence.workbook, case.known
        if reference is None:
            return False, None
        everything = in_order(known, own.steps)
        cheap = [question for question in everything if own.cheap(question)]
        for lenient in (False, True):
            asked = cheap
            if not any(differing(reference.to(question), known[question], lenient) for question in asked):
                asked = everything
                if not any(differing(reference.to(question), known[question], lenient) for question in asked):
                    return True, None
            matches = case.catalogued(asked, lenient)
            for match in matches:
                if self._fails(match):
                    return True, match.mistake
            if any(match.whole for match in matches):
                return True, None  # known, but another test's business
        return self._generated(case, cheap) if generated_too else (False, None)

    def _generated(
        self, case: Case, cheap: list[Question], rarer: Sequence[Mistake] = ()
    ) -> tuple[bool, Mistake | None]:
        for lenient in (False, True):
            fewest = FEWEST_PICKED if self._picks(case, cheap, lenient) else 1
            matches = [
                match
                for match in case.generated(cheap, lenient, rarer)
                if match.explained >= fewest and self._fails(match)
            ]
            if matches:
                doubtful = contradict(case, matches[0], matches[1:])
                return not doubtful, None if doubtful else matches[0].mistake
        return False, None

    def _picks(self, case: Case, asked: list[Question], lenient: bool) -> bool:
        """Whether all that is wrong was picked out of the arguments: then many mistakes pick the same."""
        assert case.reference is not None
        wrong = [
            (question, case.known[question].get(part))
            for question in asked
            for part in differing(case.reference.to(question), case.known[question], lenient)
        ]
        return bool(wrong) and all(
            isinstance(value, np.ndarray) and codec.encode(value) in (question[1] or b"") for question, value in wrong
        )

    def rarer(self) -> Mistake | None:
        """A generated mistake that is rarer than those of the table."""
        workbook = self.evidence.workbook
        cases = self._cases(workbook)
        if self.evidence.rarer is None:
            self.evidence.rarer = rarer_mistakes(workbook, self.table, cases[0].known)
        for case in cases if self.evidence.rarer else ():
            cheap = [question for question in in_order(case.known, workbook.steps) if workbook.cheap(question)]
            _, mistake = self._generated(case, cheap, self.evidence.rarer)
            if mistake is not None:
                return mistake
        return None

    def to_the_last_digit(self) -> Mistake | None:
        """A mistake too small for the usual comparison, or seen in long runs only: the answers are exactly its own."""
        workbook, known = self.evidence.workbook, self.evidence.answers
        for mistake, salt in itertools.product(workbook.mistakes, (None, OLDER) if self.table.drawn else (None,)):
            answers = workbook.wrong(mistake, salt)
            if answers is None or not all(identical(answers.to(question), known[question]) for question in known):
                continue
            run = workbook.run(self.test, mistake)
            if run is not None and run.verdict is not Verdict.PASSED and run.sentence == self.said:
                return mistake
        return None

    def by_its_objects(self) -> Mistake | None:
        """The catalogued mistake whose objects answer the test as the student's do.

        What an answer does to objects of the test's is heard from the test's own sentence only: then it must be the
        same, and no other mistake's.
        """
        workbook = self.evidence.workbook
        runs = [(one, workbook.run(self.test, one)) for one in workbook.mistakes if self._in_time()]
        alike = [(one, run) for one, run in runs if run is not None and self._failed_alike(run)]
        if any(asked.endswith(WITH_GUESTS) for asked, _ in self.heard):
            said = [one for one, run in alike if run.sentence == self.said]
            return said[0] if len(said) == 1 else None
        return alike[0][0] if alike else None

    def by_its_words(self) -> Mistake | None:
        """The generated mistake that deals with objects and of which the test says what it says of the student's.

        No table has it, as no question tells two such answers apart. It must be the only one, or the likeliest of
        several to which all tests of the exercise say the same; and the test says that of no catalogued mistake.
        """
        workbook = self.evidence.workbook
        written = [workbook.run(self.test, one) for one in workbook.mistakes if self._in_time()]
        if any(run is not None and run.sentence == self.said for run in written):
            return None
        found: dict[str, Mistake] = {}
        for one in likeliest(workbook) if self.said else ():
            if not self._in_time():
                return None
            run = workbook.run(self.test, one)
            if run is not None and self._failed_alike(run) and run.sentence == self.said:
                found.setdefault(one.sentence, one)
        mistakes = list(found.values())
        for test in workbook.exercise.tests if len(mistakes) > 1 else ():
            if len({(run.verdict, run.sentence) for one in mistakes if (run := workbook.run(test, one))}) > 1:
                return None
        return mistakes[0] if mistakes else None

    def _failed_alike(self, run: TestRun) -> bool:
        """Whether a run of the failed test did not pass, and objects gave it what the student's gave."""
        if run.verdict is Verdict.PASSED or len(run.heard) != len(self.heard):
            return False
        return all(
            ours[0] == theirs[0] and not differing(parts(ours[1]), parts(theirs[1]), lenient=True)
            for ours, theirs in zip(self.heard, run.heard, strict=True)
        )

    def _in_time(self) -> bool:
        return time.process_time() <= self.deadline

    def _fails(self, match: MistakeMatch) -> bool:
        """Whether the mistake fails the test as well; if other names are wrong besides, with the same sentence.

        Values of several names are judged together: that one of them is known to be wrong explains the failure only
        if the test says of it what it says of the student's.
        """
        run = self.evidence.workbook.run(self.test, match.mistake)
        if run is None or run.verdict is Verdict.PASSED or (self.heard and not self._failed_alike(run)):
            return False
        return match.whole or bool(run.calls) or not self.said or run.sentence == self.said


def _unsteady(
    workbook: Workbook, table: KnownAnswers, calls: list[tuple[str, bytes, Called]], deadline: float
) -> Mistake | None:
    """The mistake behind answers that change from call to call.

    If they depend on the calls before, a replay of all calls gives the student's answers. If they depend on chance,
    no replay gives them, nor do two replays agree; then it must be the only mistake of that kind, of the catalogued
    ones or else of those generated by a single change.
    """
    if (repeated := _repeated(workbook, table, calls, deadline)) is not None:
        return repeated
    for mistakes in (workbook.changing, [mistake for mistake in table.changing if mistake.changes == 1]):
        by_chance = []
        for mistake in mistakes:
            one, other = (_replay(workbook, mistake, calls, deadline) for _ in range(2))
            if one is not None and other is not None and any(map(differing, one, other)):
                by_chance.append(mistake)
        if by_chance:
            return by_chance[0] if len({mistake.sentence for mistake in by_chance}) == 1 else None
    return None


def _repeated(
    workbook: Workbook, table: KnownAnswers, calls: list[tuple[str, bytes, Called]], deadline: float
) -> Mistake | None:
    """A mistake whose answers depend on the calls before, and which answers these calls as the student did.

    Many draw by numpy's older generator, so the mistakes are tried with that as well.
    """
    student = [parts(outcome) for _, _, outcome in calls]
    for draws in (nullcontext(), other_draws(OLDER)):
        with draws:
            for mistake in (*workbook.changing, *table.changing) if calls else ():
                answers = _replay(workbook, mistake, calls, deadline)
                if answers is not None and not any(map(differing, answers, student)):
                    return mistake
    return None


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


def _relation(test: TestCell, evidence: Evidence, table: KnownAnswers) -> tuple[str, str] | None:
    """How the results of the exercise's function relate to the right ones, if they do so on every question."""
    workbook = evidence.workbook
    assert workbook.reference is not None
    known = {question: answer for question, answer in evidence.answers.items() if question[1] is not None}
    if not known or len({name for name, _ in known}) > 1:
        return None
    right = {question: workbook.reference.to(question) for question in known}
    results = [part for part in next(iter(right.values())) if part[0] == "" and part != ("changed", "")]
    if len(results) > 1 and (missing := missing_members([(_members(right[q]), _members(known[q])) for q in known])):
        return missing
    wrong = [part for part in results if any(part in differing(right[q], known[q], True) for q in known)]
    if len(results) > 1:
        wrong = [
            part for part in wrong if looks_at(test, workbook.reference.subject, evidence.outcomes, int(str(part[1])))
        ]
    for part in wrong:
        answered = [question for question in known if part in right[question] and part in known[question]]
        if 2 * len(answered) < len(known):
            continue
        function = workbook.reference.subject.namespace.get(next(iter(known))[0])
        calls = {q: Call(arguments_of(function, q[1] or b""), right[q][part], known[q][part]) for q in answered}
        steady = [call for q, call in calls.items() if q not in table.drawn]  # other draws are no mistake
        if related := relation([(call.right, call.got) for call in steady]):
            return related
        every = [(encoded(call.given), call.right, call.got) for call in calls.values()]
        if parameter := ignored(every):
            return "argument ignored", f"`{parameter}` has no influence on the result: use it instead of a fixed value."
        if related := related_to_arguments(steady):
            return related
    return None


def _value_facts(evidence: Evidence) -> str:
    """What can be seen of the values that an exercise asks for, if it asks for nothing else."""
    workbook, reference = evidence.workbook, evidence.workbook.reference
    assert reference is not None
    if any(arguments is not None for _, arguments in workbook.questions):
        return ""
    facts = []
    for question in workbook.questions:
        got, wanted = evidence.answers.get(question, {}), reference.to(question)
        if not got or not differing(wanted, got, True):
            continue
        right = [whole(wanted)]
        fact = value_fact(question[0], right, whole(got))
        if fact and reference.subject.cell_steps <= MAX_CHEAP_STEPS:  # other right answers can only take from it
            others = filter(None, map(workbook.right, workbook.alternatives))
            fact = value_fact(question[0], right + [whole(answers.to(question)) for answers in others], whole(got))
        if not fact:
            return ""  # what nothing is known of may be the reason
        facts.append(fact)
    return messages.joined(facts)


def _members(answer: Mapping[Part, Any]) -> list[Any]:
    """The results of a function that returns several, in order."""
    return [answer[part] for part in sorted(answer, key=str) if part[0] == "" and part[1] != ""]


def encoded(given: Mapping[str, Any]) -> dict[str, bytes]:
    """The arguments of a call as bytes, which are the same for equal arguments."""
    return {name: codec.encode(value) for name, value in given.items()}


def arguments_of(function: Any, arguments: bytes) -> dict[str, Any]:
    """The arguments of a call by parameter."""
    args, kwargs = codec.decode(arguments)
    return dict(zip(argument_names(function, len(args), kwargs), (*args, *kwargs.values()), strict=True))


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
                given = arguments_of(reference.subject.namespace.get(name), arguments)
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
