"""The example class, which `make grade` grades as long as nothing has been handed in."""
