"""Enter what a teacher gave for written answers: points and a comment, for some students of the example class.

``python -m examples.grade_by_hand FOLDER``; the others' answers wait for a person, as they would in a real class.
"""

from __future__ import annotations

import sys
from pathlib import Path

from nbgrader.api import Gradebook

from autograder.course.config import load_course

GRADED = ("amara", "benedikt", "greta", "jakub")
FULL = "Well observed, and said in your own words."
PART = "A good start. Say which of the two numbers moves the curve, and which one makes it steep."


def main() -> int:
    """Grade the first written answers, once: what a person entered is never overwritten."""
    course = load_course(Path(sys.argv[1]))
    entered = 0
    with Gradebook(course.db_url, course.coursedir.course_id) as gradebook:
        for student in GRADED:
            for submission in gradebook.student_submissions(student):
                for notebook in submission.notebooks:
                    waiting = [each for each in notebook.grades if each.cell_type == "markdown"]
                    for grade in waiting:
                        if grade.manual_score is not None or grade.auto_score == 0:
                            continue
                        full = student in GRADED[:2]
                        grade.manual_score = grade.max_score if full else grade.max_score / 2
                        grade.needs_manual_grade = False
                        comment = gradebook.find_comment(grade.name, notebook.name, submission.name, student)
                        comment.manual_comment = FULL if full else PART
                        entered += 1
        gradebook.db.commit()
    print(f"{entered} written answers of {len(GRADED)} students are graded by hand; the others wait in formgrader.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
