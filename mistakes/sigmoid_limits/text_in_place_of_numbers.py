"""Your limits are text: write numbers, without quotation marks."""

limit_plus_infinity = "1"
limit_minus_infinity = "0"
