"""Only the first point of the batch affects your gradients. Check whether the return is inside the loop, or whether an
index selects a single point."""

# spreads: test_train_classifier


def gradients(X, y, w_1, b_1):
    for point, label in zip(X, y):
        error = sigmoid(point @ w_1 + b_1[0]) - label
        return error * point, error
