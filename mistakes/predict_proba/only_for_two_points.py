"""Your function fails unless X has two rows: it looks as if X is transposed, or the product is in the wrong order.
Compare the shapes (n, 2) and (2,)."""

# spreads: test_gradients, test_test_accuracy, test_train_classifier


def predict_proba(X, w_1, b_1):
    return sigmoid(w_1 @ X + b_1)
