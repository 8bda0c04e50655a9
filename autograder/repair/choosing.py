"""Which of the submitted files is the notebook, and which of the others go with it."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from autograder.model.record import EXCHANGE_FILES
from autograder.notebook.names import assigned_names
from autograder.notebook.parsed_lab import LabCell
from autograder.repair.cells import TheirCell, likeness
from autograder.repair.matching import SAME_CELL, Match, match
from autograder.repair.reading import Document, NotANotebook, clean, looks_like_a_notebook, read_notebook, without_nulls

MAX_NOTEBOOKS = 8
"""So many candidates are opened at most."""

_LIBRARIES = frozenset({"IPython", "ipywidgets", "matplotlib", "numpy", "pandas", "scipy", "sklearn"})
_IGNORED_PARTS = frozenset({".ipynb_checkpoints", "__MACOSX", ".git", "__pycache__", ".virtual_documents"})
_IGNORED_NAMES = EXCHANGE_FILES | {"Thumbs.db", "desktop.ini", ".DS_Store"}
LONG_TEXT = 200
"""A text of so many characters is an explanation rather than a heading or a note."""
MAX_OWN_TEXTS = 4
"""So many long texts of their own students write beside their answers."""
_INSTEAD = frozenset(
    {".7z", ".bz2", ".doc", ".docx", ".gz", ".htm", ".html", ".odt", ".pdf", ".py", ".rar", ".xz", ".zip"}
)
"""Endings of what students hand in instead of the notebook."""
_NAMED = 3
_HELD_ELSEWHERE = 6
"""So many labels of another lab are named at most."""


@dataclass
class Candidate:
    """A file that may be the notebook.

    Attributes:
        path: where it lies in the submitted folder.
        document: what it holds.
        match: which of its cells are ours.
        ours: number of its cells that are recognisably the lab's.
        answered: number of exercises that it answers.
    """

    path: str
    document: Document
    match: Match = field(default_factory=Match)
    ours: int = 0
    answered: int = 0

    @property
    def cells(self) -> list[TheirCell]:
        """The student's cells."""
        return self.document.cells

    def unread(self, template: Sequence[LabCell]) -> str:
        """The answers whose text could not be read, one sentence each: an answer that nobody saw is no 0."""
        sentences = []
        for our in template:
            cells = [self.match.theirs.get(our.position), *self.match.copies.get(our.position, [])]
            reasons = [cell.unreadable for cell in cells if cell is not None and cell.unreadable]
            if reasons and our.role in ("answer", "written"):
                sentences.append(f"The cell for {our.label} {reasons[0]}.")
        return " ".join(sentences)


@dataclass
class NotebookChoice:
    """The notebook, or why there is none."""

    notebook: Candidate | None = None
    problem: str | None = None
    notes: list[str] = field(default_factory=list)


def choose(
    files: Mapping[str, bytes], lab: str, template: Sequence[LabCell], built_from: str, picture_bytes: int
) -> NotebookChoice:
    """Find the notebook of ``lab``, which was built from ``built_from`` (empty: nobody says), among the files.

    The one that answers most exercises is taken; among equals the one that has the lab's name, and after that the one
    with the shortest name (so the original rather than "(1)").
    """
    if not files:
        return NotebookChoice(problem=f"Nothing was handed in for {lab}: the folder is empty.")
    wanted = f"{lab}.ipynb"
    paths = _candidates(files, wanted, template)
    readable, reasons = [], []
    for path in paths[:MAX_NOTEBOOKS]:
        try:
            document = read_notebook(files[path], picture_bytes)
        except NotANotebook as reason:
            if not _is_named(path) and len(paths) > 1:
                continue  # data of the student's that lies beside the notebook
            reasons.append(f"{path} {reason}.")
            continue
        readable.append(_weigh(Candidate(path, document), template))
    fitting = [c for c in readable if _belongs(c, wanted, template, built_from, alone=len(paths) == 1)]
    if not fitting:
        return NotebookChoice(problem=_why_none(files, lab, readable, reasons, template, built_from))
    best = min(fitting, key=lambda c: (-c.answered, c.path != wanted, _distance(c.path, wanted), len(c.path), c.path))
    if reasons and not best.answered:  # the work may be in what could not be read
        return NotebookChoice(problem=" ".join([*reasons, f"{best.path} can be read and holds no answer."]))
    notes = []
    if best.path != wanted:
        notes.append(f"The notebook was handed in as {best.path}.")
    if len(fitting) > 1:
        others = ", ".join(f"{c.path} ({c.answered})" for c in fitting if c is not best)
        notes.append(
            f"There are {len(fitting)} copies of the notebook: {best.path} was graded, which answers {best.answered} "
            f"exercises; the others answer no more: {others}."
        )
    if reasons:
        notes.append("Not used: " + " ".join(reasons))
    return NotebookChoice(notebook=best, notes=notes + best.document.notes)


