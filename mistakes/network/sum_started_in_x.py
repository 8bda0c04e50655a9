"""It looks as if you collect the sum in x itself: y = x makes a second name for the same array, not a copy. Start from
an array of zeros."""


def network(x, w, b, w_out, b_out):
    y = x
    for j in range(len(w)):
        y += w_out[j] * sigmoid(w[j] * x + b[j])
    return y + b_out
