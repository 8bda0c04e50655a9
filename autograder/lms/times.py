"""Times as an LMS writes them, in the language and the form of whoever downloaded the list.

A time is read completely or not at all: a word that is no month, weekday, half of the day or time zone makes it
unreadable, and so does a weekday that does not belong to the date. Names of months and weekdays come from Unicode's
CLDR (through Babel), and all of one time must be of one language. Whether ``03/04/2026`` is in March or in April is
decided by the other times of the list.
"""

from __future__ import annotations

import datetime
import itertools
import os
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any, Literal, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale

from autograder.model.errors import LmsError

NO_TIME = frozenset({"", "-", "\N{EN DASH}", "\N{EM DASH}"})
"""What a list has in place of the time of somebody who handed in nothing."""
YEARS = range(2000, 2100)
MAX_CHARACTERS = 120
MAX_WORDS = 8
LANGUAGES = (
    *("en", "de", "fr", "uk", "es", "it", "pt", "nl", "pl", "cs", "sk", "sl", "hr", "bs", "sr", "ru", "be", "bg", "mk"),
    *("ro", "hu", "tr", "el", "sv", "da", "nb", "fi", "et", "lv", "lt", "is", "ca", "eu", "gl", "ga", "cy", "sq", "af"),
    *("he", "ar", "fa", "hi", "ka", "hy", "az", "kk", "ja", "ko", "zh", "th", "vi", "id", "ms"),
)
_FILLER_WORDS = (
    "at on of the um uhr den am le à h a las los de del di da do dos alle ore às klo kl kello o godz godzina om u v ve",
    "о об в у на г р рік року год года ч στις saat orë t",
)
FILLERS = frozenset(word for line in _FILLER_WORDS for word in line.split())
"""Words between weekday, date and clock, in any language, that say nothing by themselves."""
UTC_NAMES = frozenset({"utc", "gmt", "z"})

_WORD = r"[^\W\d_][^\s\d_,;:.()\[\]\u060c\u3001/+\-]*"  # vowel signs of many scripts are no letters
_TOKEN = re.compile(
    r"(?P<zone>[A-Za-z]+(?:/[A-Za-z_]+)+)"
    r"|(?P<iso>\d{4}([-/.])\d{1,2}\3\d{1,2})(?!\d)"
    r"|(?P<numbers>\d{1,2}([-/.]) ?\d{1,2}\5 ?(?:\d{4}|\d{2}))(?!\d)"
    r"|(?P<clock>\d{1,2} ?[:hH.] ?\d{2}(?: ?[:.] ?\d{2}(?:[.,]\d{1,9})?)?)(?![:\d])"
    r"|(?P<offset>[+\-\u2212]\d{1,2}(?::?\d{2})?)(?!\d)"
    r"|(?P<half>[ap]\.? ?m\b\.?)"
    r"|(?P<number>\d+)(?:st|nd|rd|th|er|[ºª.])?"
    rf"|(?P<word>{_WORD}(?:\.{_WORD})*)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[\s,;.()\[\]\u060c\u3001\-]*")
_NUMBERED_MONTHS = (
    (re.compile(r"(\d)\s*[年년月월]\s*"), r"\1-"),
    (re.compile(r"(\d)\s*[日일]"), r"\1 "),
    (re.compile(r"(\d) (?:tháng|thg) (\d{1,2}),? (?:năm )?(\d{4})", re.IGNORECASE), r"\1.\2.\3"),
)
_APOSTROPHES = re.compile("['\u2019\u02bc`]")
_Half = Literal["am", "pm"]


class _Reading(NamedTuple):
    """A time in UTC without a zone, read with the day first and with the month first; ``None`` where it is none."""

    day_first: datetime.datetime | None = None
    month_first: datetime.datetime | None = None


@dataclass(frozen=True)
class _Names:
    """What the words of one language stand for; some stand for several things.

    Attributes:
        months: name -> numbers, from 1.
        weekdays: name -> numbers, from 0 for Monday.
        halves: name -> half of the day.
        compounds: those of the names that consist of several words, such as ``sexta-feira``, written as one.
    """

    months: dict[str, set[int]] = field(default_factory=dict)
    weekdays: dict[str, set[int]] = field(default_factory=dict)
    halves: dict[str, _Half] = field(default_factory=dict)
    compounds: set[str] = field(default_factory=set)


@dataclass
class _Parts:
    """A text taken apart.

    Attributes:
        dates: dates in numbers, each as (year, month, day) with the day first and with the month first.
        numbers: numbers that stand alone.
        words: words, without case, dots and apostrophes.
    """

    dates: list[tuple[tuple[int, int, int], tuple[int, int, int]]] = field(default_factory=list)
    clocks: list[tuple[int, int, int]] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    halves: list[_Half] = field(default_factory=list)
    zones: list[datetime.tzinfo] = field(default_factory=list)


