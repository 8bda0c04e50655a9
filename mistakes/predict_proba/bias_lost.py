"""Your probabilities do not depend on b_1. An affine transformation has two terms."""

# spreads: test_gradients, test_train_classifier


def predict_proba(X, w_1, b_1):
    return sigmoid(X @ w_1)
