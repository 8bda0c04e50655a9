"""Only the short path from a to L seems to be in dL_da. But a also enters u, and from there a second path leads to L:
what does each of them contribute?"""

dL_du = -8
dL_db = -16
dL_da = -8
