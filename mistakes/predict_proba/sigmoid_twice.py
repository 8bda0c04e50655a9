"""All your probabilities lie between 0.5 and 0.74: it looks as if the sigmoid is applied twice. Apply it once."""

# spreads: test_gradients, test_test_accuracy, test_train_classifier


def predict_proba(X, w_1, b_1):
    h = sigmoid(X @ w_1 + b_1)
    return sigmoid(h)