def companions(files: Mapping[str, bytes], notebook: str) -> tuple[dict[str, bytes], list[str]]:
    """The files that the student's code may read, as seen from the notebook's folder.

    Returns:
        relative path -> content, and one sentence for what was left out. A module that has the name of a library
        would be imported in its place and is left out.
    """
    folder = PurePosixPath(notebook).parent
    kept: dict[str, bytes] = {}
    hiding = []
    for path, content in sorted(files.items(), key=lambda item: item[0].startswith(f"{folder}/")):
        place = PurePosixPath(path)
        if _is_noise(place) or place.suffix.lower() == ".ipynb" or path == notebook or not _is_safe(path):
            continue
        if place.is_relative_to(folder):
            place = place.relative_to(folder)
        top = place.parts[0].split(".")[0]
        if (len(place.parts) > 1 or place.suffix == ".py") and (top in _LIBRARIES or top in sys.stdlib_module_names):
            hiding.append(path)
            continue
        kept[str(place)] = content
    notes = (
        [f"Files with the name of a library were left out, they would hide it: {', '.join(hiding)}."] if hiding else []
    )
    return kept, notes


def _candidates(files: Mapping[str, bytes], wanted: str, template: Sequence[LabCell]) -> list[str]:
    """Paths of what may be notebooks, by name or by content (browsers save them as .txt or .json), likeliest first."""
    usable = [path for path in files if not _is_noise(PurePosixPath(path))]
    found = [path for path in usable if _is_named(path) or looks_like_a_notebook(files[path])]
    asked = {our.exercise for our in template if our.role == "answer"} | {n for our in template for n in our.names}
    words = re.compile(rb"\b(?:" + b"|".join(re.escape(word.encode()) for word in sorted(asked)) + rb")\b")

    def rank(path: str) -> tuple[bool, bool, int, int, str]:
        foreign = not words.search(without_nulls(files[path]))
        return path != wanted, foreign, _distance(path, wanted), len(path), path

    return sorted(found, key=rank)


def _is_named(path: str) -> bool:
    return path.lower().endswith(".ipynb")


def _distance(path: str, wanted: str) -> int:
    """0: the lab's name but for case, folder, unicode form; 1: its name with something before or after; 2: another."""
    name, plain = _plain_name(PurePosixPath(path).name), _plain_name(wanted)
    return 0 if name == plain else 1 if plain.removesuffix(".ipynb") in name else 2


def _plain_name(name: str) -> str:
    return re.sub(r"[\s_-]+", "_", unicodedata.normalize("NFKC", name).casefold().strip())


def _weigh(candidate: Candidate, template: Sequence[LabCell]) -> Candidate:
    candidate.match = match(template, candidate.cells)
    for our in template:
        cell = candidate.match.theirs.get(our.position)
        if cell is None:
            continue
        labelled = bool(our.grade_id) and cell.grade_id == our.grade_id
        same = our.role != "prose" and likeness(our.released, cell.text) >= SAME_CELL
        candidate.ours += labelled or same
        if our.role in ("answer", "written"):
            candidate.answered += not our.untouched(cell.text)
    return candidate


