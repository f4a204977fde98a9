"""Kinds of issue: one file each, with all that depends on the kind (how it is measured, worded and shown)."""
