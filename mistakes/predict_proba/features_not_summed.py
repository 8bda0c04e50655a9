"""You get a value for each feature of each point: it looks as if the products with the weights are not added up. One
neuron gives one number a point."""

# spreads: test_gradients, test_test_accuracy, test_train_classifier


def predict_proba(X, w_1, b_1):
    return sigmoid(X * w_1 + b_1)
