"""Elements, form fields and texts that pages are built from."""
