"""What a course folder may hold: a broken configuration, limits out of bounds, hand-ins in the wrong place."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.commands import doctor
from autograder.course.config import load_course
from autograder.course.submissions import find_strays
from autograder.model.errors import CourseError
from tests.engine.fixtures import mini_course
from tests.engine.fixtures.mini_lab import answered

NOT_UTF8 = os.fsdecode(b"bad\xff")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A course folder with one hand-in."""
    mini_course.write_lab(tmp_path)
    mini_course.hand_in(tmp_path, "ada", answered())
    return tmp_path


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("c.Limits.cell_seconds = ", r"nbgrader_config.py, line 3, cannot be read \(SyntaxError: invalid syntax\)"),
        ("import nomodule", r"nbgrader_config.py, line 3, cannot be read \(ModuleNotFoundError: .*nomodule"),
        ("raise SystemExit('no')", r"nbgrader_config.py, line 3, cannot be read \(SystemExit: no\)"),
        ("\0", r"nbgrader_config.py.* cannot be read"),
        ("c.Limits.cell_seconds = 'x'", r"'cell_seconds' .* expected a float, not the str 'x'\.$"),
        ("c.Limits.memory_bytes = -1", r"'memory_bytes' .* should not be less than 402653184"),
        ("c.Limits.processes = 0", r"'processes' .* should not be less than"),
        ("c.CourseDirectory.db_url = 3", r"'db_url' .* expected a unicode string"),
        ("c.Autograder.packages = 3", r"'packages' .* expected a list"),
    ],
)
def test_a_broken_configuration_is_one_sentence(
    root: Path, line: str, sentence: str, capfd: pytest.CaptureFixture[str]
) -> None:
    (root / "nbgrader_config.py").write_text(f"{mini_course.CONFIG}{line}\n", encoding="utf-8")
    with pytest.raises(CourseError, match=sentence) as caught:
        load_course(root)
    assert "\n" not in str(caught.value)
    assert capfd.readouterr() == ("", "")


def test_a_broken_configuration_stops_grading(root: Path) -> None:
    (root / "nbgrader_config.py").write_text(mini_course.CONFIG + "import nomodule\n", encoding="utf-8")
    status, said = mini_course.grade_here(root)
    assert (status, said.count("\n"), "line 3" in said) == (2, 1, True), said
    assert not (root / "gradebook.db").exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("source/mini/mini.ipynb", b"\xff"),
        ("source/mini/mini.ipynb", b"{"),
        ("release/mini/mini.ipynb", b"[]"),
        ("solutions/square.py", b"\xff"),
    ],
)
def test_a_damaged_lab_is_one_sentence(root: Path, name: str, content: bytes) -> None:
    (root / name).write_bytes(content)
    with pytest.raises(CourseError, match=r"^A file of mini, .* cannot be read \(.*\): fix it"):
        load_course(root).lab("mini")


def test_a_late_penalty_that_is_not_there_is_one_sentence(root: Path) -> None:
    line = "c.AssignLatePenalties.plugin_class = 'no.such.Plugin'\n"
    (root / "nbgrader_config.py").write_text(mini_course.CONFIG + line, encoding="utf-8")
    with pytest.raises(CourseError, match=r"'no.such.Plugin' could not be imported\.$"):
        load_course(root).late_penalty()


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("mini ", '"mini ": rename the folder to mini.'),
        ("MINI.", "MINI.: rename the folder to mini."),
        ("\uff4dini", "\uff4dini: rename the folder to mini."),
        ("mini (1)", "mini (1): rename the folder to mini if it is the submission."),
        ("mini - Kopie", "mini - Kopie: rename the folder to mini if it is the submission."),
        ("minimum", "minimum: rename the folder if it is a submission."),
    ],
)
def test_a_folder_that_is_nearly_called_like_a_lab(name: str, advice: str, tmp_path: Path) -> None:
    (tmp_path / "ada" / name).mkdir(parents=True)
    assert find_strays(tmp_path, {"mini", "other"}).passed_over == [f"ada: there is no lab {advice}"]


def test_names_that_differ_in_what_nobody_sees(tmp_path: Path) -> None:
    """Each is a student of its own, and a person is told: names of macOS, blanks, marks of the writing direction."""
    for student in ("g\u00f6del", "go\u0308del", "ada", "ada ", "bob", "\u202abob", "eve"):
        (tmp_path / student / "mini").mkdir(parents=True)
    said = find_strays(tmp_path, {"mini"}).look_alike
    assert said == [
        "ada: 2 folders ('ada', 'ada '); one student's? Keep one.",
        "bob: 2 folders ('bob', '\\u202abob'); one student's? Keep one.",
        "go\u0308del: 2 folders ('go\\u0308del', 'g\\xf6del'); one student's? Keep one.",
    ]
    assert find_strays(tmp_path, {"mini"}, "eve").look_alike == []


