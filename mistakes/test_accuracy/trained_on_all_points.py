"""Your weights come from training on all 500 points, and the test set is among them. Train on X_train and y_train only."""

w_1, b_1 = train_classifier(X, y, 100, 10, 0.01, 0)
test_accuracy = accuracy(y_test, predict_proba(X_test, w_1, b_1))
