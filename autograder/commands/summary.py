"""Print a run's results from the gradebook: points by student, verdicts by exercise, what a person must look at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from autograder.course.config import Course
from autograder.course.submissions import Strays
from autograder.gradebook.overrides import overrides
from autograder.gradebook.overview import LabScore, VerdictCount, lab_scores, not_gradable, verdict_counts
from autograder.gradebook.store import Store
from autograder.grading.batch import Tally
from autograder.grading.run import describe_faults
from autograder.model.lab import assignment_of
from autograder.model.record import Verdict

MOST_STUDENTS = 60


def print_summary(
    store: Store,
    tally: Tally,
    labs: Iterable[str],
    course: Course,
    strays: Strays,
    students: Collection[str] | None = None,
    unreleased: Sequence[str] = (),
) -> int:
    """Print the tables, of the whole class or of some students; return 0 if every submission was gradable, else 1.

    Names and sentences from files are printed as `Text`, because rich reads brackets in a string as markup.
    """
    console = Console(width=None if Console().is_terminal else 120)
    names = list(labs)
    console.print(_by_student(lab_scores(store, names, students), names))
    console.print("Points of the tests; a person grades the written answers. ? means not gradable.", style="dim")
    console.print(_by_exercise(verdict_counts(store, names, students)))
    problems = not_gradable(store, names, students)
    lines = [
        *(("not gradable", f"{student}, {lab}: {why}") for student, lab, why in problems),
        *(("not gradable", sentence) for sentence in strays.unfit),
        *(("ignored", sentence) for sentence in strays.passed_over),
        *(("look alike", sentence) for sentence in strays.look_alike),
        *(("time unknown", f"{student}, {lab}: {why}.") for student, lab, why in tally.untimed),
        *(
            (
                "late penalty",
                f"{change.student}, {lab}: {change.now:g} in place of {change.before:g} points, because the due date, "
                "an extension or the points changed.",
            )
            for lab, change in tally.penalties
            if students is None or change.student in students
        ),
        *(
            ("points by a person", f"{each.student}, {each.lab}: {each.sentence}")
            for each in store.transact(lambda connection: overrides(connection, names))
            if students is None or each.student in students
        ),
        *(("seen", f"{student}, {lab}: {what}") for student, lab, what in tally.sightings),
    ]
    lines += [("not graded", f"{lab}: {why}") for lab, why in tally.left_out.items()]
    lines += [
        ("skipped", f"{lab} is not released: `nbgrader generate_assignment {assignment_of(lab)}` releases it.")
        for lab in unreleased
    ]
    for kind, sentence in lines:
        console.print(Text.assemble((kind, "bold"), f": {sentence}"))
    if tally.restored:
        console.print(f"{tally.restored} graded notebooks were missing in this gradebook and entered again.")
    if tally.lost:
        console.print(
            f"{tally.lost} submissions were graded before, and this gradebook had nothing of them. What only the old "
            "one had is gone: points and comments by a person, names and addresses, due dates and extensions. If you "
            "have a backup, put it in its place and run this command again."
        )
    if tally.outdated:
        console.print(
            f"{tally.outdated} unchanged submissions were graded with older tests; --regrade grades them again."
        )
    if tally.elsewhere:
        console.print(f"{tally.elsewhere} submissions are being graded by another run.")
    if faults := describe_faults(course, tally):
        console.print(Text(faults), soft_wrap=True)
    where = f"gradebook: {store.public_url}\ngraded notebooks: {course.autograded}"
    console.print(Text(where), soft_wrap=True)
    return 1 if problems or strays.unfit or tally.left_out else 0


def _by_student(scores: Iterable[LabScore], labs: list[str]) -> Table:
    cells: dict[str, dict[str, str]] = defaultdict(dict)
    for score in scores:
        doubt = "? " if score.open_tests else ""
        cells[score.student][score.lab] = f"{doubt}{score.points:g}/{score.max_points:g}"
    more = len(cells) - MOST_STUDENTS
    table = Table(caption=f"and {more} more students, in the gradebook" if more > 0 else None)
    table.add_column("student", overflow="fold")
    for lab in labs:
        table.add_column(Text(lab), justify="right")
    for student in list(cells)[:MOST_STUDENTS]:
        table.add_row(Text(student), *(cells[student].get(lab, "-") for lab in labs))
    return table


def _by_exercise(counts: Iterable[VerdictCount]) -> Table:
    cells: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for count in counts:
        cells[count.lab, count.exercise][count.verdict] = count.count
    verdicts = [str(verdict) for verdict in Verdict if any(str(verdict) in row for row in cells.values())]
    table = Table()
    for column in ("lab", "exercise"):
        table.add_column(column, overflow="fold")
    for verdict in verdicts:
        table.add_column(verdict, justify="right")
    for (lab, exercise), row in cells.items():
        table.add_row(Text(lab), Text(exercise), *(str(row.get(verdict, "")) for verdict in verdicts))
    return table
