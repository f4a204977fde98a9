"""The dashboard as files: every page on every day, to be read without a server and without a script."""
