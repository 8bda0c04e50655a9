"""Your weights come from training on the test set. Train on X_train and y_train; the test set is for the accuracy only."""

w_1, b_1 = train_classifier(X_test, y_test, 100, 10, 0.01, 0)
test_accuracy = accuracy(y_test, predict_proba(X_test, w_1, b_1))
