"""From the bytes of a file to the student's cells: every encoding, format version and malformed part seen in the wild.

Nothing in the file is trusted and nothing is executed. Whatever cannot be a notebook raises `NotANotebook` with a
reason that completes the sentence "<file> ...".
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from autograder.notebook.cells import Kind
from autograder.repair.cells import TheirCell

MAX_CELLS = 2000
MAX_CELL_CHARACTERS = 1_000_000

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DOCUMENT = "is an office document: hand in the notebook (.ipynb) itself"
_DOCUMENTS = (b"[Content_Types].xml", b"vnd.oasis.opendocument")
"""What the zip archives begin with that are really documents."""
_DOCUMENT_BEGINS = 4000
_SIGNATURES = (
    (b"PK\x03\x04", "is a zip archive: unpack it and hand in the notebook itself"),
    (b"PK\x05\x06", "is an empty zip archive"),
    (b"\x1f\x8b", "is a gzip archive: unpack it and hand in the notebook itself"),
    (b"Rar!", "is a rar archive: unpack it and hand in the notebook itself"),
    (b"7z\xbc\xaf", "is a 7z archive: unpack it and hand in the notebook itself"),
    (b"BZh", "is a bzip2 archive: unpack it and hand in the notebook itself"),
    (b"\xfd7zXZ", "is an xz archive: unpack it and hand in the notebook itself"),
    (b"%PDF", "is a PDF: hand in the notebook (.ipynb) that it was made from"),
    (b"\x89PNG", "is a picture: hand in the notebook (.ipynb) itself"),
    (b"\xff\xd8\xff", "is a picture: hand in the notebook (.ipynb) itself"),
    (b"{\\rtf", "is a text document: hand in the notebook (.ipynb) itself"),
    (b"\xd0\xcf\x11\xe0", _DOCUMENT),
    (b"\x7fELF", "is a program, no notebook"),
    (b"SQLite format 3", "is a database, no notebook"),
    (b"[InternetShortcut]", "is a link to a page, no notebook: hand in the .ipynb file itself"),
    (b"version https://git-lfs", "is a pointer of Git LFS: hand in the file that it points to"),
)
_MARKUP = re.compile(r"<(?:!doctype|html|head|body|\?xml|!--)", re.IGNORECASE)
_CONFLICT = re.compile(r"^<{7} .*^>{7} ", re.MULTILINE | re.DOTALL)
_PYTHON = re.compile(r"^(?:#|import |from \w+ import|def |class |\"\"\")", re.MULTILINE)
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")
_PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")
_STRAY = re.compile("[\udc80-\udcff]")
_CODE_PAGE = "windows-1252"
_LOST = "is damaged"
_HAND_IN = "hand in the .ipynb file that Jupyter saved"
_AGAIN = "open it in Jupyter, save it and hand it in again, or hand in an older copy that opens"
_NOTEBOOK_BEGINS = re.compile(rb"\s*\{")


class NotANotebook(Exception):
    """The file is no notebook; the message completes the sentence "<file> ..."."""


@dataclass
class Document:
    """A notebook that could be read.

    Attributes:
        cells: its cells in order.
        notes: one sentence for each thing that had to be mended on the way.
        built_from: what the notebook's metadata says it was built from; empty if nothing.
    """

    cells: list[TheirCell]
    notes: list[str] = field(default_factory=list)
    built_from: str = ""


def read_notebook(data: bytes, picture_bytes: int) -> Document:
    """Read a notebook file.

    Args:
        data: content of the file.
        picture_bytes: room for the pictures attached to all cells together.

    Raises:
        NotANotebook: the file cannot be read as a notebook.
    """
    notes: list[str] = []
    document = _parse(_decode(data, notes), notes)
    raw_cells = list(_raw_cells(document, notes))
    if len(raw_cells) > MAX_CELLS:
        raw_cells = [raw for raw in raw_cells if _says_something(raw)]
    if len(raw_cells) > MAX_CELLS:
        notes.append(f"The notebook has {len(raw_cells)} cells; only the first {MAX_CELLS} were read.")
    cells = [_cell(position, raw) for position, raw in enumerate(raw_cells[:MAX_CELLS])]
    if cells and 2 * sum(bool(cell.unreadable) for cell in cells) > len(cells):
        version = document.get("nbformat")
        shown = f" ({version})" if isinstance(version, int) else ""
        raise NotANotebook(f"is a notebook in a format{shown} that cannot be read: {_AGAIN}")
    for cell in cells:
        if len(cell.text) > MAX_CELL_CHARACTERS:
            cell.unreadable = f"is too long ({len(cell.text)} characters)"
            cell.text = ""
        if cell.unreadable:
            notes.append(f"Cell {cell.position + 1} {cell.unreadable} and was left out.")
    _bound_attachments(cells, notes, picture_bytes * 4 // 3)
    built_from = _dictionary(document.get("metadata")).get("built_from")
    return Document(cells, notes, clean(built_from) if isinstance(built_from, str) else "")


def looks_like_a_notebook(data: bytes) -> bool:
    """Whether a file of any name may be a notebook, by its first bytes and a word that every notebook has."""
    begins = _NOTEBOOK_BEGINS.match(data[:200].lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\0", b""))
    return bool(begins) and b'"cells"' in without_nulls(data)


def without_nulls(data: bytes) -> bytes:
    """The bytes in which ASCII text is found also when the file is UTF-16 or UTF-32."""
    return data.replace(b"\0", b"") if b"\0" in data[:8] else data


def _decode(data: bytes, notes: list[str]) -> str:
    if not data.strip(b"\0 \t\r\n"):
        raise NotANotebook("is empty" if not data else "is empty (blank space only)")
    if data.startswith(b"PK\x03\x04") and any(sign in data[:_DOCUMENT_BEGINS] for sign in _DOCUMENTS):
        raise NotANotebook(_DOCUMENT)
    for signature, reason in _SIGNATURES:
        if data.startswith(signature):
            raise NotANotebook(reason)
    encoding = next((name for mark, name in _BOMS if data.startswith(mark)), None)
    if encoding is None and b"\0" in data[:4]:  # "{" as UTF-16 without a mark
        encoding = "utf-16-be" if data.startswith(b"\0") else "utf-16-le"
    try:
        text = data.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        mixed = data.decode("utf-8", "surrogateescape")
        stray = len(_STRAY.findall(mixed))
        if stray <= sum(character > "\x7f" for character in mixed) - stray:
            notes.append(f"Bytes of the file that are not UTF-8 text ({stray}) were read as {_CODE_PAGE.upper()}.")
            return _tidy(_STRAY.sub(_from_code_page, mixed))
        encoding = _CODE_PAGE
        text = data.decode(encoding, errors="replace")
    if encoding not in (None, "utf-8"):
        notes.append(f"The file is not UTF-8 text; it was read as {encoding.upper()}.")
    return _tidy(text)


def _from_code_page(stray: re.Match[str]) -> str:
    return stray.group().encode("utf-8", "surrogateescape").decode(_CODE_PAGE, "replace")


def _tidy(text: str) -> str:
    return text.lstrip("\ufeff").strip("\0 \t\r\n")


def _parse(text: str, notes: list[str]) -> dict[str, Any]:
    if _MARKUP.match(text):
        raise NotANotebook("is a web page saved by a browser: download the notebook (.ipynb) itself")
    try:
        # Students' tools write NaN and repeat keys; Python reads both as Jupyter does. Endless numbers are cut short.
        document, end = json.JSONDecoder(parse_int=_number).raw_decode(text)
    except RecursionError:
        raise NotANotebook(f"{_LOST}: it is nested too deeply to be a notebook") from None
    except ValueError as error:
        raise NotANotebook(_why_no_json(text, error)) from None
    if text[end:].strip("\0 \t\r\n"):
        notes.append("Text after the end of the notebook's data was ignored.")
    if not isinstance(document, dict) or not any(isinstance(document.get(k), list) for k in ("cells", "worksheets")):
        raise NotANotebook(f"holds data (JSON), but no notebook, as it has no cells: {_HAND_IN}")
    return document


def _number(digits: str) -> int:
    return int(digits[:18])


def _why_no_json(text: str, error: ValueError) -> str:
    if _CONFLICT.search(text):
        return "holds an unresolved merge conflict of git (<<<<<<< ... >>>>>>>): resolve it and hand it in again"
    if not text.startswith(("{", "[")):
        return (
            "is a Python script, no notebook: hand in the .ipynb file"
            if _PYTHON.search(text[:5000])
            else f"is text, but no notebook: {_HAND_IN}"
        )
    at = getattr(error, "pos", 0)
    if at >= len(text) or not text.endswith(("}", "]")):
        return f"{_LOST}: it breaks off before its end, as after an incomplete download or a full disk; {_AGAIN}"
    return f"{_LOST}: line {text.count(chr(10), 0, at) + 1} is not what Jupyter writes; {_AGAIN}"


def _raw_cells(document: dict[str, Any], notes: list[str]) -> Iterator[dict[str, Any]]:
    version = document.get("nbformat")
    cells = document.get("cells")
    sheets = document.get("worksheets")
    cells = cells if isinstance(cells, list) else []
    if not cells and isinstance(sheets, list):  # versions 2 and 3 keep their cells in worksheets
        sheets = [sheet for sheet in sheets if isinstance(sheet, dict)]
        cells = [cell for sheet in sheets if isinstance(sheet.get("cells"), list) for cell in sheet["cells"]]
    if isinstance(version, int) and version != 4:
        notes.append(f"The notebook is in format version {version}; it was brought to version 4.")
    broken = sum(not isinstance(cell, dict) for cell in cells)
    if broken and broken == len(cells):
        raise NotANotebook(f"holds data (JSON), but no notebook, as none of its cells can be read: {_HAND_IN}")
    if broken:
        notes.append(f"{broken} of the notebook's cells could not be read and were left out.")
    return (cell for cell in cells if isinstance(cell, dict))


def _source(raw: dict[str, Any]) -> Any:
    return (
        raw["input"] if raw.get("cell_type") == "code" and "source" not in raw and "input" in raw else raw.get("source")
    )


def _says_something(raw: dict[str, Any]) -> bool:
    source = _source(raw)
    return bool(_text(source).strip() or not _is_text(source) or "nbgrader" in _dictionary(raw.get("metadata")))


def _is_text(source: Any) -> bool:
    return isinstance(source, str) or (isinstance(source, list) and all(isinstance(line, str) for line in source))


def _cell(position: int, raw: dict[str, Any]) -> TheirCell:
    kind = raw.get("cell_type")
    source = _source(raw)
    text = _text(source)
    if kind == "heading":  # version 3
        level = raw.get("level")
        text = "#" * (level if isinstance(level, int) and 1 <= level <= 6 else 1) + " " + text
    metadata = _dictionary(raw.get("metadata"))
    cell_id = raw.get("id", metadata.get("id"))  # Colab moves cell ids into the metadata
    nbgrader = _dictionary(metadata.get("nbgrader"))
    grade_id = nbgrader.get("grade_id")
    known: dict[Any, Kind] = {"code": "code", "raw": "raw"}
    return TheirCell(
        position=position,
        kind=known.get(kind, "markdown") if isinstance(kind, str) else "markdown",
        text=text,
        grade_id=grade_id if isinstance(grade_id, str) else None,
        cell_id=cell_id if isinstance(cell_id, str) else None,
        attachments=_attachments(raw.get("attachments")),
        unreadable="" if _is_text(source) else "has no text that can be read",
        given=nbgrader.get("locked") is True
        or _dictionary(metadata.get("autograder")).get("role") in ("locked", "prose", "test"),
    )


def _dictionary(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    if isinstance(value, list):
        lines = [line for line in value if isinstance(line, str)]
        ended = any(line.endswith(("\n", "\r")) for line in lines[:-1])
        value = ("" if ended else "\n").join(lines)
    if not isinstance(value, str):
        return ""
    return clean(value).replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def clean(text: str) -> str:
    """The text without lone surrogates, which JSON can carry and no file can hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _attachments(value: Any) -> dict[str, dict[str, str]]:
    kept: dict[str, dict[str, str]] = {}
    for name, bundle in _dictionary(value).items():
        pictures = {
            mime: data
            for mime, data in _dictionary(bundle).items()
            if mime in _PICTURES and isinstance(data, str) and _BASE64.fullmatch(data)
        }
        if pictures:
            kept[clean(name)] = pictures
    return kept


def _bound_attachments(cells: list[TheirCell], notes: list[str], room: int) -> None:
    for cell in cells:
        size = sum(len(data) for bundle in cell.attachments.values() for data in bundle.values())
        if size > room:
            notes.append(f"The pictures attached to cell {cell.position + 1} are too large and were left out.")
            cell.attachments = {}
        else:
            room -= size
