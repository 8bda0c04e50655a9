"""Lab 06, exercise `value`: numbers that remember how they were made."""

import numpy as np

from labs.given import Node


class Value(Node):
    """A number to compute with; each result remembers its parents and its slopes, one for each parent.

    Plain numbers on either side of an operator are constants: they become a Value without parents. The exponent of a
    power is a plain number.
    """

    def __add__(self, other: "Value | float") -> "Value":
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other: "Value | float") -> "Value":
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data * other.data, (self, other), (other.data, self.data))

    def __pow__(self, n: float) -> "Value":
        return Value(self.data**n, (self,), (n * self.data ** (n - 1),))

    def exp(self) -> "Value":
        """e to the power of this number."""
        e = np.exp(self.data)
        return Value(e, (self,), (e,))

    def log(self) -> "Value":
        """The natural logarithm of this number."""
        return Value(np.log(self.data), (self,), (1.0 / self.data,))

    def tanh(self) -> "Value":
        """The hyperbolic tangent of this number."""
        t = np.tanh(self.data)
        return Value(t, (self,), (1.0 - t**2,))

    def relu(self) -> "Value":
        """The larger of 0 and this number."""
        return Value(max(0.0, self.data), (self,), (float(self.data > 0),))

    def __radd__(self, other: float) -> "Value":
        return self + other

    def __rmul__(self, other: float) -> "Value":
        return self * other

    def __neg__(self) -> "Value":
        return self * -1.0

    def __sub__(self, other: "Value | float") -> "Value":
        return self + -other

    def __rsub__(self, other: float) -> "Value":
        return -self + other

    def __truediv__(self, other: "Value | float") -> "Value":
        return self * other**-1.0

    def __rtruediv__(self, other: float) -> "Value":
        return self**-1.0 * other
