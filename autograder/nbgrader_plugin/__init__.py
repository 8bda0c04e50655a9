"""nbgrader with this engine. In ``nbgrader_config.py``:

    from autograder.nbgrader_plugin import configure

    configure(c)

``nbgrader autograde``, ``nbgrader generate_feedback``, nbgrader's Python API and the formgrader's buttons then use the
engine; the rest of nbgrader is unchanged.
"""

from __future__ import annotations

import sys
from typing import Any

from autograder.gradebook.alembic_path import put_scripts_on_path


def _nbgrader_runs() -> bool:
    """Whether nbgrader's own commands are loaded. The engine's read the settings too, and have no use for them."""
    return "nbgrader.converters" in sys.modules


if _nbgrader_runs():  # whoever lacks a package gets the ImportError from importing `configure`
    from autograder.nbgrader_plugin import autograding, feedback, hand_in_times  # noqa: F401


def configure(c: Any) -> None:
    """Configure nbgrader, and replace what it has no setting for.

    Args:
        c: nbgrader's configuration, as ``get_config()`` returns it. Safe to call again: the formgrader reads the
            configuration again for every page.
    """
    put_scripts_on_path()
    if not _nbgrader_runs():
        return
    from autograder.nbgrader_plugin import autograding, feedback, hand_in_times

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
