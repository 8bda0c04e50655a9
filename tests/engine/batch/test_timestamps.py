"""``timestamp.txt`` lies in a student's folder: it is read within bounds, as a whole, or its time is unknown."""

from __future__ import annotations

import datetime
import os
import socket
import zoneinfo
from collections.abc import Callable
from pathlib import Path

import pytest
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from autograder.course.timestamps import HandedIn, exchange_secret, exchange_zone, handed_in, stamp
from autograder.nbgrader_plugin import hand_in_times

NOON = datetime.datetime(2026, 7, 1, 12, 0)
KYIV = zoneinfo.ZoneInfo("Europe/Kyiv")


@pytest.mark.parametrize(
    "text",
    [
        "2026-07-01 12:00:00 UTC\n",
        "2026-07-01 12:00:00.000000 UTC",
        "2026-07-01T12:00:00Z",
        "2026-07-01 12:00",
        "2026-07-01 15:00:00 +0300",
        "2026-07-01 15:00:00+03:00",
        "2026-07-01 15:00:00 Europe/Kyiv",
        "2026-07-01 15:00:00 EEST",
        "\ufeff2026-07-01 12:00:00 UTC",
    ],
)
def test_read_as_a_whole(text: str, tmp_path: Path) -> None:
    (tmp_path / "timestamp.txt").write_text(text, encoding="utf-8")
    assert handed_in(tmp_path, KYIV) == HandedIn(NOON)


def test_what_we_write_we_read(tmp_path: Path) -> None:
    for time in (NOON, NOON.replace(microsecond=120)):
        (tmp_path / "timestamp.txt").write_text(stamp(time), encoding="utf-16")
        assert handed_in(tmp_path) == HandedIn(time)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"1773432000000", 'holds no time that can be read ("1773432000000")'),
        (b"12345678901", "holds no time"),
        (b"2026-07-01", "holds no time"),
        (b"12:00", "holds no time"),
        (b"07/01/2026 12:00 PM", "holds no time"),
        (b"2026-07-01 12:00:00 PST", "holds no time"),
        (b"2026-07-01 12:00:00 PM", "holds no time"),
        (b"2026-07-01 12:00:00 No/Where", "holds no time"),
        (b"2026-07-01 12:00:00 ../../etc/passwd", "holds no time"),
        (b"2026-13-01 12:00:00", "holds no time"),
        (b"0001-01-01 00:00:00 +0300", "holds no time"),
        (b"1. Juli 2026, 12:00 \x1b[2J" + "ü".encode() * 50, "..."),
        (b"\xff\xfe\xff", "is not text"),
        (b"\x80\x81", "is not text"),
        (b" \n", "is empty"),
        (b"2" * 2000, "is too large"),
    ],
)
def test_never_half_read(content: bytes, problem: str, tmp_path: Path) -> None:
    (tmp_path / "timestamp.txt").write_bytes(content)
    found = handed_in(tmp_path)
    assert found.time is None
    assert found.problem is not None
    assert problem in found.problem
    assert found.problem.isprintable()
    assert len(found.problem) < 120


def _folder(path: Path) -> None:
    path.mkdir()


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(os.path.relpath(path))


@pytest.mark.parametrize(
    "make", [lambda path: path.symlink_to("/dev/zero"), lambda path: os.mkfifo(path), _folder, _socket]
)
def test_nothing_but_a_file_is_opened(make: Callable[[Path], None], tmp_path: Path) -> None:
    make(tmp_path / "timestamp.txt")
    assert handed_in(tmp_path) == HandedIn(problem="is not an ordinary file")


def test_none_is_no_problem(tmp_path: Path) -> None:
    assert handed_in(tmp_path) == handed_in(tmp_path / "missing") == HandedIn()
    (tmp_path / "timestamp.txt").write_text("2026-07-01 12:00:00 UTC")
    (tmp_path / "link").symlink_to(tmp_path, target_is_directory=True)
    assert handed_in(tmp_path / "link") == HandedIn()


def test_the_exchanges_zone() -> None:
    assert exchange_zone(Config({"Exchange": {"timezone": "Europe/Kyiv"}})) == KYIV
    assert exchange_zone(Config()) == zoneinfo.ZoneInfo("UTC")
    assert exchange_zone(Config({"Exchange": {"timezone": "No/Where"}})) is None


def test_a_secret_of_the_usual_form_only(tmp_path: Path) -> None:
    for content, secret in ((b"0f" * 64 + b"\n", "0f" * 64), (b"", None), (b"\xff" * 9, None), (b"a" * 999, None)):
        (tmp_path / "submission_secret.txt").write_bytes(content)
        assert exchange_secret(tmp_path) == secret


def test_nbgraders_own_readers_hold_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its collecting and the formgrader ended in a traceback, or never."""
    for owner, name in ((CourseDirectory, "get_existing_timestamp"), (NbGraderAPI, "get_submitted_timestamp")):
        monkeypatch.setattr(owner, name, getattr(owner, name))
    hand_in_times.install()
    folder = tmp_path / "submitted/ada/mini"
    folder.mkdir(parents=True)
    course = CourseDirectory(config=Config({"CourseDirectory": {"root": str(tmp_path)}}))
    for content, time in (("1773432000000", None), ("2026-07-01 12:00:00 UTC", NOON)):
        (folder / "timestamp.txt").write_text(content)
        assert course.get_existing_timestamp(str(folder)) == time
        assert NbGraderAPI(course).get_submitted_timestamp("mini", "ada") == time
