"""Merging two books: what each did since their common past, taken into one of them."""
