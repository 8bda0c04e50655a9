"""Your results are not probabilities: some are negative or above 1. It looks as if the activation after the weighted
sum is missing."""

# spreads: test_gradients, test_train_classifier


def predict_proba(X, w_1, b_1):
    return X @ w_1 + b_1
