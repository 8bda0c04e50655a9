"""A nested list comprehension that returns lists."""


def hidden_layer(x, w, b):
    return [[float(sigmoid(wj * xi + bj)) for wj, bj in zip(w, b)] for xi in x]
