"""Uses a root finder from SciPy."""

from scipy.optimize import brentq


def activation_point(w, b):
    return brentq(lambda x: w * x + b, -1e5, 1e5)
