"""The codec: what crosses arrives as plain data, and no bytes whatever do harm to their reader."""

from __future__ import annotations

import contextlib
import ctypes
import datetime
import os
import random
import struct
import tracemalloc
from array import array
from collections import Counter, OrderedDict, UserList, defaultdict, deque, namedtuple
from collections.abc import Callable
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction
from functools import partial
from pathlib import Path, PurePath, PurePosixPath
from typing import Any

import msgpack
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import sparse

from autograder.protocol.codec import CodecError, Function, Opaque, TooLarge, decode, encode
from autograder.protocol.keeping import Kept, Recipe, Sort
from autograder.protocol.kinds import MAX_DEPTH, Kind


class Vector:
    """A container of a student's own."""

    def __array__(self, dtype: Any = None, copy: Any = None) -> np.ndarray:
        return np.array([1.0, 2.0])


def crossed(value: object) -> Any:
    """The value as the other side gets it."""
    return decode(encode(value))


def same(one: Any, other: Any) -> bool:
    """Equal in type and content; NaN equals NaN."""
    if type(one) is not type(other):
        return False
    if isinstance(one, (list, tuple, deque)):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return len(one) == len(other) and all(map(same, one.items(), other.items()))
    if isinstance(one, np.ndarray):
        return bool(one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes())
    return bool(one == other) or (one != one and other != other)


def alike(one: Any, other: Any) -> bool:
    """Of one type, and equal in content."""
    if isinstance(one, (pd.DataFrame, pd.Series, pd.Index)):
        kinds = {pd.DataFrame: "frame", pd.Series: "series"}
        compare = getattr(pd.testing, f"assert_{kinds.get(type(one), 'index')}_equal")
        compare(one, other, **({} if isinstance(one, pd.Index) else {"check_freq": False}))
        return True
    if sparse.issparse(one):
        return type(one) is type(other) and one.dtype == other.dtype and not (one != other).nnz
    if isinstance(one, PurePath):
        return isinstance(other, Path) == isinstance(one, Path) and one == other
    if isinstance(one, tuple):
        return type(one).__name__ == type(other).__name__ and one == other and repr(one) == repr(other)
    return one is other or same(one, other)


KEYS = st.one_of(st.none(), st.booleans(), st.integers(-(2**63), 2**64 - 1), st.floats(allow_nan=False), st.text())
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
TYPES = st.one_of(
    *(hnp.integer_dtypes(endianness="<"), hnp.unsigned_integer_dtypes(endianness="<")),
    *(
        hnp.floating_dtypes(endianness="<", sizes=(16, 32, 64)),
        hnp.complex_number_dtypes(endianness="<", sizes=(64, 128)),
    ),
    *(hnp.boolean_dtypes(), hnp.datetime64_dtypes(endianness="<"), hnp.byte_string_dtypes(min_len=1, max_len=5)),
)
MOMENTS = st.datetimes() | st.datetimes(timezones=st.just(datetime.UTC))
LIBRARY = st.one_of(
    *(st.dates(), st.times(), st.timedeltas(), MOMENTS, st.fractions()),
    st.decimals(allow_nan=False, min_value=-1e9, max_value=1e9),
    st.lists(st.integers(0, 9)).map(Counter),
    st.lists(st.floats() | TEXTS, max_size=4).map(lambda items: deque(items, maxlen=4)),
    st.builds(range, st.integers(-9, 9), st.integers(-99, 99), st.integers(1, 5)),
)
LEAVES = st.one_of(
    LIBRARY,
    *(st.none(), st.booleans(), st.integers(), st.floats(), st.complex_numbers(), TEXTS, st.binary()),
    hnp.arrays(TYPES, hnp.array_shapes(min_dims=0, min_side=0, max_side=4)),
    st.lists(st.floats(), min_size=8, max_size=12),
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(KEYS, inner, max_size=4),
        st.frozensets(KEYS, max_size=4),
    ),
    max_leaves=12,
)


@given(VALUES)
@settings(max_examples=300)
def test_plain_values_cross_unchanged(value: object) -> None:
    assert same(crossed(value), value)


