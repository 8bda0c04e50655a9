"""It looks as if the contributions of the two paths from a to L are multiplied. Factors along one path are multiplied,
but what do different paths do?"""

dL_du = -8
dL_db = -16
dL_da = 24 * -8
