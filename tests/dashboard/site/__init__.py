"""Tests of the dashboard as files."""
