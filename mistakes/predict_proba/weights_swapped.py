"""It looks as if the two weights are swapped. The first weight belongs to the first column of X."""

# spreads: test_gradients, test_test_accuracy, test_train_classifier


def predict_proba(X, w_1, b_1):
    return sigmoid(X[:, 1] * w_1[0] + X[:, 0] * w_1[1] + b_1)
