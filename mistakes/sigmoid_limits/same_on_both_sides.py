"""Your two limits are equal, as if the sign of z did not matter. For negative z the exponential in the formula grows:
what does the fraction approach then?"""

limit_plus_infinity = 1
limit_minus_infinity = 1
