"""A loop over the points, with lists."""


def deltas(y, Z_1, p, w_2):
    first, second = [], []
    for i in range(len(y)):
        first.append(float(p[i] - y[i]) / len(y))
        second.append([first[i] * w_2[j] * float(tanh_derivative(Z_1[i, j])) for j in range(len(w_2))])
    return first, second
