"""Your function returns one value for each feature of each point: it looks as if the weighted features are not summed.
One neuron has one output per point."""

# spreads: test_gradients, test_test_accuracy, test_train_classifier


def predict_proba(X, w_1, b_1):
    return sigmoid(X * w_1 + b_1)
