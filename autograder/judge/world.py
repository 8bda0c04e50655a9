"""The judge's side of objects that do not cross: handles on a student's objects, and a test's own objects as guests.

What a test may rely on: a handle is never a number, a text, an array or any other plain value to Python, whatever its
class says. Where the same line of the test asks the same of the reference's object, the student's is asked, too, and
what it says is the student's word, like any plain answer. Everywhere else the reference has no object but plain data,
and a false object could say yes to everything, or now this and now that. There a handle is equal to nothing plain, is
not called, and what it holds is read once (see `autograder.judge.contents`).
"""

from __future__ import annotations

import inspect
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

from autograder.judge import guests, messages
from autograder.judge.changed import put_into
from autograder.judge.draws import Draws
from autograder.judge.folders import TemporaryFiles, WorkingFiles
from autograder.judge.raised import ArgumentChanged, student_exception
from autograder.judge.subject import Called, Stopped, Subject, described
from autograder.model.record import Verdict
from autograder.protocol import codec
from autograder.protocol.aliases import substituted
from autograder.protocol.keeping import Kept, Recipe, Sort
from autograder.protocol.kinds import CodecError, Kind
from autograder.protocol.operations import JUDGED
from autograder.sandbox.outcomes import CallOutcome, StudentError

MAX_DEPTH = 20  # calls back within calls
MAX_PLACES = 8  # lines of a test, each called by the one before, that tell where it is
MAX_GUESTS = 10_000
MAX_HEARD = 300  # answers of objects that are kept of one test
_NO_TEST = ("<frozen", "<string", "<__array", "<trusted")
Place = tuple[int, ...]
Heard = tuple[str, Called]
"""What was asked of an object, and what came of it."""
WITH_GUESTS = " with objects of the test's"
"""How the asking of a call ends that handed some over, which may have changed besides."""

HandedIn = Mapping[tuple[Place, str], int]
"""Where a test hands something in, for what, and how often."""
NOWHERE: HandedIn = {}


