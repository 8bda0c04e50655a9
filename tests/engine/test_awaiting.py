"""Awaitables are run to their end wherever the code stands."""

from __future__ import annotations

import asyncio

import pytest

from autograder.protocol.awaiting import awaited


async def doubled(x: int) -> int:
    """Twice `x`, later."""
    await asyncio.sleep(0)
    return 2 * x


def test_without_a_loop() -> None:
    assert awaited(doubled(2)) == 4


def test_inside_a_loop() -> None:
    async def outer() -> int:
        inner = int(awaited(doubled(2)))
        return inner + await doubled(1)  # the loop outside goes on

    assert asyncio.run(outer()) == 6


def test_what_is_raised_is_raised() -> None:
    async def fails() -> None:
        raise KeyError("x")

    with pytest.raises(KeyError):
        awaited(fails())
