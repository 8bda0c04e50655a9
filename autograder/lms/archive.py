"""Untrusted zip archives: names, kinds and sizes are checked before a byte is written.

An archive that is malicious as a whole (too many entries, overlapping entries) is refused. A problem of one entry is
reported for that entry, and the caller refuses the submission that the entry belongs to. Zip archives inside the
archive are treated as ordinary files; nothing opens them.

An archive that somebody unpacked and packed again is read like the LMS's own: what macOS adds is left out, and the
backslashes of some programs for Windows are taken for what they mean.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from autograder.model.errors import LmsError

MAX_ENTRIES = 200_000
MAX_DIRECTORY_BYTES = 64 * 1024 * 1024
MAX_RATIO = 200
RATIO_MATTERS_FROM = 1024 * 1024  # bytes; a small file cannot do harm, whatever its compression ratio
MAX_NAME_BYTES = 200
MAX_ENDING_BYTES = 16
MAX_DEPTH = 16
CHUNK = 1024 * 1024
FILE_MANAGERS = frozenset({".ds_store", "thumbs.db", "desktop.ini"})

_END, _END_SIGNATURE = struct.Struct("<4s4H2LH"), b"PK\x05\x06"
_LOCATOR, _LOCATOR_SIGNATURE = struct.Struct("<4sLQL"), b"PK\x06\x07"
_END64, _END64_SIGNATURE = struct.Struct("<4sQ2H2L4Q"), b"PK\x06\x06"
_LOCAL_HEADER_BYTES = 30
_ENCRYPTED, _UTF8 = 0x1, 0x800
_OTHERS = {b"\x1f\x8b": "a gzip", b"Rar!": "a rar", b"7z\xbc\xaf": "a 7z", b"BZh": "a bzip2", b"\xfd7zXZ": "an xz"}
"""What other archives begin with."""
_TAR, _TAR_AT = b"ustar", 257
_DRIVE = re.compile(r"[A-Za-z]:")


class BadEntry(Exception):
    """An entry that is refused; the message completes the sentence "<name> ..."."""


@dataclass(frozen=True)
class Entry:
    """One file of an archive.

    Attributes:
        name: its name in the archive, to be shown to people and returned to the LMS.
        parts: the name as path parts that are safe to join to a folder; empty if the name is unsafe.
        shortened: whether the parts are not the whole name, which is longer than a file's may be.
        problem: why the entry is refused, completing the sentence "<name> ..."; ``None`` if it is not.
        size: uncompressed bytes, according to the archive.
        written: time of the entry, as ``YYYY-MM-DD HH:MM:SS`` without a zone; ``None`` if it has none.
    """

    name: str
    parts: tuple[str, ...]
    problem: str | None
    size: int
    written: str | None
    info: zipfile.ZipInfo
    shortened: bool = False


class Archive:
    """A zip archive, read within bounds."""

    def __init__(self, path: Path) -> None:
        """Open it and read its directory.

        Raises:
            LmsError: it is not a zip archive, is damaged, or is malicious.
        """
        self.path = path
        try:
            _check_directory(path)
            self._zip = zipfile.ZipFile(path)
        except FileNotFoundError:
            raise LmsError(f"There is no file {path}.") from None
        except IsADirectoryError:  # some browsers unpack what they download
            raise LmsError(f"{path} is a folder: pack it as a zip again, or name the zip that the LMS gave.") from None
        except OSError as error:
            raise LmsError(f"{path} cannot be read ({error.strerror}): name the zip that the LMS gave.") from None
        except (zipfile.BadZipFile, struct.error, UnicodeDecodeError, NotImplementedError, ValueError) as error:
            what = _what_else(path) or f"not a complete zip archive ({error}): download it from the LMS again"
            raise LmsError(f"{path} is {what}.") from None
        try:
            self._check_layout()
        except LmsError:
            self._zip.close()
            raise

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def entries(self) -> list[Entry]:
        """Every file of the archive, in the archive's order, without folders and without what file managers add."""
        infos = self._zip.infolist()
        backslashes = any("\\" in info.orig_filename for info in infos)
        windows = backslashes and not any("/" in info.orig_filename for info in infos)
        entries = [_entry(info, windows=windows) for info in infos if not _is_plain_folder(info, windows=windows)]
        return [entry for entry in entries if not _is_file_managers(entry.name)]

    def read(self, entry: Entry, max_bytes: int) -> Iterator[bytes]:
        """The content of an entry in chunks, never more than `Entry.size` bytes.

        Raises:
            BadEntry: it holds more than ``max_bytes``, more or less than it claims, or cannot be unpacked.
        """
        if entry.size > max_bytes:
            raise BadEntry("is larger than a submission may be")
        remaining = entry.size
        try:
            with self._zip.open(entry.info) as stream:
                while chunk := stream.read(CHUNK):
                    remaining -= len(chunk)
                    if remaining < 0:
                        raise BadEntry("holds more than it claims")
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError) as error:
            raise BadEntry("is damaged and cannot be unpacked") from error
        if remaining:
            raise BadEntry("is damaged: it ends too early")

    def _check_layout(self) -> None:
        """Refuse entries that share bytes, by which a small archive unpacks to a huge amount of data."""
        end = 0
        for info in sorted(self._zip.infolist(), key=lambda info: info.header_offset):
            if info.header_offset < end:
                raise LmsError(f"{self.path} is made to do harm: its entries overlap. Nothing was unpacked.")
            end = info.header_offset + _LOCAL_HEADER_BYTES + info.compress_size


