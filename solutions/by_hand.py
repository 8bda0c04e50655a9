"""Lab 06, exercise `by_hand`: the gradients of L = (a b + a)^2 at a = 2, b = -3, by the chain rule.

L = v^2 with v = u + a and u = a b, so dL/dv = 2 v = -8. Both paths from a to L count: -8 * 1 * b + -8 * 1.
"""

# --- answer ---
dL_du = -8.0
dL_db = -16.0
dL_da = 16.0
