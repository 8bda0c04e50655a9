"""Lab 06, exercise `network_loss`: the loss of Lab 3's network, as a graph."""

from solutions.value import Value


def network_loss(x: float, y: float, w_1: list[Value], b_1: list[Value], w_2: list[Value], b_2: Value) -> Value:
    """Loss (z_3 - y)**2 of the network with two sigmoid neurons and a linear output, for one input.

    Args:
        x, y: a number each, the input and its target.
        w_1, b_1, w_2: two Values each: weights and biases of the hidden layer, weights of the output neuron.
        b_2: the bias of the output neuron, a Value.

    Returns:
        the loss, a Value that was made from all seven parameters.
    """
    z_3 = b_2
    for j in range(2):
        z = w_1[j] * x + b_1[j]
        h = 1 / (1 + (-z).exp())
        z_3 = z_3 + w_2[j] * h
    return (z_3 - y) ** 2
