"""These are the probabilities of class 0: yours and the expected ones add up to 1. Check the sign inside the sigmoid."""


def predict_proba(X, w_1, b_1):
    return 1 - sigmoid(X @ w_1 + b_1)
