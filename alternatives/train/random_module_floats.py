"""Python's random module and plain floats, with the chain rule written out; returns lists."""

import math
import random


def train(X, N, lr, seed):
    generator = random.Random(seed)
    points = [float(x) for x in X]
    u1, u2, c1, c2, v1, v2, d = 1.0, -1.0, 1.0, 1.0, 1.0, -1.0, 1.0
    for _ in range(N):
        x = generator.choice(points)
        h1 = 1 / (1 + math.exp(-u1 * x - c1))
        h2 = 1 / (1 + math.exp(-u2 * x - c2))
        e = 2 * (v1 * h1 + v2 * h2 + d - math.exp(-x * x))
        s1 = e * v1 * h1 * (1 - h1)
        s2 = e * v2 * h2 * (1 - h2)
        v1, v2, d = v1 - lr * e * h1, v2 - lr * e * h2, d - lr * e
        u1, u2, c1, c2 = u1 - lr * s1 * x, u2 - lr * s2 * x, c1 - lr * s1, c2 - lr * s2
    return [u1, u2], [c1, c2], [v1, v2], [d]
