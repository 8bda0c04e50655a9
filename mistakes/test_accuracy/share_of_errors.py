"""It looks as if your test_accuracy is the share of wrong decisions on the test set. Accuracy is the share of correct
decisions."""

w_1, b_1 = train_classifier(X_train, y_train, epochs=100, batch_size=10, lr=0.01, seed=0)
test_accuracy = 1 - accuracy(y_test, predict_proba(X_test, w_1, b_1))
