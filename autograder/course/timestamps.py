"""When a folder was handed in, as its ``timestamp.txt`` says: read within bounds, and as a whole or not at all.

The exchange and ``autograder collect`` write the file, but it lies in a student's folder and may be anything.
"""

from __future__ import annotations

import codecs
import datetime
import re
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from traitlets.config import Config

from autograder.course.submissions import Skipped, escaped, read_file
from autograder.model.record import SECRET, TIMESTAMP

MAX_BYTES = 1000
MAX_SHOWN = 40
_TIME = re.compile(
    r"(?P<date>\d{4}-\d\d-\d\d)[T ](?P<time>\d\d:\d\d(?::\d\d)?)(?:[.,](?P<fraction>\d{1,9}))? ?(?P<zone>\S*)",
    re.ASCII,
)
_OFFSET = re.compile(r"[+-]\d\d:?\d\d", re.ASCII)
_SECRET = re.compile(rb"[\w.+/=-]{1,256}", re.ASCII)


@dataclass(frozen=True)
class HandedIn:
    """When a folder was handed in.

    Attributes:
        time: in UTC, without a zone; ``None`` if it is unknown.
        problem: why the file that should tell cannot be read, completing the sentence "timestamp.txt ..."; ``None`` if
            it can be, or if there is none.
    """

    time: datetime.datetime | None = None
    problem: str | None = None


def handed_in(folder: Path, zone: datetime.tzinfo | None = None) -> HandedIn:
    """Read a folder's time stamp. Never raises because of what is in the folder.

    Args:
        folder: one student's submission to one lab; a link is not followed.
        zone: the exchange's time zone, whose abbreviations (such as CEST) are known then.
    """
    if folder.is_symlink() or folder.parent.is_symlink():
        return HandedIn()
    try:
        data = read_file(folder / TIMESTAMP, MAX_BYTES)
    except (FileNotFoundError, NotADirectoryError):
        return HandedIn()
    except Skipped as reason:
        return HandedIn(problem=str(reason))
    except OSError as error:
        return HandedIn(problem=f"cannot be read ({error.strerror})")
    try:
        text = _decoded(data).strip("\0 \t\r\n")
        return HandedIn(_utc(text, zone)) if text else HandedIn(problem="is empty")
    except UnicodeDecodeError:
        return HandedIn(problem="is not text")
    except (ValueError, OverflowError):
        shown = escaped(text[:MAX_SHOWN]) + ("..." if len(text) > MAX_SHOWN else "")
        return HandedIn(problem=f'holds no time that can be read ("{shown}")')


def exchange_zone(config: Config) -> datetime.tzinfo | None:
    """Time zone in which nbgrader's exchange stamps submissions; ``None`` if the configured one is not known."""
    try:
        return ZoneInfo(str(config.Exchange.get("timezone", "UTC")))
    except (KeyError, ValueError, OSError):
        return None


def exchange_secret(folder: Path) -> str | None:
    """The secret that names a submission's feedback in the exchange; ``None`` if there is none of the usual form."""
    try:
        data = read_file(folder / SECRET, MAX_BYTES).strip()
    except (OSError, Skipped):
        return None
    return data.decode() if _SECRET.fullmatch(data) else None


def stamp(time: datetime.datetime) -> str:
    """Text of a ``timestamp.txt`` that everybody reads: the time in UTC."""
    return f"{time.isoformat(sep=' ')} UTC\n"


def _decoded(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16")
    return data.decode("utf-8-sig")


def _utc(text: str, zone: datetime.tzinfo | None) -> datetime.datetime:
    """The time of a text like ``2026-03-13 17:58:00.123456 UTC``; without a zone it is taken for UTC, as in nbgrader.

    Raises:
        ValueError: it is no such text, or its zone is not known.
        OverflowError: the time does not exist in UTC.
    """
    match = _TIME.fullmatch(text)
    if match is None:
        raise ValueError(text)
    local = datetime.datetime.fromisoformat(f"{match['date']} {match['time']}")
    local = local.replace(microsecond=int((match["fraction"] or "0").ljust(6, "0")[:6]))
    return _aware(local, match["zone"], zone).astimezone(datetime.UTC).replace(tzinfo=None)


def _aware(local: datetime.datetime, name: str, zone: datetime.tzinfo | None) -> datetime.datetime:
    if name in ("", "Z", "UTC", "GMT"):
        return local.replace(tzinfo=datetime.UTC)
    if _OFFSET.fullmatch(name):
        return datetime.datetime.fromisoformat(f"{local.isoformat()}{name}")
    if "/" in name:
        try:
            return local.replace(tzinfo=ZoneInfo(name))
        except (KeyError, OSError) as error:
            raise ValueError(name) from error
    for fold in (0, 1):  # an abbreviation means something in its own zone only
        aware = local.replace(tzinfo=zone, fold=fold)
        if zone is not None and aware.tzname() == name:
            return aware
    raise ValueError(name)
