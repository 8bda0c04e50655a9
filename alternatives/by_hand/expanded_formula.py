"""Differentiates L = a^2 (b + 1)^2 directly, without a graph."""

a, b = 2, -3
dL_da = 2 * a * (b + 1) ** 2
dL_db = 2 * a**2 * (b + 1)
dL_du = 2 * (a * b + a)
