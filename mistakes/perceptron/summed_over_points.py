"""Your output is one number for all points together: each point of x is an input of its own and has its own output."""


def perceptron(x, w, b):
    z = np.sum(w * x) + b
    return sigmoid(z)
