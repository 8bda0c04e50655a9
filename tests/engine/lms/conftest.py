"""A course folder with a gradebook, and zips as an LMS packs them."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from autograder.commands.cli import main
from autograder.gradebook.store import Store
from tests.engine.fixtures.mini_course import write_lab

WORKSHEET = """\
Identifier,Full name,ID number,Email address,Status,Grade,Maximum Grade,Grade can be changed,\
Last modified (submission),Last modified (grade),Feedback comments
Participant 101,Ada Lovelace,ada,ada@example.org,Submitted for grading - ,,6.00,Yes,"{ada}",-,
Participant 102,Kurt Gödel,kurt,kurt@example.org,Submitted for grading - ,,6.00,Yes,"{kurt}",-,
Participant 103,Emmy Noether,emmy,emmy@example.org,No submission,,6.00,Yes,-,-,"Come, see me"
"""
CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Attendance,mini (77),Essay (78),Current Score
    Points Possible,,,,,,6,20,(read only)
"Lovelace, Ada",501,u1,ada,S1,always,,19,88
"Gödel, Kurt",502,u2,kurt,S1,,3.5,,10
"Noether, Emmy",503,u3,emmy,S1,,EX,,
"""
EARLY, LATER = "Friday, 13 March 2026, 5:58 PM", "Saturday, 14 March 2026, 9:05 AM"


@pytest.fixture(scope="session")
def empty_gradebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A gradebook with nothing in it, made once: nbgrader takes seconds to make one."""
    path = tmp_path_factory.mktemp("gradebook") / "gradebook.db"
    Store(f"sqlite:///{path}").engine.dispose()
    return path


@pytest.fixture
def course(tmp_path: Path, empty_gradebook: Path) -> Path:
    """A course folder with the made-up lab."""
    root = tmp_path / "course"
    root.mkdir()
    write_lab(root)
    shutil.copy(empty_gradebook, root / "gradebook.db")
    return root


@pytest.fixture
def command(course: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """Run a sub-command on the course: exit status and all that it said."""

    def run(name: str, *arguments: object) -> tuple[int, str]:
        capsys.readouterr()
        status = main([name, *map(str, arguments), "--course-dir", str(course)])
        said = capsys.readouterr()
        return status, said.out + said.err

    return run


@pytest.fixture
def collect(command: Callable[..., tuple[int, str]], tmp_path: Path) -> Callable[..., tuple[int, str]]:
    """Collect a bulk download for the lab: exit status and all that it said."""

    def run(data: bytes, students: Path, *options: str, lms: str = "moodle") -> tuple[int, str]:
        (tmp_path / "in.zip").write_bytes(data)
        zone = () if lms == "canvas" else ("--timezone", "UTC")
        lines = ("--lms", lms, "--lab", "mini", "--students", students, *zone, *options)
        return command("collect", tmp_path / "in.zip", *lines)

    return run


@pytest.fixture
def worksheet(tmp_path: Path) -> Callable[..., Path]:
    """A grading worksheet of Moodle, with the times of two hand-ins."""

    def write(ada: str = EARLY, kurt: str = EARLY, text: str = WORKSHEET) -> Path:
        path = tmp_path / "worksheet.csv"
        path.write_text(text.format(ada=ada, kurt=kurt), encoding="utf-8")
        return path

    return write


@pytest.fixture
def gradebook_csv(tmp_path: Path) -> Path:
    """A gradebook export of Canvas."""
    path = tmp_path / "canvas.csv"
    path.write_text(CANVAS, encoding="utf-8")
    return path


def packed(
    files: Mapping[str, str | bytes], when: tuple[int, int, int, int, int, int] = (2026, 3, 13, 18, 0, 0)
) -> bytes:
    """A zip archive as an LMS makes it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, when)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return buffer.getvalue()
