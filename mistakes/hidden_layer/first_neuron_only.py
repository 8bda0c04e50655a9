"""Your function returns the output of the first neuron only. The layer has as many neurons as w has elements, with one
column each."""
# spreads: test_network


def hidden_layer(x, w, b):
    return sigmoid(w[0] * x + b[0])
