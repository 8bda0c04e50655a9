"""The sigmoid far out, rounded to a whole number."""

limit_plus_infinity = round(float(sigmoid(50.0)))
limit_minus_infinity = round(float(sigmoid(-50.0)))
