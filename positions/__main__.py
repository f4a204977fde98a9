"""Runs the command line as ``python -m positions``."""

from positions.cli import main

main()
