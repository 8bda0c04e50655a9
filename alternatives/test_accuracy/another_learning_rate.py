"""Fewer epochs at a larger learning rate, with another seed."""

w_1, b_1 = train_classifier(X_train, y_train, epochs=80, batch_size=10, lr=0.05, seed=11)
test_accuracy = accuracy(y_test, predict_proba(X_test, w_1, b_1))
