"""It looks as if you solve for the x at which the affine part is 1/2. The output should be 1/2, so first find the z at
which the sigmoid has that value."""


def activation_point(w, b):
    return (0.5 - b) / w
