"""Your function returns the probability of class 0: your values and the expected ones add up to 1. Check the sign
inside the sigmoid."""

# spreads: test_gradients, test_test_accuracy, test_train_classifier


def predict_proba(X, w_1, b_1):
    return 1 - sigmoid(X @ w_1 + b_1)
