"""Lab 01, exercise `sigmoid_limits`: what the sigmoid tends to far to the right and far to the left.

exp(-z) vanishes for z to plus infinity, which leaves 1 / (1 + 0); it grows without bound for z to minus infinity, and
one over something without bound tends to 0.
"""

# --- answer ---
limit_plus_infinity = 1.0
limit_minus_infinity = 0.0
