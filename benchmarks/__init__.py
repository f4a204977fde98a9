"""Benchmarks: each compares with a peer side by side in one run and prints ratios."""
