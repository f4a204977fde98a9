"""The words of a negotiation as frozen models: dates, codebook, documents, statements, candidates, revisions."""
