"""nbgrader's own commands, called as an instructor calls them, on a class of odd submissions.

One class is graded once for the whole module: every command starts Python, nbgrader, a worker and a sandbox. Where the
start of a command is not what is tested, it runs in this process.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook

from autograder.commands import cli
from autograder.sandbox.levels import choose_level
from tests.chromium import chromium_or_skip
from tests.engine.fixtures import mini_lab as mini
from tests.engine.nbgrader.course import CONFIG, ROOT, hand_in, make_course, nbgrader, nbgrader_says

pytestmark = pytest.mark.skipif(
    bool(choose_level().refusal), reason="this machine offers no isolation, and grading without it is refused"
)

DOUBLED = "def square(x):\n    return 2 * x"
SPY = """\
from IPython.display import HTML, Javascript, display
display(HTML("<script>alert(1)</script><b>bold</b>"), Javascript("alert(1)"))
def square(x):
    return x * x
"""
EVERYTHING = {"test_square": 2.0, "test_scale_length": 1.0, "test_scale_values": 2.0, "observe": None}
NOTHING = {"test_square": 0.0, "test_scale_length": 0.0, "test_scale_values": 0.0, "observe": 0.0}
UNKNOWN = dict.fromkeys(EVERYTHING, None)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with its submissions; nothing is graded yet."""
    root = make_course(tmp_path_factory.mktemp("course"))
    hand_in(root, "right", mini.answered())
    hand_in(root, "untouched", mini.answered({}))
    hand_in(root, "wrong", mini.answered({**mini.ANSWERS, "square": DOUBLED}))
    hand_in(root, "renamed", mini.answered(), "mini (1).ipynb")
    hand_in(root, "archive", b"PK\3\4")
    copied = mini.answered()
    copied["cells"] += copied["cells"]
    hand_in(root, "copied", copied)
    stop = "import os\nos._exit(0)"
    hand_in(root, "crash", mini.answered({**mini.ANSWERS, "square": stop}))
    text = "Fast <script>alert(1)</script> **bold** $x^2$ ![](attachment:none.png)"
    hand_in(root, "spy", mini.answered({**mini.ANSWERS, "square": SPY, "observe": text}))
    hand_in(root, "spy", b"<script>alert(1)</script>", "page.html")
    (root / "submitted" / "empty" / mini.LAB).mkdir(parents=True)
    return root


@pytest.fixture(scope="module")
def graded(course: Path) -> subprocess.CompletedProcess[str]:
    """The first `nbgrader autograde`."""
    return nbgrader(course, "autograde", mini.LAB)


@pytest.fixture(scope="module")
def pages(course: Path, graded: Any) -> dict[str, str]:
    """The feedback of each student, after a person graded one written answer."""
    with gradebook(course) as book:
        grade = book.find_grade("observe", mini.LAB, mini.LAB, "right")
        grade.manual_score, grade.needs_manual_grade = 0.5, False
        comment = book.find_comment("observe", mini.LAB, mini.LAB, "right")
        comment.manual_comment = "Good, but *why*? <script>alert(1)</script>"
        book.db.commit()
    done = nbgrader(course, "generate_feedback", mini.LAB)
    assert done.returncode == 0, done.stderr
    folder = course / "feedback"
    return {path.name: (path / mini.LAB / "mini.html").read_text(encoding="utf-8") for path in folder.iterdir()}


def gradebook(root: Path) -> Gradebook:
    return Gradebook(f"sqlite:///{root}/gradebook.db", "mini-course")


def scores(root: Path, student: str) -> dict[str, float | None]:
    with gradebook(root) as book:
        notebook = book.find_submission_notebook(mini.LAB, mini.LAB, student)
        return {grade.name: grade.auto_score for grade in notebook.grades}


# --- autograde


@pytest.mark.parametrize(
    ("student", "expected"),
    [
        ("right", EVERYTHING),
        ("renamed", EVERYTHING),  # plain nbgrader: no notebook, nothing graded
        ("copied", EVERYTHING),  # plain nbgrader: aborts the whole class
        ("untouched", NOTHING),
        ("wrong", {**EVERYTHING, "test_square": 0.0}),
        ("crash", {**EVERYTHING, "test_square": 0.0}),  # plain nbgrader: no points anywhere
        ("spy", EVERYTHING),
        ("archive", {**UNKNOWN, "observe": None}),
        ("empty", {**UNKNOWN, "observe": None}),
    ],
)
def test_only_records_give_points(
    course: Path, graded: subprocess.CompletedProcess[str], student: str, expected: dict[str, float | None]
) -> None:
    assert scores(course, student) == expected, graded.stderr


def test_what_cannot_be_graded_is_named_with_its_reason(graded: subprocess.CompletedProcess[str]) -> None:
    assert graded.returncode == 1
    assert "archive, mini: mini.ipynb is a zip archive: unpack it" in graded.stderr
    assert "empty, mini: Nothing was handed in for mini: the folder is empty." in graded.stderr
    assert "These need a look: archive (mini), empty (mini)." in graded.stderr
    assert "Traceback" not in graded.stderr


