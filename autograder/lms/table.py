"""CSV files as an LMS writes and reads them: kept byte for byte but for the cells that are meant to change."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from pathlib import Path

from autograder.files.atomic import replacing
from autograder.model.errors import LmsError

MAX_BYTES = 64 * 1024 * 1024
_BOM = "\ufeff"
_RISKY = re.compile(r"\s*[=+\-@\t\r]")
_NUMBER = re.compile(r"\s*[-+]?[\d.,\s]*%?\s*")


@dataclass
class Table:
    """One CSV file.

    Attributes:
        header: names of the columns.
        rows: cells, each row as long as the header.
        delimiter: what stands between cells.
        bom: whether the file begins with a byte order mark (spreadsheets want one to see UTF-8).
        newline: what ends a row.
    """

    header: list[str]
    rows: list[list[str]] = field(default_factory=list)
    delimiter: str = ","
    bom: bool = False
    newline: str = "\r\n"

    def column(self, *names: str) -> int | None:
        """Position of the first of these columns that is there; upper and lower case do not matter."""
        there = {name.strip().casefold(): position for position, name in reversed(list(enumerate(self.header)))}
        return next((there[name.casefold()] for name in names if name.casefold() in there), None)

    def text(self) -> str:
        """The file's text."""
        buffer = io.StringIO(newline="")
        writer = csv.writer(buffer, delimiter=self.delimiter, lineterminator=self.newline)
        writer.writerow(self.header)
        writer.writerows(self.rows)
        return (_BOM if self.bom else "") + buffer.getvalue()


def read_table(path: Path) -> Table:
    """Read a CSV file: comma, semicolon or tab; UTF-8 or UTF-16.

    Raises:
        LmsError: there is no such file, or it is no table.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise LmsError(f"{path} is too large to be a list of students.")
        data = path.read_bytes()
    except OSError as error:
        raise LmsError(f"{path} cannot be read ({error.strerror}).") from None
    if data.startswith(b"PK\x03\x04"):
        raise LmsError(f"{path} is a spreadsheet (xlsx) or zip: download the list as CSV.")
    try:
        text = data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8")
    except UnicodeDecodeError:
        raise LmsError(f"{path} is not UTF-8 text: download it again, or save it as CSV UTF-8.") from None
    bom, text = text.startswith(_BOM), text.removeprefix(_BOM)
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)  # among equals the comma
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise LmsError(f"{path} is not a CSV file that can be read ({error}): download it again.") from None
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    if not rows:
        raise LmsError(f"{path} is empty: download the list of students again.")
    header, body = rows[0], rows[1:]
    for number, row in enumerate(body, 2):
        if len(row) > len(header):
            raise LmsError(f"{path}: row {number} has {len(row)} cells, the header has {len(header)}.")
    filled = [row + [""] * (len(header) - len(row)) for row in body]
    return Table(header, filled, delimiter, bom, "\r\n" if first.endswith("\r") else "\n")


def write_text(path: Path, text: str) -> None:
    """Write a file whole or not at all.

    Raises:
        LmsError: it cannot be written there.
    """
    try:
        with replacing(path) as draft:
            draft.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise LmsError(f"{path} cannot be written ({error.strerror}): name another file.") from None


def defused(text: str) -> str:
    """Text that a spreadsheet shows and does not compute: a formula gets an apostrophe in front.

    For columns that people read (names, comments). Never for those by which an LMS finds its students: there the
    apostrophe would be taken for part of the id. Numbers, and a lone dash for "none", are no formulas.
    """
    return f"'{text}" if _RISKY.match(text) and not _NUMBER.fullmatch(text) else text
