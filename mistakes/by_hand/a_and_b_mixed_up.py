"""It looks as if the slope of the product a b with respect to b is taken to be b. If b grows by a little, by how much
does a b grow?"""

dL_du = -8
dL_db = 24
dL_da = -8 * 2 - 8
