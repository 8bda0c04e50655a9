"""It looks as if you measured the accuracy on all 500 points, most of which the neuron was trained on. Use only the
test set."""

w_1, b_1 = train_classifier(X_train, y_train, epochs=100, batch_size=10, lr=0.01, seed=0)
test_accuracy = accuracy(y, predict_proba(X, w_1, b_1))
