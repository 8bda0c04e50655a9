"""Your function ends without a return statement, so its caller gets None. Return the result; printing it is not
enough."""
# spreads: test_perceptron


def affine(x, w, b):
    # Code goes here
    z = w * x + b
    print(z)
