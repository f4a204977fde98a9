"""Judges of proposals: how probable it is that a holder's stance on an issue is stated in some words."""
