"""It looks as if you measured the accuracy on the training set. Only points that the neuron has not seen show how well
it classifies new ones."""

w_1, b_1 = train_classifier(X_train, y_train, epochs=50, batch_size=10, lr=0.01, seed=0)
test_accuracy = accuracy(y_train, predict_proba(X_train, w_1, b_1))
