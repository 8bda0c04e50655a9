"""How results relate to the right ones, which nobody knows here: what makes them open the box of the right answer.

The key of the right answer opens a box that says so, see `sealed`. What is tried here is done to the results of a
student's function, or to what it is called with, and each sentence states what was tried and came out right for every
probe. So it is true whatever went wrong, and nothing has to be published for it.
"""

from __future__ import annotations

import inspect
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from check import sealed

MOST_TRIED = 900  # keys
MOST_SIGNS = 6  # calls for which every choice of signs is tried
PLACES = ("first", "second", "third", "fourth", "fifth", "sixth")

Change = Callable[[Any, Sequence[Any]], Any]
"""Makes another value of a value, given the arguments of its call."""


@dataclass
class Relating:
    """The search for one student's answer to an exercise.

    Attributes:
        function: the answer, as it is asked.
        names: of its parameters.
        probes: what it was called with.
        found: what it returned.
        results: how many results a call returns; 0 if it is one.
        boxes: of the exercise.
    """

    function: Callable[..., Any]
    names: Sequence[str]
    probes: Sequence[Sequence[Any]]
    found: Sequence[Any]
    results: int
    boxes: sealed.Sealed
    tried: dict[tuple[str, str], bool] = field(default_factory=dict)

    def sentence(self, wrong: Sequence[str], called: dict[str, str]) -> str:
        """What would make the wrong results right; "" if nothing was found.

        Args:
            wrong: the views of the results that are wrong, see `sealed.views`.
            called: view -> what the sentence calls it.
        """
        if not wrong or any(isinstance(one, str) or one is None for one in self.found) or self._selects():
            return ""
        args = [[sealed.argument(value) for value in probe] for probe in self.probes]
        with np.errstate(all="ignore"):
            found = self._of_results(wrong, called, args) or self._of_arguments(wrong, called, args)
        return found or self._constant(wrong, called) or self._without_influence(args)

    def _constant(self, wrong: Sequence[str], called: dict[str, str]) -> str:
        """Results that are the same number for every probe."""
        told = []
        for view in wrong:
            numbers = [np.ravel(np.asarray(value, dtype=float)) for value in self._of(view) or [] if _is_numeric(value)]
            every = np.concatenate(numbers) if len(numbers) == len(self.probes) else np.zeros(0)
            if len(every) > 1 and np.all(every == every[0]):
                told.append(
                    f"{_listed([called[view]])} is always {every[0]:.4g}, whatever the function is called with."
                )
        return " ".join(told)

    def _without_influence(self, args: list[list[Any]]) -> str:
        """An argument that may change without any result changing."""
        for k, name in enumerate(self.names):
            if all(isinstance(given[k], float) or _is_float(given[k]) for given in args):
                other = self._asked(_replaced(k, lambda value: 1.37 * value + 0.11))
                if other is not None and all(map(_alike, other, self.found)):
                    return f"`{name}` has no influence on what comes back: where does it count?"
        return ""

    def _of_results(self, wrong: Sequence[str], called: dict[str, str], args: list[list[Any]]) -> str:
        told: dict[str, list[str]] = {}
        for view in wrong:
            values = self._of(view)
            fits = (words for words, change in self._changes(args) if self._opens(view, values, change, args))
            words = next(fits, "") or self._of_signs(view, values)
            if not words:
                return ""
            told.setdefault(words, []).append(called[view])
        return " ".join(f"{_listed(which)} would be right {words}" for words, which in told.items())

    def _of_signs(self, view: str, values: list[Any] | None) -> str:
        """Whether results would be right with another sign for some calls: a sign that is lost cannot be computed."""
        numbers = [np.asarray(value, dtype=float) for value in values or [] if _is_numeric(value)]
        for signs in itertools.product((1.0, -1.0), repeat=len(numbers)) if 1 < len(numbers) <= MOST_SIGNS else ():
            if len(set(signs)) > 1 and self._is_right(view, [s * n for s, n in zip(signs, numbers, strict=True)]):
                return "if its sign were the opposite for some arguments: is there an absolute value too many?"
        return ""

    def of_places(self, wrong: Sequence[str]) -> str:
        """Which two wrong results stand in each other's place; "" if none do."""
        for one in wrong if 1 < self.results <= len(PLACES) else ():
            for other in wrong:
                if one < other and self._is_right(one, self._of(other)) and self._is_right(other, self._of(one)):
                    both = f"The {PLACES[int(one)]} and the {PLACES[int(other)]} result"
                    return f"{both} are right, but have changed places."
        return ""

    def _of_arguments(self, wrong: Sequence[str], called: dict[str, str], args: list[list[Any]]) -> str:
        """Another call that gives the right results, or results that are right when changed."""
        tried: list[tuple[str, list[Any]]] = []
        for words, change in self._other_calls(args):
            if len(self.tried) > MOST_TRIED:
                return ""
            other = self._asked(change)
            if other is None:
                continue
            if all(self._is_right(view, self._of(view, other)) for view in wrong):
                return f"Your function gives the right results {words}"
            tried.append((words, other))
        for words, other in tried:
            for how, result in _PLAIN:
                if len(self.tried) > MOST_TRIED:
                    return ""
                if all(self._opens(view, self._of(view, other), result, args) for view in wrong):
                    which = _listed([called[view] for view in wrong])
                    together = f"Two things together: {which} would be right {how}"
                    return f"{together} Besides, your function would have to be called otherwise: {words}"
        return ""

    def _of(self, view: str, found: Sequence[Any] | None = None) -> list[Any] | None:
        """The values that a view shows, one for each probe; None if there are none."""
        values = self.found if found is None else found
        if view == sealed.WHOLE:
            return None if any(isinstance(one, str) or one is None for one in values) else list(values)
        fits = all(isinstance(one, list | tuple) and len(one) == self.results for one in values)
        return [one[int(view)] for one in values] if fits else None

    def _opens(self, view: str, values: list[Any] | None, change: Change, args: list[list[Any]]) -> bool:
        if values is None:
            return False
        try:
            changed = [change(np.asarray(value, dtype=float), given) for value, given in zip(values, args, strict=True)]
        except Exception:
            return False
        return self._is_right(view, changed)

    def _is_right(self, view: str, values: list[Any] | None) -> bool:
        if values is None or len(self.tried) > MOST_TRIED:
            return False
        texts = [sealed.rounded(value, self.results if view == sealed.WHOLE else 0) for value in values]
        key = view, "/".join(texts)
        if key not in self.tried:
            self.tried[key] = self.boxes.open(*key) == sealed.RIGHT
        return self.tried[key]

    def _asked(self, change: Callable[[list[Any]], list[Any]]) -> list[Any] | None:
        """What the function returns to other calls; None if they cannot be made."""
        found = []
        for probe in self.probes:
            try:
                found.append(self.function(*change([sealed.argument(value) for value in probe])))
            except Exception:
                return None
        return found

    def _selects(self) -> bool:
        """Whether the answer picks one of its arguments, or of their members: then a right pick says little."""
        return all(
            any(_same(one, value) for given in probe if isinstance(given, dict) for value in sealed.argument(given))
            for one, probe in zip(self.found, self.probes, strict=True)
        )

    def _changes(self, args: list[list[Any]]) -> Iterator[tuple[str, Change]]:
        """What is done to results: the likeliest first."""
        yield from _PLAIN
        yield from _MORE
        for k, name in enumerate(self.names):
            if all(isinstance(given[k], np.ndarray) and given[k].ndim for given in args):
                size = (
                    f"the number of elements of `{name}`" if args[0][k].ndim == 1 else f"the number of rows of `{name}`"
                )
                yield f"if it were multiplied by {size}: is it divided by once too often?", _with(np.multiply, k, len)
                yield f"if it were divided by {size}: is a division by it missing?", _with(np.divide, k, len)
                for word, operation in (("multiplied", np.multiply), ("divided", np.divide)):
                    for how, change in _COMBINED:
                        yield f"if it were {word} by {size}, and {how}", _both(_with(operation, k, len), change)
                    squared = f"if it were squared, and then {word} by {size}: is there a root too many?"
                    yield squared, _both(_plain(np.square), _with(operation, k, len))
        for k, name in enumerate(self.names):
            if all(isinstance(given[k], float | int | np.ndarray) for given in args):
                yield f"if `{name}` were added to it: is it missing?", _with(np.add, k)
                yield (
                    f"if `{name}` were subtracted from it: is it added where it does not belong?",
                    _with(np.subtract, k),
                )
                yield f"if it were multiplied by `{name}`: is a factor missing?", _with(np.multiply, k)
                yield f"if it were divided by `{name}`: is a factor too many?", _with(np.divide, k)
                yield (
                    f"if `{name}` were added to it twice: does it have the wrong sign?",
                    _with(np.add, k, lambda v: 2 * v),
                )

    def _other_calls(self, args: list[list[Any]]) -> Iterator[tuple[str, Callable[[list[Any]], list[Any]]]]:
        """Other arguments, in words and as a change of a list of arguments."""
        numeric = [
            k for k in range(len(self.names)) if all(isinstance(given[k], float | int | np.ndarray) for given in args)
        ]
        for k in numeric:
            for other in numeric:
                if k < other and all(np.shape(given[k]) == np.shape(given[other]) for given in args):
                    words = f"if `{self.names[k]}` and `{self.names[other]}` change places: are they mixed up?"
                    yield words, _exchanged(k, other)
        for k in numeric:
            whole = all(isinstance(given[k], int) for given in args)
            for text, hint, change in _OF_COUNTS if whole else _OF_NUMBERS:
                name = self.names[k]
                yield (
                    f"if it is called with {text.format(name)} in place of `{name}`: {hint.format(name)}",
                    _replaced(k, change),
                )
        for k in range(len(self.names)):
            for text, hint, change in _OF_MEMBERS if all(isinstance(given[k], tuple) for given in args) else ():
                name = self.names[k]
                words = f"if it is called with {text.format(name)} in place of `{name}`: {hint.format(name)}"
                yield words, _replaced(k, change)
        scalars = [k for k in numeric if all(np.ndim(given[k]) == 0 for given in args)]
        for k in scalars:
            for other in (*scalars, *(other for other in numeric if other not in scalars)):
                name, size = self.names[k], self.names[other]
                arrays = all(np.ndim(given[other]) for given in args)
                if other == k or not (arrays or other in scalars):
                    continue
                told = f"the number of elements of `{size}`" if arrays else f"`{size}`"
                for word, operation in (("times", np.multiply), ("divided by", np.divide)):
                    words = (
                        f"if it is called with `{name}` {word} {told} in place of `{name}`: where does {told} belong?"
                    )
                    yield words, _scaled(k, other, operation)


