"""`nbgrader generate_feedback`: the page that a student reads.

The page shows the student's cells and outputs, the verdict, points and sentence of each test, and the points and
comments that a person gave. It never shows the hidden part of a test or an answer: a graded notebook has no answers.
"""

from __future__ import annotations

import html
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbgrader.apps.api
import nbgrader.apps.generatefeedbackapp
from jinja2 import pass_context
from jinja2.runtime import Context
from nbconvert.exporters import HTMLExporter, TemplateExporter
from nbconvert.filters import Highlight2HTML
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters import GenerateFeedback
from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import ClearHiddenTests, GetGrades
from nbgrader.utils import rmtree
from pygments.formatters import HtmlFormatter  # type: ignore[import-untyped]
from traitlets.config import Config

from autograder.course.feedback_pages import NAME, made_from, mark_of
from autograder.course.timestamps import exchange_secret, handed_in, stamp
from autograder.gradebook.database import Database
from autograder.gradebook.shown import shown_grades
from autograder.grading.finished import WHY_NOT_GRADABLE
from autograder.language.translate import Translator
from autograder.model.errors import AutograderError
from autograder.model.record import SECRET, TIMESTAMP, Verdict
from autograder.nbgrader_plugin.page_language import Pages
from autograder.notebook.cells import EDITION

_CODE = re.compile(r"`([^`\n]+)`")


def install() -> None:
    """Replace nbgrader's feedback generator by this one. Installing it twice changes nothing."""
    nbgrader.apps.generatefeedbackapp.GenerateFeedback = EngineFeedback
    nbgrader.apps.api.GenerateFeedback = EngineFeedback


class EngineFeedback(GenerateFeedback):  # type: ignore[misc]
    """Feedback without copies of the submitted files: their pages and scripts would not be sanitized.

    A page is made anew when anything that it shows has changed: the graded notebook, points, comments, the penalty.
    """

    def start(self) -> None:
        """Make the pages that are missing or out of date.

        Raises:
            NbGraderException: the gradebook cannot be read, or a page could not be made.
        """
        try:
            super().start()
        except AutograderError as error:
            self.log.error("%s", error)
            raise NbGraderException(str(error)) from error

    def convert_notebooks(self) -> None:
        """Read what the pages will show, before the first is made: what changes meanwhile leaves them out of date."""
        labs = {Path(folder).name for folder in self.assignments}
        self._pages = Pages(Path(self.coursedir.root), str(self.coursedir.release_directory), self.config)
        with Database(self.coursedir.db_url) as database:
            self._shown = {lab: shown_grades(database, lab) for lab in labs}
        super().convert_notebooks()

    def init_destination(self, assignment_id: str, student_id: str) -> bool:
        """Whether a student's page has to be made; one that is out of date is removed."""
        if student_id in self.coursedir.student_id_exclude.split(","):
            return False
        folder = Path(self._format_dest(assignment_id, student_id))
        if not self.force and mark_of(folder / f"{assignment_id}.html") == self._mark(assignment_id, student_id) != "":
            self.log.info("Unchanged since it was made: %s", folder)
            return False
        if os.path.lexists(folder):
            rmtree(str(folder))
        return True

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        """Make the folder, with what `nbgrader release_feedback` needs beside a page."""
        source = Path(self._format_source(assignment_id, student_id))
        folder = Path(self._format_dest(assignment_id, student_id))
        folder.mkdir(parents=True, exist_ok=True)
        when = handed_in(source).time
        (folder / TIMESTAMP).write_text(stamp(when) if when else "", encoding="utf-8")
        # The page's name in the exchange is made of it. What was not handed in there gets a name that nobody knows.
        secret = exchange_secret(source) or secrets.token_hex(64)
        (folder / SECRET).write_text(secret, encoding="utf-8")

    def init_single_notebook_resources(self, notebook_filename: str) -> dict[str, Any]:
        """Add what the page is made from."""
        resources: dict[str, Any] = super().init_single_notebook_resources(notebook_filename)
        names = resources["nbgrader"]
        resources["made_from"] = self._mark(names["assignment"], names["student"])
        resources["pages"] = self._pages
        return resources

    def _mark(self, lab: str, student: str) -> str:
        graded = Path(self._format_source(lab, student)) / f"{lab}.ipynb"
        return made_from(graded, self._shown[lab].get(student, "") + self._pages.language)


