"""Solves a linear system with one equation; returns an array with one element."""


def activation_point(w, b):
    return np.linalg.solve(np.array([[w]], dtype=float), np.array([-b], dtype=float))
