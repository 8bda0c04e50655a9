"""The sizes are right, but the sign of v is lost: L = v^2 falls where v is negative and grows. What is the slope of the
square there?"""

dL_du = 8
dL_db = 16
dL_da = -16
