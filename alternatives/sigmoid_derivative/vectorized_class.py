"""An object with __call__ around a function that np.vectorize makes elementwise."""

import numpy as np


class SigmoidDerivative:
    def __init__(self):
        self.elementwise = np.vectorize(self.at_one_point, otypes=[float])

    def at_one_point(self, z):
        h = sigmoid(z)
        return h * (1 - h)

    def __call__(self, z):
        return self.elementwise(z)


sigmoid_derivative = SigmoidDerivative()
