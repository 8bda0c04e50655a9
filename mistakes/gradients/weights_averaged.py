"""The gradient of the bias is right, but that of the weights is divided by the number of points. Sum both over the
batch."""

# spreads: test_train_classifier


def gradients(X, y, w_1, b_1):
    error = predict_proba(X, w_1, b_1) - y
    return error @ X / len(X), error.sum()
