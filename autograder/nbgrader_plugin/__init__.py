"""nbgrader with this engine in it. In ``nbgrader_config.py``:

    from autograder.nbgrader_plugin import configure

    configure(c)

From then on ``nbgrader autograde``, ``nbgrader generate_feedback``, the Python API and the formgrader's buttons use the
engine; everything else of nbgrader stays as it is.
"""

from __future__ import annotations

from typing import Any

from autograder.gradebook.alembic_path import put_scripts_on_path
from autograder.nbgrader_plugin import autograding, feedback


def configure(c: Any) -> None:
    """Set what nbgrader has settings for, and put two classes in place that it has none for.

    Args:
        c: nbgrader's configuration, as ``get_config()`` returns it. Safe to call again: the formgrader reads the
            configuration anew with every page.
    """
    put_scripts_on_path()
    autograding.install()
    feedback.install()
    c.GenerateFeedback.preprocessors = [feedback.ShowGrades]
    c.GenerateFeedback.exporter_class = feedback.PageExporter
    # Both feedback and the formgrader's view of a submission: nothing that a student wrote runs in a reader's browser.
    c.HTMLExporter.preprocessors = ["autograder.nbgrader_plugin.cleaning.CleanOutputs"]
    c.HTMLExporter.filters = {"markdown2html": "autograder.nbgrader_plugin.cleaning.markdown_to_html"}
    c.HTMLExporter.extra_template_basedirs = feedback.template_folders()
