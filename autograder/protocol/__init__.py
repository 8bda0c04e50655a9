"""What crosses between the runner and the trusted side: framed messages, plain data, described figures."""
