"""Integers, in one line."""

limit_plus_infinity, limit_minus_infinity = 1, 0
