"""1 - sigmoid(z) written as sigmoid(-z), in a lambda."""

sigmoid_derivative = lambda z: sigmoid(z) * sigmoid(-1 * z)
