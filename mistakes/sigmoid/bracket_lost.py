"""Python divides before it adds, so your fraction ends after its first number: put brackets around the whole
denominator."""

def sigmoid(z):
    return 1 / 1 + np.exp(-z)
