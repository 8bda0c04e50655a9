"""What a command that changes or reads a gradebook asks of the course first."""

from __future__ import annotations

import difflib
from pathlib import Path

from autograder.course.config import Course
from autograder.course.submissions import escaped, students, unfit_id
from autograder.gradebook.database import Database
from autograder.gradebook.students import Student, read_students
from autograder.model.errors import CourseError

LIKE = 0.6
MAX_NAMED = 3


def require_gradebook(course: Course) -> None:
    """Refuse to make a new gradebook only to find nothing in it.

    Raises:
        CourseError: the gradebook is a file that is not there.
    """
    path = course.db_url.removeprefix("sqlite:///").partition("?")[0]
    if course.db_url.startswith("sqlite:///") and path and not Path(path).is_file():
        raise CourseError(f"There is no gradebook {path} yet: run `autograder grade` first.")


def find_student(course: Course, database: Database, wanted: str) -> str:
    """The id of a student, given the id or the e-mail address.

    Raises:
        CourseError: nobody has it; the sentence names whose ids are like it.
    """
    listed = read_students(database)
    folders = {path.name for path in students(course.submitted)}
    if wanted in folders or any(student.id == wanted for student in listed):
        return wanted
    by_email = [student.id for student in listed if student.email and student.email.casefold() == wanted.casefold()]
    if len(by_email) == 1:
        return by_email[0]
    raise CourseError(f"There is no student {escaped(wanted)}{_meant(wanted, listed, folders)}")


def is_folder_name(student: str) -> bool:
    """Whether a student's id can be the name of a folder of its own."""
    return student != "" and student[0] not in "." and not set("/\0") & set(student) and unfit_id(student) is None


def _meant(wanted: str, listed: list[Student], folders: set[str]) -> str:
    """Who may have been meant, as the end of a sentence."""
    names = {student.id: " ".join(filter(None, (student.first, student.last))) for student in listed}
    names |= {folder: "" for folder in folders if folder not in names}
    if not names:
        return ": the gradebook lists nobody, and nobody has handed in."

    def likeness(student: str) -> float:
        texts = [student, *names[student].split(), names[student]]
        return max(difflib.SequenceMatcher(None, wanted.casefold(), text.casefold()).ratio() for text in texts if text)

    like = [student for student in sorted(names, key=likeness, reverse=True) if likeness(student) >= LIKE]
    shown = [f"{student} ({names[student]})" if names[student] else student for student in like[:MAX_NAMED]]
    return (
        f": did you mean {', '.join(shown)}?"
        if shown
        else ": give the id, as in the names of the folders of submitted/"
    )
