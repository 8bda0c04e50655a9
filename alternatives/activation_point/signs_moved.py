"""Puts the minus sign in the denominator."""


def activation_point(w, b):
    return b / -w