@dataclass
class Calls:
    """What the calls of one test came to.

    Attributes:
        subject: where the functions live.
        world: holds the handles on the objects that live there.
        allowed: where the test may hand something in to an object; None, for trusted code, for everywhere.
        handed: where it did, or wanted to.
        made: every call with its outcome, as (name, encoded arguments, outcome), if it can be made again elsewhere:
            with plain data only, and without the test's files.
        heard: the outcome of everything else that was asked, in order.
        stopped: the first outcome that ends the test, whatever the test makes of it.
        changed: the sentence about the first changed argument; it fails the test, whatever the test makes of it.
        draws: the random numbers that the test draws.
        temporary: where its temporary files lie.
        working: what lies where it works.
        within: calls of functions by their names that are under way.
        failed: the first assertion that failed within a call, where none fails with the reference.
        given: name -> class that a given cell of the lab defines, as it is here.
        shows: where printed text of the test goes unless it redirects it.
    """

    subject: Subject
    world: World
    allowed: HandedIn | None = field(default_factory=lambda: NOWHERE)
    handed: Counter[tuple[Place, str]] = field(default_factory=Counter)
    made: list[tuple[str, bytes, Called]] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)
    stopped: Stopped | None = None
    changed: str | None = None
    draws: Draws = field(default_factory=Draws)
    temporary: TemporaryFiles = field(default_factory=TemporaryFiles)
    working: WorkingFiles = field(default_factory=WorkingFiles)
    within: int = 0
    failed: AssertionError | None = None
    given: Mapping[str, type] = field(default_factory=dict)
    shows: Any = None

    def may_hand_in(self, operation: str) -> bool:
        """Whether the running line of the test may do this with an object of the student's and something of its own.

        Comparisons and arithmetic no more often than with the reference's: in a loop over several results, a false
        object in the place of a number would be one more.
        """
        key = places(), operation
        self.handed[key] += 1
        if self.allowed is None:
            return True
        return key in self.allowed and (operation not in JUDGED or self.handed[key] <= self.allowed[key])

    def asks(self, what: str) -> bool:
        """Whether the running line asks this of the reference's object, too; yes where there is no reference."""
        return self.may_hand_in(f"ask {what}") or self.allowed is NOWHERE

    def call(self, name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
        """Call the student's function of this name with copies of the arguments.

        Raises:
            StudentRaised: the function raised; the exception has the builtin type that fits best, or its own class.
            ArgumentChanged: the function changed an argument, which the reference does not.
            Stopped: the function was stopped.
        """
        if self.stopped:
            raise self.stopped
        world, crossed, lent = self.world, self.world.crossed, self.world.lent
        arguments = codec.encode((args, dict(kwargs)), keeper=world)
        plain = world.crossed == crossed
        drawn, folder = self.draws.state(), self.temporary.sent_with((args, dict(kwargs)))
        beside = self.working.sent() if folder is None else None
        self.within += 1
        try:
            outcome = world.outcome(lambda: self.subject.call(name, arguments, drawn, folder or beside))
        finally:
            self.within -= 1
        (self.temporary if folder is not None else self.working).take_back(outcome.files)
        if plain and folder is None and not (beside and beside.files):
            self.made.append((name, arguments, outcome))
        else:
            self.hear(f"call {name}{WITH_GUESTS if world.lent > lent else ''}", outcome)
        return world.result(outcome, name, args, kwargs)

    def hear(self, asked: str, outcome: Called) -> None:
        """Keep what was asked and what came of it."""
        if len(self.heard) < MAX_HEARD:
            self.heard.append((asked, outcome))


class World:
    """Every handle and guest of one subject, and the test that uses them now.

    Attributes:
        subject: where the student's objects live.
        calls: what the calls of the running test came to.
        remotes: number -> what stands here for the student's object.
        classes: number -> what stands here for a class.
        guests: the test's own objects that were handed over, and the exceptions that they raised.
        crossed: how often an object was kept or found.
        lent: how often a guest was handed over.
    """

    def __init__(
        self, subject: Subject, make: Callable[[World, Kept, Any], Any], kept_of: Callable[[Any], Kept | None]
    ) -> None:
        self.subject = subject
        self._make, self._kept_of = make, kept_of
        self.calls: Calls = None  # type: ignore[assignment]
        self.life = subject.life
        self.crossed = self.lent = 0
        self.depth = 0
        self._given = False
        self._forget()

    def _forget(self) -> None:
        self.remotes: dict[int, Any] = {}
        self.classes: dict[int, Any] = {}
        self.guests: list[Any] = []
        self._guest_numbers: dict[int, int] = {}
        self.errors: list[BaseException] = []

    def enter(self, calls: Calls) -> None:
        """A test begins; objects of a process that is gone are gone with it."""
        self.calls = calls
        self._firsts: dict[int, Any] = {}
        if self.remotes and self._given:  # each test has classes of its own
            self.remotes, self.classes = {}, {}
        self._given = False
        if self.life != self.subject.life:
            self.life = self.subject.life
            self._forget()
        self.subject.hear(self.answer)

    # --- as a `Keeper` ---------------------------------------------------------------------------------------------

    def keep(self, value: Any, plain: bool) -> Kept | Recipe | str | None:
        """See `Keeper.keep`: a handle leads back to its object; functions and instances of the test become guests."""
        known = self._kept_of(value)
        if known is not None:
            self.crossed += 1
            return known
        if plain:
            return None
        if (name := guests.library_name(value) or guests.given_name(value, self.calls.given)) is not None:
            return name
        if (recipe := guests.recipe(value)) is not None:
            self.crossed += 1
            return recipe
        if not guests.may_be_guest(value) or len(self.guests) >= MAX_GUESTS:
            return None
        self.crossed += 1
        self.lent += 1
        if id(value) not in self._guest_numbers:
            self.guests.append(value)
            self._guest_numbers[id(value)] = len(self.guests)
        number, operations = self._guest_numbers[id(value)], guests.operations(value)
        if operations is None:
            return Kept(Kind.GUEST, number, Sort.FUNCTION)
        return Kept(Kind.GUEST, number, says=" ".join((operations, *guests.kinds(value, self.calls.given))))

    def find(self, kept: Kept, told: Any) -> Any:
        """See `Keeper.find`."""
        self.crossed += 1
        if kept.kind == Kind.GUEST:
            if kept.number > len(self.guests):
                raise CodecError("a number that is given to no object")
            return self.guests[kept.number - 1]
        if kept.number not in self.remotes:
            self.remotes[kept.number] = self._make(self, kept, told)
        return self.remotes[kept.number]

    def share(self, value: Any) -> int:
        """See `Keeper.share`: what a test hands over is a copy each time."""
        return 0

    def once(self, number: int, value: Any) -> Any:
        """See `Keeper.once`."""
        return self._firsts.setdefault(number, value)

    def find_in_library(self, name: str) -> Any:
        """See `Keeper.find_in_library`: nothing is looked up here by a name that comes from outside."""
        raise CodecError("a library's function does not come back by name")

    def make(self, recipe: Recipe) -> Any:
        """See `Keeper.make`: what a student's process tells of makes nothing here."""
        raise CodecError("a library's object does not come back by a recipe")

    # --- what is asked of the student's objects --------------------------------------------------------------------

    def ask(self, action: str, target: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Ask something of an object.

        Raises:
            StudentRaised, ArgumentChanged, Stopped: as for a call of a student's function.
        """
        self.check_alive(target)
        request = codec.encode((action, target, args, kwargs), keeper=self)
        drawn = self.calls.draws.state()
        name = str(args[0]) if action in ("get", "special") else _called(target)
        outcome = self.outcome(lambda: self.calls.subject.use(request, drawn, name))
        if action != "class":
            self.calls.hear(f"{action} {name}", outcome)
        return self.result(outcome, name, args, kwargs)

    def given_class(self, name: str) -> type | None:
        """The class of this name that the lab gives, as it is here; None for one of the student's own."""
        found = self.calls.given.get(name)
        self._given = self._given or found is not None
        return found

    def check_alive(self, target: Any) -> None:
        """Raise if the process that holds an object has ended, or the test."""
        if self.calls.stopped:
            raise self.calls.stopped
        if self.life != self.subject.life:
            self.calls.stopped = Stopped(Verdict.CRASH, messages.GONE)
            raise self.calls.stopped

    def outcome(self, ask: Callable[[], Called]) -> Called:
        """What a request came to, and what it printed shown to a test that wants to see it."""
        try:
            outcome = ask()
        except Stopped as stopped:
            self.calls.stopped = stopped
            raise
        if outcome.stdout and self.calls.shows is not sys.stdout:
            sys.stdout.write(outcome.stdout)
        return outcome

    def result(self, outcome: Called, function: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
        """The value that a request gave.

        Raises:
            StudentRaised: the student's code raised.
            ArgumentChanged: it changed an argument, and the reference does not.
        """
        calls = self.calls
        if outcome.changed:
            arguments = {**{str(position): value for position, value in enumerate(args)}, **kwargs}
            may = [calls.may_hand_in(f"change {key}") for key in outcome.after]
            if not may or not all(may) or not all(outcome.after.values()):
                sentence = messages.changed(function, outcome.changed)
                calls.changed = calls.changed or sentence
                raise ArgumentChanged(sentence)
            for key, data in outcome.after.items():
                put_into(arguments.get(key), self.decoded(data, function))
        if outcome.raised:
            if 0 < outcome.again <= len(self.errors):
                raise self.errors[outcome.again - 1]
            raise self.exception(outcome, function) or student_exception(outcome.raised, function)
        value = self.decoded(outcome.value or b"", function)
        return self._with_own(value, outcome.same, args, kwargs) if outcome.same else value

    def _with_own(self, value: Any, same: bytes, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
        """A result in which the test's own objects are those that the function gave back, if they are alike."""
        before = codec.encode(value, keeper=self)
        try:
            own = substituted(value, codec.decode(same), dict([*enumerate(args), *kwargs.items()]))
            if codec.encode(own, keeper=self) == before:
                return own
        except (codec.CodecError, codec.TooLarge, TypeError, ValueError, RecursionError):
            pass
        return codec.decode(before, keeper=self)

    def decoded(self, data: bytes, function: str) -> Any:
        """A value as the test gets it."""
        try:
            return codec.decode(data, keeper=self)
        except codec.CodecError:
            raise student_exception(StudentError("RuntimeError", [], messages.UNREADABLE, ""), function) from None

    def exception(self, outcome: Called, function: str) -> BaseException | None:
        """The exception of a class of the student's; None if it is one of Python's own."""
        if outcome.exception is None:
            return None
        try:
            error = codec.decode(outcome.exception, keeper=self)
        except codec.CodecError:
            return None
        if not isinstance(error, BaseException):
            return None
        error.raised, error.function = outcome.raised, function  # type: ignore[attr-defined]
        return error

    # --- what student code asks of the test's objects --------------------------------------------------------------

    def answer(self, name: str, data: bytes) -> CallOutcome:
        """Do with a guest what student code asks."""
        try:
            number, action, args, kwargs = codec.decode(data, keeper=self)
            if type(number) is not int or not 0 < number <= len(self.guests) or self.depth >= MAX_DEPTH:
                raise RecursionError("called back too often within a call")
            self.depth += 1
            try:
                value = guests.ACTIONS[action](self.guests[number - 1], *args, **kwargs)
            finally:
                self.depth -= 1
            return CallOutcome("ok", value=codec.encode(value, keeper=self))
        except Exception as error:
            self.errors.append(error)
            if isinstance(error, AssertionError) and not self.calls.may_hand_in("fail"):
                self.calls.failed = self.calls.failed or error  # whatever the student's code makes of it
            return CallOutcome("error", described(error), again=len(self.errors))


def _called(target: Any) -> str:
    """The name of what stands for a student's object, which is not asked for it."""
    if isinstance(target, type):
        return target.__name__
    return str(object.__getattribute__(target, "__dict__").get("__name__", type(target).__name__))


def is_test(frame: FrameType) -> bool:
    """Whether a frame is of code of the test's cells."""
    name = frame.f_code.co_filename
    return name.startswith("<") and name.endswith(">") and not name.startswith(_NO_TEST)


def places() -> Place:
    """Where the running test is: the lines of its own cells, from the innermost call."""
    found: list[int] = []
    frame = inspect.currentframe()
    while frame is not None and len(found) < MAX_PLACES:
        if is_test(frame):
            found.append(frame.f_lineno)
        frame = frame.f_back
    return tuple(found)
