"""Reading a submitted folder: only ordinary files are opened, and nothing is followed or run."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from autograder.course.submissions import read_submission
from autograder.model.limits import Limits
from autograder.model.record import Submission

LIMITS = Limits(submission_bytes=10_000, submission_files=20)


def read(folder: Path) -> Submission:
    return read_submission(folder, "ada", "mini", LIMITS)


def test_files_and_folders_are_read_as_bytes(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "mini.ipynb").write_bytes(b"\0\xff")
    (tmp_path / "sub" / "data.csv").write_bytes(b"1,2")
    submission = read(tmp_path)
    assert submission.files == {"mini.ipynb": b"\0\xff", "sub/data.csv": b"1,2"}
    assert submission.problem is None


def test_links_are_never_followed(tmp_path: Path) -> None:
    secret = tmp_path / "gradebook.db"
    secret.write_text("secret")
    folder = tmp_path / "submitted"
    folder.mkdir()
    (folder / "mini.ipynb").symlink_to(secret)
    (folder / "all").symlink_to(tmp_path)
    (folder / "loop").symlink_to(folder)
    submission = read(folder)
    assert submission.files == {}
    assert submission.problem == "Left out: all, loop, mini.ipynb (each is a link and was not followed)."


def test_a_folder_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "ada").mkdir()
    (tmp_path / "ada" / "mini.ipynb").write_text("ada's")
    (tmp_path / "eve").symlink_to(tmp_path / "ada")
    submission = read(tmp_path / "eve")
    assert submission.files == {}
    assert submission.problem == "Left out: the folder (is a link and was not followed)."


def test_pipes_and_sockets_are_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "mini.ipynb")  # opening it would wait for ever
    monkeypatch.chdir(tmp_path)  # a socket's path must be short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("door")
        submission = read(tmp_path)
    assert submission.files == {}
    assert submission.problem == "Left out: mini.ipynb, door (each is not an ordinary file)."


def test_a_heap_of_files_does_not_push_out_the_notebook(tmp_path: Path) -> None:
    for number in range(150):
        (tmp_path / f"{number:03}.txt").write_text("x")
    (tmp_path / "zz.ipynb").write_text("notebook")
    submission = read(tmp_path)
    assert submission.files["zz.ipynb"] == b"notebook"
    assert len(submission.files) == 21
    assert submission.problem is not None
    assert "and 125 more (each comes after the 20 files that are read)" in submission.problem


def test_a_large_file_is_left_out_and_told(tmp_path: Path) -> None:
    (tmp_path / "mini.ipynb").write_text("notebook")
    with (tmp_path / "sparse.bin").open("wb") as file:
        file.truncate(10**12)
    submission = read(tmp_path)
    assert submission.files == {"mini.ipynb": b"notebook"}
    assert submission.problem == "Left out: sparse.bin (is too large)."


def test_a_large_notebook_is_told_how_to_get_smaller(tmp_path: Path) -> None:
    (tmp_path / "mini.ipynb").write_bytes(b"x" * 10_001)
    assert read(tmp_path).problem == (
        "Left out: mini.ipynb (is too large: clear its outputs in Jupyter, Edit > Clear Outputs of All Cells, "
        "and hand it in again, or raise c.Limits.submission_bytes)."
    )


def test_all_files_together_are_bounded(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / name).write_bytes(b"x" * 4000)
    assert list(read(tmp_path).files) == ["a", "b"]


def test_very_many_files_are_not_even_looked_at(tmp_path: Path) -> None:
    for number in range(300):
        (tmp_path / str(number)).touch()
    submission = read(tmp_path)
    assert len(submission.files) == 20
    assert submission.problem is not None
    assert "the folder (has more files than are listed)" in submission.problem


def test_very_deep_folders_are_left_out(tmp_path: Path) -> None:
    folder = tmp_path
    for _ in range(40):
        folder = folder / "d"
        folder.mkdir()
    (folder / "mini.ipynb").touch()
    submission = read(tmp_path)
    assert submission.files == {}
    assert submission.problem is not None
    assert submission.problem.endswith("(is too many folders deep).")


def test_names_that_are_no_text_become_text(tmp_path: Path) -> None:
    for raw in (b"caf\xe9.ipynb", b"caf\xe8.ipynb", b"a\nb.txt", b"\xff" * 240 + b".ipynb"):
        with open(os.path.join(os.fsencode(tmp_path), raw), "wb") as file:
            file.write(b"x")
    names = list(read(tmp_path).files)
    assert len(names) == 4
    for name in names:
        assert name.isprintable()
        assert len(name.encode()) <= 210
        assert name.endswith((".ipynb", ".txt"))


def test_what_machines_leave_behind_is_not_read(tmp_path: Path) -> None:
    for folder in (".ipynb_checkpoints", "__pycache__", "__MACOSX", ".git"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "mini.ipynb").touch()
    assert read(tmp_path) == Submission("ada", "mini")


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    problem = read(tmp_path / "nobody").problem
    assert problem == "Left out: the folder (cannot be read (No such file or directory))."


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "mini.ipynb").touch(mode=0)
    assert read(tmp_path).problem == "Left out: mini.ipynb (cannot be read (Permission denied))."
