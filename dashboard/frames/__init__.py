"""Tidy frames for small multiples and runs over time."""
