"""A bulk download of an LMS -> ``submitted/<student>/<lab>/``.

A hand-in is taken whole or not at all: it is unpacked beside ``submitted/``'s folders, within bounds, and moved into
place when all of it is there. An older version never replaces a newer one. Nobody's work is dropped without a word:
each hand-in ends as taken, unchanged, older, refused, or put aside because the list of students does not know it.
"""

from __future__ import annotations

import contextlib
import datetime
import fcntl
import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from autograder.course.config import read_timestamp
from autograder.course.submissions import DRAFTS, UNKNOWN, some_of
from autograder.lms.archive import Archive, BadEntry, Entry
from autograder.lms.filenames import Piece
from autograder.lms.people import Person, by_key, safe_id
from autograder.lms.receipts import Receipt, read_receipt, write_receipt
from autograder.model.errors import LmsError
from autograder.model.limits import Limits

_TIME = "%Y-%m-%d %H:%M:%S"
_COPY = re.compile(r"(?:[ _-]*\(\d+\)|-\d+|[ _-]+copy\d*)+$", re.IGNORECASE)

ReadPiece = Callable[[tuple[str, ...]], Piece | None]
IsOther = Callable[[tuple[str, ...]], bool]


@dataclass
class HandIn:
    """All files of one student in the archive."""

    who: str
    key: str
    name_key: str
    files: list[tuple[Piece, Entry]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


@dataclass
class Collected:
    """What became of each hand-in; every list holds sentences or names for people."""

    taken: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    students: set[str] = field(default_factory=set)


class Collector:
    """Collects one lab's hand-ins into one ``submitted`` folder."""

    def __init__(
        self,
        submitted: Path,
        lab: str,
        lms: str,
        people: Iterable[Person],
        limits: Limits,
        *,
        replace: bool = False,
    ) -> None:
        """Args: ``limits``: ``submission_bytes`` and ``submission_files``; ``replace``: also what is not newer."""
        self.submitted, self.lab, self.lms, self.replace = submitted, lab, lms, replace
        self.people = by_key(people)
        self.most_bytes, self.most_files = limits.submission_bytes, limits.submission_files
        self.drafts = submitted / DRAFTS / lab

    def collect(self, archive: Archive, read_piece: ReadPiece, is_other: IsOther) -> Collected:
        """Take every hand-in of the archive.

        Raises:
            LmsError: nothing in the archive is a hand-in, or the disk does not take it.
        """
        found = Collected()
        hand_ins = self._group(archive, read_piece, is_other, found)
        if not hand_ins:
            seen = f" ({found.refused[0]})" if found.refused else ""
            raise LmsError(
                f"{archive.path} holds no hand-in that {self.lms.capitalize()} would have packed{seen}: download all "
                "submissions of the assignment as a zip, and check --lms."
            )
        try:
            with self._alone():
                self._recover()
                try:
                    for hand_in in hand_ins:
                        self._take(archive, hand_in, found)
                finally:
                    self._recover()
        except OSError as error:
            raise LmsError(
                f"{error.filename or self.submitted} cannot be written ({error.strerror}). What was collected is "
                "whole: mend it and run the same command again."
            ) from error
        return found

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep other collecting runs of this lab out; the kernel forgets it when this process ends, however it ends."""
        self.drafts.mkdir(parents=True, exist_ok=True)
        with (self.drafts.parent / f"{self.lab}.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise LmsError(f"{self.lab} is being collected by another run: wait until it has ended.") from None
            yield

    def _group(
        self,
        archive: Archive,
        read_piece: ReadPiece,
        is_other: IsOther,
        found: Collected,
    ) -> list[HandIn]:
        hand_ins: dict[str, HandIn] = {}
        strangers, others = [], 0
        for entry in archive.entries():
            # An unsafe name may still tell whose it is; its parts are then used for nothing else.
            parts = entry.parts or tuple(part for part in re.split(r"[/\\]", entry.name) if part) or (entry.name,)
            piece = read_piece(parts)
            if piece is None:
                if entry.problem:
                    found.refused.append(f"{_shown(entry.name)} {entry.problem}")
                elif is_other(parts):
                    others += 1
                else:
                    strangers.append(_shown(entry.name))
                continue
            hand_in = hand_ins.setdefault(piece.key, HandIn(piece.who, piece.key, piece.name_key))
            if entry.problem:
                hand_in.problems.append(f"{_shown(entry.name)} {entry.problem}")
            hand_in.files.append((piece, entry))
        if others:
            found.notes.append(f"Left out, since they are no uploads (typed texts, links, comments): {others}.")
        if strangers:
            found.refused.append(f"{some_of(strangers)}: the LMS does not name files like this, so they are nobody's")
        return list(hand_ins.values())

    def _take(self, archive: Archive, hand_in: HandIn, found: Collected) -> None:
        person, why = self._whose(hand_in)
        name = f"{hand_in.who}, {person.student}" if person else hand_in.who
        draft = self.drafts / f"{os.getpid()}.new"
        shutil.rmtree(draft, ignore_errors=True)
        try:
            paths = self._paths(hand_in)
            digest = self._unpack(archive, hand_in, paths, draft)
        except BadEntry as problem:
            found.refused.append(f"{name}: {problem}")
            return
        receipt = self._receipt(hand_in, person, digest)
        if person is None:
            aside = self.submitted / UNKNOWN / self.lab / f"{safe_id(hand_in.who)}-{digest[:8]}"
            _move(draft, aside, self.drafts / "aside.old")
            found.unknown.append(f"{hand_in.who}: {why} The files are in {aside}.")
            return
        if not any(path[-1].lower().endswith(".ipynb") for path in paths):
            found.notes.append(f"{name} handed in no notebook: {some_of(['/'.join(path) for path in paths])}.")
        folder = self.submitted / person.student / self.lab
        found.students.add(person.student)
        if hand_in.files[0][0].late:
            found.late.append(name)
        reason = None if self.replace else self._why_kept(folder, receipt, person.student)
        if reason == "unchanged":
            found.unchanged.append(name)
            return
        if reason:
            found.kept.append(f"{name}: {reason}")
            return
        if receipt.handed_in:
            (draft / "timestamp.txt").write_text(f"{receipt.handed_in} UTC\n", encoding="utf-8")
        _move(draft, folder, self.drafts / f"{person.student}.old")
        write_receipt(self.submitted, self.lab, person.student, receipt)
        found.taken.append(name)

    def _whose(self, hand_in: HandIn) -> tuple[Person | None, str]:
        candidates = self.people.get(hand_in.key) or self.people.get(hand_in.name_key) or []
        if len(candidates) == 1:
            return candidates[0], ""
        if candidates:
            return None, "several students of the list have this name; a grading worksheet tells them apart."
        return None, "the list of students does not have this student."

    def _paths(self, hand_in: HandIn) -> list[tuple[str, ...]]:
        """Where each file goes, as safe parts; the notebook gets the lab's name.

        Raises:
            BadEntry: an entry is hostile, or there is too much.
        """
        if hand_in.problems:
            raise BadEntry(some_of(hand_in.problems))
        if len(hand_in.files) > self.most_files:
            raise BadEntry(f"{len(hand_in.files)} files; at most {self.most_files} are taken")
        if sum(entry.size for _, entry in hand_in.files) > self.most_bytes:
            raise BadEntry(f"larger than the {self.most_bytes // 1024**2} MiB that a submission may have")
        paths = [piece.path for piece, _ in hand_in.files]
        if len({_folded(path) for path in paths}) < len(paths):
            paths = [piece.raw for piece, _ in hand_in.files]
        folded = {_folded(path) for path in paths}
        if len(folded) < len(paths):
            raise BadEntry("two files have the same name")
        if any(_folded(path[:depth]) in folded for path in paths for depth in range(1, len(path))):
            raise BadEntry("a file and a folder have the same name")
        notebooks = [path for path in paths if path[-1].lower().endswith(".ipynb")]
        named = [path for path in notebooks if _plain_stem(path) == self.lab.casefold()]
        exact = [path for path in named if path[-1] == f"{self.lab}.ipynb"]
        for choice in (exact, named, notebooks):
            if len(choice) == 1:
                target = (f"{self.lab}.ipynb",)
                if target == choice[0] or _folded(target) not in folded - {_folded(choice[0])}:
                    return [target if path == choice[0] else path for path in paths]
            if choice:
                break  # several: grading compares them with the lab and takes the best
        return paths

    def _unpack(self, archive: Archive, hand_in: HandIn, paths: list[tuple[str, ...]], draft: Path) -> str:
        """Write the files below ``draft``; return the digest over names and contents."""
        draft.mkdir(parents=True)
        digests = {}
        for path, (_, entry) in zip(paths, hand_in.files, strict=True):
            target = draft.joinpath(*path)
            target.parent.mkdir(parents=True, exist_ok=True)
            sha = hashlib.sha256()
            try:
                with target.open("xb") as file:
                    for chunk in archive.read(entry, self.most_bytes):
                        sha.update(chunk)
                        file.write(chunk)
            except BadEntry as problem:
                raise BadEntry(f"{_shown(entry.name)} {problem}") from problem
            digests["/".join(path)] = sha.hexdigest()
        return hashlib.sha256(repr(sorted(digests.items())).encode()).hexdigest()

    def _receipt(self, hand_in: HandIn, person: Person | None, digest: str) -> Receipt:
        pieces = [piece for piece, _ in hand_in.files]
        notebooks = [piece for piece in pieces if piece.path[-1].lower().endswith(".ipynb")]
        handed_in = person.handed_in if person else None
        return Receipt(
            lms=self.lms,
            label=max(notebooks or pieces, key=lambda piece: piece.serial).label,
            digest=digest,
            handed_in=f"{handed_in:{_TIME}}" if handed_in else "",
            written=max((entry.written or "" for _, entry in hand_in.files), default=""),
            serial=max(piece.serial for piece in pieces),
            late=any(piece.late for piece in pieces),
        )

    def _why_kept(self, folder: Path, receipt: Receipt, student: str) -> str | None:
        """Why what is there stays there; ``None`` when the hand-in is to be taken."""
        if not folder.exists() and not folder.is_symlink():
            return None
        before = read_receipt(self.submitted, self.lab, student)
        if before is None:
            there = read_timestamp(folder)
            before = Receipt(self.lms, "", "", handed_in=f"{there:{_TIME}}" if there else "")
        if before.digest == receipt.digest and (not receipt.handed_in or before.handed_in == receipt.handed_in):
            return "unchanged"
        newer = receipt.newer_than(before)
        if newer or (before.digest == receipt.digest and not before.handed_in):
            return None
        if newer is False:
            return "this download is older than what is there, which stays."
        return "nothing tells whether this is newer than what is there, which stays; --replace takes this one."

    def _recover(self) -> None:
        """Put back what a run that was killed had moved out of the way, and remove its drafts."""
        for old in self.drafts.glob("*.old"):
            folder = self.submitted / old.name.removesuffix(".old") / self.lab
            if old.name != "aside.old" and not folder.exists():
                folder.parent.mkdir(parents=True, exist_ok=True)
                old.rename(folder)
        for leftover in self.drafts.iterdir():
            shutil.rmtree(leftover, ignore_errors=True)


def parse_zone(name: str | None) -> datetime.tzinfo | None:
    """The time zone of that name; ``None``, this machine's, for no name.

    Raises:
        LmsError: there is no such zone.
    """
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise LmsError(f"There is no time zone {name}: give one like Europe/Kyiv or UTC.") from None


def _move(draft: Path, folder: Path, old: Path) -> None:
    """Put ``draft`` in place of ``folder``; killed in between, the next run puts the old one back."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists() or folder.is_symlink():
        folder.rename(old)
    draft.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _folded(path: tuple[str, ...]) -> str:
    return "/".join(path).casefold()


def _plain_stem(path: tuple[str, ...]) -> str:
    return _COPY.sub("", Path(path[-1]).stem).casefold()


def _shown(name: str) -> str:
    printable = "".join(character if character.isprintable() else "\ufffd" for character in name)
    return printable if len(printable) <= 80 else f"{printable[:60]}...{printable[-16:]}"
