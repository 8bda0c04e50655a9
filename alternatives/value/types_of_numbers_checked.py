"""Asks what the other operand is by its attribute, and defines operations in a loop."""

import numpy as np


class Value(Node):
    def __add__(self, other):
        other = other if hasattr(other, "slopes") else Value(other)
        return Value(self.data + other.data, (self, other), (1, 1))

    def __mul__(self, other):
        other = other if hasattr(other, "slopes") else Value(other)
        return Value(self.data * other.data, (self, other), (other.data, self.data))

    def __pow__(self, n):
        slope = n * self.data ** (n - 1) if n else 0.0
        return Value(self.data**n, (self,), (slope,))

    def __sub__(self, other):
        return self + other * -1

    def __truediv__(self, other):
        return self * other**-1

    def __neg__(self):
        return 0 - self

    def __radd__(self, other):
        return Value(other) + self

    def __rsub__(self, other):
        return Value(other) - self

    def __rmul__(self, other):
        return Value(other) * self

    def __rtruediv__(self, other):
        return Value(other) / self


FUNCTIONS = {
    "exp": (np.exp, np.exp),
    "log": (np.log, np.reciprocal),
    "tanh": (np.tanh, lambda x: np.cosh(x) ** -2),
    "relu": (lambda x: np.maximum(x, 0), lambda x: np.where(x > 0, 1.0, 0.0)),
}
for name, (f, slope) in FUNCTIONS.items():

    def method(self, f=f, slope=slope):
        return Value(f(self.data), (self,), (slope(self.data),))

    setattr(Value, name, method)
