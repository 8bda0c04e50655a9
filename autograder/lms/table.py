"""CSV files as an LMS writes and reads them: the same bytes, except for the cells that are meant to change."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from autograder.files.atomic import replacing
from autograder.files.spreadsheets import defused
from autograder.model.errors import LmsError

MAX_BYTES = 64 * 1024 * 1024
_BOM = "\ufeff"


@dataclass
class Table:
    """One CSV file.

    Attributes:
        header: names of the columns.
        rows: cells, each row as long as the header.
        delimiter: character between cells.
        bom: whether the file begins with a byte order mark, by which spreadsheets recognise UTF-8.
        newline: characters that end a row.
    """

    header: list[str]
    rows: list[list[str]] = field(default_factory=list)
    delimiter: str = ","
    bom: bool = False
    newline: str = "\r\n"

    def column(self, *names: str) -> int | None:
        """Position of the first of these columns that exists, ignoring case; ``None`` if none does."""
        positions = {name.strip().casefold(): position for position, name in reversed(list(enumerate(self.header)))}
        return next((positions[name.casefold()] for name in names if name.casefold() in positions), None)

    def cell(self, row: int, column: int | None) -> str:
        """Text of a cell without spaces around it; "" for ``None``, a column that does not exist."""
        return self.rows[row][column].strip() if column is not None else ""

    def first_text(self, row: int, columns: Iterable[int]) -> str:
        """Text of the first of these cells that is not empty; "" if all are."""
        return next((text for column in columns if (text := self.cell(row, column))), "")

    def defuse(self, *kept: str) -> None:
        """Keep spreadsheets from taking cells for formulas, in all columns but these."""
        left = {self.column(name) for name in kept}
        for row in self.rows:
            row[:] = [cell if position in left else defused(cell) for position, cell in enumerate(row)]

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
        LmsError: the file cannot be read, or is not a table.
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
    delimiter = max(",;\t", key=first.count)  # the comma, if they are equally frequent
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise LmsError(f"{path} is not a valid CSV file ({error}): download it again.") from None
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
    """Write a file completely or not at all.

    Raises:
        LmsError: it cannot be written there.
    """
    try:
        with replacing(path) as draft:
            draft.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise LmsError(f"{path} cannot be written ({error.strerror}): name another file.") from None
