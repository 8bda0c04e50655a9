"""Your function returns one number, however many points there are: it looks as if the return is inside the loop.
Collect all results first and return them after the loop."""

# spreads: test_gradients, test_test_accuracy, test_train_classifier


def predict_proba(X, w_1, b_1):
    for point in X:
        return sigmoid(point @ w_1 + b_1)
