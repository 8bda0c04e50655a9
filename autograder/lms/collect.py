"""A bulk download of an LMS -> ``submitted/<student>/<lab>/``.

A submission is taken completely or not at all: it is unpacked next to the students' folders, within bounds, and moved
into place when all of it is there. An older version never replaces a newer one. Every submission is reported: taken,
unchanged, kept as it was, refused, or put aside because the list of students does not contain its student.
"""

from __future__ import annotations

import contextlib
import datetime
import fcntl
import hashlib
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from autograder.course.receipts import Receipt, read_receipt, write_receipt
from autograder.course.submissions import DRAFTS, UNKNOWN, some_of
from autograder.course.timestamps import handed_in, stamp
from autograder.lms.archive import Archive, BadEntry, Entry
from autograder.lms.owners import OwnerFinder, Owners
from autograder.lms.people import Person, letters_of, safe_id
from autograder.lms.system import Lms
from autograder.lms.systems import packed_by_another
from autograder.lms.target_paths import RelativePath, is_notebook, target_paths
from autograder.lms.uploads import Upload
from autograder.model.errors import LmsError
from autograder.model.limits import Limits
from autograder.model.record import EXCHANGE_FILES, TIMESTAMP

_TIME = "%Y-%m-%d %H:%M:%S"


@dataclass
class StudentUploads:
    """All files of one student in the archive."""

    who: str
    key: str
    name: str
    files: list[tuple[Upload, Entry]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


@dataclass
class Collected:
    """The outcome of a collecting run, as names and sentences to be shown to people.

    Attributes:
        taken: submissions that are new or newer.
        unchanged: submissions that were collected before.
        kept: submissions that did not replace what was there, and why.
        refused: submissions and files that are not taken, and why.
        unknown: submissions of students who are not in the list, and where their files are.
        notes: other remarks.
        late: submissions that the LMS marked as late.
        students: ids of the students of the list who submitted something.
        untimed: submissions whose time the list has and nobody can read, with the time.
        not_submitted: what the list of students calls a draft.
    """

    taken: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    students: set[str] = field(default_factory=set)
    untimed: list[str] = field(default_factory=list)
    not_submitted: list[str] = field(default_factory=list)


class SubmissionCollector:
    """Collects one lab's submissions into one ``submitted`` folder.

    Args:
        submitted: the folder.
        lab: name of the assignment.
        notebooks: names of its notebooks, without ending.
        lms: the LMS that packed the download.
        owners: tells whose a submission is.
        limits: ``submission_bytes`` and ``submission_files`` apply.
        replace: also replace what may be newer.
    """

    def __init__(
        self,
        submitted: Path,
        lab: str,
        notebooks: Sequence[str],
        lms: Lms,
        owners: OwnerFinder,
        limits: Limits,
        *,
        replace: bool = False,
    ) -> None:
        self.submitted, self.lab, self.lms, self.replace = submitted, lab, lms, replace
        self.owners, self.notebooks = owners, notebooks
        self.max_bytes, self.max_files = limits.submission_bytes, limits.submission_files
        self.drafts = submitted / DRAFTS / lab

    def collect(self, archive: Archive) -> Collected:
        """Take every submission of the archive.

        Raises:
            LmsError: the archive holds no submission, another run collects the same lab, or the disk cannot be written.
        """
        collected = Collected()
        submissions = self._group(archive, collected)
        if not submissions:
            raise LmsError(f"{archive.path} holds {self._instead(archive, collected)}")
        try:
            with self._lock():
                self._recover()
                try:
                    for uploads in submissions:
                        self._take(archive, uploads, collected)
                finally:
                    self._recover()
        except OSError as error:
            raise LmsError(
                f"{error.filename or self.submitted} cannot be written ({error.strerror}). What was collected is "
                "whole: fix this and run the same command again."
            ) from error
        return collected

    def _instead(self, archive: Archive, collected: Collected) -> str:
        """What an archive without any hand-in holds, and what to do."""
        names = [entry.name for entry in archive.entries()]
        if len(names) == 1 and names[0].lower().endswith(".zip"):
            return f"another archive, {_printable(names[0])}: unpack that one and name it instead."
        if collected.notes and not collected.refused:
            return f"no uploaded file. {' '.join(collected.notes)}"
        if other := packed_by_another(names, self.lms):
            return other
        first = f" ({collected.refused[0]})" if collected.refused else ""
        return (
            f"no hand-in that {self.lms.title} would have packed{first}: download all submissions of the assignment "
            "as a zip, and check --lms."
        )

    @contextlib.contextmanager
    def _lock(self) -> Iterator[None]:
        """Exclude other collecting runs of this lab; the kernel drops the lock when this process ends, however."""
        self.drafts.mkdir(parents=True, exist_ok=True)
        with (self.drafts.parent / f"{self.lab}.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise LmsError(f"{self.lab} is being collected by another run: wait until it has ended.") from None
            yield

    def _group(self, archive: Archive, collected: Collected) -> list[StudentUploads]:
        """Group the archive's entries by student."""
        submissions: dict[tuple[str, str], StudentUploads] = {}
        foreign, extras = [], 0
        entries = archive.entries()
        above = self._folders_above(entries)
        for entry in entries:
            parts = _parts(entry)[above:] or _parts(entry)
            upload = self.lms.parse_upload(parts)
            if upload is None:
                if entry.problem:
                    collected.refused.append(f"{_printable(entry.name)} {entry.problem}")
                elif self.lms.is_extra(parts):
                    extras += 1
                else:
                    foreign.append(_printable(entry.name))
                continue
            # A group's number may be that of a student, too: only the names tell them apart.
            uploads = submissions.setdefault(
                (upload.key, letters_of(upload.name)), StudentUploads(upload.who, upload.key, upload.name)
            )
            if entry.problem:
                uploads.problems.append(f"{_printable(entry.name)} {entry.problem}")
            uploads.files.append((upload, entry))
        if extras:
            collected.notes.append(f"Left out, since they are no uploads (typed texts, links, comments): {extras}.")
        if foreign:
            collected.refused.append(
                f"{some_of(foreign)}: {self.lms.title} does not name files like this, so no student can be found"
            )
        return list(submissions.values())

    def _folders_above(self, entries: list[Entry]) -> int:
        """How many folders, common to all files, a program that packed the archive again has put above the LMS's."""
        paths = [_parts(entry) for entry in entries]
        if not paths or any(map(self.lms.parse_upload, paths)):
            return 0
        shortest = min(paths, key=len)
        for depth in range(1, len(shortest)):
            if any(path[:depth] != shortest[:depth] for path in paths):
                return 0
            if any(self.lms.parse_upload(path[depth:]) for path in paths):
                return depth
        return 0

    def _take(self, archive: Archive, uploads: StudentUploads, collected: Collected) -> None:
        owners = self.owners.find(uploads.key, uploads.name)
        if not owners.people and uploads.files[0][0].test_student:
            collected.notes.append(f"Left out: what {self.lms.title}'s test student handed in.")
            return
        if owners.note:
            collected.notes.append(owners.note)
        for person in owners.people or (None,):
            if not self._take_for(person, owners, archive, uploads, collected):
                return

    def _take_for(
        self, person: Person | None, owners: Owners, archive: Archive, uploads: StudentUploads, collected: Collected
    ) -> bool:
        """Unpack a submission for one of its owners; False if it is refused."""
        name = f"{uploads.who}, {person.student}" if person else uploads.who
        draft = self.drafts / f"{os.getpid()}.new"
        shutil.rmtree(draft, ignore_errors=True)
        left_out = self._leave_out(uploads)
        try:
            self._check_size(uploads)
            paths = target_paths([upload for upload, _ in uploads.files], self.notebooks)
            digest = self._unpack(archive, uploads, paths, draft)
        except BadEntry as problem:
            collected.refused.append(f"{name}: {problem}")
            return False
        if left_out:
            collected.notes.append(f"{name}: left out {some_of(left_out)}, which nbgrader would take for its own.")
        if shortened := [entry.parts[-1] for _, entry in uploads.files if entry.shortened]:
            collected.notes.append(f"{name}: a name that is too long was shortened to {some_of(shortened)}.")
        if person is None:
            aside = self.submitted / UNKNOWN / self.lab / f"{safe_id(uploads.who)}-{digest[:8]}"
            _move(draft, aside, self.drafts / "aside.old")
            collected.unknown.append(f"{uploads.who}: {owners.why} The files are in {aside}.")
            return True
        if not any(map(is_notebook, paths)):
            collected.notes.append(f"{name} handed in no .ipynb file: {some_of(['/'.join(path) for path in paths])}.")
        collected.students.add(person.student)
        if person.unread_time:
            collected.untimed.append(f"{name} ({_printable(person.unread_time)})")
        if person.draft:
            collected.not_submitted.append(name)
        if uploads.files[0][0].late:
            collected.late.append(name)
        receipt = self._receipt(uploads, person, digest, shared=len(owners.people) > 1)
        self._place(draft, person.student, receipt, name, collected)
        return True

    def _place(self, draft: Path, student: str, receipt: Receipt, name: str, collected: Collected) -> None:
        """Move an unpacked submission into place, unless what is there is the same or may be newer."""
        home = self.submitted / student
        if home.is_symlink() or (home.exists() and not home.is_dir()):  # whoever it leads to keeps what is there
            collected.refused.append(f"{name}: {home} is {'a link' if home.is_symlink() else 'a file'}: remove it.")
            return
        folder = self.submitted / student / self.lab
        reason = None if self.replace else self._why_kept(folder, receipt, student)
        if reason == "unchanged":
            collected.unchanged.append(name)
            return
        if reason:
            collected.kept.append(f"{name}: {reason}")
            return
        if receipt.handed_in:
            (draft / TIMESTAMP).write_text(stamp(datetime.datetime.fromisoformat(receipt.handed_in)), encoding="utf-8")
        _move(draft, folder, self.drafts / f"{student}.old")
        write_receipt(self.submitted, self.lab, student, receipt)
        collected.taken.append(name)

    def _leave_out(self, uploads: StudentUploads) -> list[str]:
        """Drop files with names by which nbgrader would take them for its own, such as a time of hand-in."""
        ours = [upload for upload, _ in uploads.files if "/".join(upload.path).casefold() in EXCHANGE_FILES]
        uploads.files = [(upload, entry) for upload, entry in uploads.files if upload not in ours]
        return ["/".join(upload.path) for upload in ours]

    def _check_size(self, uploads: StudentUploads) -> None:
        """Raise `BadEntry` for an unsafe entry, too many files or too many bytes."""
        if uploads.problems:
            raise BadEntry(some_of(uploads.problems))
        if not uploads.files:
            raise BadEntry("nothing was handed in but files with names of nbgrader's own")
        if len(uploads.files) > self.max_files:
            raise BadEntry(f"{len(uploads.files)} files; at most {self.max_files} are taken")
        if sum(entry.size for _, entry in uploads.files) > self.max_bytes:
            raise BadEntry(f"larger than the {self.max_bytes // 1024**2} MiB that a submission may have")

    def _unpack(self, archive: Archive, uploads: StudentUploads, paths: list[RelativePath], draft: Path) -> str:
        """Write the files below ``draft``; return the SHA-256 over names and contents."""
        draft.mkdir(parents=True)
        digests = {}
        for path, (_, entry) in zip(paths, uploads.files, strict=True):
            target = draft.joinpath(*path)
            target.parent.mkdir(parents=True, exist_ok=True)
            sha = hashlib.sha256()
            try:
                with target.open("xb") as file:
                    for chunk in archive.read(entry, self.max_bytes):
                        sha.update(chunk)
                        file.write(chunk)
            except BadEntry as problem:
                raise BadEntry(f"{_printable(entry.name)} {problem}") from problem
            digests["/".join(path)] = sha.hexdigest()
        return hashlib.sha256(repr(sorted(digests.items())).encode()).hexdigest()

    def _receipt(self, student_uploads: StudentUploads, person: Person, digest: str, *, shared: bool) -> Receipt:
        uploads = [upload for upload, _ in student_uploads.files]
        notebooks = [upload for upload in uploads if is_notebook(upload.path)]
        return Receipt(
            lms=self.lms.name,
            label=self.lms.label_of(person) if shared else max(notebooks or uploads, key=_serial).label,
            digest=digest,
            handed_in=f"{person.handed_in:{_TIME}}" if person.handed_in else "",
            written=max((entry.written or "" for _, entry in student_uploads.files), default=""),
            serial=max(upload.serial for upload in uploads),
            late=any(upload.late for upload in uploads),
        )

    def _why_kept(self, folder: Path, receipt: Receipt, student: str) -> str | None:
        """Why the existing folder is not replaced; ``None`` if it is to be replaced."""
        if not folder.exists() and not folder.is_symlink():
            return None
        before = read_receipt(self.submitted, self.lab, student)
        if before is None:
            timestamp = handed_in(folder).time
            before = Receipt(self.lms.name, "", "", handed_in=f"{timestamp:{_TIME}}" if timestamp else "")
        if before.digest == receipt.digest and (not receipt.handed_in or before.handed_in == receipt.handed_in):
            if before.late != receipt.late:  # the due date moved in the LMS
                write_receipt(self.submitted, self.lab, student, replace(before, late=receipt.late))
            return "unchanged"
        newer = receipt.newer_than(before)
        if newer or (before.digest == receipt.digest and not before.handed_in):
            return None
        if newer is False:
            return "this download is older than what is there, which stays."
        return "nothing tells whether this is newer than what is there, which stays; --replace takes this one."

    def _recover(self) -> None:
        """Restore folders that a killed run had moved away, and remove its drafts."""
        for old in self.drafts.glob("*.old"):
            folder = self.submitted / old.name.removesuffix(".old") / self.lab
            if old.name != "aside.old" and not folder.exists():
                folder.parent.mkdir(parents=True, exist_ok=True)
                old.rename(folder)
        for leftover in self.drafts.iterdir():
            shutil.rmtree(leftover, ignore_errors=True)


def _serial(upload: Upload) -> int:
    return upload.serial


def _move(draft: Path, folder: Path, old: Path) -> None:
    """Replace ``folder`` by ``draft``; after a kill in between, the next run restores ``folder`` from ``old``."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists() or folder.is_symlink():
        folder.rename(old)
    draft.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _parts(entry: Entry) -> RelativePath:
    """The parts of an entry's name; those of an unsafe name may still identify the student, and do nothing else."""
    return entry.parts or tuple(part for part in re.split(r"[/\\]", entry.name) if part) or (entry.name,)


def _printable(name: str) -> str:
    printable = "".join(character if character.isprintable() else "\ufffd" for character in name)
    return printable if len(printable) <= 80 else f"{printable[:60]}...{printable[-16:]}"
