"""The probabilities are right, but your function changes X: `*=` writes into the caller's array, and the data are
spoiled for the next cell. Use a new variable."""


def predict_proba(X, w_1, b_1):
    X *= w_1
    return sigmoid(X.sum(axis=1) + b_1)
