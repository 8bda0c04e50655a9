"""Your value is the middle of the curve, at z = 0. The task asks what the sigmoid approaches far to the left and far to
the right."""

limit_plus_infinity = 0.5
limit_minus_infinity = 0.5
