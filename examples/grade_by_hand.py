"""Enters points and comments for the written answers of some students of the example class, as an instructor would.

``python -m examples.grade_by_hand FOLDER`` leaves the written answers of all other students ungraded.
"""

from __future__ import annotations

import sys
from pathlib import Path

from nbgrader.api import Gradebook

from autograder.course.config import load_course

GRADED = ("amara", "benedikt", "greta", "jakub")
FULL = "Well observed, and clearly explained in your own words."
PART = "A good start. Say which of the two numbers shifts the curve, and which one makes it steeper."


def main() -> int:
    """Grade the written answers of the first students. Grades that a person has entered are never overwritten."""
    course = load_course(Path(sys.argv[1]))
    entered = 0
    with Gradebook(course.db_url, course.coursedir.course_id) as gradebook:
        for student in GRADED:
            for submission in gradebook.student_submissions(student):
                for notebook in submission.notebooks:
                    written = [grade for grade in notebook.grades if grade.cell_type == "markdown"]
                    for grade in written:
                        if grade.manual_score is not None or grade.auto_score == 0:
                            continue
                        full = student in GRADED[:2]
                        grade.manual_score = grade.max_score if full else grade.max_score / 2
                        grade.needs_manual_grade = False
                        comment = gradebook.find_comment(grade.name, notebook.name, submission.name, student)
                        comment.manual_comment = FULL if full else PART
                        entered += 1
        gradebook.db.commit()
    print(f"Graded {entered} written answers of {len(GRADED)} students by hand; the others wait in the formgrader.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