@dataclass(frozen=True)
class Times:
    """The times of a list.

    Attributes:
        read: one for each text, in UTC without a zone; ``None`` where there is none, or none that can be read.
        unread: positions of texts that could not be read, though they are not empty.
    """

    read: list[datetime.datetime | None]
    unread: frozenset[int]


def read_times(texts: Sequence[str], zone: datetime.tzinfo | None) -> Times:
    """Read the times of one column.

    Args:
        texts: the cells.
        zone: time zone of times that name none; ``None`` for this machine's.
    """
    readings = [_read(text, zone) for text in texts]
    orders = [order for order in (0, 1) if all(reading[order] for reading in readings if any(reading))]
    read: list[datetime.datetime | None] = []
    for reading in readings:
        values = {reading[order] for order in orders or (0, 1)}
        read.append(values.pop() if len(values) == 1 else None)
    pairs = enumerate(zip(texts, read, strict=True))
    return Times(read, frozenset(at for at, (text, time) in pairs if time is None and text.strip() not in NO_TIME))


def parse_time(text: str, zone: datetime.tzinfo | None) -> datetime.datetime | None:
    """Convert e.g. ``Friday, 13 March 2026, 5:58 PM`` to UTC without a zone; ``None`` if it cannot be read."""
    return read_times([text], zone).read[0]


def parse_zone(name: str | None) -> datetime.tzinfo | None:
    """The time zone of that name; ``None``, which means this machine's, for no name.

    Raises:
        LmsError: there is no such zone.
    """
    if not name:
        return None
    zone = _zone(name)
    if zone is None:
        raise LmsError(f"There is no time zone {name}: give one like Europe/Kyiv or UTC.")
    return zone


def name_of_zone(zone: datetime.tzinfo | None) -> str:
    """What a sentence calls a zone; ``None`` is this machine's."""
    if zone is not None:
        return str(zone)
    name = os.environ.get("TZ", "").lstrip(":") or os.path.realpath("/etc/localtime").partition("/zoneinfo/")[2]
    return f"{name or datetime.datetime.now().astimezone().tzname()}, the time zone of this machine"


@lru_cache(maxsize=4096)  # many hand in within the same minute
def _read(text: str, zone: datetime.tzinfo | None) -> _Reading:
    parts = _take_apart(text)
    if parts is None or len(parts.clocks) != 1 or len(parts.halves) > 1 or len(parts.zones) > 1:
        return _Reading()
    found: tuple[set[datetime.datetime], set[datetime.datetime]] = (set(), set())
    for language in LANGUAGES:
        names = _names(language)
        for order in (0, 1):
            found[order].update(_in_language(parts, names, order, zone))
        if language == "en" and any(found):
            break
    return _Reading(*(times.pop() if len(times) == 1 else None for times in found))


def _take_apart(text: str) -> _Parts | None:
    """The parts of a text; ``None`` if something in it is none of them."""
    if len(text) > MAX_CHARACTERS:
        return None
    text = _without_marks(text)
    text = "".join(str(unicodedata.digit(sign)) if sign.isdecimal() else sign for sign in text)
    for pattern, replacement in _NUMBERED_MONTHS:
        text = pattern.sub(replacement, text)
    parts, end = _Parts(), 0
    for match in _TOKEN.finditer(text):
        if not _BETWEEN.fullmatch(text, end, match.start()) or not _add(parts, str(match.lastgroup), match):
            return None
        end = match.end()
    return parts if _BETWEEN.fullmatch(text, end) and len(parts.words) <= MAX_WORDS else None


def _add(parts: _Parts, kind: str, match: re.Match[str]) -> bool:
    """Add one token to the parts; False if it is none after all."""
    token = match[kind]
    if kind == "zone":
        zone = _zone(token)
        parts.zones += [zone] if zone else []
        return zone is not None
    if kind == "iso":
        year, month, day = map(int, re.split(r"\D+", token))
        parts.dates.append(((year, month, day), (year, month, day)))
    elif kind == "numbers":
        first, second, year = map(int, re.split(r"\D+", token))
        year += 2000 if year < 100 else 0
        day_first = (year, second, first)
        parts.dates.append((day_first, day_first if "." in token else (year, first, second)))
    elif kind == "clock":
        hour, minute, second = [*map(int, re.findall(r"\d+", token)), 0][:3]
        parts.clocks.append((hour, minute, second))
    elif kind == "offset":
        digits = re.sub(r"\D", "", token)
        hours, minutes = (int(digits), 0) if len(digits) < 3 else (int(digits[:-2]), int(digits[-2:]))
        if hours > 14 or minutes > 59:
            return False
        sign = 1 if token.startswith("+") else -1
        parts.zones.append(datetime.timezone(sign * datetime.timedelta(hours=hours, minutes=minutes)))
    elif kind == "half":
        parts.halves.append("am" if token[0] in "aA" else "pm")
    elif kind == "number":
        parts.numbers.append(token)
    else:
        parts.words.append(token.replace(".", "").casefold())
    return True


