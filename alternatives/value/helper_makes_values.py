"""A function outside of the class makes Values of numbers; `math` in place of NumPy; lists in place of tuples."""

import math


def as_value(other):
    return other if isinstance(other, Node) else Value(other)


class Value(Node):
    def __add__(self, other):
        other = as_value(other)
        return Value(self.data + other.data, [self, other], [1, 1])

    def __mul__(self, other):
        other = as_value(other)
        return Value(self.data * other.data, [self, other], [other.data, self.data])

    __radd__ = __add__
    __rmul__ = __mul__

    def __pow__(self, n):
        return Value(math.pow(self.data, n), [self], [n * math.pow(self.data, n - 1)])

    def exp(self):
        return Value(math.exp(self.data), [self], [math.exp(self.data)])

    def log(self):
        return Value(math.log(self.data), [self], [1 / self.data])

    def tanh(self):
        return Value(math.tanh(self.data), [self], [1 / math.cosh(self.data) ** 2])

    def relu(self):
        return Value(self.data, [self], [1]) if self.data > 0 else Value(0, [self], [0])

    def __neg__(self):
        return Value(-self.data, [self], [-1])

    def __sub__(self, other):
        return self + (-as_value(other))

    def __rsub__(self, other):
        return as_value(other) - self

    def __truediv__(self, other):
        return self * as_value(other) ** -1

    def __rtruediv__(self, other):
        return as_value(other) / self
