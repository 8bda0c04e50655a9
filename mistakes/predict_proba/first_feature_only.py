"""It looks as if you use only the first feature of each point. Both columns of X have a weight."""

# spreads: test_gradients, test_test_accuracy, test_train_classifier


def predict_proba(X, w_1, b_1):
    return sigmoid(X[:, 0] * w_1[0] + b_1)