class Rude(list):  # type: ignore[type-arg]
    """A list that lies about itself."""

    def __iter__(self) -> Any:
        raise RuntimeError

    def __len__(self) -> int:
        return -1

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None


class Number(int):
    def __int__(self) -> int:
        return 7

    def __index__(self) -> int:
        return 7

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = int.__hash__


class Level(IntEnum):
    LOW = 1


class Liar(np.ndarray):
    def __eq__(self, other: object) -> Any:
        return True

    def __array__(self, *args: Any, **kwargs: Any) -> Any:
        raise RuntimeError

    @property  # type: ignore[misc]
    def shape(self) -> Any:
        return (99,)


Point = namedtuple("Point", "x y")
ZONE = datetime.timezone(datetime.timedelta(hours=2))
DAYS = pd.date_range("2026-01-01", periods=3)

FORMS: dict[str, Any] = {
    "date": datetime.date(2024, 2, 29),
    "time": datetime.time(1, 2, 3, 4),
    "moment": datetime.datetime(2024, 2, 29, 1, 2, 3, 4),
    "moment in a zone": datetime.datetime(2024, 2, 29, tzinfo=ZONE),
    "duration": datetime.timedelta(-1, 5, 7),
    "path": Path("data/a.txt"),
    "pure path": PurePosixPath("/a/b"),
    "fraction": Fraction(-1, 3),
    "decimal": Decimal("0.10"),
    "counter": Counter("aab"),
    "ordered dict": OrderedDict(a=1, b=[2]),
    "default dict": defaultdict(list, a=[1]),
    "deque": deque([1, "b"], maxlen=4),
    "range": range(2, 9, 3),
    "slice": slice(1, None, 2),
    "named tuple": Point(1, [2]),
    "dates as keys": {datetime.date(2024, 2, 29): 1, (Fraction(1, 2), frozenset({"a"})): 2},
    "class": int,
    "exception class": ValueError,
    "constants": [NotImplemented, ...],
    "table": pd.DataFrame({"a": [1, 2], "b": ["x", "y"], 3: [0.5, np.nan], "c": [True, False]}, index=["p", "q"]),
    "empty table": pd.DataFrame(),
    "two columns of one name": pd.DataFrame([[1, "x"]], columns=["a", "a"]),
    "series": pd.Series([1.0, 2.0], name="s"),
    "dates": pd.DataFrame({"day": DAYS, "zoned": DAYS.tz_localize("Europe/Paris")}, index=DAYS),
    "categories": pd.Series(["a", "b", "a"], dtype="category"),
    "gaps": pd.DataFrame({"i": pd.array([1, None], "Int64"), "t": ["a", None], "b": pd.array([True, None], "boolean")}),
    "objects": pd.Series([1, "a", [2], None], dtype=object),
    "index": pd.Index(["a", "b"], name="n"),
    "levels": pd.Series([1, 2], index=pd.MultiIndex.from_tuples([("a", 1), ("b", 2)], names=["x", "y"])),
    "groups": pd.DataFrame({"k": ["a", "b", "a"], "v": [1, 2, 3]}).groupby("k").agg(["sum", "mean"]),
    "timestamp": pd.Timestamp("2024-02-29 01:02:03.000000004"),
    "timestamp in a zone": pd.Timestamp("2024-02-29", tz="Europe/Paris"),
    "timedelta": pd.Timedelta(5, "ns"),
    "no time": pd.NaT,
    "compressed rows": sparse.eye(3, format="csr"),
    "compressed columns": sparse.csc_array(np.eye(2)),
    "coordinates": sparse.coo_array(np.arange(6.0).reshape(2, 3)),
    "diagonals": sparse.dia_array(np.eye(4)),
    "lists": sparse.lil_matrix(np.eye(2)),
    "keys": sparse.dok_array(np.eye(2)),
    "records": np.array([(1, 2.5, "ab")], dtype=[("a", "i4"), ("b", "f8"), ("c", "U3")]),
}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Rude([1, [2]]), [1, [2]]),
        (Number(3), 3),
        (Level.LOW, 1),
        ({"a": 1}.keys(), ["a"]),
        ({"a": 1}.values(), [1]),
        (bytearray(b"xy"), b"xy"),
        (UserList([1, 2.5]), [1, 2.5]),
        (memoryview(b"xy"), b"xy"),
        (np.str_("s"), "s"),
        (2**4000, 2**4000),
        (np.array([1, "x", None, [2]], dtype=object), [1, "x", None, [2]]),
        (np.array(None, dtype=object), None),
        ("a\ud800", "a?"),
    ],
)
def test_subclasses_and_relatives_cross_as_their_plain_base(value: object, expected: object) -> None:
    assert same(crossed(value), expected)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (np.arange(3.0).view(Liar), np.arange(3.0)),
        (np.array([[1.0, 2.0]]).view(np.matrix), np.array([[1.0, 2.0]])),
        (np.ma.array([1.0, 2.0], mask=[False, True]), np.array([1.0, np.nan])),
        (np.ma.array([1, 2], mask=[False, True]), np.array([1.0, np.nan])),
        (np.arange(6.0).reshape(2, 3).T, np.arange(6.0).reshape(2, 3).T.copy()),
        (np.arange(3.0, dtype=">f8"), np.arange(3.0)),
        (np.arange(3.0, dtype=np.longdouble), np.arange(3.0)),
        (np.broadcast_to(1.0, (2, 2)), np.ones((2, 2))),
        (np.array(["ab", "c"]), np.array(["ab", "c"])),
        (array("d", [1.0, 2.0]), np.array([1.0, 2.0])),
        ((ctypes.c_double * 2)(1.0, 2.0), np.array([1.0, 2.0])),
        (np.arange(3.0).data, np.arange(3.0)),
        (Vector(), np.array([1.0, 2.0])),
    ],
)
def test_relatives_of_arrays_cross_as_arrays(value: object, expected: np.ndarray) -> None:
    got = crossed(value)
    assert type(got) is np.ndarray
    assert same(got, expected) or np.array_equal(got, expected, equal_nan=True)
    got[...] = got  # it is writable, and its own


