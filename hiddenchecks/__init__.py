"""The hidden part of the labs' tests, called from the hidden regions of the source notebooks. Never published.

Each function gets what the check of the same name in `check/` gets, and looks at inputs that students do not see.
"""
