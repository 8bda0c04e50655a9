"""An instance of a class with __call__."""


class Logistic:
    """Logistic curve of given height and steepness."""

    def __init__(self, height=1.0, steepness=1.0):
        self.height = height
        self.steepness = steepness

    def __call__(self, z):
        return self.height / (1 + np.exp(-self.steepness * z))


sigmoid = Logistic()
