"""You look for the x at which the affine part is 1/2: it is the output that is to be 1/2, so ask first at which z the
sigmoid has that value."""


def activation_point(w, b):
    return (0.5 - b) / w