def _with(operation: Any, k: int, of: Callable[[Any], Any] = lambda value: value) -> Change:
    def changed(value: Any, given: Sequence[Any]) -> Any:
        made = operation(value, of(given[k]))
        if np.shape(made) != np.shape(value):
            raise ValueError
        return made

    return changed


def _both(one: Change, other: Change) -> Change:
    return lambda value, given: other(one(value, given), given)


def _exchanged(k: int, other: int) -> Callable[[list[Any]], list[Any]]:
    def changed(given: list[Any]) -> list[Any]:
        given[k], given[other] = given[other], given[k]
        return given

    return changed


def _replaced(k: int, change: Callable[[Any], Any]) -> Callable[[list[Any]], list[Any]]:
    return lambda given: [*given[:k], change(given[k]), *given[k + 1 :]]


def _scaled(k: int, other: int, operation: Any) -> Callable[[list[Any]], list[Any]]:
    def changed(given: list[Any]) -> list[Any]:
        by = len(given[other]) if np.ndim(given[other]) else given[other]
        return [*given[:k], float(operation(given[k], by)), *given[k + 1 :]]

    return changed


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(_same, one, other))
    return bool(np.array_equal(np.asarray(one, dtype=object), np.asarray(other, dtype=object)))


def _is_numeric(value: Any) -> bool:
    try:
        return np.asarray(value).dtype.kind in "biuf"
    except ValueError:
        return False


