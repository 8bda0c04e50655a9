"""Your dL_db1 still has one value per point. The loss is a sum over the batch and there is one bias, so its gradient is
one number."""

# spreads: test_test_accuracy, test_train_classifier


def gradients(X, y, w_1, b_1):
    error = predict_proba(X, w_1, b_1) - y
    return error @ X, error
