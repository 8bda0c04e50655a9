"""Python divides before it adds, so the 1 is all that is below your fraction line. Put brackets around the whole
denominator, and mind that this form overflows for large z."""

def sigmoid(z):
    return np.exp(z) / 1 + np.exp(z)