def _is_float(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.dtype.kind in "iuf"


def _alike(one: Any, other: Any) -> bool:
    return sealed.rounded(one) == sealed.rounded(other)


def _listed(texts: Sequence[str]) -> str:
    text = " and ".join(dict.fromkeys(texts))
    return text[:1].upper() + text[1:]


def _plain(function: Callable[[Any], Any]) -> Change:
    return lambda value, given: function(value)


def _logit(value: Any) -> Any:
    return np.log(value / (1 - value))


def _logistic(value: Any) -> Any:
    return 1 / (1 + np.exp(-value))


def _turned(value: Any) -> Any:
    return np.reshape(value, value.shape[::-1]).T


_PLAIN: tuple[tuple[str, Change], ...] = tuple(
    (words, _plain(change))
    for words, change in (
        ("with the opposite sign: is a minus missing, or one too many?", np.negative),
        ("if it were twice as large: is a factor 2 missing, or something halved?", lambda value: 2 * value),
        ("if it were half as large: is a factor 2 too many, or something counted twice?", lambda value: value / 2),
        ("if it went through the sigmoid: is an activation missing?", _logistic),
        ("without a last sigmoid: is one applied that does not belong there?", _logit),
        ("if it went through the tanh: is an activation missing?", np.tanh),
        ("without a last tanh: is one applied that does not belong there?", np.arctanh),
        ("if it were subtracted from 1.", lambda value: 1 - value),
        ("if it were squared: is a square missing, or a root too many?", np.square),
        ("if the square root were taken: is something squared that should not be?", np.sqrt),
    )
)
_COMBINED = _PLAIN[:3]  # which are also tried beside a factor
_MORE: tuple[tuple[str, Change], ...] = tuple(
    (words, _plain(change))
    for words, change in (
        ("upside down, as 1 divided by it.", np.reciprocal),
        ("if its logarithm were taken.", np.log),
        ("if its exponential were taken.", np.exp),
        ("without its signs: is an absolute value missing?", np.abs),
        ("if rows and columns changed places.", np.transpose),
        ("in reverse order.", lambda value: value[::-1]),
        ("with its columns in reverse order.", lambda value: value[:, ::-1]),
        ("if it were transposed in place of reshaped.", _turned),
        ("if it were added up to one number.", np.sum),
        ("if it were averaged to one number.", np.mean),
        ("if the numbers of each row were added up: is a sum missing?", lambda value: np.sum(value, axis=-1)),
        ("if the numbers of each column were added up: is a sum missing?", lambda value: np.sum(value, axis=0)),
        ("if its first number, or row, came back alone.", lambda value: value[0]),
        ("if its last number, or row, came back alone.", lambda value: value[-1]),
        ("if it were 1 greater.", lambda value: value + 1),
        ("if it were 1 less.", lambda value: value - 1),
        ("if it were 1/2 greater: is 1/2 subtracted, or not added?", lambda value: value + 0.5),
        ("if it were 1/2 less: is 1/2 added, or not subtracted?", lambda value: value - 0.5),
        ("if it were three times as large.", lambda value: value * 3),
        ("if it were four times as large.", lambda value: value * 4),
        ("if it were a quarter as large.", lambda value: value / 4),
        ("if it were a hundredth: is it a percentage?", lambda value: value / 100),
    )
)
_OF_NUMBERS: tuple[tuple[str, str, Callable[[Any], Any]], ...] = (
    ("`-{0}`", "check the sign of `{0}`.", lambda value: -value),
    ("`2 * {0}`", "is it halved somewhere, or a factor 2 missing?", lambda value: 2 * value),
    ("`{0} / 2`", "does it count twice, or is a factor 2 too many?", lambda value: value / 2),
    ("`1 / {0}`", "does it multiply where it should divide, or the other way round?", lambda value: 1 / value),
    ("`1 - {0}`", "is it subtracted from 1 somewhere?", lambda value: 1 - value),
    ("`{0} + 1`", "is 1 subtracted from it somewhere?", lambda value: value + 1),
    ("`{0} - 1`", "is 1 added to it somewhere?", lambda value: value - 1),
    ("the square root of `{0}`", "is it squared somewhere?", np.sqrt),
    ("the square of `{0}`", "is a square missing?", np.square),
    ("`{0}` in reverse order", "is it turned around somewhere?", lambda value: value[::-1]),
    ("the columns of `{0}` in reverse order", "are they mixed up?", lambda value: value[:, ::-1]),
    ("`{0}.T`", "is it transposed somewhere, or not where it should be?", np.transpose),
)
_OF_MEMBERS: tuple[tuple[str, str, Callable[[Any], Any]], ...] = (
    ("the negatives of `{0}`", "check the signs.", lambda value: tuple(-one for one in value)),
    ("twice the values of `{0}`", "is a factor 2 missing?", lambda value: tuple(2 * one for one in value)),
    ("half the values of `{0}`", "is a factor 2 too many?", lambda value: tuple(one / 2 for one in value)),
    ("the members of `{0}` in reverse order", "is the order mixed up?", lambda value: value[::-1]),
)
_OF_COUNTS: tuple[tuple[str, str, Callable[[Any], Any]], ...] = (
    ("`{0} + 1`", "is there one turn too few?", lambda value: value + 1),
    ("`{0} - 1`", "is there one turn too many?", lambda value: max(0, value - 1)),
    ("`2 * {0}`", "is only half of it done?", lambda value: 2 * value),
)


def parameters(answer: Any, probes: Sequence[Sequence[Any]]) -> list[str]:
    """The names of an answer's parameters, if it takes as many as the probes give; else none."""
    try:
        names = list(inspect.signature(answer).parameters)
    except (TypeError, ValueError):
        return []
    return names if all(len(probe) == len(names) for probe in probes) else []