def test_empty_arrays_keep_their_shape() -> None:
    assert crossed(np.zeros((0, 500, 2))).shape == (0, 500, 2)


@pytest.mark.parametrize("scalar", [np.float32(0.5), np.float64(0.5), np.int8(-3), np.bool_(True), np.complex64(1j)])
def test_numpy_scalars_stay_what_they_are(scalar: np.generic) -> None:
    assert same(crossed(scalar), scalar)


def test_lists_of_numpy_floats_keep_their_type() -> None:
    assert [type(item) for item in crossed([np.float64(1.5)] * 9)] == [np.float64] * 9


@pytest.mark.parametrize("name", FORMS)
def test_library_values_cross_as_what_they_are(name: str) -> None:
    assert alike(FORMS[name], crossed(FORMS[name]))
    assert alike(FORMS[name], crossed([{"k": FORMS[name]}])[0]["k"])


def test_named_tuples_of_one_kind_have_one_class() -> None:
    one, other = crossed(Point(1, 2)), crossed(Point(3, 4))
    assert type(one) is type(other)
    assert (one.x, other.y, type(one).__name__) == (1, 4, "Point")


def test_columns_of_objects_hold_plain_values_only() -> None:
    got = crossed(pd.DataFrame({"a": pd.Series([Mean(), 1, {"k": Mean()}], dtype=object)}))
    assert isinstance(got["a"][0], Opaque)
    assert (got["a"][1], type(got["a"][2]["k"]).__name__) == (1, "Mean")


@pytest.mark.parametrize("text", ["/etc/passwd", "../secret", "a/../../b", "~/x"])
def test_a_path_leads_its_reader_nowhere(text: str) -> None:
    got = crossed(Path(text))
    assert str(got) == text
    for use in (open, lambda path: path.exists(), lambda path: path.read_text(), os.listdir, lambda path: path.stat()):
        with pytest.raises(PermissionError, match="leads nowhere"):
            use(got)


