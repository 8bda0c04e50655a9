"""Archives that are made to do harm: nothing is written outside, the others in the archive notice nothing."""

from __future__ import annotations

import gzip
import io
import os
import stat
import struct
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.lms import archive as archive_module
from tests.engine.lms.conftest import packed

ADA = "Ada Lovelace_101_assignsubmission_file/mini.ipynb"
EVE = "Kurt Gödel_102_assignsubmission_file/"
Command = Callable[..., tuple[int, str]]


def entry(name: str, content: bytes = b"{}", **changes: object) -> tuple[zipfile.ZipInfo, bytes]:
    """One entry with unusual properties."""
    info = zipfile.ZipInfo(name, (2026, 3, 13, 18, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    for key, value in changes.items():
        setattr(info, key, value)
    return info, content


def with_ada(*entries: tuple[zipfile.ZipInfo, bytes]) -> bytes:
    """An archive with an honest hand-in and hostile entries."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(*entry(ADA, b'{"honest": true}'))
        for info, content in entries:
            archive.writestr(info, content)
    return buffer.getvalue()


def outside(root: Path, course: Path) -> set[Path]:
    """Every path that is not below ``submitted/``, but for the database's own."""
    paths = {path for path in root.rglob("*") if course / "submitted" not in path.parents}
    return {path for path in paths if not path.name.startswith("gradebook.db")}


def nul_in_name() -> bytes:
    """Python's own writer cuts names at a NUL, so one byte is changed afterwards, in both headers."""
    return with_ada(entry(EVE + "mini.ipynbXpy")).replace(b"ipynbXpy", b"ipynb\0py")


def wrong_crc() -> bytes:
    """Stored content that was changed after its checksum was taken."""
    info, content = entry(EVE + "mini.ipynb", b"A" * 64, compress_type=zipfile.ZIP_STORED)
    return with_ada((info, content)).replace(b"A" * 64, b"A" * 63 + b"B")


def encrypted() -> bytes:
    """The flag in the central directory says so."""
    data = bytearray(with_ada(entry(EVE + "mini.ipynb")))
    at = data.rfind(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


def claims_less(size: int) -> bytes:
    """Holds more than its directory says."""
    data = bytearray(with_ada(entry(EVE + "mini.ipynb", b"x" * 100_000)))
    at = data.rfind(b"PK\x01\x02")
    struct.pack_into("<L", data, at + 24, size)
    return bytes(data)


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "dot dot": (lambda: with_ada(entry(EVE + "../../../evil.txt")), "outside the archive (..)"),
    "dot dot first": (lambda: with_ada(entry("../" + EVE + "evil.txt")), "outside the archive (..)"),
    "absolute": (lambda: with_ada(entry("/tmp/evil.txt")), "absolute path"),
    "absolute and attributed": (lambda: with_ada(entry("/" + EVE + "evil.txt")), "absolute path"),
    "drive letter": (lambda: with_ada(entry("C:/evil.txt")), "absolute path"),
    "backslash": (lambda: with_ada(entry(EVE + "..\\..\\evil.txt")), "backslash"),
    "NUL": (nul_in_name, "no file name has"),
    "line feed": (lambda: with_ada(entry(EVE + "mini\n.ipynb")), "no file name has"),
    "symbolic link": (
        lambda: with_ada(entry(EVE + "mini.ipynb", b"/etc/passwd", external_attr=(stat.S_IFLNK | 0o777) << 16)),
        "is a link",
    ),
    "device": (
        lambda: with_ada(entry(EVE + "mini.ipynb", b"", external_attr=(stat.S_IFCHR | 0o666) << 16)),
        "is no ordinary file",
    ),
    "link as a folder": (
        lambda: with_ada(entry(EVE + "data/", b"", external_attr=(stat.S_IFLNK | 0o777) << 16)),
        "has no file name",
    ),
    "duplicate": (lambda: with_ada(entry(EVE + "a.txt"), entry(EVE + "A.TXT")), "two files have the same name"),
    "file and folder": (lambda: with_ada(entry(EVE + "a"), entry(EVE + "a/b")), "a file and a folder"),
    "bomb": (lambda: with_ada(entry(EVE + "mini.ipynb", b"\0" * 8_000_000)), "out of next to nothing"),
    "too large": (
        lambda: with_ada(entry(EVE + "mini.ipynb", os.urandom(200_000) * 350, compress_type=zipfile.ZIP_STORED)),
        "larger than the 64 MiB",
    ),
    "too many": (lambda: with_ada(*(entry(f"{EVE}{number}.txt") for number in range(300))), "at most 200"),
    "wrong checksum": (wrong_crc, "is damaged"),
    "encrypted": (encrypted, "is encrypted"),
    "claims less": (lambda: claims_less(10), "is damaged"),
    "claims more": (lambda: claims_less(200_000), "is damaged"),
    "unusual compression": (
        lambda: with_ada(entry(EVE + "mini.ipynb", compress_type=zipfile.ZIP_LZMA)),
        "packed with a method that no LMS uses",
    ),
    "too deep": (lambda: with_ada(entry(EVE + "d/" * 30 + "mini.ipynb")), "lies too deep"),
}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("kind", HOSTILE)
def test_defused(kind: str, tmp_path: Path, course: Path, collect: Command, worksheet: Callable[..., Path]) -> None:
    """The hostile hand-in is refused with a reason, the honest one is taken, and nothing is written elsewhere."""
    make, reason = HOSTILE[kind]
    data, csv = make(), worksheet()
    (tmp_path / "in.zip").touch()
    before = outside(tmp_path, course)
    status, said = collect(data, csv)
    after = outside(tmp_path, course)
    assert status == 1, said
    assert reason in said
    assert "1 taken" in said
    assert after - before == {course / "submitted"}
    assert (course / "submitted/ada/mini/mini.ipynb").read_bytes() == b'{"honest": true}'
    assert not (course / "submitted/kurt").exists()
    assert not any(path.is_symlink() for path in course.rglob("*"))
    assert not list((course / "submitted/.collecting/mini").iterdir())


def overlapping() -> bytes:
    """Two entries of the directory that unpack the same bytes."""
    data = packed({ADA: b"x" * 1000})
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    directory = data[start:end]
    tail = bytearray(data[end:])
    struct.pack_into("<HHL", tail, 8, 2, 2, 2 * len(directory))
    return data[:start] + directory * 2 + bytes(tail)


def tar() -> bytes:
    """As macOS and Linux pack folders."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        archive.addfile(tarfile.TarInfo(ADA))
    return buffer.getvalue()


WHOLE: dict[str, tuple[Callable[[], bytes], str]] = {
    "no zip": (lambda: b"this is a web page", "not a complete zip archive"),
    "empty file": (lambda: b"", "not a complete zip archive"),
    "page of a log-in": (lambda: b"\n<!DOCTYPE html><title>Log in</title>", "is a web page: log in to the LMS"),
    "a tar archive": (tar, "is a tar archive: unpack it"),
    "another archive": (lambda: gzip.compress(b"x"), "is a gzip archive: unpack it"),
    "cut off": (lambda: packed({ADA: os.urandom(5000)})[:2500], "not a complete zip archive"),
    "overlapping entries": (overlapping, "its entries overlap"),
    "nothing in it": (lambda: packed({}), "holds no hand-in"),
    "another LMS": (lambda: packed({"lovelaceada_501_9001_mini.ipynb": b"{}"}), "holds hand-ins as Canvas packs"),
}


@pytest.mark.parametrize("kind", WHOLE)
def test_refused_as_a_whole(kind: str, course: Path, collect: Command, worksheet: Callable[..., Path]) -> None:
    """One clear sentence, and nothing is taken."""
    make, reason = WHOLE[kind]
    status, said = collect(make(), worksheet())
    assert status == 2
    assert reason in said
    assert not list(course.glob("submitted/[!.]*"))


def test_huge_counts_are_refused_before_they_are_read(
    collect: Command, worksheet: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The count in the end record is enough."""
    monkeypatch.setattr(archive_module, "MAX_ENTRIES", 3)
    names = {f"Ada Lovelace_101_assignsubmission_file/{number}.txt": b"" for number in range(4)}
    data = packed(names)
    monkeypatch.setattr(zipfile, "ZipFile", lambda *_: pytest.fail("the directory was read"))
    status, said = collect(data, worksheet())
    assert status == 2
    assert "claims 4 files; at most 3" in said


def test_an_archive_inside_is_a_file(course: Path, collect: Command, worksheet: Callable[..., Path]) -> None:
    """It is kept as it is, and the instructor reads that there is no notebook."""
    inner = packed({"mini.ipynb": b"{}"})
    status, said = collect(packed({"Ada Lovelace_101_assignsubmission_file/lab.zip": inner}), worksheet())
    assert status == 0
    assert "handed in no .ipynb file: lab.zip" in said
    assert (course / "submitted/ada/mini/lab.zip").read_bytes() == inner