def _in_language(parts: _Parts, names: _Names, order: int, zone: datetime.tzinfo | None) -> Iterator[Any]:
    """Every time that the parts can mean in one language, with the day first (0) or the month first (1)."""
    readings = [list(_meanings(word, names)) for word in _joined(parts.words, names)]
    for meanings in itertools.product(*readings):
        kinds: dict[str, list[Any]] = {"month": [], "weekday": [], "half": list(parts.halves), "zone": []}
        for kind, value in meanings:
            kinds.setdefault(kind, []).append(value)
        if any(len(kinds[kind]) > 1 for kind in ("month", "weekday", "half", "zone")):
            continue
        date = _date(parts, order, kinds["month"])
        hour = _hour(parts.clocks[0][0], kinds["half"])
        if date is None or hour is None or date[0] not in YEARS:
            continue
        try:
            local = datetime.datetime(*date, hour, *parts.clocks[0][1:])
            if kinds["weekday"] and local.weekday() != kinds["weekday"][0]:
                continue
            utc = _in_utc(local, parts.zones, kinds["zone"], zone)
        except (ValueError, OverflowError):
            continue
        if utc is not None:
            yield utc


def _joined(words: Sequence[str], names: _Names) -> Iterator[str]:
    """The words, those of one name put together."""
    at = 0
    while at < len(words):
        ends = (end for end in range(at + 2, len(words) + 1) if "".join(words[at:end]) in names.compounds)
        end = max(ends, default=at + 1)
        yield "".join(words[at:end])
        at = end


def _meanings(word: str, names: _Names) -> Iterator[tuple[str, Any]]:
    """What a word can stand for: a month, a weekday, a half of the day, a zone, nothing."""
    known = False
    for kind, values in (("month", names.months.get(word)), ("weekday", names.weekdays.get(word))):
        for value in values or ():
            known = True
            yield kind, value
    if word in names.halves:
        known = True
        yield "half", names.halves[word]
    if word in FILLERS:
        known = True
        yield "nothing", None
    if not known and word.isascii() and len(word) <= 5:
        yield "zone", word


def _date(parts: _Parts, order: int, months: list[int]) -> tuple[int, int, int] | None:
    """Year, month, day; ``None`` if there is not exactly one date."""
    if not months:
        return parts.dates[0][order] if len(parts.dates) == 1 and not parts.numbers else None
    years = [number for number in parts.numbers if len(number) == 4]
    days = [number for number in parts.numbers if len(number) <= 2]
    if parts.dates or len(parts.numbers) != 2 or len(years) != 1 or len(days) != 1:
        return None
    return int(years[0]), months[0], int(days[0])


def _hour(hour: int, halves: list[_Half]) -> int | None:
    if not halves:
        return hour
    return hour % 12 + (12 if halves[0] == "pm" else 0) if 1 <= hour <= 12 else None


def _in_utc(
    local: datetime.datetime, zones: list[datetime.tzinfo], abbreviations: list[str], zone: datetime.tzinfo | None
) -> datetime.datetime | None:
    """A local time in UTC, without a zone; ``None`` if the text names a zone that cannot be told."""
    if abbreviations and abbreviations[0] in UTC_NAMES:
        zones, abbreviations = zones or [datetime.UTC], []  # in UTC+2 the offset counts
    chosen = zones[0] if zones else zone
    aware = local.replace(tzinfo=chosen) if chosen else local.astimezone()
    if abbreviations and (aware.tzname() or "").casefold() != abbreviations[0]:
        return None  # one abbreviation stands for several zones: only that of the expected zone is sure
    return aware.astimezone(datetime.UTC).replace(tzinfo=None)


@cache
def _names(language: str) -> _Names:
    """Names of one language, in every length and case of grammar that CLDR has."""
    locale = Locale.parse(language)
    names = _Names()

    def plain(name: str) -> str:
        words = re.split(r"[\s\-]+", _without_marks(name).replace(".", "").strip().casefold())
        if len(words) > 1:
            names.compounds.add("".join(words))
        return "".join(words)

    for table, of in ((names.months, locale.months), (names.weekdays, locale.days)):
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in of[context].get(width, {}).items():
                    table.setdefault(plain(name), set()).add(int(number))
    for context in locale.day_periods.values():
        for width in ("wide", "abbreviated"):
            for half in ("am", "pm"):
                if name := context.get(width, {}).get(half):
                    names.halves[plain(name)] = half
    if language == "en":
        names.months["sept"] = {9}
    return names


def _without_marks(text: str) -> str:
    """Without apostrophes and marks of the writing direction."""
    normal = _APOSTROPHES.sub("", unicodedata.normalize("NFKC", text))
    return "".join(sign for sign in normal if unicodedata.category(sign) != "Cf")


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
