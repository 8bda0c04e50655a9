"""Your function returns decisions, 0 or 1. The task asks for the probability of class 1; the comparison with 0.5 is
part of the next exercise."""

# spreads: test_gradients, test_train_classifier


def predict_proba(X, w_1, b_1):
    return (sigmoid(X @ w_1 + b_1) > 0.5).astype(int)
