"""Editions of the course in other languages, made from the English text and gettext catalogues."""
