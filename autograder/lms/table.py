"""CSV files as an LMS writes and reads them: the same bytes, except for the cells that are meant to change."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from autograder.course.submissions import some_of
from autograder.files.atomic import replacing
from autograder.files.spreadsheets import defused
from autograder.model.errors import LmsError

MAX_BYTES = 64 * 1024 * 1024
MAX_CELL = 16 * 1024 * 1024
"""Characters of a cell: a comment may hold a picture as text."""
_BOM = "\ufeff"
_DELIMITER_LINE = re.compile(r'"?sep=([,;\t])"?[ \t]*(?:\r\n|\r|\n)', re.IGNORECASE)
"""A first line by which spreadsheets agree on the character between cells."""
_ROUNDED = re.compile(r"\d(?:[.,]\d+)?E[+-]\d{1,3}", re.IGNORECASE)
_QUOTED = re.compile(r'="([^"]*)"')
"""How a number is kept from a spreadsheet that would round it or drop its zeros: as a formula that is a text."""


@dataclass
class Table:
    """One CSV file.

    Attributes:
        header: names of the columns.
        rows: cells, each row as long as the header.
        delimiter: character between cells.
        bom: whether the file begins with a byte order mark, by which spreadsheets recognise UTF-8.
        newline: characters that end a row.
        notes: what a person should know of how it was read, one sentence each.
    """

    header: list[str]
    rows: list[list[str]] = field(default_factory=list)
    delimiter: str = ","
    bom: bool = False
    newline: str = "\r\n"
    notes: list[str] = field(default_factory=list)

    def column(self, *names: str) -> int | None:
        """Position of the first of these columns that exists, ignoring case; ``None`` if none does.

        Raises:
            LmsError: there are several columns of that name.
        """
        for name in names:
            wanted = name.strip().casefold()
            found = [position for position, heading in enumerate(self.header) if heading.strip().casefold() == wanted]
            if len(found) > 1:
                raise LmsError(
                    f"The list has {len(found)} columns {name}: export it again, or delete all but the right one."
                )
            if found:
                return found[0]
        return None

    def cell(self, row: int, column: int | None) -> str:
        """Text of a cell without spaces around it; "" for ``None``, a column that does not exist."""
        return self.rows[row][column].strip() if column is not None else ""

    def first_text(self, row: int, columns: Iterable[int]) -> str:
        """Text of the first of these cells that is not empty; "" if all are."""
        return next((text for column in columns if (text := self.cell(row, column))), "")

    def refuse_rounded(self, columns: Iterable[int | None]) -> None:
        """Refuse numbers of accounts that a spreadsheet has rounded, such as ``1.0543E+16``: they are nobody's.

        Raises:
            LmsError: there is one.
        """
        for column in columns:
            for row in range(len(self.rows)):
                if _ROUNDED.fullmatch(text := self.cell(row, column)):
                    raise LmsError(
                        f"In the column {self.header[column or 0].strip()} a spreadsheet rounded a number to {text}: "
                        "export the list again, and do not save it in a spreadsheet."
                    )

    def take_once(self, identifying: Iterable[int | None]) -> None:
        """Leave out rows that are the same as an earlier one, as where lists were put together, and note which.

        Without a number or an address in these columns, two rows may be two people of one name: they stay.
        """
        first_at = {tuple(cell.strip() for cell in self.header): 1}
        columns, kept, repeated = list(identifying), [], []
        for position, row in enumerate(self.rows):
            number = position + 2
            first = first_at.setdefault(tuple(cell.strip() for cell in row), number)
            if first == number or not any(self.cell(position, column) for column in columns):
                kept.append(row)
            else:
                repeated.append(f"{number} (like row {first})")
        if repeated:
            self.rows = kept
            self.notes.append(f"The list of students has rows twice: {some_of(repeated)}. Each was taken once.")

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
    """Read a CSV file as an LMS or a spreadsheet saves it: comma, semicolon or tab; UTF-8 or UTF-16.

    A first line ``sep=;``, empty rows, and empty cells behind the last column are left out.

    Raises:
        LmsError: the file cannot be read, or is not a table.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise LmsError(f"{path} is too large to be a list of students.")
        data = path.read_bytes()
    except OSError as error:
        raise LmsError(f"{path} cannot be read ({error.strerror}).") from None
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise LmsError(f"{path} is a spreadsheet (xlsx, xls) or zip: download the list as CSV.")
    try:
        text = data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:  # text in UTF-16 without a mark is full of them
        raise LmsError(f"{path} is not UTF-8 text: download it again, or save it as CSV UTF-8.")
    bom, text = text.startswith(_BOM), text.removeprefix(_BOM)
    if text.lstrip().startswith("<"):
        raise LmsError(f"{path} is a web page: log in to the LMS, and download the list again.")
    named = _DELIMITER_LINE.match(text)
    text = text[named.end() :] if named else text
    first = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = named[1] if named else max(",;\t", key=first.count)  # the comma, if they are equally frequent
    csv.field_size_limit(MAX_CELL)
    try:
        rows = [
            [_QUOTED.sub(r"\1", cell) if _QUOTED.fullmatch(cell) else cell for cell in row]
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        ]
    except csv.Error as error:
        raise LmsError(f"{path} is not a valid CSV file ({error}): download it again.") from None
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    if not rows:
        raise LmsError(f"{path} is empty: download the list of students again.")
    header, body = rows[0], rows[1:]
    for number, row in enumerate(body, 2):
        if any(cell.strip() for cell in row[len(header) :]):
            raise LmsError(
                f"{path}: row {number} has {len(row)} cells, the header has {len(header)}: download the list again, "
                "and do not save it in a spreadsheet."
            )
        del row[len(header) :]
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
