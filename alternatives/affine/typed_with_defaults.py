"""Type hints, a docstring, default arguments and a debug print."""


def affine(x: np.ndarray, w: float = 1.0, b: float = 0.0) -> np.ndarray:
    """Return w x + b."""
    result: np.ndarray = b + w * np.asarray(x)
    print(f"affine: {result.shape=}")
    return result
