"""Python's random module and plain floats; returns a list of a list and a number."""

import math
import random


def train_classifier(X, y, epochs, batch_size, lr, seed):
    generator = random.Random(seed)
    data = [(float(point[0]), float(point[1]), float(label)) for point, label in zip(X, y)]
    u, v, b = 1.0, 1.0, 1.0
    for _ in range(epochs):
        generator.shuffle(data)
        for first in range(0, len(data), batch_size):
            du = dv = db = 0.0
            for s, t, label in data[first : first + batch_size]:
                error = 1 / (1 + math.exp(-(u * s + v * t + b))) - label
                du += error * s
                dv += error * t
                db += error
            u, v, b = u - lr * du, v - lr * dv, b - lr * db
    return [[u, v], b]
