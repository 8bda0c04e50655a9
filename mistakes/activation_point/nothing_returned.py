"""Your function ends without a return statement, so its caller gets None. Return the point; printing it is not
enough."""


def activation_point(w, b):
    print(-b / w)