class Mean:
    __hash__ = object.__hash__

    def __repr__(self) -> str:
        raise RuntimeError

    def __getattr__(self, name: str) -> Any:
        raise RuntimeError


class Pretender:
    __class__ = list  # type: ignore[assignment]


OPAQUE: dict[str, Callable[[], Any]] = {
    "object": object,
    "mean": Mean,
    "pretender": Pretender,
    "iterator": lambda: iter([1]),
    "generator": lambda: (i for i in ""),
    "map": lambda: map(abs, []),
    "int": lambda: 10**9999,
    "fraction": lambda: Fraction(10**4000),
    "decimal": lambda: Decimal("1e99999"),
    "range": lambda: range(10**12),
    "slice": lambda: slice("a"),
    "odd names": lambda: pd.Series([1], name=2**70),
    "objects as keys": lambda: {object(): 1},
    "large keys": lambda: {2**70: 1},
    "objects in a set": lambda: {Mean()},
    "module": lambda: np,
    "generator of numbers": lambda: np.random.default_rng(0),
}


@pytest.mark.parametrize("name", OPAQUE)
def test_what_has_no_plain_form_only_tells_its_type(name: str) -> None:
    value = OPAQUE[name]()
    got = crossed(value)
    assert isinstance(got, Opaque)
    assert got.type_name == type(value).__name__ == type(got).__name__


def test_recursive_and_deep_values_end_somewhere() -> None:
    loop: list[Any] = []
    loop.append(loop)
    assert isinstance(crossed(loop)[0], Opaque)
    mapping: dict[str, Any] = {}
    mapping["self"] = [mapping]
    assert isinstance(crossed(mapping)["self"][0], Opaque)
    deep: Any = 1
    for _ in range(10_000):
        deep = (deep,)
    got = crossed(deep)
    for _ in range(MAX_DEPTH + 1):
        (got,) = got
    assert isinstance(got, Opaque)


def test_shared_values_are_no_loops() -> None:
    row = [1]
    assert crossed([row, row]) == [[1], [1]]


def bush(depth: int) -> list[Any]:
    """A small object that would be huge if written out."""
    node: list[Any] = []
    for _ in range(depth):
        node = [node, node]
    return node


LARGE: dict[str, Callable[[], Any]] = {
    "array": lambda: np.zeros(10**6),
    "text": lambda: "x" * 10**6,
    "bytes": lambda: b"x" * 10**6,
    "floats": lambda: [0.5] * 10**6,
    "ints": lambda: list(range(10**6)),
    "bush": lambda: bush(30),
    "broadcast": lambda: np.broadcast_to(1.0, (10**6, 10**6)),
    "column": lambda: pd.Series(np.zeros(10**6)),
    "dict": lambda: {i: i for i in range(40_000)},
    "objects": lambda: np.full(10**6, None),
}


@pytest.mark.parametrize("name", LARGE)
def test_large_values_are_refused(name: str) -> None:
    value = LARGE[name]()
    with pytest.raises(TooLarge):
        encode(value, max_bytes=100_000)


def test_the_reader_has_the_same_bounds() -> None:
    data = encode(np.zeros(1000))
    with pytest.raises(CodecError):
        decode(data, max_bytes=1000)
    with pytest.raises(CodecError):
        decode(encode([[[[[[[[[[[[[[]]]]]]]]]]]]]]), max_depth=1)


@pytest.mark.parametrize(
    ("function", "signature"),
    [
        (lambda x, /, w=1, *rest, b, c=2, **more: None, "(x, /, w=..., *rest, b, c=..., **more)"),
        (partial(pow, 2), ""),
        (np.tanh, None),
        (len, "(obj, /)"),
        (np.vectorize(abs), None),
    ],
)
def test_functions_tell_name_and_signature(function: Any, signature: str | None) -> None:
    got = crossed(function)
    assert isinstance(got, Function)
    assert got.name
    assert signature is None or signature in ("", got.signature)


