"""Settings of nbgrader for this course. nbgrader reads them when it is called in this folder."""

import os
import sys
from pathlib import Path

c = get_config()  # noqa: F821 (nbgrader puts it here)

# nbgrader calls `alembic` by its name, which is not on PATH while the virtual environment is not activated.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])

c.CourseDirectory.course_id = "neural-networks-101"
c.ClearSolutions.code_stub = {"python": "# your code here"}
c.ClearSolutions.text_stub = "*Write your answer here.*"
c.Publish.inclass_name = "{lab}_in_class.ipynb"
c.Publish.beside = ["given.py", "check", "notation.html"]
c.Autograder.packages = ["solutions", "hiddenchecks"]
c.Publish.files = [
    "requirements.txt",
    "requirements.lock",
    "check_environment.py",
    "docs/glossary.md",
    "LICENSE",
    "LICENSE-TEXT",
]
c.Autograder.weak_tests = "never"

try:
    from autograder.nbgrader_plugin import configure
except ImportError as error:
    # A student's environment has no grading engine. Plain nbgrader must not step in: it would run anything, unguarded,
    # and its feedback shows the hidden tests.
    from nbgrader.converters import Autograde, GenerateFeedback
    from nbgrader.converters.base import NbGraderException

    REASON = (
        f'Grading needs the course\'s own packages ({error}): run `pip install -c requirements.lock -e ".[grading]"`.'
    )

    def refuse(converter):
        """Take the place of nbgrader's own autograding and feedback."""
        converter.log.error(REASON)
        raise NbGraderException(REASON)

    Autograde.start = GenerateFeedback.start = refuse
else:
    configure(c)
