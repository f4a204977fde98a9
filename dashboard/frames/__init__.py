"""Tidy frames over time: of an issue, of small multiples, of runs."""
