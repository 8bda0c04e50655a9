"""Everything is half of what it should be. The square has a slope that depends on where you are: look at L = v^2 once
more."""

dL_du = -4
dL_db = -8
dL_da = 8
