"""Coding: extraction into the record book, review of candidates, and changes of the codebook."""
