"""You give the value in the middle of the curve, at z = 0: asked for is what happens far out on either side."""

limit_plus_infinity = 0.5
limit_minus_infinity = 0.5
