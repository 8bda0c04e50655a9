"""nbgrader with this engine. In ``nbgrader_config.py``:

    from autograder.nbgrader_plugin import configure

    configure(c)

``nbgrader autograde``, ``nbgrader generate_feedback``, nbgrader's Python API and the formgrader's buttons then use the
engine; the rest of nbgrader is unchanged.
"""

from __future__ import annotations

from typing import Any

from autograder.gradebook.alembic_path import put_scripts_on_path
from autograder.nbgrader_plugin import autograding, feedback, hand_in_times


def configure(c: Any) -> None:
    """Configure nbgrader, and replace what it has no setting for.

    Args:
        c: nbgrader's configuration, as ``get_config()`` returns it. Safe to call again: the formgrader reads the
            configuration again for every page.
    """
    put_scripts_on_path()
    autograding.install()
    feedback.install()
    hand_in_times.install()
    c.GenerateFeedback.preprocessors = [feedback.ShowGrades]
    c.GenerateFeedback.exporter_class = feedback.PageExporter
    # For feedback and for the formgrader's view of a submission: student content must not run in a reader's browser.
    c.HTMLExporter.preprocessors = [
        "autograder.nbgrader_plugin.cleaning.CleanOutputs",
        "autograder.nbgrader_plugin.schemes.ShowScheme",  # in the formgrader only
    ]
    c.HTMLExporter.filters = {"markdown2html": "autograder.nbgrader_plugin.cleaning.markdown_to_html"}
    c.HTMLExporter.extra_template_basedirs = feedback.template_folders()
