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
