"""SciPy's own sigmoid assigned to the name: a ufunc, not a function."""

from scipy.special import expit

sigmoid = expit