def test_what_cannot_be_graded_needs_a_person(course: Path, graded: Any) -> None:
    with gradebook(course) as book:
        for student in ("archive", "empty"):
            assert book.find_submission_notebook(mini.LAB, mini.LAB, student).needs_manual_grade


def test_mended_files_are_told(graded: subprocess.CompletedProcess[str]) -> None:
    assert "renamed, mini: The notebook was handed in as mini (1).ipynb." in graded.stderr
    assert "copied, mini: There are several cells with one label" in graded.stderr


def test_every_graded_notebook_is_whole(course: Path, graded: Any) -> None:
    for folder in (course / "submitted").iterdir():
        notebook = json.loads((course / "autograded" / folder.name / mini.LAB / "mini.ipynb").read_text())
        records = [
            cell["metadata"]["autograder"].get("record")
            for cell in notebook["cells"]
            if "autograder" in cell["metadata"]
        ]
        assert len(list(filter(None, records))) == 3


def test_what_is_graded_is_not_graded_again(course: Path, graded: Any) -> None:
    _, said = nbgrader_says(course, "autograde", mini.LAB)
    assert "0 graded, 9 unchanged since they were graded." in said


def test_one_student_is_graded_again_and_what_a_person_gave_stays(course: Path, pages: Any) -> None:
    status, said = nbgrader_says(course, "autograde", mini.LAB, "--student", "right", "--force")
    assert status == 0, said
    assert "1 graded, 0 unchanged since they were graded." in said
    with gradebook(course) as book:
        grade = book.find_grade("observe", mini.LAB, mini.LAB, "right")
        assert (grade.manual_score, grade.auto_score) == (0.5, None)
        comment = book.find_comment("observe", mini.LAB, mini.LAB, "right")
        assert comment.manual_comment.startswith("Good, but")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nolab"], "There is no lab nolab in source/. Known labs: mini."),
        (["mini", "--student", "nobody"], "--student nobody matches no folder in"),
        (["mini", "--notebook", "other"], "mini has no notebook other: it is called mini.ipynb."),
        (["mini", "--Autograde.create_student=False", "--db=sqlite:///new.db"], "right is not in the gradebook"),
    ],
)
def test_a_wrong_option_is_one_clear_sentence(course: Path, arguments: list[str], sentence: str) -> None:
    status, said = nbgrader_says(course, "autograde", *arguments)
    assert status == 1
    assert sentence in said
    assert "Traceback" not in said


def test_saved_outputs_never_count(course: Path, graded: Any) -> None:
    _, said = nbgrader_says(course, "autograde", mini.LAB, "--student", "untouched", "--force", "--no-execute")
    assert "--no-execute is ignored" in said
    assert scores(course, "untouched") == NOTHING


BUTTON = """
import sys
from traitlets.config import PyFileConfigLoader
from nbgrader.apps import NbGraderAPI
config = PyFileConfigLoader("nbgrader_config.py", path=".").load_config()
api = NbGraderAPI(config=config)
graded = api.autograde("mini", "wrong")
made = api.generate_feedback("mini", "wrong")
print(graded["success"], made["success"], graded["log"], made.get("error", ""))
"""


def test_the_formgraders_buttons_use_the_engine(course: Path, graded: Any) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BUTTON], cwd=course, capture_output=True, text=True, check=True, timeout=300,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"},
    )  # fmt: skip
    assert done.stdout.startswith("True True ")
    assert "wrong, mini: 3 of 5 points" in done.stdout


def test_configuring_twice_changes_nothing(course: Path, graded: Any) -> None:
    again = course / "nbgrader_config.py"
    again.write_text(CONFIG + "configure(c)\n", encoding="utf-8")
    try:
        status, said = nbgrader_says(course, "autograde", mini.LAB)
        assert status in (0, 1), said
        assert "Traceback" not in said
    finally:
        again.write_text(CONFIG, encoding="utf-8")


# --- feedback


def test_everyone_gets_a_page(pages: dict[str, str]) -> None:
    assert set(pages) == {
        "right", "untouched", "wrong", "renamed", "archive", "copied", "crash", "spy", "empty",
    }  # fmt: skip


def test_no_page_shows_a_hidden_test_or_an_answer(pages: dict[str, str]) -> None:
    for page in pages.values():
        for secret in ("secret", "HIDDEN", "reference", "model answer", "BEGIN SOLUTION"):
            assert secret not in page
    assert "np.asarray(x) ** 2" not in pages["wrong"].replace(" ", " ")
    assert "square returned None: is there a return?" in pages["wrong"]  # visible tests may be shown