def _belongs(candidate: Candidate, wanted: str, template: Sequence[LabCell], built_from: str, *, alone: bool) -> bool:
    """Whether this is the lab's notebook, by what it holds rather than by its name."""
    labels = {our.grade_id for our in template if our.role in ("answer", "written", "test")}
    kept = len(labels & {cell.grade_id for cell in candidate.cells})
    if kept and 2 * kept >= len(labels):
        return True  # whatever else was pasted into it
    if not kept and _is_another_labs(candidate, built_from):
        return False
    foreign = len(_foreign_labels(candidate, template))
    if not foreign and _binds_most(candidate, template):
        return True  # perhaps typed anew, with explanations
    foreign += _foreign_prose(candidate)
    if candidate.ours or foreign:
        return candidate.ours > foreign
    if candidate.path == wanted or (alone and _distance(candidate.path, wanted) < 2):
        return True  # without any label, perhaps empty: the name is all there is to go by
    names = frozenset().union(*(our.names for our in template))
    return any(names & assigned_names(cell.text) for cell in candidate.cells if cell.kind == "code")


def _is_another_labs(candidate: Candidate, built_from: str) -> bool:
    said = candidate.document.built_from
    return bool(said and built_from) and said != built_from


def _binds_most(candidate: Candidate, template: Sequence[LabCell]) -> bool:
    """Whether its code binds the names of more than half of the exercises."""
    wanted = [our.names for our in template if our.names]
    bound = frozenset[str]().union(*(assigned_names(cell.text) for cell in candidate.cells if cell.kind == "code"))
    return 2 * sum(names <= bound for names in wanted) > len(wanted)


def _foreign_prose(candidate: Candidate) -> int:
    """Number of long texts that are not the lab's, if they are more than a student writes into a notebook."""
    taken = candidate.match.taken()
    texts = [cell for cell in candidate.cells if cell.kind != "code" and len(cell.text) > LONG_TEXT]
    strange = sum(cell.position not in taken for cell in texts)
    return strange if strange > MAX_OWN_TEXTS else 0


def _foreign_labels(candidate: Candidate, template: Sequence[LabCell]) -> list[str]:
    known = {our.grade_id for our in template}
    labels = (cell.grade_id for cell in candidate.cells)
    return list(dict.fromkeys(label for label in labels if label and label not in known))


def _why_none(
    files: Mapping[str, bytes],
    lab: str,
    readable: list[Candidate],
    reasons: list[str],
    template: Sequence[LabCell],
    built_from: str,
) -> str:
    sentences = list(reasons)
    for candidate in readable:
        labels = [clean(label)[:40] for label in _foreign_labels(candidate, template)]
        holds = f" (its cells are {', '.join(labels[:_HELD_ELSEWHERE])})" if labels else ""
        what = "another notebook"
        if _is_another_labs(candidate, built_from):
            what = f"{PurePosixPath(candidate.document.built_from).stem[:80]}.ipynb, another lab's notebook"
        sentences.append(f"{candidate.path} is {what}, not {lab}{holds}: hand in {lab}.ipynb.")
    if not sentences:
        names = sorted(path for path in files if not _is_noise(PurePosixPath(path)))
        shown = ", ".join(names[:5]) + (", ..." if len(names) > 5 else "") or "none that a student made"
        sentences.append(f"There is no notebook among the files handed in ({shown}): {lab}.ipynb is missing.")
        packed = [path for path in names if PurePosixPath(path).suffix.lower() in _INSTEAD]
        sentences += [f"{path} {_why_unread(files[path])}." for path in packed[:_NAMED]]
    return " ".join(sentences)


def _why_unread(data: bytes) -> str:
    """Why a file is no notebook, to complete the sentence "<file> ..."."""
    try:
        read_notebook(data, 0)
    except NotANotebook as reason:
        return str(reason)
    return "is a notebook under another ending"


def _is_noise(path: PurePosixPath) -> bool:
    return bool(_IGNORED_PARTS & set(path.parts)) or path.name in _IGNORED_NAMES or path.name.startswith("._")


def _is_safe(path: str) -> bool:
    place = PurePosixPath(path)
    return bool(place.parts) and not place.is_absolute() and ".." not in place.parts and "\0" not in path
