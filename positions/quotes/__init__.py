"""Finding a quote in its text, and the clause that it belongs to."""