def test_a_folder_that_cannot_be_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is named, unless its lab can be opened all the same: then it is graded."""
    for student, lab in (("ada", "mini"), ("bob", "none")):
        (tmp_path / student / lab).mkdir(parents=True)

    def refused(path: Path) -> Iterator[Path]:
        raise PermissionError(13, "Permission denied")

    listing = Path.iterdir
    monkeypatch.setattr(Path, "iterdir", lambda path: listing(path) if path == tmp_path else refused(path))
    assert find_strays(tmp_path, {"mini"}).unfit == ["bob: the folder cannot be read (Permission denied)."]


def test_what_is_not_graded_is_named(root: Path) -> None:
    for student in (NOT_UTF8, "two\nlines", "x" * 129, "[abc]", ".dot"):
        mini_course.hand_in(root, student, answered())
    for lost in ("eve/Mini", "fay/draft", ".lms/mini", ".ipynb_checkpoints/mini", "bob/.ipynb_checkpoints"):
        (root / "submitted" / lost).mkdir(parents=True)
    for lost in ("gus.ipynb", "bob/mini.ipynb", "readme.txt"):
        (root / "submitted" / lost).write_text("{}", encoding="utf-8")
    course = load_course(root)
    assert [each.student for each in course.pending(["mini"])] == ["ada"]
    strays = course.strays()
    begins = [
        "[abc]: the folder's name has one of the characters * ? [, which nbgrader takes for a pattern: rename it.",
        "bad\\xff: the folder's name has a character that no student id can have",
        "two\\nlines: the folder's name has a character that no student id can have",
        f"{'x' * 129}: the folder's name is longer than the 128 characters",
    ]
    assert [said.startswith(begin) for said, begin in zip(strays.unfit, begins, strict=True)] == [True] * 4, strays
    assert strays.passed_over == [
        "eve: there is no lab Mini: rename the folder to mini.",
        "fay: there is no lab draft: rename the folder if it is a submission.",
        ".dot: a folder whose name begins with a dot is ignored: rename it.",
        "bob/mini.ipynb, gus.ipynb: a notebook outside <student>/<lab>/ is ignored: move it there.",
    ]
    status, said = mini_course.grade_here(root)
    assert status == 1, said
    assert "not gradable: bad\\xff: the folder" in said
    assert "ignored: eve: there is no lab Mini" in said
    assert set(mini_course.graded(root)) == {"ada"}


@pytest.mark.parametrize("name", ["Kurs [2026]", "what?", "*"])
def test_a_folder_that_nbgrader_cannot_work_in(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Told at once, and not by an empty formgrader at the end."""
    root = tmp_path / name / "course"
    mini_course.write_lab(root)
    with pytest.raises(CourseError, match=r"^nbgrader cannot work in .*: it takes the characters \* \? \[ in a path"):
        load_course(root)
    monkeypatch.chdir(root)
    lines, status = doctor.report()
    assert (status, lines[-1].startswith("nbgrader cannot work in")) == (1, True)


@pytest.mark.parametrize("name", ["relu+tanh", "relu (v2)", "relu[a]", "a|b", "cost$"])
def test_a_lab_that_nbgrader_cannot_hold(name: str, root: Path) -> None:
    (root / "source/mini").rename(root / "source" / name)
    (root / f"source/{name}/mini.ipynb").rename(root / f"source/{name}/{name}.ipynb")
    with pytest.raises(CourseError, match="nbgrader cannot hold a lab of the name"):
        load_course(root).lab(name)


@pytest.mark.parametrize("student", ["..", "/etc", "", "**/a"])
def test_a_filter_never_leaves_the_folder(root: Path, student: str) -> None:
    assert list(load_course(root).pending(["mini"], student)) == []


def test_what_is_passed_over_is_no_failure(root: Path) -> None:
    (root / "submitted/eve/Mini").mkdir(parents=True)
    status, said = mini_course.grade_here(root)
    assert (status, "rename the folder to mini" in said) == (0, True), said


def test_nobody_matches_the_filter(root: Path) -> None:
    status, said = mini_course.grade_here(root, "--student", "nobody")
    assert (status, said.count("\n"), "--student nobody matches no folder" in said) == (2, 1, True), said
    status, said = mini_course.grade_here(root, "--student", "ada", "--student", "eve")
    assert (status, said.count("\n"), "Give --student once" in said) == (2, 1, True), said


def test_a_link_to_another_students_folder_is_not_graded(root: Path) -> None:
    """The student is named, like one whose folder for the lab is a link."""
    (root / "submitted/eve").symlink_to("ada", target_is_directory=True)
    (root / "submitted/fay").mkdir()
    (root / "submitted/fay/mini").symlink_to("../ada/mini", target_is_directory=True)
    read = {each.student: each.read() for each in load_course(root).pending(["mini"])}
    assert read["ada"].files.keys() == {"mini.ipynb", "timestamp.txt"}
    for student in ("eve", "fay"):
        assert read[student].files == {}
        assert read[student].problem == "Left out: the folder (is a link and was not followed)."


SEARCH = """
import sys
from collections.abc import Iterator
from pathlib import Path
from autograder.course.config import load_course
from autograder.course.submissions import find_strays
from autograder.runner.restrict import drop_capabilities
course = load_course(Path(sys.argv[1]))
drop_capabilities()  # root without rights is like any other owner of these folders
print([each.student for each in course.pending(["mini"])], course.strays())
"""


MODES = (0o600, 0o400, 0o200, 0o000)
"""Rights of folders that cannot be searched, readable or not."""


def test_folders_that_cannot_be_searched_are_named(root: Path) -> None:
    """The others are graded."""
    folders = {f"bob{mode:03o}": mode for mode in MODES}
    for student in folders:
        mini_course.hand_in(root, student, answered())
    for student, mode in folders.items():
        (root / "submitted" / student).chmod(mode)
    try:
        ran = subprocess.run([sys.executable, "-c", SEARCH, str(root)], capture_output=True, text=True, timeout=60)
    finally:
        for student in folders:
            (root / "submitted" / student).chmod(0o700)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith("['ada'] "), ran.stdout
    for student in folders:
        assert f"{student}: the folder cannot be read (Permission denied)." in ran.stdout
