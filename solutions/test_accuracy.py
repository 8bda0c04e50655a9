"""Lab 04, exercise `test_accuracy`: the trained neuron's accuracy on the points that it has never seen."""

from sklearn.datasets import make_blobs
from sklearn.model_selection import train_test_split

from solutions.accuracy import accuracy
from solutions.predict_proba import predict_proba
from solutions.train_classifier import train_classifier

X, y = make_blobs(n_samples=500, centers=2, n_features=2, random_state=0)
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=42)

# --- answer ---
w_1, b_1 = train_classifier(X_train, y_train, epochs=100, batch_size=10, lr=0.01, seed=0)
test_accuracy = accuracy(y_test, predict_proba(X_test, w_1, b_1))
