"""The repaired notebook: our cells in our order, the student's answers in them, the student's own cells beside them."""

from __future__ import annotations

import copy
import textwrap
from collections import defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

from autograder.notebook.names import assigned_names
from autograder.notebook.parsed_lab import LabCell
from autograder.repair.cells import STUDENTS_ROLES, TheirCell, fenced, plain_lines, unfenced
from autograder.repair.matching import Match
from autograder.repair.stray_text import does_something, is_prose

MAX_COMPARED_LINES = 2000

Cell = dict[str, Any]


class Rebuilder:
    """Puts one notebook together.

    Attributes:
        notes: what was mended, one sentence each, filled by `cells`.
    """

    def __init__(self, ours: Sequence[LabCell], theirs: Sequence[TheirCell], match: Match) -> None:
        self.ours = ours
        self.theirs = theirs
        self.match = match
        self.notes: list[str] = []
        self._before: dict[int, list[Cell]] = defaultdict(list)
        self._after: dict[int, list[Cell]] = defaultdict(list)
        self._extras = 0
        self._edited: list[LabCell] = []
        self._retyped: list[LabCell] = []

    def cells(self) -> list[Cell]:
        """The cells of the repaired notebook, nbformat 4.5, each with its role in ``metadata.autograder``."""
        self._place_extras()
        mine = {our.position: self._ours(our) for our in self.ours}  # first: this adds to before and after
        cells = list(self._after[-1])
        for our in self.ours:
            cells += [*self._before[our.position], mine[our.position], *self._after[our.position]]
        self._describe()
        return cells

    def _place_extras(self) -> None:
        """The student's own cells stay behind the cell of ours that they follow.

        Those right before an answer that goes back to its place go with it: they may well be what it needs.
        """
        ours_at = {cell.position: self.ours[position] for position, cell in self.match.theirs.items()}
        moved = {our.position for our in self.match.moved if our.role in STUDENTS_ROLES}
        noise = {our.released.strip() for our in self.ours if our.role in ("answer", "written", "prose")} | {""}
        merged = {
            cell.position
            for our in self.ours
            if our.role == "written"
            for cell in self.match.copies.get(our.position, [])
        }
        anchor, waiting = -1, list[Cell]()
        for cell in self.theirs:
            our = ours_at.get(cell.position)
            if our is not None:
                place = self._before[our.position] if our.position in moved else self._after[anchor]
                place += waiting
                anchor, waiting = our.position, []
            elif cell.text.strip() not in noise and cell.position not in merged:
                waiting.append(self._extra(cell.kind, cell.text, cell.attachments))
        self._after[anchor] += waiting

    def _extra(self, kind: str, text: str, attachments: dict[str, dict[str, str]] | None = None) -> Cell:
        self._extras += 1
        cell: Cell = {
            "cell_type": kind,
            "id": f"extra-{self._extras}",
            "metadata": {"autograder": {"role": "extra"}},
            "source": text,
        }
        if attachments:
            cell["attachments"] = attachments
        return cell | ({"outputs": [], "execution_count": None} if kind == "code" else {})

    def _ours(self, our: LabCell) -> Cell:
        cell = copy.deepcopy(our.cell)
        cell["source"] = our.text
        metadata = cell.setdefault("metadata", {})
        metadata["autograder"] = {**metadata.get("autograder", {}), "role": our.role}
        if our.exercise:
            metadata["autograder"]["exercise"] = our.exercise
        if our.role == "test":
            metadata["autograder"]["points"] = float(metadata["nbgrader"]["points"])
        if our.kind == "code":
            cell |= {"outputs": [], "execution_count": None}
        theirs = self.match.theirs.get(our.position)
        if theirs is not None and our.role in STUDENTS_ROLES:
            if our in self.match.recognised and not our.untouched(theirs.text):
                metadata["autograder"]["recognised"] = True
            self._fill(cell, our, theirs)
        elif theirs is not None:
            self._keep_additions(our, theirs)
        return cell

    def _fill(self, cell: Cell, our: LabCell, theirs: TheirCell) -> None:
        """Put the student's text into a cell of ours."""
        text = theirs.text
        if our.kind == "code" and theirs.kind != "code":
            text = theirs.code
            if fenced(theirs.text) and unfenced(theirs.text):
                self._before[our.position].append(self._extra("markdown", unfenced(theirs.text)))
        if theirs.kind != our.kind:
            self._retyped.append(our)
        if our.role == "written":
            parts = [theirs, *self.match.copies.get(our.position, [])]
            parts.sort(key=lambda part: part.position)
            texts = dict.fromkeys(part.text for part in parts if not our.untouched(part.text))
            text = "\n\n".join(texts) or text
            attachments = {name: bundle for part in parts for name, bundle in part.attachments.items()}
            if attachments:
                cell["attachments"] = attachments
        cell["source"] = our.original if our.original and text.strip() == our.released.strip() else text

    def _keep_additions(self, our: LabCell, theirs: TheirCell) -> None:
        """Edits to cells that are always ours are set aside; lines that were added go into a cell of their own."""
        if our.role == "prose":
            stubs = {stub.released.strip() for stub in self.ours if stub.role in ("answer", "written")}
            lines = _added_lines(our.released, theirs.text, replaced=True).split("\n")
            added = "\n".join(line for line in lines if line.strip() not in stubs)
            if added.strip():
                self._after[our.position].insert(0, self._extra("markdown", added, theirs.attachments))
                if self._answers(fenced(added)):
                    self._after[our.position].insert(0, self._extra("code", fenced(added)))
            return
        if plain_lines(our.released) == plain_lines(theirs.text):
            return
        self._edited.append(our)
        added = textwrap.dedent(_added_lines(our.released, theirs.text, replaced=False))
        kind = "code" if does_something(added) else "markdown" if is_prose(added) else ""
        if kind:
            place = self._before[our.position] if our.role == "test" else self._after[our.position]
            place.insert(len(place) if our.role == "test" else 0, self._extra(kind, added))

    def _answers(self, code: str) -> bool:
        """Whether code answers an exercise whose own cell does not."""
        names = assigned_names(code)
        for our in self.ours:
            theirs = self.match.theirs.get(our.position)
            if our.names and our.names <= names and (theirs is None or our.untouched(theirs.text)):
                return True
        return False

    def _describe(self) -> None:
        match = self.match
        missing = [our for our in self.ours if our.grade_id and our.position not in match.theirs]
        copied = [our for our in self.ours if match.copies.get(our.position)]
        sentences = (
            (missing, "Cells that were missing are back, empty where they are for answers: {}."),
            (match.recognised, "Answers that stood in cells without a label were recognised: {}."),
            ([our for our in match.moved if our.grade_id], "Cells that had been moved went back to their place: {}."),
            (copied, "There are several cells with one label; all of them count, in their order: {}."),
            (self._retyped, "Cells that had been turned into another type got theirs back: {}."),
            (self._edited, "Changes to cells that are not for answers were set aside: {}."),
        )
        self.notes += [text.format(", ".join(our.label for our in found)) for found, text in sentences if found]


def _added_lines(ours: str, theirs: str, *, replaced: bool) -> str:
    """Lines that the student put in. Of those in the place of ours all with ``replaced``, else imports only."""
    before, after = plain_lines(ours), plain_lines(theirs)
    if len(after) > MAX_COMPARED_LINES:
        return ""
    added = []
    for kind, _, _, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind in ("insert", "replace"):
            everything = replaced or kind == "insert"
            added += [line for line in after[start:end] if everything or line.startswith(("import ", "from "))]
    return "\n".join(added)
