"""Coding and reviewing in the browser: pages of their own beside the dashboard, there only where editing is on."""
