"""Your gradient of the bias is right, that of the weights is divided by the number of points. Here both are summed
over the batch."""

# spreads: test_train_classifier


def gradients(X, y, w_1, b_1):
    error = predict_proba(X, w_1, b_1) - y
    return error @ X / len(X), error.sum()