def test_markers_survive_a_second_crossing() -> None:
    for value in (Function("f", "(x)"), Opaque("generator", "g")):
        assert crossed(value) == value or repr(crossed(value)) == repr(value)


class Shelf:
    """A keeper that keeps what has no plain form, and finds it again."""

    def __init__(self) -> None:
        self.kept: list[Any] = []
        self.firsts: dict[int, Any] = {}

    def keep(self, value: Any, plain: bool) -> Kept | str | None:
        if plain:
            return None
        self.kept.append(value)
        sort = Sort.CLASS if isinstance(value, type) else Sort.OBJECT
        return Kept(Kind.HANDLE, len(self.kept), sort, of=1)

    def find(self, kept: Kept, told: Any) -> Any:
        return self.kept[kept.number - 1]

    def share(self, value: Any) -> int:
        return id(value)

    def once(self, number: int, value: Any) -> Any:
        return self.firsts.setdefault(number, value)

    def make(self, recipe: Recipe) -> Any:
        return recipe.name, dict(recipe.arguments)

    def find_in_library(self, name: str) -> Any:
        raise CodecError("none here")


def test_kept_objects_come_back_themselves() -> None:
    shelf, thing = Shelf(), object()
    data = encode([thing, {"k": (thing, Mean)}], keeper=shelf)
    first, second = decode(data, keeper=shelf)
    assert first is thing
    assert second["k"] == (thing, Mean)
    assert isinstance(decode(data)[0], Opaque)


def test_one_array_stays_one_array_within_and_between_messages() -> None:
    shelf, numbers = Shelf(), np.arange(3)
    messages = encode([numbers, numbers], keeper=shelf), encode(numbers, keeper=shelf)
    (one, two), three = (decode(data, keeper=shelf) for data in messages)
    assert one is two is three
    assert decode(messages[0])[0].tolist() == [0, 1, 2]


def test_mutated_messages_about_kept_objects_do_no_harm() -> None:
    rng, shelf = random.Random(6), Shelf()
    message = encode([object(), Mean, len, {Mean(): 1}, np.arange(2)], keeper=shelf)
    for _ in range(3_000):
        data = bytearray(message)
        for _ in range(rng.randint(1, 3)):
            data[rng.randrange(len(data))] = rng.choice([0, 1, 0x7F, 0xFF, rng.randrange(256)])
        with contextlib.suppress(CodecError):
            decode(bytes(data), keeper=shelf)


def ext(code: int, payload: bytes) -> bytes:
    return bytes(msgpack.packb(msgpack.ExtType(code, payload)))


def raw_array(dtype: bytes, shape: tuple[int, ...], content: bytes) -> bytes:
    header = struct.pack("<B", len(dtype)) + dtype + struct.pack(f"<B{len(shape)}Q", len(shape), *shape)
    return ext(Kind.ARRAY, header + content)


