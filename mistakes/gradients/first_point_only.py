"""Only the first point of the batch counts in your gradients: it looks as if the return stands inside the loop, or an
index picks one point."""

# spreads: test_train_classifier


def gradients(X, y, w_1, b_1):
    for point, label in zip(X, y):
        error = sigmoid(point @ w_1 + b_1[0]) - label
        return error * point, error
