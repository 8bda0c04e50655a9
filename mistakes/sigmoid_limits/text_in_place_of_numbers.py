"""Your limits are strings. Write plain numbers, without quotation marks."""

limit_plus_infinity = "1"
limit_minus_infinity = "0"
