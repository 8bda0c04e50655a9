"""Seals the catalogue for the students' notebooks: what recognises a mistake is published, no sentence is readable.

Each known answer of an exercise is run on inputs, the probes. From what it returns, rounded, a key is derived that
opens a box with the number and the key of its sentence; see `check/sealed.py`, which opens them. Probes are drawn until
no output of the right answer, nor of a written mistake, lies near the edge between two rounded values, so that single
precision and other platforms give the same keys. Outputs of generated mistakes that lie near one get a box for
either side.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from check import sealed
from coursebuild.catalogue import Known, Workbook, calm, checked_names, copied
from coursebuild.parse import AuthoredLab, Role
from coursebuild.source import module_of

MARGIN = 0.01  # of the distance between two rounded values: closer to an edge is near
SAFE = 0.06  # the same for right answers, which may be computed less exactly
TRIES = 600  # draws of probes, of which
WEIGHED = 6  # are tried on all written mistakes
ENDLESS = "endless"
NAME = re.compile(r"[A-Za-z_][\w.]*")
BYTES_OF_PHRASE = 12  # after packing, or so
LONGEST = 255  # bytes of a sentence that is made short
ALIKE = 10  # numbers near an edge, to which two written mistakes are equal that probes do not tell apart
MOST_BYTES, MOST_OF_LAB = 14_000, 52_000  # of one exercise, of a lab: then no generated mistakes are added
SEVERAL_TESTS = 1.5  # times the share of an exercise that has several tests


@dataclass(frozen=True)
class Probes:
    """Inputs for an exercise.

    Attributes:
        fixed: draws argument lists for which every right answer returns the same; None if the answer is no function.
        drawn: the same where results depend on random draws, so that only mistakes that draw alike are recognised.
        results: how many results a call returns; 0 if it is one.
        parts: for each result the part of the exercise with its test; empty if one test looks at all of them.
        agree: whether the check says if the answer agrees with the right one on the fixed probes.
        through: a function of the check's module for answers that take, return or make objects: called with the answer
            and a probe, it uses the answer and returns plain data. "" if the answer is called itself.
    """

    fixed: Any = None
    drawn: Any = None
    results: int = 0
    parts: tuple[str, ...] = ()
    agree: bool = True
    through: str = ""


@dataclass
class _Boxes:
    """Boxes and sentences while they are collected; the first one with a key wins."""

    exercise: str
    most_bytes: float = MOST_BYTES
    phrases: list[str] = field(default_factory=list)  # of the lab
    sentences: list[str] = field(default_factory=list)
    entries: dict[bytes, bytes] = field(default_factory=dict)
    seen: set[tuple[str, str]] = field(default_factory=set)
    said: dict[bytes, bytes] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    text_bytes: int = 0

    def add(self, view: str, output: str, answer: Known) -> None:
        """Add a box, unless this output has one already or there are enough of generated mistakes."""
        if (view, output) in self.seen or (self.is_full and not answer.written):
            return
        self.seen.add((view, output))
        key = sealed.derived(self.exercise, view, output)
        for sentence in answer.sentences or ("",):
            content = None if answer.written else self._in_phrases(sentence)
            if content is not None:
                self.said.setdefault(key[: sealed.ID], sealed.mixed(key, content))
            else:
                self.entries.setdefault(key[: sealed.ID], sealed.mixed(key, self._content(sentence)))
            key = sealed.following(key)

    def _content(self, sentence: str) -> bytes:
        """Which sentence, and its key; the mark of the right answer for none."""
        if not sentence:
            return bytes([sealed.RIGHT]) + bytes(sealed.KEY)
        if sentence not in self.sentences:
            if len(self.sentences) == sealed.RIGHT:
                raise ValueError(
                    f"{self.exercise} has more than {sealed.RIGHT} sentences: write fewer mistakes for it."
                )
            self.sentences.append(sentence)
            self.text_bytes += 1 + len(sealed.shortened(sentence))
        return bytes([self.sentences.index(sentence)]) + _sentence_key(sentence)

    def _in_phrases(self, sentence: str) -> bytes | None:
        """Which phrase, and which names in it; None if it has too many, or others than names."""
        names = re.findall(r"`([^`]*)`", sentence)
        phrase = re.sub(r"`[^`]*`", sealed.GAP, sentence)
        every = list(dict.fromkeys([*self.names, *names]))
        fits = len(names) <= sealed.MOST_IN_PHRASE and len(every) <= sealed.MOST_NAMES
        if not fits or not all(map(NAME.fullmatch, names)) or phrase.count(sealed.GAP) != len(names):
            return None
        self.names = every
        if phrase not in self.phrases:
            self.phrases.append(phrase)
            self.text_bytes += BYTES_OF_PHRASE
        numbers = [*(every.index(name) for name in names), *[sealed.NO_NAME] * sealed.MOST_IN_PHRASE]
        halves = numbers[: sealed.MOST_IN_PHRASE]
        pairs = [16 * halves[i] + halves[i + 1] for i in range(0, sealed.MOST_IN_PHRASE, 2)]
        return self.phrases.index(phrase).to_bytes(2, "big") + bytes(pairs)

    @property
    def is_full(self) -> bool:
        """Whether there is no room for generated mistakes."""
        size = sealed.BOX * len(self.entries) + sealed.SAID * len(self.said) + self.text_bytes
        return 1.25 * size >= self.most_bytes  # five letters for four bytes

    def data(self) -> dict[str, Any]:
        """As it is published; in an order that tells nothing."""
        flat, said = (b"".join(name + box for name, box in sorted(of.items())) for of in (self.entries, self.said))
        texts = [sealed.mixed(_sentence_key(text), sealed.shortened(text)) for text in self.sentences]
        for text, packed in zip(self.sentences, texts, strict=True):
            if len(packed) > LONGEST:
                raise ValueError(f"This sentence about {self.exercise} is too long: shorten it. {text}")
        lengthened = b"".join(bytes([len(text)]) + text for text in texts)
        made = {"boxes": base64.b85encode(flat).decode(), "sentences": base64.b85encode(lengthened).decode()}
        return made | ({"said": base64.b85encode(said).decode(), "names": self.names} if said else {})


def seal(lab: AuthoredLab, workbook: Workbook, probes: dict[str, Probes]) -> tuple[dict[str, Any], str]:
    """The sealed data of each exercise of a lab that has probes, and the phrases that they share."""
    data: dict[str, Any] = {}
    tests = {cell.name: cell for cell in lab.of(Role.TEST)}
    weights = {
        exercise: SEVERAL_TESTS if probes[exercise].parts else 1.0
        for exercise in workbook.answers
        if exercise in probes
    }
    left, phrases = float(MOST_OF_LAB), list[str]()
    with calm():
        for exercise, weight in weights.items():
            most = weight * min(MOST_BYTES, left / sum(list(weights.values())[len(data) :]))
            boxes = _Boxes(exercise, most, phrases)
            data[exercise] = _sealed(boxes, checked_names(tests[exercise]), workbook, probes[exercise])
            left = MOST_OF_LAB - len(json.dumps(data)) - len(sealed.packed(phrases))
    return data, sealed.packed(phrases)


def _sealed(boxes: _Boxes, names: list[str], workbook: Workbook, probes: Probes) -> dict[str, Any]:
    known = list(workbook.known(boxes.exercise, 2 if probes.parts else 1))
    asked = _Asked(boxes.exercise, names, workbook, probes)
    fixed, drawn = _chosen(asked, known) if probes.fixed else ([], [])
    right: dict[str, str] = {}
    wrong: list[tuple[Known, str, dict[str, str]]] = []
    for answer in known:
        for kind, inputs in (("", fixed), ("drawn", drawn)):
            if kind and not drawn:
                continue
            found = asked.outputs(answer, inputs)
            if found == [ENDLESS]:
                break
            if not answer.written and all(isinstance(one, str) for one in found):
                continue  # it always raises, as many other mistakes do
            for seen in _variants(found, probes.results):
                if answer.sentences:
                    wrong.append((answer, kind, seen))
                elif not kind:
                    right |= {view: text for view, text in seen.items() if view not in right}
                    for view, text in seen.items():
                        boxes.add(view, text, answer)
    for answer, kind, seen in wrong:
        changed = [view for view in seen if view != sealed.WHOLE and seen[view] != right.get(view)]
        places = [view if len(changed) == 1 else view + sealed.AMONG_OTHERS for view in changed if not kind]
        if len(answer.sentences) > 1 and all((view, seen[view]) in boxes.seen for view in changed if not kind):
            continue  # each of the two mistakes is recognised by its own results
        if kind or (seen[sealed.WHOLE] != right[sealed.WHOLE] and len(places) != 1):
            boxes.add(kind + sealed.WHOLE, seen[sealed.WHOLE], answer)
        for view, place in zip(changed, places, strict=False):
            if answer.written or place == view:
                boxes.add(place, seen[view], answer)
    published = {"probes": [[_plain(value) for value in probe] for probe in fixed], **boxes.data()}
    if drawn:
        published["drawn"] = [[_plain(value) for value in probe] for probe in drawn]
    if probes.results:
        published |= {"results": probes.results, "parts": list(probes.parts)}
    if probes.through:
        published["through"] = probes.through
    return published if probes.agree else {**published, "agree": False}


@dataclass(frozen=True)
class _Asked:
    exercise: str
    names: list[str]
    workbook: Workbook
    probes: Probes

    def outputs(self, answer: Known, inputs: Sequence[Sequence[Any]]) -> list[Any]:
        """What an answer returns for some inputs, or its values if it is no function."""
        names, counter = self.workbook.run(self.exercise, answer.text)
        if not self.probes.fixed:
            return [names.get(name, "missing") for name in self.names]
        function = names.get(self.names[0])
        if not callable(function):
            return ["missing"]
        module = module_of(self.workbook.lab.name, self.workbook.course)
        function = sealed.used_through(module, self.probes.through, function)
        try:
            return sealed.outputs(function, [[_plain(value) for value in probe] for probe in inputs])
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            return [ENDLESS]
        finally:
            counter.taken = 0


def _chosen(asked: _Asked, known: list[Known]) -> tuple[list[Any], list[Any]]:
    """Probes whose outputs stay away from the edges, as far as that can be had."""
    written = [answer for answer in known if answer.written and answer.sentences]
    best: tuple[int, list[Any]] | None = None
    weighed = 0
    for draw in range(TRIES):
        inputs = asked.probes.fixed(np.random.default_rng(draw))
        near = _near(asked.outputs(known[0], inputs), SAFE)
        if near and (best is not None or draw < TRIES - 1):
            continue
        found = [asked.outputs(answer, inputs) for answer in written]
        near += sum(_near(outputs, MARGIN) for outputs in found)
        whole = [sealed.views(outputs, asked.probes.results)[sealed.WHOLE] for outputs in found]
        near += ALIKE * (len(whole) - len(set(whole)))
        weighed += 1
        if best is None or near < best[0]:
            best = near, inputs
        if best[0] == 0 or weighed == WEIGHED:
            break
    assert best is not None
    return best[1], asked.probes.drawn(np.random.default_rng(0)) if asked.probes.drawn else []


def _numbers(value: Any) -> Iterator[float]:
    if isinstance(value, list | tuple):
        for item in value:
            yield from _numbers(item)
    elif isinstance(value, np.ndarray | np.generic | float | int) and not isinstance(value, bool):
        array = np.asarray(value)
        if array.dtype.kind in "iuf" and array.size <= sealed.MOST_NUMBERS:
            yield from (number for number in array.reshape(-1).astype(float).tolist() if np.isfinite(number))


def _near(found: Sequence[Any], margin: float) -> int:
    """How many numbers lie near the edge between two rounded values."""
    places = [abs(number) / sealed.step(number) for number in _numbers(list(found))]
    return sum(abs(place % 1.0 - 0.5) < margin for place in places)


def _variants(found: list[Any], results: int) -> list[dict[str, str]]:
    """The views of some outputs, and those of slightly larger and slightly smaller ones."""
    if not _near(found, 2 * MARGIN):
        return [sealed.views(found, results)]
    shifted = [found, *([_shifted(value, sign * MARGIN) for value in found] for sign in (1, -1))]
    views = [sealed.views(outputs, results) for outputs in shifted]
    return [seen for i, seen in enumerate(views) if seen not in views[:i]]


def _shifted(value: Any, by: float) -> Any:
    if isinstance(value, list | tuple):
        return type(value)([_shifted(item, by) for item in value])
    if isinstance(value, np.ndarray | float | np.floating) and np.asarray(value).dtype.kind == "f":
        array = np.asarray(copied(value), dtype=float)
        moved = [number + by * sealed.step(number) if np.isfinite(number) else number for number in array.reshape(-1)]
        return np.reshape(moved, array.shape)
    return value


def _plain(value: Any) -> Any:
    """An argument as JSON holds it, see `check.sealed.argument`."""
    if isinstance(value, tuple):
        return {"several": [_plain(item) for item in value]}
    return value.tolist() if isinstance(value, np.ndarray) else value


def _sentence_key(sentence: str) -> bytes:
    return hashlib.sha256(f"sentence|{sentence}".encode()).digest()[: sealed.KEY]
