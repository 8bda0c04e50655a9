"""The sigmoid at z so large that only the rounding error is left."""

limit_plus_infinity = sigmoid(np.array(200.0))
limit_minus_infinity = sigmoid(np.array(-200.0))
