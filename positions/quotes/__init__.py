"""Where a quote occurs in its document, and the clause that it belongs to."""
