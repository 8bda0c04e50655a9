"""Your limits on the two sides are the same, as if the sign of z did not matter: for negative z the exponential in the
formula grows."""

limit_plus_infinity = 1
limit_minus_infinity = 1
