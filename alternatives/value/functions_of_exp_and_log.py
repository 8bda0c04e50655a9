"""Powers, quotients and the tanh are made of exp and products, so that they are graphs of several nodes."""

import numpy as np


class Value(Node):
    @classmethod
    def lifted(cls, other):
        return other if isinstance(other, cls) else cls(other)

    def __add__(self, other):
        other = Value.lifted(other)
        return Value(self.data + other.data, (other, self), (1.0, 1.0))

    def __radd__(self, other):
        return Value.lifted(other) + self

    def __mul__(self, other):
        other = Value.lifted(other)
        return Value(self.data * other.data, (other, self), (self.data, other.data))

    def __rmul__(self, other):
        return Value.lifted(other) * self

    def __neg__(self):
        return -1.0 * self

    def __sub__(self, other):
        return self + -1.0 * Value.lifted(other)

    def __rsub__(self, other):
        return Value.lifted(other) - self

    def __pow__(self, n):
        if float(n).is_integer() and n > 0:
            product = self
            for _ in range(int(n) - 1):
                product = product * self
            return product
        return Value(self.data**n, (self,), (n * self.data**n / self.data,))

    def __truediv__(self, other):
        return self * Value.lifted(other) ** -1

    def __rtruediv__(self, other):
        return Value.lifted(other) / self

    def exp(self):
        e = np.e**self.data
        return Value(e, (self,), (e,))

    def log(self):
        return Value(np.log(self.data), (self,), (self.data**-1,))

    def tanh(self):
        e = (2 * self).exp()
        return (e - 1) / (e + 1)

    def relu(self):
        return self * (self.data > 0)