class PageExporter(HTMLExporter):
    """nbconvert's exporter without its last pass, which parses the whole page again to add alternative texts.

    `autograder.nbgrader_plugin.cleaning` has added them already, and the pass takes half of the time.
    """

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> tuple[str, Any]:  # type: ignore[override]
        """The page of one notebook."""
        highlight = Highlight2HTML(pygments_lexer="ipython3", parent=self)  # type: ignore[no-untyped-call]
        self.register_filter("highlight_code", highlight)  # type: ignore[no-untyped-call]
        prepared = self._init_resources(resources)  # type: ignore[no-untyped-call]
        self.register_filter("say", _say)  # type: ignore[no-untyped-call]
        return TemplateExporter.from_notebook_node(self, nb, prepared, **kw)


@dataclass
class Row:
    """One row of the summary: a test, or a written answer.

    Attributes:
        anchor: grade id, the anchor of the cell in the page.
        exercise: title of the exercise.
        part: part of the exercise that the test checks; may be empty.
        state: "good", "part", "bad" or "waiting"; the page never shows it by colour alone.
        word: the verdict, or whether a person has graded or has to.
        points: points given; ``None`` until a person has graded.
        max_points: points of the cell.
        message: sentences for the student, plain text.
        comment: what a person wrote, Markdown.
    """

    anchor: str
    exercise: str
    part: str
    state: str
    word: str
    points: float | None
    max_points: float
    message: str = ""
    comment: str = ""

    @property
    def sentences(self) -> str:
        """The message as HTML: text in backticks is code."""
        return _CODE.sub(r"<code>\1</code>", html.escape(self.message))


@dataclass
class Summary:
    """The top of the page."""

    rows: list[Row] = field(default_factory=list)
    problem: str = ""
    repairs: list[str] = field(default_factory=list)
    sightings: list[str] = field(default_factory=list)
    unsafe: bool = False

    @property
    def waiting(self) -> int:
        """Number of cells that a person still has to grade."""
        return sum(row.state == "waiting" for row in self.rows)


class ShowGrades(GetGrades):  # type: ignore[misc]
    """Add grades, verdicts and comments to the notebook, and remove hidden tests."""

    gradebook: Gradebook
    _grade: Any

    def preprocess(self, nb: Any, resources: Any) -> Any:
        """Prepare one graded notebook; ``resources["feedback"]`` gets the `Summary`."""
        pages: Pages = resources["pages"]
        language = pages.language or str(nb.metadata.get(EDITION, ""))
        self._say = pages.translator(language)
        pages.put_in_language(nb, language, self._say)
        resources |= {"language": language or "en", "translate": self._say}
        self._titles = _titles(nb, self._say.message("Exercise"))
        self._delimiters = ClearHiddenTests(config=Config({"ClearHiddenTests": self.config.ClearHiddenTests}))
        self._summary = _summary(nb.metadata.get("autograder", {}))
        self._said = {self._summary.problem}
        if self._summary.problem:  # the top of the page says it
            nb.cells = [cell for cell in nb.cells if cell.get("id") != WHY_NOT_GRADABLE]
        nb, resources = super().preprocess(nb, resources)
        resources["feedback"] = self._summary
        resources["mark"] = NAME
        resources["highlighting"] = _highlighting()
        return nb, resources

    def preprocess_cell(self, cell: Any, resources: Any, index: int) -> Any:
        """Add grade, comment and record of one cell."""
        cell, resources = super().preprocess_cell(cell, resources, index)
        nbgrader_data = cell.metadata.get("nbgrader", {})
        if nbgrader_data.get("grade"):
            row = self._row(cell)
            self._summary.rows.append(row)
            cell.metadata["feedback"] = row
        if nbgrader_data.get("grade") and not nbgrader_data.get("solution"):
            cell.source = self._visible(cell.source)
            if cell.cell_type == "code":
                cell.outputs = []  # the verdict replaces them
        return cell, resources

    def _get_score(self, cell: Any, resources: Any) -> None:
        where = self.notebook_id, self.assignment_id, self.student_id
        try:
            grade = self.gradebook.find_grade(cell.metadata.nbgrader["grade_id"], *where)
        except MissingEntry:  # a missing grade is not a zero: a person must look
            self._grade, cell.metadata.nbgrader["score"] = None, None
        else:
            self._grade, cell.metadata.nbgrader["score"] = grade, grade.score
            cell.metadata.nbgrader["points"] = grade.max_score

    def _get_comment(self, cell: Any, resources: Any) -> None:
        try:
            super()._get_comment(cell, resources)
        except MissingEntry:
            cell.metadata.nbgrader["comment"] = None

    def _visible(self, text: str) -> str:
        """A test's text without its hidden parts; one without an end delimiter reaches to the end of the cell."""
        shown, hidden = [], False
        for line in text.split("\n"):
            hidden = hidden or self._delimiters.begin_test_delimeter in line
            if not hidden:
                shown.append(line)
            hidden = hidden and self._delimiters.end_test_delimeter not in line
        return "\n".join(shown).rstrip()

    def _said_once(self, record: Mapping[str, Any]) -> str:
        """A record's sentence; why a test was not gradable, often the same for many, is said by the first."""
        message = str(record["message"])
        if record["verdict"] != Verdict.NOT_GRADABLE:
            return message
        new = message not in self._said
        self._said.add(message)
        return message if new else ""

    def _row(self, cell: Any) -> Row:
        name = cell.metadata.nbgrader["grade_id"]
        metadata = cell.metadata.get("autograder", {})
        exercise, grade, record = metadata.get("exercise", name), self._grade, metadata.get("record")
        state, word = _state(grade, record)
        return Row(
            anchor=name,
            exercise=self._titles.get(exercise, exercise),
            part=str(metadata.get("part", "")),
            state=state,
            word=word,
            points=None if state == "waiting" or grade is None else grade.score,
            max_points=grade.max_score if grade is not None else float(cell.metadata.nbgrader.get("points", 0)),
            message=self._say(self._said_once(record)) if record else "",
            comment=cell.metadata.nbgrader.get("comment") or "",
        )


