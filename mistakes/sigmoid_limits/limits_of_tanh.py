"""Your values are the limits of tanh, which falls to -1. Can the sigmoid ever be negative?"""

limit_plus_infinity = 1
limit_minus_infinity = -1
