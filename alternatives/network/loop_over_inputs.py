"""One input at a time with Python's own sum, returned as a list."""


def network(x, w, b, w_out, b_out):
    y = []
    for xi in x:
        h = [sigmoid(wj * xi + bj) for wj, bj in zip(w, b)]
        y.append(float(sum(v * hj for v, hj in zip(w_out, h)) + b_out))
    return y
