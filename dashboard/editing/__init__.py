"""Coding and reviewing in the browser: pages beside the dashboard, served only if editing is on."""
