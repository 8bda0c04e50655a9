"""Only the last point of the batch affects your gradients: it looks as if each pass of the loop overwrites the sum.
Start at zero and add."""

# spreads: test_train_classifier


def gradients(X, y, w_1, b_1):
    for point, label in zip(X, y):
        error = sigmoid(point @ w_1 + b_1[0]) - label
        dL_dw1 = error * point
        dL_db1 = error
    return dL_dw1, dL_db1
