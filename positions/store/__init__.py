"""The record book: an append-only log in a database, and its readable text in ``data/``."""
