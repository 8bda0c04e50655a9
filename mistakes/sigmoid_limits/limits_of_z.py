"""You give where z goes: asked for is where sigmoid(z) goes while z goes there."""

limit_plus_infinity = np.inf
limit_minus_infinity = -np.inf