HOSTILE = {
    "empty": b"",
    "left over": encode(1) + b"\x01",
    "msgpack array": b"\x91\x01",
    "msgpack map": b"\x81\x01\x01",
    "huge msgpack array": b"\xdd\xff\xff\xff\xff",
    "timestamp": b"\xd6\xff\0\0\0\1",
    "unknown type": ext(99, b""),
    "cut short": encode([1, 2, 3])[:-1],
    "huge text": b"\xdb\xff\xff\xff\xff",
    "no unicode": b"\xa1\xff",
    "huge count": ext(Kind.LIST, struct.pack("<Q", 2**63)),
    "odd count": ext(Kind.LIST, b"\1"),
    "objects": raw_array(b"|O8", (1,), b"\0" * 8),
    "records": raw_array(b"|V8", (1,), b"\0" * 8),
    "comma type": raw_array(b"<f8,<f8", (1,), b"\0" * 16),
    "big endian": raw_array(b">f8", (1,), b"\0" * 8),
    "no type": raw_array(b"", (1,), b"\0" * 8),
    "zero width": raw_array(b"<U0", (10**9,), b""),
    "wide": raw_array(b"<U99999999", (1,), b""),
    "short": raw_array(b"<f8", (2,), b"\0" * 8),
    "long": raw_array(b"<f8", (1,), b"\0" * 16),
    "overflowing shape": raw_array(b"<f8", (2**62, 2**62), b""),
    "wrapping shape": raw_array(b"<f8", (2**32, 2**32), b""),
    "empty but huge": raw_array(b"<f8", (0, 2**40), b""),
    "too many dimensions": raw_array(b"<f8", (1,) * 64, b"\0" * 8),
    "third boolean": raw_array(b"|b1", (1,), b"\2"),
    "beyond unicode": raw_array(b"<U1", (1,), b"\xff\xff\xff\x7f"),
    "surrogate": raw_array(b"<U1", (1,), b"\0\xd8\0\0"),
    "large int": ext(Kind.INT, b"\1" * 2000),
    "repeated key": ext(Kind.DICT, struct.pack("<Q", 2)) + b"\1\1\1\1",
    "list as key": ext(Kind.DICT, struct.pack("<Q", 1)) + ext(Kind.LIST, struct.pack("<Q", 0)) + b"\1",
    "large int as key": ext(Kind.DICT, struct.pack("<Q", 1)) + ext(Kind.INT, b"\1" * 20) + b"\1",
    "repeated member": ext(Kind.SET, struct.pack("<Q", 2)) + b"\1\1",
    "function of numbers": ext(Kind.FUNCTION, b"") + b"\1\1",
    "figure of nothing": ext(Kind.FIGURE, b"") + b"\xc0",
    "figure of itself": ext(Kind.FIGURE, b"") * 1000,
    "figure again": ext(Kind.FIGURE_AGAIN, struct.pack("<Q", 0)),
    "axes of a number": ext(Kind.AXES, struct.pack("<Q", 0)) + b"\1",
    "huge grid": ext(Kind.AXES_GRID, struct.pack("<BQQ", 2, 2**40, 2**40)),
    "unknown form": ext(Kind.FORM, b"exec") + b"\xc0",
    "form of nothing": ext(Kind.FORM, b"date"),
    "text for a table": ext(Kind.FORM, b"table") + encode("x"),
    "other builtin": ext(Kind.FORM, b"builtin") + encode("eval"),
    "date of another text": ext(Kind.FORM, b"date") + encode("20240229"),
    "month 13": ext(Kind.FORM, b"date") + encode("2024-13-01"),
    "no fraction": ext(Kind.FORM, b"fraction") + encode((1, 0)),
    "huge exponent": ext(Kind.FORM, b"decimal") + encode("1e999999"),
    "endless range": ext(Kind.FORM, b"range") + encode((0, 10**15, 1)),
    "fields that are code": ext(Kind.FORM, b"named tuple") + encode(("P", ("x", "import os"), (1, 2))),
    "too few fields": ext(Kind.FORM, b"named tuple") + encode(("P", ("x",), (1, 2))),
    "factory": ext(Kind.FORM, b"default dict") + encode(("eval", {})),
    "list in a counter": ext(Kind.FORM, b"counter") + encode([1]),
    "long deque": ext(Kind.FORM, b"deque") + encode(([1, 2], 1)),
    "huge index": ext(Kind.FORM, b"index") + encode(("range", 0, 10**12, 1, None)),
    "long column": ext(Kind.FORM, b"series") + encode((None, ("range", 0, 2, 1, None), ("numbers", np.zeros(3)))),
    "column of a table": ext(Kind.FORM, b"column") + encode(("numbers", np.zeros((2, 2)))),
    "category out of range": ext(Kind.FORM, b"column")
    + encode(("categories", np.array([7], "i1"), ("objects", ["a"]), False)),
    "zone as a path": ext(Kind.FORM, b"column") + encode(("moments", np.zeros(1, "M8[ns]"), "../../etc/passwd")),
    "level out of range": ext(Kind.FORM, b"index") + encode(("levels", [("objects", ["a"])], [np.array([3])], [None])),
    "sparse index out of range": ext(Kind.FORM, b"sparse")
    + encode(("csr", False, (1, 2), np.ones(1), np.array([10**6], "i4"), np.array([0, 1], "i4"))),
    "sparse rows that end too late": ext(Kind.FORM, b"sparse")
    + encode(("csr", False, (1, 2), np.ones(1), np.array([0], "i4"), np.array([0, 10**6], "i4"))),
    "sparse lists of many rows": ext(Kind.FORM, b"sparse")
    + encode(("lil", False, (10**9, 1), np.ones(1), np.array([[0], [0]]), None)),
    "handle cut short": ext(Kind.HANDLE, b"\0" * 16) + b"\xc0",
    "handle of number zero": ext(Kind.HANDLE, struct.pack("<BQQ", 0, 0, 1)) + b"\xc0",
    "handle of a huge number": ext(Kind.HANDLE, struct.pack("<BQQ", 0, 2**60, 1)) + b"\xc0",
    "handle of another sort": ext(Kind.GUEST, struct.pack("<BQQ", 9, 1, 1)) + b"\xc0",
    "handle that is told by nothing": ext(Kind.HANDLE, struct.pack("<BQQ", 0, 1, 1)),
    "shared number": ext(Kind.SHARED, struct.pack("<Q", 1)) + b"\1",
    "shared nothing": ext(Kind.SHARED, struct.pack("<Q", 1)),
    "records without fields": ext(Kind.RECORDS, struct.pack("<BBQ", 0, 1, 10**9)),
    "records of objects": ext(Kind.RECORDS, b"\1\1a\3|O8" + struct.pack("<BQ", 1, 1) + b"\0" * 8),
    "records cut short": ext(Kind.RECORDS, b"\1\1a\3<f8" + struct.pack("<BQ", 1, 2) + b"\0" * 8),
    "deep": ext(Kind.LIST, struct.pack("<Q", 1)) * 100_000 + b"\1",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_messages_are_refused(name: str) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(CodecError):
            decode(HOSTILE[name])
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 40_000_000


@pytest.mark.parametrize("value", [None, "text", 3, bytearray(b"\1"), memoryview(b"\1")])
def test_only_bytes_are_messages(value: Any) -> None:
    with pytest.raises(CodecError):
        decode(value)


@given(st.binary(min_size=1, max_size=200))
@settings(max_examples=1000)
def test_random_bytes_do_no_harm(data: bytes) -> None:
    with contextlib.suppress(CodecError):
        decode(data)


def test_mutated_messages_do_no_harm() -> None:
    rng = random.Random(5)
    values = [
        {"a": [1, (2.5, None)], "b": np.arange(6).reshape(2, 3)},
        [np.array(["ab"]), np.array([True]), {1, 2}, 2**100, 1j, len, object()],
        [0.5] * 20,
        np.array(["2020-01-01"], dtype="M8[D]"),
        [FORMS[name] for name in ("moment in a zone", "deque", "named tuple", "default dict", "decimal")],
        *(FORMS[name] for name in ("table", "levels", "categories", "gaps", "dates", "compressed rows", "records")),
    ]
    messages = [encode(value) for value in values]
    for _ in range(20_000):
        data = bytearray(rng.choice(messages))
        for _ in range(rng.randint(1, 4)):
            place = rng.randrange(len(data))
            if rng.random() < 0.2:
                del data[place:]
                data += rng.choice(messages)[place:]
            elif rng.random() < 0.5:
                data[place] = rng.choice([0, 1, 0x7F, 0xFF, rng.randrange(256)])
            else:
                data[place] ^= 1 << rng.randrange(8)
        with contextlib.suppress(CodecError):
            decode(bytes(data))


def test_graphs_cross_as_what_they_are() -> None:
    networkx = pytest.importorskip("networkx", reason="no requirement of this course")
    for kind in (networkx.Graph, networkx.DiGraph, networkx.MultiGraph):
        graph = kind([(1, 2), (2, "three")], name="g")
        graph.add_node((4, 5), colour="red")
        back = decode(encode(graph))
        assert type(back) is kind
        assert networkx.utils.graphs_equal(back, graph)
    assert isinstance(decode(encode(networkx.Graph([(object(), 2)]))), Opaque)
