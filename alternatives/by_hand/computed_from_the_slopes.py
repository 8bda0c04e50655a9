"""Every slope has a name, and the results are computed from them."""

a, b = 2.0, -3.0
u = a * b
v = u + a
dL_dv = 2 * v
dL_du = dL_dv * 1
dL_db = dL_du * a
dL_da = dL_du * b + dL_dv * 1