def _check_directory(path: Path) -> None:
    """Limit the list of entries before `zipfile` reads it into memory."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        tail_start = max(size - (_END.size + 0xFFFF), 0)
        file.seek(tail_start)
        tail = file.read()
        at = tail.rfind(_END_SIGNATURE)
        if at < 0 or len(tail) - at < _END.size:
            raise zipfile.BadZipFile("it has no end record")
        _, _, _, _, entries, directory, _, _ = _END.unpack_from(tail, at)
        file.seek(max(tail_start + at - _LOCATOR.size, 0))
        locator = file.read(_LOCATOR.size)
        if len(locator) == _LOCATOR.size and locator.startswith(_LOCATOR_SIGNATURE):
            # Where the locator points, and where `zipfile` looks: the larger number counts.
            for offset in (_LOCATOR.unpack(locator)[2], tail_start + at - _LOCATOR.size - _END64.size):
                if not 0 <= offset <= size - _END64.size:
                    continue
                file.seek(offset)
                record = file.read(_END64.size)
                if record.startswith(_END64_SIGNATURE):
                    fields = _END64.unpack(record)
                    entries, directory = max(entries, fields[7]), max(directory, fields[8])
    if entries > MAX_ENTRIES or directory > MAX_DIRECTORY_BYTES:
        raise LmsError(f"{path} claims {entries} files; at most {MAX_ENTRIES} are taken. Nothing was unpacked.")


def _what_else(path: Path) -> str:
    """What a file that is no zip archive seems to be, and what to do; empty if nobody knows."""
    with path.open("rb") as file:
        start = file.read(CHUNK).lstrip(b"\xef\xbb\xbf \t\r\n")
    kind = next((kind for signature, kind in _OTHERS.items() if start.startswith(signature)), "")
    kind = "a tar" if start[_TAR_AT : _TAR_AT + len(_TAR)] == _TAR else kind
    if kind:
        return f"{kind} archive: unpack it, pack what it held as a zip, and name the zip"
    return "a web page: log in to the LMS, and download the zip again" if start.startswith(b"<") else ""


def _is_plain_folder(info: zipfile.ZipInfo, *, windows: bool) -> bool:
    kind = stat.S_IFMT(info.external_attr >> 16)
    named = info.filename.endswith("\\" if windows else "/")
    return named and not info.file_size and kind in (0, stat.S_IFDIR)


def _is_file_managers(name: str) -> bool:
    """Whether macOS or Windows puts a file of this name beside a user's files when it packs them."""
    parts = name.split("/")
    return "__MACOSX" in parts[:-1] or parts[-1].startswith("._") or parts[-1].casefold() in FILE_MANAGERS


def _entry(info: zipfile.ZipInfo, *, windows: bool) -> Entry:
    name = _readable(info)
    if windows:  # some programs write its own separator; an archive with both is not one of theirs
        name = name.replace("\\", "/")
    problem, parts = _check_name(info.orig_filename, name)
    problem = problem or _check_kind(info)
    written = None
    if info.date_time > (1980, 1, 1, 0, 0, 0):
        year, month, day, hour, minute, second = info.date_time
        written = f"{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"
    short = tuple(map(_short, parts))
    return Entry(name, () if problem else short, problem, info.file_size, written, info, shortened=short != parts)


def _short(part: str) -> str:
    """A part of a name, with a digest in the place of its middle if it is longer than a file's name may be."""
    if len(part.encode()) <= MAX_NAME_BYTES:
        return part
    stem, dot, ending = part.rpartition(".")
    if not stem or len(ending.encode()) > MAX_ENDING_BYTES:
        stem, dot, ending = part, "", ""
    end = f"-{hashlib.sha256(part.encode()).hexdigest()[:8]}{dot}{ending}"
    return stem.encode()[: MAX_NAME_BYTES - len(end.encode())].decode(errors="ignore") + end


def _readable(info: zipfile.ZipInfo) -> str:
    """The name, decoded as UTF-8 even if the flag for UTF-8 is missing."""
    name = info.orig_filename
    if not info.flag_bits & _UTF8:
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return unicodedata.normalize("NFC", name)


def _check_name(raw: str, name: str) -> tuple[str | None, tuple[str, ...]]:
    """Why a name is unsafe (``None`` if it is not), and its parts."""
    parts = tuple(part for part in name.split("/") if part not in ("", "."))
    problem = None
    if "\0" in raw or any(unicodedata.category(character) in ("Cc", "Cs") for character in name):
        problem = "has a character in its name that no file name has"
    elif name.startswith("/") or _DRIVE.match(name):
        problem = "names a place outside the archive (an absolute path)"
    elif ".." in parts:
        problem = "names a place outside the archive (..)"
    elif "\\" in name:
        problem = "has a backslash in its name"
    elif not parts or name.endswith("/"):
        problem = "has no file name"
    elif len(parts) > MAX_DEPTH:
        problem = "lies too deep"
    return problem, parts


def _check_kind(info: zipfile.ZipInfo) -> str | None:
    """Why an entry with a safe name is refused; ``None`` if it is not."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind == stat.S_IFLNK:
        return "is a link"
    if kind not in (0, stat.S_IFREG):
        return "is no ordinary file"
    if info.flag_bits & _ENCRYPTED:
        return "is encrypted"
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "is packed with a method that no LMS uses"
    if info.file_size > RATIO_MATTERS_FROM and info.file_size > MAX_RATIO * max(info.compress_size, 1):
        return f"would unpack to {info.file_size // RATIO_MATTERS_FROM} MiB out of next to nothing"
    return None
