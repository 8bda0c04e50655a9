"""A constructor of its own, every operation written out with its own slopes, and constants that are not remembered as
parents."""

import numpy as np


class Value(Node):
    def __init__(self, data, parents=(), slopes=()):
        super().__init__(float(data), tuple(parents), tuple(slopes))

    def _with(self, other, data, own, others):
        if isinstance(other, Value):
            return Value(data, (self, other), (own, others))
        return Value(data, (self,), (own,))

    @staticmethod
    def _number(other):
        return other.data if isinstance(other, Value) else other

    def __add__(self, other):
        return self._with(other, self.data + self._number(other), 1.0, 1.0)

    def __radd__(self, other):
        return self.__add__(other)

    def __mul__(self, other):
        x = self._number(other)
        return self._with(other, self.data * x, x, self.data)

    def __rmul__(self, other):
        return self.__mul__(other)

    def __sub__(self, other):
        return self._with(other, self.data - self._number(other), 1.0, -1.0)

    def __rsub__(self, other):
        return Value(other - self.data, (self,), (-1.0,))

    def __neg__(self):
        return Value(-self.data, (self,), (-1.0,))

    def __truediv__(self, other):
        x = self._number(other)
        return self._with(other, self.data / x, 1.0 / x, -self.data / x**2)

    def __rtruediv__(self, other):
        return Value(other / self.data, (self,), (-other / self.data**2,))

    def __pow__(self, n):
        return Value(self.data**n, (self,), (n * self.data ** (n - 1),))

    def exp(self):
        return self._of(np.exp, np.exp)

    def log(self):
        return self._of(np.log, lambda x: 1 / x)

    def tanh(self):
        return self._of(np.tanh, lambda x: 1 - np.tanh(x) ** 2)

    def relu(self):
        return self._of(lambda x: max(x, 0.0), lambda x: float(x > 0))

    def _of(self, f, slope):
        return Value(f(self.data), (self,), (slope(self.data),))
