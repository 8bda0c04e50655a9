"""What is known of a hand-in that came out of an LMS: kept beside ``submitted/``, one small file each.

``submitted/.lms/<lab>/<student>.json`` is hidden from nbgrader and from grading, and goes wherever ``submitted/`` goes.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from autograder.course.submissions import RECEIPTS
from autograder.lms.table import write_text


@dataclass(frozen=True)
class Receipt:
    """One hand-in.

    Attributes:
        lms: "moodle" or "canvas".
        label: what the LMS calls it: the folder (Moodle) or the notebook's file name (Canvas).
        digest: SHA-256 over its files.
        handed_in: ``YYYY-MM-DD HH:MM:SS`` in UTC, empty if the LMS did not tell.
        written: the newest time in the archive, without a zone; empty if it had none.
        serial: the LMS's number of the upload, 0 if it has none.
        late: whether the LMS calls it late.
    """

    lms: str
    label: str
    digest: str
    handed_in: str = ""
    written: str = ""
    serial: int = 0
    late: bool = False

    def newer_than(self, other: Receipt) -> bool | None:
        """Whether this hand-in came after the other; ``None`` when nothing tells."""
        for mine, theirs in (
            (self.serial, other.serial),
            (self.handed_in, other.handed_in),
            (self.written, other.written),
        ):
            if mine and theirs and mine != theirs:
                return bool(mine > theirs)  # type: ignore[operator]
        return None


def read_receipt(submitted: Path, lab: str, student: str) -> Receipt | None:
    """The receipt of one hand-in; ``None`` when there is none, or none that can be read."""
    try:
        return Receipt(**json.loads(_path(submitted, lab, student).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def read_receipts(submitted: Path, lab: str) -> dict[str, Receipt]:
    """Student -> receipt, of one lab."""
    names = [path.stem for path in sorted((submitted / RECEIPTS / lab).glob("*.json"))]
    found = {name: read_receipt(submitted, lab, name) for name in names}
    return {name: receipt for name, receipt in found.items() if receipt is not None}


def write_receipt(submitted: Path, lab: str, student: str, receipt: Receipt) -> None:
    """Keep a receipt in place of an earlier one.

    Raises:
        LmsError: it cannot be written.
    """
    path = _path(submitted, lab, student)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_text(path, json.dumps(asdict(receipt), indent=1, ensure_ascii=False) + "\n")


def _path(submitted: Path, lab: str, student: str) -> Path:
    return submitted / RECEIPTS / lab / f"{student}.json"
