"""It looks as if you differentiate the cross-entropy with respect to p and stop there. The chain rule goes on to z: with
the slope of the sigmoid the denominators cancel."""

# spreads: test_test_accuracy, test_train_classifier


def gradients(X, y, w_1, b_1):
    p = predict_proba(X, w_1, b_1)
    dL_dp = (1 - y) / (1 - p) - y / p
    return dL_dp @ X, dL_dp.sum()
