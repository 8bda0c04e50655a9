"""Only the path through u seems to be in dL_da. But a is added to u as well, so a second path leads from a to L: what
does that one contribute?"""

dL_du = -8
dL_db = -16
dL_da = 24
