"""Your weights are those of scikit-learn's LogisticRegression. The exercise is about your own functions: let
train_classifier find the weights."""

from sklearn.linear_model import LogisticRegression

model = LogisticRegression().fit(X_train, y_train)
w_1, b_1 = model.coef_[0], model.intercept_
test_accuracy = model.score(X_test, y_test)
