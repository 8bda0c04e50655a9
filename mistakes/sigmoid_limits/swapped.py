"""Your two limits are swapped. Put a large positive z into the formula and see what remains of the exponential."""

limit_plus_infinity = 0
limit_minus_infinity = 1
