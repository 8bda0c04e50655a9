"""You give the sigmoid at a z that is not large, which is near the limit but not the limit: take z much further out and
watch where the values settle."""

limit_plus_infinity = sigmoid(5)
limit_minus_infinity = sigmoid(-5)
