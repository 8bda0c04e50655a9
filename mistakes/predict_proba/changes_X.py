"""The probabilities are right, but your function changes X: `*=` writes into the caller's array, so the next cell works
with other data. Store the product under a new name."""

# spreads: test_gradients, test_test_accuracy, test_train_classifier


def predict_proba(X, w_1, b_1):
    X *= w_1
    return sigmoid(X.sum(axis=1) + b_1)
