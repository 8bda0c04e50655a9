"""You give the sigmoid at a large z. That is very close to the limit, but a limit is the number that the values get as close
to as you like: name that number."""

limit_plus_infinity = sigmoid(30.0)
limit_minus_infinity = sigmoid(-30.0)
