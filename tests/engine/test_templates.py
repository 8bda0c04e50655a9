"""Messages from templates are the codec's own, to the byte, and what does not fit one is walked through."""

from __future__ import annotations

import math
import struct
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from autograder.protocol import codec
from autograder.protocol.codec import _written
from autograder.protocol.templates import MAX_TEMPLATES, NoOutlineError, Templates, outline

FLOATS = st.floats(allow_nan=True, allow_infinity=True)
LEAVES = st.one_of(
    FLOATS,
    FLOATS.map(np.float64),
    arrays.arrays(np.float64, arrays.array_shapes(min_dims=0, max_dims=3, max_side=3), elements=FLOATS),
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(st.text("abxy_", min_size=1, max_size=3), inner, max_size=3),
    ),
    max_leaves=6,
)


def with_other_floats(value: Any) -> Any:
    """The same value with other floats."""
    if isinstance(value, (list, tuple)):
        return type(value)(map(with_other_floats, value))
    if isinstance(value, dict):
        return {key: with_other_floats(part) for key, part in value.items()}
    return type(value)(0.0) if isinstance(value, float) else np.full_like(value, 0.5)


@given(VALUES)
def test_messages_are_the_codecs_own(value: Any) -> None:
    templates = Templates(_written)
    for _ in range(3):  # seen, made, used
        message = templates.encode(value)
    other = with_other_floats(value)
    for one in (value, other):
        again = templates.encode(one)
        assert again is None or again == _written(one)
    if message is None:
        return
    template = templates.find(_written(other))
    assert template is not None
    read = template.read(_written(other))
    assert _written(read) == _written(other)
    assert type(read) is type(other)


def test_what_is_read_may_be_changed() -> None:
    for number in range(4):
        value = codec.decode(codec.encode((np.array([1.0, number]), 2.0)))
        value[0][0] = 7.0
        assert value[0].tolist() == [7.0, number]


@pytest.mark.parametrize(
    "value", [1, True, None, "a", b"a", [1.0] * 8, np.float32(1), np.array([1]), {1: 2.0}, np.array([]), [[[[1.0]]]]]
)
def test_other_values_have_no_outline(value: Any) -> None:
    with pytest.raises(NoOutlineError):
        outline(value, [])


class Loud(float):
    """Not a plain float."""


def test_subclasses_are_left_to_the_codec() -> None:
    templates = Templates(_written)
    for value in (Loud(1.0), np.array([1.0]).view(np.recarray)):
        assert [templates.encode(value) for _ in range(4)] == [None] * 4


def test_not_a_number_keeps_its_bits() -> None:
    odd = struct.unpack("<d", bytes.fromhex("010000000000f87f"))[0]
    for _ in range(4):
        read = codec.decode(codec.encode((odd, np.array([odd]))))
    assert math.isnan(read[0])
    assert read[1].tobytes().hex() == "010000000000f87f"


def test_a_message_that_differs_elsewhere_fits_no_template() -> None:
    templates = Templates(_written)
    for _ in range(3):
        message = templates.encode((1.0, np.zeros(3)))
    assert message is not None
    floats = {place for part in templates.find(message).places for place in range(part.start, part.stop)}  # type: ignore[union-attr]
    for place in range(len(message)):
        changed = bytearray(message)
        changed[place] ^= 1
        assert (templates.find(bytes(changed)) is not None) == (place in floats)


def test_templates_do_not_pile_up() -> None:
    templates = Templates(_written)
    for length in range(1, 3 * MAX_TEMPLATES):
        for _ in range(3):
            templates.encode(np.zeros(length))
        assert len(templates._by_outline) <= MAX_TEMPLATES
