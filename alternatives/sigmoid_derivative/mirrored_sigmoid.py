"""1 - sigmoid(z) written as sigmoid(-z), as a lambda."""

sigmoid_derivative = lambda z: sigmoid(z) * sigmoid(-1 * z)