def test_verdicts_points_and_sentences_are_shown(pages: dict[str, str]) -> None:
    assert "It looks as if you doubled x; multiply x by itself." in pages["wrong"]
    assert "✗</span> failed" in pages["wrong"]
    assert "✗</span> not answered" in pages["untouched"]
    assert "✗</span> crash" in pages["crash"]
    assert "✓</span> passed" in pages["right"]


def test_what_a_person_gave_and_wrote_is_shown(pages: dict[str, str]) -> None:
    assert "<strong>5.5</strong> of 6 points." in pages["right"]
    assert "Good, but <em>why</em>?" in pages["right"]
    assert "graded by a person" in pages["right"]


def test_what_waits_for_a_person_is_no_zero(pages: dict[str, str]) -> None:
    assert "1 answer waits for a person" in pages["renamed"]
    assert '<span class="none">open / 1</span>' in pages["renamed"]


def test_the_reason_is_shown_when_nothing_could_be_graded(pages: dict[str, str]) -> None:
    assert "mini.ipynb is a zip archive: unpack it" in pages["archive"]
    assert "waits for a person" in pages["archive"]


@pytest.mark.parametrize(
    ("student", "sentence"),
    [
        ("archive", "mini.ipynb is a zip archive: unpack it and hand in the notebook itself."),
        ("empty", "Nothing was handed in for mini: the folder is empty."),
    ],
)
def test_a_reason_is_said_once(pages: dict[str, str], student: str, sentence: str) -> None:
    """Not for each test, and in the notebook, too."""
    assert pages[student].count(sentence) == 1


def test_repairs_are_shown_and_said_to_cost_nothing(pages: dict[str, str]) -> None:
    assert "this costs no points" in pages["renamed"]
    assert "The notebook was handed in as mini (1).ipynb." in pages["renamed"]


def test_nothing_that_a_student_wrote_runs_or_loads(course: Path, pages: dict[str, str]) -> None:
    for page in pages.values():
        assert "<script" not in page
        assert "http://" not in page.replace("http://www.w3.org/2000/svg", "")
        assert "https://" not in page
        assert "default-src 'none'" in page
    assert "<strong>bold</strong>" in pages["spy"]
    assert "<b>bold</b>" in pages["spy"]
    assert '<img class="formula" alt="x^2"' in pages["spy"]
    assert sorted(path.name for path in (course / "feedback" / "spy" / mini.LAB).iterdir()) == [
        "mini.html", "submission_secret.txt", "timestamp.txt",
    ]  # fmt: skip


# --- in a browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium, without network."""
    playwright = pytest.importorskip("playwright.sync_api")
    path = chromium_or_skip()
    with playwright.sync_playwright() as session:
        chromium = session.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield chromium
        chromium.close()


def test_the_page_is_dark_on_a_dark_screen(course: Path, pages: dict[str, str], browser: Any) -> None:
    """Text, code, pictures and formulas stay readable; paper is white."""
    page = browser.new_page(color_scheme="dark")
    page.goto((course / "feedback/spy" / mini.LAB / "mini.html").as_uri())
    light = "selector => getComputedStyle(document.querySelector(selector)).%s.match(/\\d+/g).slice(0, 3).map(Number)"
    assert max(page.evaluate(light % "backgroundColor", "body")) < 60
    for selector in ("body", ".cell .highlight .k", ".badge.good", ".summary a", ".kicker"):
        assert max(page.evaluate(light % "color", selector)) > 150, selector
    assert "invert" in page.evaluate("getComputedStyle(document.querySelector('img.formula')).filter")
    page.emulate_media(media="print")
    assert min(page.evaluate(light % "backgroundColor", "body")) == 255
    page.close()


def test_the_reports_captions_fit_a_narrow_screen(course: Path, graded: Any, browser: Any, tmp_path: Path) -> None:
    """Its tables are wider and scroll; what explains them does not."""
    report = tmp_path / "class.html"
    assert cli.main(["report", "--course-dir", str(course), "-o", str(report)]) == 0
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto(report.as_uri())
    edges = "[...document.querySelectorAll('caption span')].map(each => each.getBoundingClientRect().right)"
    assert len(page.evaluate(edges)) >= 3
    assert max(page.evaluate(edges)) <= 390
    page.evaluate("document.querySelectorAll('.scroll').forEach(each => each.scrollLeft = 999)")
    assert max(page.evaluate(edges)) <= 390
    page.close()


@pytest.mark.parametrize("width", [360, 1000])
@pytest.mark.parametrize("student", ["right", "wrong", "spy", "archive"])
def test_the_page_fits_and_loads_nothing(
    course: Path, pages: dict[str, str], browser: Any, student: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    asked: list[str] = []
    faults: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("dialog", lambda dialog: faults.append("a script ran"))
    path = (course / "feedback" / student / mini.LAB / "mini.html").as_uri()
    page.goto(path)
    assert [url for url in asked if not url.startswith("data:")] == [path]
    assert faults == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.locator("img:not([alt])").count() == 0
    page.close()
