"""The probabilities are right, but your function changes X: `*=` writes into the caller's array, and the data are
spoiled for the next cell. Use a new variable."""

# spreads: test_gradients, test_test_accuracy, test_train_classifier


def predict_proba(X, w_1, b_1):
    X *= w_1
    return sigmoid(X.sum(axis=1) + b_1)