def _highlighting() -> str:
    """Colours of code, for light and for dark screens; the background is the page's own."""
    light, dark = (
        HtmlFormatter(style=style, nobackground=True).get_style_defs(".highlight")
        for style in ("default", "github-dark")
    )
    return f"{light}\n@media screen and (prefers-color-scheme: dark) {{\n{dark}\n}}"


def _state(grade: Any, record: dict[str, Any] | None) -> tuple[str, str]:
    """State of a cell, as a CSS class and in words; ``grade`` is nbgrader's, ``None`` if there is none."""
    if grade is None or (grade.auto_score is None and grade.manual_score is None):
        return "waiting", "waits for a person"
    words = record["verdict"] if record else "graded"
    if grade.manual_score is not None:
        words = f"{words}, points by a person" if record else "graded by a person"
    elif record is None:
        words = str(Verdict.NOT_ANSWERED)  # a written answer that was left empty
    if grade.max_score and grade.score >= grade.max_score:
        return "good", words
    if grade.score > 0:
        return "part", f"{words}, in part" if words == str(Verdict.PASSED) else words
    return "bad", words


@pass_context
def _say(context: Context, text: str, **values: object) -> str:
    """The template's filter `say`: a message with placeholders, or a finished sentence, in the page's language."""
    translate: Translator = context["resources"]["translate"]
    return translate.message(text, **values) if values else translate(text)


def _titles(nb: Any, word: str) -> dict[str, str]:
    """Exercise -> heading of its task, without the word for it."""
    pattern = re.compile(rf"^#+\s*(?:{re.escape(word)}:?\s*)?(.+?)\s*#*$", re.IGNORECASE | re.MULTILINE)
    titles: dict[str, str] = {}
    for cell in nb.cells:
        metadata = cell.metadata.get("autograder", {})
        if cell.cell_type == "markdown" and metadata.get("role") == "prose" and metadata.get("exercise"):
            heading = pattern.search(cell.source)
            if heading:
                titles.setdefault(metadata["exercise"], heading[1][:1].upper() + heading[1][1:])
    return titles


def _summary(metadata: dict[str, Any]) -> Summary:
    return Summary(
        problem=metadata.get("problem") or "",
        repairs=list(metadata.get("repairs", ())),
        sightings=list(metadata.get("sightings", ())),
        unsafe=metadata.get("isolation") == "none",
    )


def template_folders() -> list[str]:
    """Folders in which nbconvert looks for templates: this page's first, then nbgrader's."""
    nbgraders = Path(nbgrader.apps.api.__file__).parents[1] / "server_extensions" / "formgrader" / "templates"
    return [os.fspath(Path(__file__).parent / "templates"), os.fspath(nbgraders)]
