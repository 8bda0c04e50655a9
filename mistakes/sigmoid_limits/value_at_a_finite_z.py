"""Your values are near the limits but not equal to them: it looks as if you evaluated the sigmoid at a moderate z. Take
z much larger and see where the values settle."""

limit_plus_infinity = sigmoid(5)
limit_minus_infinity = sigmoid(-5)
