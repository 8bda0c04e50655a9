"""List comprehensions, `sum`, and a sigmoid of its own with a negative exponent."""


def network_loss(x, y, w_1, b_1, w_2, b_2):
    def sigmoid(v):
        return (1.0 + (-v).exp()) ** -1

    hidden = [sigmoid(x * w + b) for w, b in zip(w_1, b_1)]
    return (sum(w * h for w, h in zip(w_2, hidden)) + b_2 - y) ** 2.0
