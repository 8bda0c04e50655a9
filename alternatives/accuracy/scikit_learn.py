"""Calls scikit-learn's accuracy_score."""

from sklearn.metrics import accuracy_score


def accuracy(y, p):
    return accuracy_score(y, p > 0.5)
