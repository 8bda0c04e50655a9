"""All your probabilities lie between 0.5 and 0.73: it looks as if they went through the sigmoid twice."""


def predict_proba(X, w_1, b_1):
    h = sigmoid(X @ w_1 + b_1)
    return sigmoid(h)
